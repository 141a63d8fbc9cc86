"""What has changed between two versions, in a form that can be read aloud."""

from hypothesis import given
from hypothesis import strategies as st

from kring.care.plans.rules import Change, difference


def version(**content):
    return {"plan": {}, "parties": [], "needs": [], "goals": [], "activities": []} | content


def goal(key, words, status="not_started", **more):
    return {"id": key, "label": words, "words": words, "status": status} | more


def test_the_same_twice_is_no_change():
    content = version(plan={"situation": "Bra"}, goals=[goal("1", "Läsa")])
    assert difference(content, content) == []


def test_a_field_of_the_plan():
    changes = difference(version(plan={"situation": "Svårt"}), version(plan={"situation": "Bättre"}))
    assert changes == [Change("changed", "plan", "", "", "situation", "Svårt", "Bättre")]


def test_an_added_goal_comes_whole():
    added = goal("1", "Läsa")
    assert difference(version(), version(goals=[added])) == [
        Change("added", "goals", "1", "Läsa", after=added)
    ]


def test_a_removed_goal_is_shown_as_it_was():
    gone = goal("1", "Läsa")
    assert difference(version(goals=[gone]), version()) == [
        Change("removed", "goals", "1", "Läsa", before=gone)
    ]


def test_a_changed_goal_says_which_field_from_what_to_what():
    old, new = version(goals=[goal("1", "Läsa")]), version(goals=[goal("1", "Läsa", status="reached")])
    assert difference(old, new) == [
        Change("changed", "goals", "1", "Läsa", "status", "not_started", "reached")
    ]


def test_a_reworded_goal_is_one_change_under_its_new_name():
    changes = difference(version(goals=[goal("1", "Läsa")]), version(goals=[goal("1", "Läsa högt")]))
    assert [(c.label, c.field, c.before, c.after) for c in changes] == [
        ("Läsa högt", "words", "Läsa", "Läsa högt")
    ]


def test_another_order_is_no_change():
    a, b = goal("1", "Läsa"), goal("2", "Leka")
    assert difference(version(goals=[a, b]), version(goals=[b, a])) == []


def test_each_list_is_compared():
    row = {"id": "1", "label": "x"}
    for name in ("parties", "needs", "goals", "activities"):
        assert [c.item for c in difference(version(), version(**{name: [row]}))] == [name]


def test_an_older_version_may_lack_a_list_or_a_field():
    """Versions are kept for ever; a later one may know more."""
    assert [c.kind for c in difference({}, version(goals=[goal("1", "Läsa")]))] == ["added"]
    old = version(goals=[{"id": "1", "label": "Läsa"}])
    assert {c.field for c in difference(old, version(goals=[goal("1", "Läsa")]))} == {"words", "status"}


ROWS = st.lists(
    st.builds(lambda key, words: goal(str(key), words), st.integers(0, 5), st.sampled_from("abc")),
    unique_by=lambda row: row["id"],
)


@given(ROWS, ROWS)
def test_going_back_undoes_every_change(old_goals, new_goals):
    old, new = version(goals=old_goals), version(goals=new_goals)
    there, back = difference(old, new), difference(new, old)
    assert {(c.kind, c.id, c.field) for c in there if c.kind == "changed"} == {
        (c.kind, c.id, c.field) for c in back if c.kind == "changed"
    }
    assert {c.id for c in there if c.kind == "added"} == {c.id for c in back if c.kind == "removed"}
    assert (there == []) == (back == [])


@given(ROWS, ROWS)
def test_nothing_that_differs_goes_unsaid(old_goals, new_goals):
    by_id = {row["id"]: row for row in old_goals}, {row["id"]: row for row in new_goals}
    differing = {key for key in {**by_id[0], **by_id[1]} if by_id[0].get(key) != by_id[1].get(key)}
    assert {c.id for c in difference(version(goals=old_goals), version(goals=new_goals))} == differing
