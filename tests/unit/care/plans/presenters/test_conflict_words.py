"""Two people changed the same thing: what each wrote side by side, and what every choice keeps."""

from datetime import date, datetime, time
from types import SimpleNamespace as Row
from uuid import uuid4

import pytest
from django.http import QueryDict

from kring.care.plans.forms import content, meeting, plan, summons
from kring.care.plans.presenters import conflict
from tests.unit.care.plans.presenters.rows import NOW, OURS, goal
from tests.unit.care.plans.presenters.rows import summons as summons_row

PEOPLE = [("BUM", [(f"{OURS}:", "BUM")])]
OTHERS_DAY = datetime(2026, 11, 24, 9, 30, tzinfo=NOW.tzinfo)


def data(**fields) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in fields.items():
        made.setlist(name, value if isinstance(value, list) else [value])
    return made


def described(mine, theirs, name="situation", **choices):
    form = plan.DescribeForm(data(**{name: mine}), names=(name,), **choices)
    return form, Row(changed_at=NOW, **{name: theirs})


def boxes(day):
    return {"day_0": str(day.day), "day_1": str(day.month), "day_2": str(day.year)}


def called_to(**fields):
    """A summons' form as sent, beside a stored one to 24 November at 10.30."""
    sent = {
        "child_takes_part": "a_while", "question": "Hur går det i skolan?", "time": "10.30", "minutes": "60",
        "place": "Biblioteket",
    }  # fmt: skip
    sent |= boxes(date(2026, 11, 24))
    return summons.SummonsForm(data(**(sent | fields))), summons_row(starts_at=OTHERS_DAY)


def rows(form, current, unchosen=()):
    current.changed_at = NOW
    return conflict.two_versions(form, current, unchosen).rows


def test_both_texts_stand_side_by_side_under_the_field_s_own_label():
    (row,) = rows(*described("Jag skrev det här", "Hon skrev det där"))
    assert (row.label, row.theirs, row.mine) == ("Nuläget", "Hon skrev det där", "Jag skrev det här")
    assert (row.name, row.joins, row.error) == ("situation", True, "")


def test_the_page_says_when_the_other_saved_by_swedish_clocks():
    form, current = described("a", "b")
    assert conflict.two_versions(form, current, ()).when == "mån 16 nov 2026 kl. 10.00"


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [("Samma", "Samma"), ("Två\r\nrader", "Två\nrader"), ("Samma  ", "Samma"), ("", ""), ("", None)],
)
def test_what_says_the_same_is_not_asked_about(mine, theirs):
    assert rows(*described(mine, theirs)) == []


@pytest.mark.parametrize("written", ["10:30", "10.30"])
def test_a_time_is_the_same_however_it_is_written(written):
    form, current = called_to(time=written)
    assert rows(form, current) == []


def test_a_time_that_cannot_be_read_stands_as_it_was_sent():
    (row,) = rows(*called_to(time="efter lunch"))
    assert (row.name, row.mine) == ("time", "efter lunch")


def test_a_field_without_a_choice_is_pointed_out_and_no_other():
    form, current = called_to(question="Vad behöver Alva?", place="Skolan")
    told = {row.name: row.error for row in rows(form, current, unchosen=["place"])}
    assert told == {"question": "", "place": "Välj vilken text som ska gälla."}


@pytest.mark.parametrize(
    ("fields", "name", "mine", "theirs", "joins"),
    [
        ({"question": "Nytt"}, "question", "Nytt", "Hur går det i skolan?", True),
        ({"place": "Skolan"}, "place", "Skolan", "Biblioteket", False),
        ({"time": "14.05"}, "time", "14.05", "10.30", False),
        ({"minutes": "45"}, "minutes", "45", "60", False),
        ({"day_0": "25"}, "day", "25 november 2026", "24 november 2026", False),
        ({"day_1": "december"}, "day", "24 december 2026", "24 november 2026", False),
        ({"day_0": "99"}, "day", "", "24 november 2026", False),
        ({"day_0": "", "day_1": "", "day_2": ""}, "day", "", "24 november 2026", False),
        ({"child_takes_part": "whole"}, "child_takes_part", "Hela mötet", "En stund", False),
        ({"child_takes_part": ""}, "child_takes_part", "", "En stund", False),
    ],
)
def test_every_kind_of_field_is_shown_as_a_person_reads_it(fields, name, mine, theirs, joins):
    (row,) = rows(*called_to(**fields))
    assert (row.name, row.mine, row.theirs, row.joins) == (name, mine, theirs, joins)


def test_a_day_not_set_yet_is_empty_beside_the_one_that_was_sent():
    form, current = called_to()
    current.starts_at = None
    told = {row.name: (row.theirs, row.mine) for row in rows(form, current)}
    assert told == {"day": ("", "24 november 2026"), "time": ("", "10.30")}


