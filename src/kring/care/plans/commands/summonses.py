"""Moment three: the summons, its answers, and cancelling it."""

from collections.abc import Iterable
from copy import copy
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.plans import queries
from kring.care.plans.models import Invitation, Meeting, Plan, Preparation, Summons
from kring.care.plans.rules import Refusal
from kring.timeline.commands import close_tasks

from . import calling
from .telling import tell_in_charge
from .writing import change_once, keep_in_charge, leave_trace, plan_to_change

WRITTEN = (
    "question",
    "starts_at",
    "minutes",
    "place",
    "link",
    "child_takes_part",
    "child_takes_part_words",
    "adaptations",
)
SHORTEST, LONGEST = 15, 240


@transaction.atomic
def draft_summons(*, by: Actor, plan_id: UUID, **fields: Any) -> Summons:
    """Begin a summons with any of `WRITTEN`. The child's own sent wish fills «Så vill barnet vara med», and
    nobody writes another over it.

    Raises:
        Refusal: not_in_charge, not_started, minutes_out_of_range, child_has_said.
    """
    plan = plan_to_change(by=by, plan_id=plan_id, permission=Permission.SUMMON, what="plan.summons.draft")
    keep_in_charge(by=by, plan=plan)
    if plan.started_at is None:
        raise Refusal("not_started")
    stamp = {"changed_at": by.now, "changed_by_id": by.person_id}
    summons = Summons.objects.create(plan=plan, **stamp, **_with_own_wish(plan, _clean(fields)))
    leave_trace(by=by, plan=plan, what="plan.summons.draft", object_id=summons.pk)
    return summons


