"""Which set of pages a child meets."""

from datetime import date

import pytest

from kring.access.policy.ages import Birth
from kring.portal.child_pages import rules

BORN = Birth.of(date(2016, 3, 12))


@pytest.mark.parametrize(
    ("day", "mode"),
    [
        (date(2023, 3, 12), "B1"),
        (date(2026, 3, 11), "B1"),
        (date(2026, 3, 12), "B2"),
        (date(2029, 3, 11), "B2"),
        (date(2029, 3, 12), "U"),
        (date(2034, 3, 12), "U"),
    ],
)
def test_age_decides_and_the_birthday_counts(day, mode):
    assert rules.mode_by_age(BORN, day) == mode


def test_someone_born_on_the_leap_day_turns_thirteen_on_the_28th():
    born = Birth.of(date(2016, 2, 29))
    assert rules.mode_by_age(born, date(2029, 2, 27)) == "B2"
    assert rules.mode_by_age(born, date(2029, 2, 28)) == "U"


@pytest.mark.parametrize(("chosen", "mode"), [("early", "B1"), ("middle", "B2"), ("young", "U")])
def test_a_chosen_set_goes_before_age(chosen, mode):
    assert rules.mode_for(chosen, BORN, date(2026, 11, 16)) == mode


def test_without_a_choice_age_decides():
    assert rules.mode_for("by_age", BORN, date(2026, 11, 16)) == "B2"


def test_every_limit_of_the_sets_is_a_dated_rule():
    for years, rule in rules.MIDDLE_FROM:
        assert 6 <= years <= 12
        assert rule.id.startswith("pages.")
        assert rule.in_force(date(2026, 11, 16))


def test_before_the_rules_were_made_the_youngest_set_is_used():
    assert rules.mode_by_age(Birth.of(date(2005, 1, 1)), date(2021, 9, 1)) == "B1"


def test_of_a_partly_known_birth_date_the_youngest_age_counts():
    born_that_year = Birth.of(date(2016, 12, 31), "year")
    assert rules.mode_by_age(born_that_year, date(2026, 12, 30)) == "B1"
    assert rules.mode_by_age(born_that_year, date(2026, 12, 31)) == "B2"
    assert rules.mode_by_age(born_that_year, date(2029, 12, 30)) == "B2"


def activity(key: str, **more) -> dict[str, str]:
    return {"id": key, "what": "Träna", "goal": "", "status": "planned", "due_on": ""} | more


@pytest.mark.parametrize(
    ("after", "before", "decided"),
    [
        ([activity("a"), activity("b")], [], ["a", "b"]),
        ([activity("a"), activity("b", goal="g")], [], ["b", "a"]),
        ([activity("a"), activity("b")], [activity("a")], ["b"]),
        ([activity("a", what="Träna mer")], [activity("a")], ["a"]),
        ([activity("a", due_on="2026-12-01")], [activity("a")], ["a"]),
        ([activity("a", status="ongoing")], [activity("a")], []),
        ([activity("a", status="stopped"), activity("b", status="done")], [], []),
        ([], [activity("a")], []),
    ],
    ids=["first plan", "a goal's own first", "new", "other words", "other day", "begun", "over", "removed"],
)
def test_what_a_meeting_decided(after, before, decided):
    assert [one["id"] for one in rules.decided(after, before)] == decided


YOUNGEST, TEN, THIRTEEN = date(2024, 1, 1), date(2026, 11, 16), date(2029, 11, 16)


@pytest.mark.parametrize(
    ("look", "day", "mode"),
    [
        ("pictures", YOUNGEST, "B1"),
        ("pictures", TEN, "B2"),
        ("pictures", THIRTEEN, "B2"),
        ("middle", YOUNGEST, "B2"),
        ("early", TEN, "B1"),
        ("early", THIRTEEN, "B1"),
        ("by_age", THIRTEEN, "U"),
        ("something else", TEN, "B2"),
    ],
)
def test_the_look_holds_at_any_age(look, day, mode):
    assert rules.mode_for(look, BORN, day) == mode


@pytest.mark.parametrize(
    ("day", "looks"),
    [
        (YOUNGEST, ("by_age", "middle", "pictures")),
        (TEN, ("by_age", "early", "pictures")),
        (THIRTEEN, ("by_age", "early", "pictures")),
    ],
)
def test_the_looks_to_choose_among(day, looks):
    assert rules.looks_for(BORN, day) == looks


@pytest.mark.parametrize(
    ("day", "protected", "see"),
    [
        (date(2029, 3, 11), False, True),
        (date(2029, 3, 12), False, False),
        (TEN, True, False),
        (THIRTEEN, False, False),
    ],
)
def test_who_sees_follows_age_and_protection_and_never_the_look(day, protected, see):
    assert rules.guardians_see(BORN, protected, day) is see
