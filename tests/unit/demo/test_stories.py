"""The cast's stories are lived through the real commands, and leave the places each role needs to try."""

from datetime import timedelta

import pytest

from kring import clock
from kring.audit import queries as audit
from kring.care.contacts.models import Appointment, CareContact
from kring.care.plans.models import Activity, Invitation, Meeting, Plan, PlanVersion, Summons
from kring.demo import stories
from kring.secrecy.queries.shares import guardians_see
from kring.timeline.models import Event, Task
from tests.cast import NOW
from tests.told import once


@pytest.fixture
@once
def told(cast):
    stories.tell(cast.now)
    return cast


def plan_of(cast, subject) -> Plan:
    return Plan.objects.get(child=cast.child(subject))


def test_alvas_plan_has_come_to_its_second_version_and_waits_for_its_follow_up(told):
    plan = plan_of(told, "alva")
    assert plan.status == "established"
    assert list(
        PlanVersion.objects.filter(plan=plan).order_by("number").values_list("number", flat=True)
    ) == [1, 2]
    assert Event.objects.filter(subject=plan.pk, kind="sip_meeting_held").exists()


def test_somebody_still_has_to_answer_the_next_summons(told):
    summons = Summons.objects.filter(plan=plan_of(told, "alva"), meeting__isnull=True).get()
    assert Invitation.objects.filter(summons=summons, answer="none", guardian__isnull=False).count() == 2


def test_every_party_and_the_family_has_its_own_part(told):
    activities = Activity.objects.filter(plan=plan_of(told, "alva"))
    assert activities.values("unit").distinct().count() >= 5
    assert activities.filter(responsible="family").exists()


def test_omars_plan_waits_for_consent_and_noas_is_new(told):
    assert plan_of(told, "omar").status == plan_of(told, "noa").status == "draft"
    assert Task.objects.filter(subject=plan_of(told, "omar").pk, kind__startswith="sip_consent").exists()


def test_noa_shows_her_guardian_the_times_and_not_the_plan(told):
    found = guardians_see(told.actor("noa"), told.child("noa"))
    seen = {cell.thing for one in found for cell in one.cells if cell.sees}
    assert seen == {"appointment"}


def test_what_happened_before_was_written_before(told):
    plan = plan_of(told, "alva")
    assert not Event.objects.filter(subject=plan.pk, recorded_at__gt=told.now).exists()
    assert Event.objects.filter(subject=plan.pk).values("recorded_at").distinct().count() > 5


def test_the_access_log_of_all_this_is_whole(told):
    assert list(audit.faults()) == []


def test_told_again_nothing_is_added(told):
    before = Event.objects.count()
    stories.tell(told.now)
    assert Event.objects.count() == before


def test_a_protected_child_is_in_the_lists_of_the_two_who_may_open_her(told):
    task = Task.objects.filter(child=told.child("sigrid"), done_at__isnull=True).first()
    assert task.unit_id == told.unit("hh-habilitering-boras").pk


def test_omars_family_has_a_visit_with_an_interpreter(told):
    visit = Appointment.objects.get(child=told.child("omar"))
    assert "tolk på arabiska" in visit.with_whom
    assert visit.starts_at > told.now


@pytest.mark.parametrize("day", range(7))
def test_whatever_day_the_demo_is_made_nobody_meets_on_a_weekend(day):
    teller = stories.Teller(NOW + timedelta(days=day))
    days = [teller.day(number) for number in (*range(-60, 0), *range(1, 40))]
    assert days == sorted(days), "what came before is still before"
    assert all(one.weekday() < 5 for one in days)
    assert teller.day(0) == clock.day_of(teller.now)
    assert teller.day(-1) < teller.day(0) < teller.day(1)


@pytest.mark.parametrize("day", range(7))
def test_three_visits_fall_in_one_week_and_none_on_the_day_of_the_meeting(day):
    teller = stories.Teller(NOW + timedelta(days=day))
    visits = [teller.coming(weeks, weekday) for weeks, weekday in ((0, 3), (1, 2), (1, 3), (1, 4), (2, 3))]
    assert {one.isocalendar()[1] for one in visits[1:4]} == {visits[1].isocalendar()[1]}
    assert teller.day(0) < visits[0] < visits[1]
    assert teller.day(3) not in visits


def test_alva_has_a_coordinator_and_another_named_care_contact(told):
    named = dict(CareContact.objects.filter(child=told.child("alva")).values_list("role", "person__subject"))
    assert named == {"coordinator": "karin", "named_care_contact": "maja"}


def test_karins_list_is_that_of_an_ordinary_day(told):
    """Not all of it late: some is for later."""
    due = Task.objects.filter(unit=told.unit("hh-habilitering-boras"), done_at__isnull=True)
    assert due.filter(due_on__gte=told.now.date()).exists()


def test_alvas_meeting_was_held_when_it_was_called_to(told):
    meeting = Meeting.objects.get(summons__plan=plan_of(told, "alva"))
    assert meeting.started_at == meeting.summons.starts_at
