"""Moment three, before the summons: which of several times suits. No clock waits for it (ruling 19)."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.care.plans import rules
from kring.care.plans.models import Invitation, Plan, ProposedTime, Summons, TimeAnswer
from kring.care.plans.rules import Refusal
from kring.care.plans.rules.times import FEWEST, MOST
from kring.timeline.commands import close_tasks

from . import calling
from .telling import tell_in_charge
from .writing import change_once, leave_trace

TASK = "summons_times"


@transaction.atomic
def ask_times(
    *,
    by: Actor,
    summons_id: UUID,
    seen: int,
    times: Sequence[datetime],
    unit_ids: Iterable[UUID] | None = None,
) -> Summons:
    """Ask units and guardians which of the times suit, before anybody is called. Asked again, the new times
    stand instead of the old, and what is said of one that stays is kept. `unit_ids` as for sending.

    Raises:
        Refusal: already_sent, too_few_times, too_many_times, times_same, and as for sending. EditConflict.
    """
    summons, plan = calling.to_write(by=by, summons_id=summons_id, what="plan.times.ask")
    if summons.sent_at:
        raise Refusal("already_sent")
    whom = calling.whom_to_call(by=by, plan=plan, unit_ids=unit_ids)
    _check(by, summons, whom, times)
    change_once(by=by, row=summons, seen=seen, asked_at=by.now, starts_at=None)
    _propose(summons, times)
    calling.invite(by=by, summons=summons, plan=plan, whom=whom)
    _ask_units(by, summons, plan)
    about = {"object_id": summons.pk, "data": {"summons": str(summons.pk), "times": len(times)}}
    leave_trace(by=by, plan=plan, what="plan.times.ask", event="sip_times_asked", **about)
    calling.take_back_told(by=by, summons=summons)
    calling.tell_invited(by=by, summons=summons, plan=plan, act="times_asked")
    return summons


def _check(by: Actor, summons: Summons, whom: calling.Whom, times: Sequence[datetime]) -> None:
    """As when a summons to any of the times were sent."""
    whole = copy(summons)
    whole.starts_at = max(times, default=None)
    calling.check(by=by, summons=whole, whom=whom)
    if code := rules.may_propose(times, by.now):
        raise Refusal(code, n=str(FEWEST if code == "too_few_times" else MOST))


def _propose(summons: Summons, times: Sequence[datetime]) -> None:
    summons.proposed_times.exclude(starts_at__in=times).delete()
    stands = set(summons.proposed_times.values_list("starts_at", flat=True))
    new = [ProposedTime(summons=summons, starts_at=one) for one in sorted(times) if one not in stands]
    ProposedTime.objects.bulk_create(new)


def _ask_units(by: Actor, summons: Summons, plan: Plan) -> None:
    close_tasks(by=by, subject=summons.pk, kinds=(TASK,), result="asked_again")
    asked = summons.invitations.filter(unit_id__isnull=False).exclude(unit_id=plan.unit_id)
    for unit_id in sorted(asked.values_list("unit_id", flat=True)):
        calling.ask_unit(by=by, summons=summons, plan=plan, unit_id=unit_id, kind=TASK)


@transaction.atomic
def answer_times(*, by: Actor, invitation_id: UUID, said: Mapping[UUID, bool]) -> Invitation:
    """Say of every proposed time whether one can: a unit and a guardian for themselves; the unit in charge
    may note what the family has said.

    Raises:
        Refusal: times_not_asked, times_changed, summons_cancelled, not_your_item.
    """
    invitation, plan = calling.invitation_to_answer(
        by=by, invitation_id=invitation_id, what="plan.times.answer"
    )
    if not invitation.summons.is_asking:
        raise Refusal("times_not_asked")
    if set(said) != set(invitation.summons.proposed_times.values_list("pk", flat=True)):
        raise Refusal("times_changed")
    invitation.time_answers.all().delete()
    TimeAnswer.objects.bulk_create(
        [
            TimeAnswer(invitation=invitation, time_id=pk, can=can, answered_at=by.now)
            for pk, can in said.items()
        ]
    )
    if invitation.unit_id:
        units = [invitation.unit_id]
        close_tasks(by=by, subject=invitation.summons_id, kinds=(TASK,), unit_ids=units, result="answered")
    leave_trace(
        by=by, plan=plan, what="plan.times.answer", event="sip_times_answered", object_id=invitation.pk,
        data={"can": sum(said.values()), "times": len(said)}, unit_id=invitation.unit_id or plan.unit_id,
    )  # fmt: skip
    tell_in_charge(by=by, plan=plan, act="times_answered", about=invitation.summons_id)
    return invitation


@transaction.atomic
def pick_time(*, by: Actor, summons_id: UUID, seen: int, time_id: UUID) -> Summons:
    """Pick one of the times and send the summons to it, to those who were asked and may still be called. Who
    has said that it suits comes; the others are asked.

    Raises:
        Refusal: times_not_asked, time_unpicked, and as for sending. EditConflict.
    """
    summons, plan = _asking(by, summons_id, "plan.times.pick")
    time = summons.proposed_times.filter(pk=time_id).first()
    if time is None:
        raise Refusal("time_unpicked")
    asked = summons.invitations.filter(unit_id__isnull=False).values_list("unit_id", flat=True)
    whom = calling.whom_to_call(by=by, plan=plan, unit_ids=asked)
    whom = calling.Whom(whom.units - whom.closed_to, set(), whom.consent)
    summons.starts_at = time.starts_at
    calling.check(by=by, summons=summons, whom=whom)
    change_once(by=by, row=summons, seen=seen, starts_at=time.starts_at, sent_at=by.now)
    close_tasks(by=by, subject=summons.pk, kinds=(TASK,), result="picked")
    calling.take_back_told(by=by, summons=summons)
    _come(time)
    calling.call(by=by, summons=summons, plan=plan, whom=whom)
    return summons


def _asking(by: Actor, summons_id: UUID, what: str) -> tuple[Summons, Plan]:
    summons, plan = calling.to_write(by=by, summons_id=summons_id, what=what)
    if not summons.is_asking:
        raise Refusal("times_not_asked")
    return summons, plan


def _come(time: ProposedTime) -> None:
    """Who has said that the time suits has answered the summons with that."""
    for one in TimeAnswer.objects.filter(time=time, can=True, invitation__is_child=False):
        rows = Invitation.objects.filter(pk=one.invitation_id)
        rows.update(answer=Invitation.Answer.COMES, answered_at=one.answered_at)


@transaction.atomic
def withdraw_times(*, by: Actor, summons_id: UUID, seen: int) -> Summons:
    """Take the question about times back: nobody is asked any more, and the summons is a draft again.

    Raises:
        Refusal: times_not_asked. EditConflict.
    """
    summons, plan = _asking(by, summons_id, "plan.times.withdraw")
    change_once(by=by, row=summons, seen=seen, asked_at=None)
    summons.invitations.all().delete()
    summons.proposed_times.all().delete()
    close_tasks(by=by, subject=summons.pk, kinds=(TASK,), result="withdrawn")
    calling.take_back_told(by=by, summons=summons)
    leave_trace(
        by=by, plan=plan, what="plan.times.withdraw", event="sip_times_withdrawn", object_id=summons.pk
    )
    return summons
