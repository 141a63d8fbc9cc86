"""Assignments, custody and relations: periods that are corrected, ended when asked, and never deleted."""

from datetime import date, timedelta

import pytest

from kring.access.actors import possible_actors
from kring.children.models import CareRelation, Child, Custody
from kring.organisations.models import Assignment, Person
from tests.unit.register.files import (
    CHILD,
    EVERYTHING,
    anna,
    assignment,
    became,
    child,
    custody,
    guardian,
    relation,
    take,
    written,
)

TABLES = {"assignment": Assignment, "custody": Custody, "relation": CareRelation}
LINES = {"assignment": assignment, "custody": custody, "relation": relation}


@pytest.fixture
def filled(cast):
    take(*EVERYTHING)
    return cast


def periods(kind: str) -> list[tuple[str, str | None]]:
    """Every period of what the file is about."""
    rows = TABLES[kind].objects
    of = (
        rows.filter(person__subject="anna")
        if kind == "assignment"
        else rows.filter(child__numbers__value=CHILD)
    )
    found = of.order_by("starts_on").values_list("starts_on", "ends_on")
    return [(str(first), last and str(last)) for first, last in found]


@pytest.mark.parametrize("kind", TABLES)
def test_a_last_day_is_a_change_and_a_new_period_a_new_row(filled, kind):
    line = LINES[kind]
    first = line()["from"]
    assert became(take(line(to="2026-10-31"))) == {f"{kind} changed": 1}
    assert became(take(line(**{"from": "2026-11-01"}))) == {f"{kind} new": 1}
    assert periods(kind) == [(first, "2026-10-31"), ("2026-11-01", None)]
    both = (line(to="2026-10-31"), line(**{"from": "2026-11-01"}))
    assert became(take(*both)) == {f"{kind} same": 2}


@pytest.mark.parametrize("kind", TABLES)
def test_a_later_beginning_takes_nothing_away(filled, kind):
    line = LINES[kind]
    assert became(take(line(**{"from": "2026-06-01"}))) == {f"{kind} same": 1}
    assert periods(kind) == [(line()["from"], None)]


@pytest.mark.parametrize("kind", TABLES)
def test_lines_that_overlap_each_other_contradict(filled, kind):
    line = LINES[kind]
    outcome = take(line(to="2026-10-31"), line(**{"from": "2026-10-01"}))
    assert outcome.faults == [(3, "Raden säger emot rad 2. Behåll en av dem.")]


def test_a_line_over_several_known_periods_is_no_guess(filled):
    take(assignment(to="2026-02-01"), assignment(**{"from": "2026-03-01"}))
    assert "flera perioder" in take(assignment()).faults[0][1]


@pytest.mark.parametrize(
    ("unit", "said", "kind"),
    [
        ("skola-boras-1", "", "schooling"),
        ("socialtjanst-boras", "", "social_support"),
        ("lss-boras", "", "social_support"),
        ("sas-bum-boras", "", "care"),
        ("elevhalsa-boras", "", "care"),
        ("skola-boras-1", "care", "care"),
    ],
)
def test_what_a_relation_is_follows_from_the_unit_unless_it_is_said(filled, unit, said, kind):
    CareRelation.objects.filter(child__numbers__value=CHILD).delete()
    take(relation(unit=unit, relation=said))
    assert CareRelation.objects.get(child__numbers__value=CHILD).kind == kind


def test_a_relation_of_one_person_stands_beside_the_unit_s(filled):
    take(relation(key="anna", unit="sas-bum-boras"), relation(unit="sas-bum-boras"))
    rows = CareRelation.objects.filter(child__numbers__value=CHILD, unit__key="sas-bum-boras")
    assert {row.person and row.person.subject for row in rows} == {"anna", None}


OTHERS = (anna(), guardian(), child())


def test_without_being_asked_a_file_ends_nothing(filled):
    take(*OTHERS, assignment(role="unit_head"))
    assert set(periods("assignment")) == {("2026-01-01", None)}
    assert Assignment.objects.filter(person__subject="anna").count() == 2


def test_asked_it_ends_with_the_day_and_deletes_nothing(filled):
    peter = Assignment.objects.get(person__subject="peter", unit__key="sas-bum-boras")
    count = Assignment.objects.count()
    others = Assignment.objects.filter(unit__key="sas-bum-boras").exclude(person__subject="anna").count()
    outcome = take(assignment(), end_on=date(2026, 11, 15))
    assert became(outcome) == {"assignment same": 1, "assignment ended": others}
    peter.refresh_from_db()
    assert peter.ends_on == date(2026, 11, 15)
    assert Assignment.objects.count() == count
    assert Assignment.objects.filter(ends_on__isnull=True, unit__key="skola-boras-1").exists(), (
        "not spoken of"
    )
    assert written()[-1] == ("register.assignment", None)


def test_asked_again_it_changes_nothing(filled):
    take(assignment(), end_on=date(2026, 11, 15))
    before = written()
    assert became(take(assignment(), end_on=date(2026, 11, 20))) == {"assignment same": 1}
    assert written() == before


def test_one_faulty_line_and_nothing_ends(filled):
    """The faulty line may be the very one that would have kept somebody."""
    outcome = take(assignment(), assignment(key="finns-inte"), end_on=date(2026, 11, 15))
    assert outcome.ending_stopped
    assert Assignment.objects.get(person__subject="peter", unit__key="sas-bum-boras").ends_on is None


def test_what_begins_later_is_left_alone(filled):
    later = Assignment.objects.get(person__subject="peter", unit__key="sas-bum-boras")
    Assignment.objects.filter(pk=later.pk).update(starts_on=date(2026, 12, 1))
    take(assignment(), end_on=date(2026, 11, 15))
    later.refresh_from_db()
    assert later.ends_on is None


def test_custody_ends_for_the_children_of_the_file_only(filled):
    held = Custody.objects.filter(ends_on__isnull=True).exclude(child__numbers__value=CHILD)
    before = held.count()
    take(
        guardian(number="200403042385", given_name="Ny"),
        custody(number="200403042385"),
        end_on=date(2026, 11, 15),
    )
    assert held.count() == before
    assert set(periods("custody")) == {("2012-05-06", "2026-11-15"), ("2012-05-06", None)}
    assert len(periods("custody")) == 2


def test_what_a_disclosed_plan_has_opened_is_not_ended_by_a_list(filled):
    unit = filled.unit("skola-boras-1")
    kept = CareRelation.objects.create(
        child=Child.objects.get(numbers__value=CHILD),
        unit=unit,
        kind="coordination",
        starts_on=date(2026, 1, 1),
    )
    take(relation(), end_on=date(2026, 11, 15))
    kept.refresh_from_db()
    assert kept.ends_on is None
    others = CareRelation.objects.filter(unit=unit, kind="schooling", ends_on__isnull=True)
    assert [row.child_id for row in others] == [kept.child_id]


def test_the_day_after_its_last_an_assignment_opens_nothing(filled):
    take(assignment(to="2026-11-15"))
    person = Person.objects.get(subject="anna")
    assert possible_actors(person, now=filled.now, strong_auth=True) == []
    before = possible_actors(person, now=filled.now - timedelta(days=1), strong_auth=True)
    assert [actor.role for actor in before] == ["physician"]
