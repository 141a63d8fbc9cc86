"""Moment four: the meeting. The child's own words stand first, or the reason why there are none."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from kring import clock
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.plans import queries
from kring.care.plans.models import Attendance, Invitation, Meeting, Plan, Summons, TookPart
from kring.care.plans.rules import Refusal
from kring.care.plans.rules.shown import NOTHING_CHOSEN, Readers
from kring.care.plans.rules.summons import opens_on
from kring.design.days import plain_day
from kring.timeline.commands import close_tasks

from .writing import change_once, follow_review, keep_in_charge, leave_trace, plan_to_change, readers_chosen

WRITTEN = (
    "child_words",
    "no_child_words_reason",
    "child_took_part",
    "child_took_part_words",
    "notes",
    "note_taker_id",
)
VERDICTS = ("yes", "partly", "no")


@transaction.atomic
def start_meeting(*, by: Actor, summons_id: UUID) -> Meeting:
    """Begin the meeting of a sent summons; whoever begins leads it. Begun already: the same meeting.

    Raises:
        Refusal: not_in_charge, not_sent, summons_cancelled, meeting_too_early.
    """
    summons = Summons.objects.filter(pk=summons_id).first()
    plan_id = summons.plan_id if summons else summons_id
    plan = plan_to_change(
        by=by, plan_id=plan_id, permission=Permission.HOLD_MEETING, what="plan.meeting.start"
    )
    if summons is None:
        raise queries.refusal(by, summons_id, Permission.HOLD_MEETING, what="plan.meeting.start")
    summons.refresh_from_db()  # as it stands now that nobody else can change it
    keep_in_charge(by=by, plan=plan)
    if not summons.sent_at:
        raise Refusal("not_sent")
    if summons.cancelled_at:
        raise Refusal("summons_cancelled")
    if opens_on(summons.starts_at) > by.today:
        raise Refusal("meeting_too_early", day=plain_day(clock.day_of(summons.starts_at)))
    stamp = {"started_at": by.now, "changed_at": by.now, "changed_by_id": by.person_id}
    begun = {"plan": plan, "chair_id": by.person_id, **stamp}
    meeting, _ = Meeting.objects.get_or_create(summons=summons, defaults=begun)
    leave_trace(by=by, plan=plan, what="plan.meeting.start", object_id=meeting.pk)
    return meeting


def _meeting(by: Actor, meeting_id: UUID, what: str) -> tuple[Meeting, Plan]:
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    plan_id = meeting.plan_id if meeting else meeting_id
    plan = plan_to_change(by=by, plan_id=plan_id, permission=Permission.HOLD_MEETING, what=what)
    if meeting is None:
        raise queries.refusal(by, meeting_id, Permission.HOLD_MEETING, what=what)
    meeting.refresh_from_db()
    keep_in_charge(by=by, plan=plan)
    if meeting.ended_at:
        raise Refusal("meeting_ended")
    return meeting, plan


@transaction.atomic
def write_meeting(*, by: Actor, meeting_id: UUID, seen: int, **fields: Any) -> Meeting:
    """Write any of `WRITTEN` while the meeting goes on, and choose who of the family reads what staff wrote
    of it (`rules.shown`). Raises Refusal and EditConflict.
    """
    meeting, plan = _meeting(by, meeting_id, "plan.meeting.write")
    shown = {name: fields.pop(name) for name in NOTHING_CHOSEN if name in fields}
    if unknown := set(fields) - set(WRITTEN):
        raise TypeError(f"not fields of a meeting: {sorted(unknown)}")
    clean = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    chosen = readers_chosen(by=by, chosen=shown, before=Readers.of(meeting))
    change_once(by=by, row=meeting, seen=seen, **clean, **chosen)
    leave_trace(by=by, plan=plan, what="plan.meeting.write", object_id=meeting.pk)
    follow_review(by=by, plan=plan, row=meeting, unit_id=plan.unit_id)
    return meeting


@transaction.atomic
def attend(
    *, by: Actor, meeting_id: UUID, invitation_ids: Iterable[UUID], names: Iterable[str] = ()
) -> list[Attendance]:
    """Note who is there: those invited, and others by name. Said again, it replaces what was noted before."""
    meeting, plan = _meeting(by, meeting_id, "plan.meeting.attend")
    invited = Invitation.objects.filter(summons_id=meeting.summons_id, pk__in=list(invitation_ids))
    Attendance.objects.filter(meeting=meeting).delete()
    rows = [_present(meeting, invitation) for invitation in invited.select_related("unit", "guardian")]
    rows += [Attendance(meeting=meeting, name=name.strip()[:120]) for name in names if name.strip()]
    Attendance.objects.bulk_create(rows)
    leave_trace(by=by, plan=plan, what="plan.meeting.attend", object_id=meeting.pk)
    return rows


def _present(meeting: Meeting, invitation: Invitation) -> Attendance:
    return Attendance(
        meeting=meeting,
        unit_id=invitation.unit_id,
        guardian_id=invitation.guardian_id,
        is_child=invitation.is_child,
        name=invitation.substitute,
    )


@transaction.atomic
def end_meeting(*, by: Actor, meeting_id: UUID, seen: int) -> Meeting:
    """End the meeting: held, with the child's words or why they are missing, how the child took part, who
    was there.

    Raises:
        Refusal: child_words_missing, child_part_missing, nobody_present, meeting_ended. EditConflict.
    """
    meeting, plan = _meeting(by, meeting_id, "plan.meeting.end")
    if not (meeting.child_words.strip() or meeting.no_child_words_reason.strip()):
        raise Refusal("child_words_missing")
    if meeting.child_took_part not in TookPart.values:
        raise Refusal("child_part_missing")
    if not Attendance.objects.filter(meeting=meeting).exists():
        raise Refusal("nobody_present")
    change_once(by=by, row=meeting, seen=seen, ended_at=by.now)
    # Nobody has to answer the call to a meeting that has been.
    close_tasks(by=by, subject=meeting.summons_id, kinds=("summons_answer",), result="held")
    data = {"child_took_part": meeting.child_took_part, "meeting": str(meeting.pk)}
    leave_trace(
        by=by, plan=plan, what="plan.meeting.end", event="sip_meeting_held", on=meeting.started_at,
        object_id=meeting.pk, data=data,
    )  # fmt: skip
    return meeting


@transaction.atomic
def judge_meeting(*, by: Actor, meeting_id: UUID, verdict: str) -> Meeting:
    """The child's own «Blev det som du ville?»: yes, partly or no. It may change its mind.

    Raises:
        Refusal: choice_missing, meeting_not_ended.
    """
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    plan_id = meeting.plan_id if meeting else meeting_id
    permission, what = Permission.PREPARE_MEETING, "plan.meeting.verdict"
    plan = plan_to_change(by=by, plan_id=plan_id, permission=permission, what=what, also_over=True)
    if meeting is None:
        raise queries.refusal(by, meeting_id, permission, what=what)
    meeting.refresh_from_db()
    if verdict not in VERDICTS:
        raise Refusal("choice_missing")
    if not meeting.ended_at:
        raise Refusal("meeting_not_ended")
    change_once(by=by, row=meeting, seen=meeting.revision, child_verdict=verdict)
    leave_trace(by=by, plan=plan, what=what, object_id=meeting.pk)
    return meeting
