"""What the database itself holds, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from kring.care.plans import commands
from kring.care.plans.models import (
    Acknowledgement,
    Closure,
    Invitation,
    Plan,
    PlanParty,
    PlanVersion,
    Summons,
)


def broken():
    return pytest.raises(IntegrityError)


def test_no_declined_plan_without_a_reason(story):
    story.started()
    with broken(), transaction.atomic():
        Plan.objects.filter(pk=story.plan_id).update(status="declined")


def test_a_party_once(story):
    story.started()
    with broken(), transaction.atomic():
        PlanParty.objects.create(plan=story.plan, unit_id=story.plan.unit_id, joined_at=story.now)


def test_a_version_number_once(story):
    story.established()
    stamp = {"made_at": story.now, "made_by": story.cast.karin}
    with broken(), transaction.atomic():
        PlanVersion.objects.create(plan=story.plan, number=1, stored={}, **stamp)


@pytest.mark.parametrize("who", [{"is_child": True}, {"unit": "school"}, {"guardian": "maria"}])
def test_nobody_is_invited_twice_to_the_same_meeting(story, who):
    story.together()
    summons = story.summoned()
    whom = {"is_child": True}
    if "unit" in who:
        whom = {"unit_id": story.school}
    if "guardian" in who:
        whom = {"guardian_id": story.maria.guardian_id}
    with broken(), transaction.atomic():
        Invitation.objects.create(summons=summons, **whom)
    Invitation.objects.filter(summons=summons).delete()
    Invitation.objects.create(summons=summons, **whom)


@pytest.mark.parametrize("guardian", [True, False])
def test_a_version_is_confirmed_once_by_each(story, guardian):
    story.established()
    who = {"guardian_id": story.maria.guardian_id if guardian else None}
    said = {"version": PlanVersion.objects.get(), "at": story.now} | who
    Acknowledgement.objects.create(**said)
    with broken(), transaction.atomic():
        Acknowledgement.objects.create(**said)


def test_a_plan_ends_once(story):
    story.started()
    commands.close_plan(by=story.karin, plan_id=story.plan_id, seen=1, reason="moved")
    with broken(), transaction.atomic():
        stamp = {"ended_at": story.now, "ended_by": story.cast.karin}
        stamp |= {"changed_at": story.now, "changed_by": story.cast.karin}
        Closure.objects.create(plan=story.plan, reason="moved", **stamp)


def test_one_meeting_a_summons(story):
    story.together()
    meeting = story.meeting()
    meeting.pk = None
    with broken(), transaction.atomic():
        meeting.save(force_insert=True)


@pytest.mark.parametrize(
    ("row", "words"),
    [(Plan(kind="sip"), "sip of None"), (Summons(), "summons of None"), (PlanParty(), "None in None")],
)
def test_rows_are_told_without_names(row, words):
    """What ends up in a log or an error page says nothing about a person."""
    assert str(row) == words
