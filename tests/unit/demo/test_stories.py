"""The cast's stories are lived through the real commands, and leave the places each role needs to try."""

import pytest

from kring.audit import queries as audit
from kring.care.contacts.models import Appointment
from kring.care.plans.models import Activity, Invitation, Meeting, Plan, PlanVersion, Summons
from kring.demo import stories
from kring.timeline.models import Event, Task


@pytest.fixture
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
    assert "Tolk" in visit.bring
    assert visit.starts_at > told.now


def test_alvas_meeting_was_held_when_it_was_called_to(told):
    meeting = Meeting.objects.get(summons__plan=plan_of(told, "alva"))
    assert meeting.started_at == meeting.summons.starts_at