def _with_own_wish(plan: Plan, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, with what the child itself has sent for its next meeting."""
    sent = (
        Preparation.objects.for_next_meeting().filter(plan=plan, sent_at__isnull=False).exclude(takes_part="")
    )
    latest = sent.order_by("-sent_at").first()
    if latest is None:
        return fields
    if fields.get("child_takes_part") not in (None, "", latest.takes_part):
        raise Refusal("child_has_said")
    return fields | {"child_takes_part": latest.takes_part, "child_said_itself": True}


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - set(WRITTEN):
        raise TypeError(f"not fields of a summons: {sorted(unknown)}")
    if "minutes" in fields and not SHORTEST <= (fields["minutes"] or 0) <= LONGEST:
        raise Refusal("minutes_out_of_range")
    return {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}


@transaction.atomic
def edit_summons(*, by: Actor, summons_id: UUID, seen: int, **fields: Any) -> Summons:
    """Change a draft. What the child itself has answered stands.

    Raises:
        Refusal: not_in_charge, already_sent, times_asked, minutes_out_of_range, child_has_said. EditConflict.
    """
    summons, plan = calling.to_write(by=by, summons_id=summons_id, what="plan.summons.draft")
    if summons.sent_at:
        raise Refusal("already_sent")
    if summons.is_asking:
        raise Refusal("times_asked")
    clean = _clean(fields)
    another = clean.get("child_takes_part", summons.child_takes_part) != summons.child_takes_part
    if another and summons.child_said_itself and seen == summons.revision:
        raise Refusal("child_has_said")
    change_once(by=by, row=summons, seen=seen, **clean)
    leave_trace(by=by, plan=plan, what="plan.summons.draft", object_id=summons.pk)
    return summons


@transaction.atomic
def send_summons(
    *, by: Actor, summons_id: UUID, seen: int, unit_ids: Iterable[UUID] | None = None
) -> Summons:
    """Send it to units, guardians and child. `unit_ids`: which parties (default: all that the plan is open
    to).

    Raises:
        Refusal: child_wish_missing, question_missing, time_missing, time_passed, place_missing,
            consent_waiting, consent_conflict, consent_no_signer, party_not_consented, already_sent,
            times_asked.
        EditConflict: somebody else changed it.
    """
    summons, plan = calling.to_write(by=by, summons_id=summons_id, what="plan.summons.send")
    if summons.sent_at:
        raise Refusal("already_sent")
    if summons.is_asking:
        raise Refusal("times_asked")
    whom = calling.whom_to_call(by=by, plan=plan, unit_ids=unit_ids)
    calling.check(by=by, summons=summons, whom=whom)
    change_once(by=by, row=summons, seen=seen, sent_at=by.now)
    calling.call(by=by, summons=summons, plan=plan, whom=whom)
    return summons


@transaction.atomic
def answer_summons(
    *, by: Actor, invitation_id: UUID, answer: str, reason: str = "", substitute: str = ""
) -> Invitation:
    """Answer: a unit and a family member for themselves; the unit in charge may note the family's spoken
    answer.

    Raises:
        Refusal: answer_missing, decline_reason_missing, substitute_missing, summons_cancelled, not_sent,
            meeting_started, not_your_item.
    """
    invitation, plan = _invitation(by, invitation_id)
    _check_answer(invitation, answer, reason, substitute)
    invitation.answer, invitation.answered_at = answer, by.now
    invitation.reason = reason.strip()[:300]
    invitation.substitute = substitute.strip()[:120] if answer == "substitute" else ""
    invitation.save(update_fields=["answer", "answered_at", "reason", "substitute"])
    if invitation.unit_id:
        close_tasks(by=by, subject=invitation.summons_id, unit_ids=[invitation.unit_id], result=answer)
    leave_trace(
        by=by, plan=plan, what="plan.summons.answer", event="sip_summons_answered", object_id=invitation.pk,
        data={"answer": answer}, unit_id=invitation.unit_id or plan.unit_id,
    )  # fmt: skip
    act = "summons_declined" if answer == "declines" else "summons_answered"
    tell_in_charge(by=by, plan=plan, act=act, about=invitation.summons_id)
    return invitation


def _invitation(by: Actor, invitation_id: UUID) -> tuple[Invitation, Plan]:
    invitation, plan = calling.invitation_to_answer(
        by=by, invitation_id=invitation_id, what="plan.summons.answer"
    )
    if invitation.summons.sent_at is None:
        raise Refusal("not_sent")
    if Meeting.objects.filter(summons=invitation.summons).exists():
        raise Refusal("meeting_started")
    return invitation, plan


def _check_answer(invitation: Invitation, answer: str, reason: str, substitute: str) -> None:
    if answer not in Invitation.Answer.values or answer == "none":
        raise Refusal("answer_missing")
    if answer == "substitute" and not (invitation.unit_id and substitute.strip()):
        raise Refusal("substitute_missing")
    # A party that is called has to come; the family may say no without saying why.
    if answer == "declines" and invitation.unit_id and not reason.strip():
        raise Refusal("decline_reason_missing")


@transaction.atomic
def move_summons(*, by: Actor, summons_id: UUID, seen: int, reason: str, **fields: Any) -> Summons:
    """Give a meeting that is called to another time or place (`MOVABLE`), with a reason that everyone invited
    can read. Whoever has answered is asked again. The days from the need run on (clocks.md ruling 19).

    Raises:
        Refusal: not_in_charge, not_sent, summons_cancelled, meeting_started, reason_missing, summons_unmoved,
            minutes_out_of_range, and as for sending.
        EditConflict: somebody else changed it.
    """
    summons, plan = _going(by, summons_id, "plan.summons.move")
    if not reason.strip():
        raise Refusal("reason_missing")
    clean = _moved(by, summons, plan, fields)
    clean |= {"moved_from": summons.starts_at, "moved_at": by.now, "moved_reason": reason.strip()[:300]}
    change_once(by=by, row=summons, seen=seen, moves=summons.moves + 1, **clean)
    _ask_again(by, summons, plan)
    about = {"object_id": summons.pk, "data": {"summons": str(summons.pk), "moves": summons.moves}}
    leave_trace(
        by=by, plan=plan, what="plan.summons.move", event="sip_meeting_moved",
        reason=clean["moved_reason"], **about,
    )  # fmt: skip
    calling.take_back_told(by=by, summons=summons)
    calling.tell_invited(by=by, summons=summons, plan=plan, act="meeting_moved")
    return summons


MOVABLE = ("starts_at", "minutes", "place", "link")


def _going(by: Actor, summons_id: UUID, what: str) -> tuple[Summons, Plan]:
    """A summons that is out, of a meeting that has not begun."""
    summons, plan = calling.to_write(by=by, summons_id=summons_id, what=what)
    if not summons.sent_at:
        raise Refusal("not_sent")
    if summons.cancelled_at:
        raise Refusal("summons_cancelled")
    if Meeting.objects.filter(summons=summons).exists():
        raise Refusal("meeting_started")
    return summons, plan


def _moved(by: Actor, summons: Summons, plan: Plan, fields: dict[str, Any]) -> dict[str, Any]:
    """The new time and place, checked as when it was sent."""
    if unknown := set(fields) - set(MOVABLE):
        raise TypeError(f"nobody moves {sorted(unknown)}")
    clean = _clean(fields)
    new = copy(summons)
    for name, value in clean.items():
        setattr(new, name, value)
    calling.check(by=by, summons=new, whom=calling.Whom(set(), set(), queries.consent_of(by, plan)))
    if all(getattr(new, name) == getattr(summons, name) for name in MOVABLE):
        raise Refusal("summons_unmoved")
    return clean


def _ask_again(by: Actor, summons: Summons, plan: Plan) -> None:
    """Answers to the old time say nothing of the new one. Who calls comes, and how the child takes part is
    known.
    """
    blank = {"answer": Invitation.Answer.NONE, "answered_at": None, "reason": "", "substitute": ""}
    asked = summons.invitations.exclude(unit_id=plan.unit_id)
    asked.filter(is_child=False).update(**blank)
    summons.invitations.filter(is_child=True).update(**calling.child_answer(by, summons))
    close_tasks(by=by, subject=summons.pk, kinds=("summons_answer",), result="moved")
    for unit_id in sorted(asked.filter(unit_id__isnull=False).values_list("unit_id", flat=True)):
        calling.ask_unit(by=by, summons=summons, plan=plan, unit_id=unit_id)


@transaction.atomic
def cancel_summons(*, by: Actor, summons_id: UUID, reason: str) -> Summons:
    """Call the meeting off before it has begun, with a reason that everyone invited can read.

    Raises:
        Refusal: not_in_charge, not_sent, summons_cancelled, meeting_started, reason_missing.
    """
    summons, plan = _going(by, summons_id, "plan.summons.cancel")
    if not reason.strip():
        raise Refusal("reason_missing")
    text = reason.strip()[:300]
    change_once(by=by, row=summons, seen=summons.revision, cancelled_at=by.now, cancelled_reason=text)
    close_tasks(by=by, subject=summons.pk, result="cancelled")
    leave_trace(
        by=by,
        plan=plan,
        what="plan.summons.cancel",
        event="sip_meeting_cancelled",
        object_id=summons.pk,
        reason=text,
    )
    calling.take_back_told(by=by, summons=summons)
    calling.tell_invited(by=by, summons=summons, plan=plan, act="meeting_cancelled")
    return summons
