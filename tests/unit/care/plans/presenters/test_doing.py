"""Who does what by when, in words and in order."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from kring.care.plans.models import Activity, Goal
from kring.care.plans.presenters import doing
from kring.organisations.models import Person, Unit

TODAY = date(2026, 11, 16)
OURS, THEIRS = uuid4(), uuid4()
CREATED = datetime(2026, 11, 1, tzinfo=UTC)


def activity(**fields) -> Activity:
    unit = Unit(pk=fields.pop("unit_pk", OURS), name="BUM Borås")
    whole = {
        "what": "Ringa",
        "unit": unit,
        "responsible": "unit",
        "responsible_unit": unit,
        "created_at": CREATED,
    }
    return Activity(**(whole | fields))


def shown(**fields) -> doing.Doing:
    return doing.doings([activity(**fields)], TODAY, OURS)[0]


def test_a_named_person_stands_before_the_unit():
    row = shown(responsible_person=Person(given_name="Peter", family_name="Holm"))
    assert (row.person, row.place) == ("Peter Holm", "BUM Borås")


def test_a_unit_alone_stands_for_itself():
    assert (shown().person, shown().place) == ("BUM Borås", "")


@pytest.mark.parametrize(
    ("kind", "words", "person", "place"),
    [
        ("family", "", "Familjen", ""),
        ("family", "morfar", "morfar", "Familjen"),
        ("third_party", "Simklubben", "Simklubben", "Utanför verksamheterna"),
    ],
)
def test_family_and_others_have_their_own_names(kind, words, person, place):
    row = shown(responsible=kind, responsible_words=words, responsible_unit=None)
    assert (row.person, row.place) == (person, place)


@pytest.mark.parametrize(
    ("due", "when", "near"),
    [
        (date(2026, 11, 16), "mån 16 nov 2026", "I dag"),
        (date(2026, 11, 17), "tis 17 nov 2026", "I morgon"),
        (date(2026, 11, 26), "tors 26 nov 2026", "Om 10 dagar"),
        (date(2026, 12, 24), "tors 24 dec 2026", ""),
        (date(2026, 11, 15), "sön 15 nov 2026", ""),
        (date(2026, 11, 4), "ons 4 nov 2026", ""),
    ],
)
def test_a_day_is_written_out_and_how_near_it_is(due, when, near):
    row = shown(due_on=due)
    assert (row.when.replace(".", ""), row.near) == (when, near)
    assert row.iso == due.isoformat()
    assert row.late == (due < TODAY)


@pytest.mark.parametrize(
    ("due", "status", "said"),
    [
        (date(2026, 11, 15), "planned", ("overdue", "Försenad 1 dag")),
        (date(2026, 11, 4), "ongoing", ("overdue", "Försenad 12 dagar")),
        (date(2026, 11, 16), "planned", ("draft", "Planerad")),
        (None, "ongoing", ("running", "Pågår")),
        (date(2026, 11, 4), "done", ("done", "Klar")),
    ],
)
def test_what_should_have_been_done_is_not_called_planned(due, status, said):
    row = shown(due_on=due, status=status)
    assert (row.mark, row.status) == said


def test_what_recurs_says_how_often():
    assert shown(when_words="varje tisdag").when == "varje tisdag"
    row = shown(due_on=date(2026, 11, 17), when_words="varje vecka")
    assert row.near == "I morgon · varje vecka"


def test_no_day_is_said_to_be_none():
    assert shown().when == "Ingen dag satt"


@pytest.mark.parametrize("status", ["done", "stopped"])
def test_what_is_over_is_never_late(status):
    row = shown(due_on=date(2026, 1, 1), status=status)
    assert not row.late
    assert row.near == ""


def test_the_order_is_by_day_and_what_has_none_comes_last():
    rows = [
        activity(what="sist"),
        activity(what="mitten", due_on=date(2026, 12, 1)),
        activity(what="först", due_on=date(2026, 11, 1)),
    ]
    assert [row.what for row in doing.doings(rows, TODAY, OURS)] == ["först", "mitten", "sist"]


def test_only_who_wrote_it_or_does_it_gets_a_link():
    theirs = {"unit_pk": THEIRS}
    assert shown().href
    assert not shown(**theirs).href
    mine = Unit(pk=OURS, name="Hab")
    assert shown(responsible_unit=mine, **theirs).href


def test_nobody_gets_a_link_in_a_plan_that_is_over():
    assert doing.doings([activity()], TODAY, None)[0].href == ""


def test_going_and_over_share_them_out():
    rows = [activity(status=status) for status in Activity.Status.values]
    assert [row.status for row in doing.going(rows)] == ["planned", "ongoing"]
    assert [row.status for row in doing.over(rows)] == ["done", "stopped"]


def test_every_status_has_a_mark_and_every_doer_an_icon():
    assert set(doing.STATUS_MARKS) == set(Activity.Status.values)
    assert set(doing.DOER_ICONS) == set(Activity.Responsible.values)


def test_a_goal_keeps_its_own_marks():
    from kring.care.plans.presenters.plan import GOAL_MARKS

    assert set(GOAL_MARKS) == set(Goal.Status.values)