def test_a_choice_among_groups_is_shown_by_its_words_and_never_by_its_code():
    form = content.ActivityForm(
        data(what="Ringa", who=f"{OURS}:", status="planned", when_words="", responsible_words="", goal_id=""),
        people=PEOPLE,
    )
    stored = Row(
        what="Ringa", responsible="family", responsible_unit_id=None, responsible_person_id=None,
        responsible_words="", due_on=None, when_words="", goal_id=None, status="done", changed_at=NOW,
    )  # fmt: skip
    told = {row.name: (row.mine, row.theirs) for row in rows(form, stored)}
    assert told == {"who": ("BUM", "Familjen"), "status": ("Planerad", "Klar")}


def test_several_ticks_are_one_line_of_names():
    child, school = str(uuid4()), str(uuid4())
    form = meeting.MeetingForm(
        data(present=[child, school]),
        invited=[(child, "Barnet"), (school, "Skolan")], people=[], doers=[],
        stored={"present": [school], "names": ""},
    )  # fmt: skip
    current = Row(changed_at=NOW, **dict.fromkeys(meeting.WRITTEN, ""))
    (row,) = [row for row in rows(form, current) if row.name == "present"]
    assert (row.mine, row.theirs, row.joins) == ("Barnet, Skolan", "Skolan", False)


# What each choice keeps


KEPT = [
    # The sender's own: nothing of what was sent changes.
    ("question", "mine", {}),
    ("day", "mine", {}),
    ("question", "", {}),
    ("question", "theirs", {"question": ["Hur går det i skolan?"]}),
    ("question", "both", {"question": ["Hur går det i skolan?\n\nNytt"]}),
    ("place", "theirs", {"place": ["Biblioteket"]}),
    # A line cannot hold both, so the sender's own stands.
    ("place", "both", {}),
    ("time", "theirs", {"time": ["10.30"]}),
    ("minutes", "theirs", {"minutes": ["60"]}),
    ("child_takes_part", "theirs", {"child_takes_part": ["a_while"]}),
    ("day", "theirs", {"day_0": ["24"], "day_1": ["11"], "day_2": ["2026"]}),
]


@pytest.mark.parametrize(("name", "choice", "kept"), KEPT)
def test_each_choice_keeps_what_it_says(name, choice, kept):
    form, current = called_to(question="Nytt", place="Skolan")
    assert conflict.kept(form, name, choice, current) == kept


def test_a_day_that_was_never_set_is_kept_as_three_empty_boxes():
    form, current = called_to()
    current.starts_at = None
    assert conflict.kept(form, "day", "theirs", current) == {"day_0": [""], "day_1": [""], "day_2": [""]}
    assert conflict.kept(form, "time", "theirs", current) == {"time": [""]}


@pytest.mark.parametrize(
    ("stored", "joined"), [("", "Min"), ("Hennes", "Hennes\n\nMin"), ("Hennes\n", "Hennes\n\n\nMin")]
)
def test_both_texts_are_joined_the_stored_one_first(stored, joined):
    form, current = described("Min", stored)
    assert conflict.kept(form, "situation", "both", current) == {"situation": [joined]}


def test_several_ticks_are_kept_one_by_one():
    child, school = str(uuid4()), str(uuid4())
    form = meeting.MeetingForm(
        data(), invited=[(child, "Barnet"), (school, "Skolan")], people=[], doers=[],
        stored={"present": [child, school], "names": ""},
    )  # fmt: skip
    current = Row(**dict.fromkeys(meeting.WRITTEN, ""))
    assert conflict.kept(form, "present", "theirs", current) == {"present": [child, school]}


@pytest.mark.parametrize("stored", [time(10, 30), date(2026, 11, 24), "", None])
def test_what_is_kept_can_be_sent_as_it_stands(stored):
    """Every value is text, so the form that is sent again reads it as it would any other."""
    form, current = called_to(question="Nytt")
    for name in form.fields:
        for values in conflict.kept(form, name, "theirs", current).values():
            assert all(isinstance(one, str) for one in values)
    assert conflict._sendable(stored) == {time(10, 30): "10.30"}.get(stored, str(stored or ""))


def test_choosing_theirs_for_all_gives_the_stored_row_back():
    """The round: what stands, shown, kept and read again, is what stood."""
    form, current = called_to(
        question="Nytt", time="14.00", day_0="1", child_takes_part="whole", place="Hos oss"
    )
    again = form.data.copy()
    for row in rows(form, current):
        for name, values in conflict.kept(form, row.name, "theirs", current).items():
            again.setlist(name, values)
    sent = summons.SummonsForm(again)
    assert sent.is_valid(), sent.errors
    assert rows(sent, current) == []
    assert sent.given()["starts_at"] == OTHERS_DAY


def test_a_goal_s_form_shows_only_its_own_fields():
    form = content.GoalForm(data(words="Ny", explanation="", term="long", visibility="default"))
    stored = goal(words="Gammal", term="short").goal
    stored.changed_at = NOW
    assert {row.name for row in rows(form, stored)} == {"words", "term"}
