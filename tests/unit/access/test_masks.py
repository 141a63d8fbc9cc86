"""What is hidden in the rows around a protected child, for each grade, field and reader (8.8 b)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from kring import clock
from kring.access.actors import Actor
from kring.access.masks import Mask, hidden_value, hide, unit_of
from kring.access.policy.decision import Need, Outcome
from kring.access.policy.protected import Field, Grade
from kring.care.contacts.models import Appointment, CareContact
from kring.care.plans.models import Activity, Attendance, Invitation, Meeting, Plan, PlanParty, Summons
from kring.children.models import Child, Custody, Guardian
from kring.organisations.models import Controller, Municipality, Person, Unit
from kring.timeline.models import Event, Task

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OURS, THEIRS = UUID(int=1), UUID(int=2)
GUARDED = [grade for grade in Grade if grade is not Grade.NONE]
WHERE = (Field.UNIT, Field.PLACE, Field.TIME)
REGION, TOWN = Controller(pk=1, name="Västra Götalandsregionen"), Controller(pk=2, name="Borås Stad")


def reader(**who):
    staff = {"unit_id": OURS, "controller_id": 1, "sector": "region_care", "assignment_id": uuid4()}
    return Actor(
        **({"person_id": uuid4(), "role": "coordinator", "now": NOW, "strong_auth": True} | staff | who)
    )


NOT_STAFF = {"unit_id": None, "controller_id": None, "sector": "", "assignment_id": None}
CARE, SCHOOL = reader(), reader(sector="school", controller_id=2, role="principal_teacher")
GUARDIAN = reader(role="guardian", guardian_id=uuid4(), **NOT_STAFF)
CHILD_ITSELF = reader(role="child", child_id=uuid4(), **NOT_STAFF)
READERS = {"care": CARE, "school": SCHOOL, "guardian": GUARDIAN}


def child(grade="flag"):
    return Child(given_name="Sigrid", protection=grade, municipality=Municipality(pk=7, name="Borås"))


def ours(**more):
    return Unit(
        **({"pk": OURS, "name": "Habiliteringen", "kind": "habilitation", "controller": REGION} | more)
    )


def theirs(**more):
    place = {"name": "Elevhälsan Borås", "kind": "pupil_health_medical", "phone": "033-10 00 00"}
    return Unit(**({"pk": THEIRS, "controller": TOWN, "phone_hours": "8-16"} | place | more))


def sara(**more):
    return Person(**({"given_name": "Sara", "family_name": "Ek", "title": "Kurator"} | more))


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("field", Field)
def test_without_protection_nothing_is_hidden(who, field):
    assert Mask.of(READERS[who], child("none")).shows(field, THEIRS)
    assert not Mask.of(READERS[who], child("none")).hides


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("grade", GUARDED)
@pytest.mark.parametrize("field", WHERE)
def test_another_unit_s_place_and_time_are_hidden_from_everyone_but_the_child(who, grade, field):
    assert not Mask.of(READERS[who], child(grade)).shows(field, THEIRS)
    assert Mask.of(CHILD_ITSELF, child(grade)).shows(field, THEIRS)


@pytest.mark.parametrize("grade", GUARDED)
@pytest.mark.parametrize("field", Field)
def test_the_own_unit_s_place_and_time_are_known_to_it_and_nothing_else(grade, field):
    for who in (CARE, SCHOOL):
        assert Mask.of(who, child(grade)).shows(field, OURS) == (field in WHERE)


@pytest.mark.parametrize(
    ("who", "field", "grade", "rule"),
    [
        ("care", Field.PLACE, "flag", "8.8.reveal_one"),
        ("care", Field.TIME, "registration", "8.8.reveal_one"),
        ("care", Field.GUARDIANS, "flag", "8.8.reveal_one"),
        ("care", Field.MUNICIPALITY, "registration", "8.8.address_not_kept"),
        ("school", Field.PLACE, "flag", "8.8.outside_care"),
        ("guardian", Field.UNIT, "flag", "8.8.outside_care"),
    ],
)
def test_a_reason_shows_a_field_to_care_and_to_nobody_else(who, field, grade, rule):
    decision = Mask.of(READERS[who], child(grade)).decision(field, THEIRS, reason=True)
    assert decision.rule_id == rule
    assert (decision.outcome is Outcome.ALLOW) == (rule == "8.8.reveal_one")


def test_what_a_reason_would_show_says_so():
    assert Mask.of(CARE, child()).decision(Field.PLACE, THEIRS).needs == {Need.WRITTEN_REASON}
    assert Mask.of(SCHOOL, child()).decision(Field.PLACE, THEIRS).needs == frozenset()


def test_another_unit_is_its_kind_and_no_more():
    row = PlanParty(unit=theirs(), contact=sara())
    hide(CARE, child(), row)
    assert row.unit.name == "Dolt (Elevhälsa)"
    assert (row.unit.pk, row.unit.controller.name) == (THEIRS, "Dolt")
    assert (row.unit.phone, row.unit.phone_hours, row.unit.hsa_id, row.unit.municipality_id) == (
        "",
        "",
        "",
        None,
    )
    assert row.contact.name == "Kurator"
    assert (row.contact.given_name, row.contact.protected_identity) == ("", True)


def test_a_unit_that_has_not_been_read_is_hidden_without_being_read():
    row = PlanParty(unit_id=THEIRS, contact_id=uuid4())
    hide(CARE, child(), row)
    assert (row.unit.name, row.unit.get_kind_display(), row.contact.name) == ("Dolt", "", "Personal")


def test_the_own_unit_and_its_people_stand_as_they_are():
    row = PlanParty(unit=ours(), contact=sara())
    hide(CARE, child(), row)
    assert (row.unit.name, row.unit.controller.name, row.contact.name) == (
        "Habiliteringen",
        "Västra Götalandsregionen",
        "Sara Ek",
    )


def test_one_s_own_name_is_never_hidden_from_oneself():
    me = sara(pk=CARE.person_id)
    row = PlanParty(unit=theirs(), contact=me)
    hide(CARE, child(), row)
    assert row.contact.name == "Sara Ek"


def test_the_one_who_does_something_is_judged_by_where_they_work_and_not_by_who_wrote_it():
    row = Activity(unit=theirs(), responsible_unit=ours(), responsible_person=sara())
    hide(CARE, child(), row)
    assert (row.unit.name, row.responsible_unit.name) == ("Dolt (Elevhälsa)", "Habiliteringen")
    assert row.responsible_person.name == "Sara Ek"
    row = Activity(unit=ours(), responsible_unit=theirs(), responsible_person=sara())
    hide(CARE, child(), row)
    assert row.responsible_person.name == "Kurator"


def meeting_at(unit):
    plan = Plan(unit=unit, child=child(), overall_responsible=TOWN)
    summons = Summons(plan=plan, starts_at=LATER, place="Rådhusgatan 3")
    return summons, Meeting(plan=plan, summons=summons, started_at=LATER, ended_at=LATER, chair=sara())


def test_a_meeting_s_place_and_time_are_the_calling_unit_s_to_know():
    summons, meeting = meeting_at(theirs())
    hide(CARE, child(), meeting)
    assert (summons.place, meeting.chair.name) == ("Dolt", "Kurator")
    for moment in (summons.starts_at, meeting.started_at, meeting.ended_at):
        assert clock.is_hidden(moment)
        assert moment == LATER, "what is decided by the time is decided as before"
    assert summons.plan.overall_responsible.name == "Dolt"
    summons, meeting = meeting_at(ours())
    hide(CARE, child(), meeting)
    assert (summons.place, summons.starts_at, meeting.chair.name) == ("Rådhusgatan 3", LATER, "Sara Ek")
    assert not clock.is_hidden(meeting.started_at)


@pytest.mark.parametrize(
    ("row", "name", "shown"),
    [
        (lambda unit: Attendance(unit=unit, name="Sara Ek"), "name", "Sara Ek"),
        (lambda unit: Invitation(unit=unit, substitute="Sara Ek"), "substitute", "Sara Ek"),
        (lambda unit: CareContact(unit=unit, phone="033-10 00 00"), "phone", "033-10 00 00"),
        (lambda unit: Appointment(unit=unit, with_whom="Sara Ek"), "with_whom", "Sara Ek"),
    ],
)
def test_words_that_tell_where_are_left_out(row, name, shown):
    away, here = row(theirs()), row(ours())
    hide(CARE, child(), away, here)
    assert (getattr(away, name), getattr(here, name)) == ("", shown)


@pytest.mark.parametrize(
    "row", [lambda u: Event(unit=u, effective_at=LATER), lambda u: Appointment(unit=u, starts_at=LATER)]
)
def test_what_happens_at_another_unit_has_no_time(row):
    away, here = row(theirs()), row(ours())
    hide(CARE, child(), away, here)
    moments = [getattr(one, "effective_at", None) or one.starts_at for one in (away, here)]
    assert [clock.is_hidden(moment) for moment in moments] == [True, False]


def test_guardians_and_the_municipality_are_hidden_and_the_child_is_not():
    sigrid = child()
    custody = Custody(child=sigrid, guardian=Guardian(given_name="Vera", family_name="Lind", phone="070-1"))
    task = Task(child=sigrid, unit=ours())
    hide(CARE, sigrid, custody, task)
    assert (custody.guardian.name, custody.guardian.phone) == ("Vårdnadshavare", "")
    assert (sigrid.municipality.name, sigrid.given_name) == ("Dolt", "Sigrid")


def test_who_a_child_logs_in_as_is_no_colleague():
    sigrid = child()
    sigrid.person = sara()
    hide(CARE, sigrid, sigrid)
    assert sigrid.person.given_name == "Sara"


@dataclass(frozen=True)
class Content:
    parties: tuple[PlanParty, ...]
    by_plan: dict[int, list[PlanParty]]


def test_rows_are_found_wherever_they_lie():
    rows = [PlanParty(unit=theirs()) for _n in range(5)]
    summons = Summons(plan=Plan(unit=ours(), child=child()))
    summons._prefetched_objects_cache = {"invitations": [Invitation(unit=theirs())]}
    hide(
        CARE,
        child(),
        Content((rows[0],), {1: [rows[1]]}),
        [rows[2]],
        {rows[3].pk: rows[3]},
        rows[4],
        None,
        3,
        summons,
    )
    assert {row.unit.name for row in rows} == {"Dolt (Elevhälsa)"}
    assert summons._prefetched_objects_cache["invitations"][0].unit.name == "Dolt (Elevhälsa)"


def test_rows_that_point_at_each_other_are_walked_once():
    summons, meeting = meeting_at(theirs())
    summons._state.fields_cache["meeting"] = meeting
    hide(CARE, child(), summons)
    assert (summons.place, clock.is_hidden(meeting.started_at)) == ("Dolt", True)


@pytest.mark.parametrize(("grade", "who"), [("none", CARE), ("none", SCHOOL), ("flag", CHILD_ITSELF)])
def test_nothing_is_touched_where_nothing_is_hidden(grade, who):
    summons, meeting = meeting_at(theirs())
    hide(who, child(grade), meeting)
    assert (summons.place, summons.starts_at, meeting.chair.name) == ("Rådhusgatan 3", LATER, "Sara Ek")


def test_hiding_asks_nothing_of_the_database(db, django_assert_num_queries):
    summons, meeting = meeting_at(theirs())
    with django_assert_num_queries(0):
        hide(CARE, child(), meeting, PlanParty(unit_id=THEIRS), summons)


def test_what_a_row_is_about():
    plan = Plan(unit=theirs())
    assert unit_of(plan) == THEIRS
    assert unit_of(Meeting(plan=plan)) == THEIRS
    assert unit_of(Custody()) is None
    assert unit_of(Attendance()) is None


@pytest.mark.parametrize(
    ("value", "field", "instead"),
    [("Rådhusgatan 3", Field.PLACE, "Dolt"), ("Sara Ek", Field.UNIT, ""), ("033-10 00 00", Field.PHONE, "")],
)
def test_what_stands_instead(value, field, instead):
    assert hidden_value(value, field) == instead
