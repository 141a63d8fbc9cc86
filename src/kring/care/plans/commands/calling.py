"""What calling to a meeting and asking about its time have in common: whom, whether it may leave the unit,
and who is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from kring import clock
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.answers import BOARD, CHILD, Signer
from kring.care.plans import queries, rules
from kring.care.plans.models import Invitation, Plan, PlanParty, Summons
from kring.care.plans.rules import Refusal
from kring.notifications.commands import take_back
from kring.organisations.models import Unit
from kring.timeline import limits
from kring.timeline.commands import open_task

from .telling import owner_at, tell_family, tell_units
from .writing import keep_in_charge, leave_trace, plan_to_change


@transaction.atomic
def to_write(*, by: Actor, summons_id: UUID, what: str) -> tuple[Summons, Plan]:
    """A summons of the unit in charge, with its plan held."""
    summons = Summons.objects.filter(pk=summons_id).first()
    plan_id = summons.plan_id if summons else summons_id
    plan = plan_to_change(by=by, plan_id=plan_id, permission=Permission.SUMMON, what=what)
    if summons is None:
        raise queries.refusal(by, summons_id, Permission.SUMMON, what=what)
    summons.refresh_from_db()  # as it stands now that nobody else can change it
    keep_in_charge(by=by, plan=plan)
    return summons, plan


@dataclass(frozen=True)
class Whom:
    """The `units` to be called, those of them that the plan is not `open_to`, and the family's consent."""

    units: set[UUID]
    closed_to: set[UUID]
    consent: queries.ConsentView


@transaction.atomic
def whom_to_call(*, by: Actor, plan: Plan, unit_ids: Iterable[UUID] | None) -> Whom:
    """Of the parties those chosen (default: all that the plan is open to), and always the one that calls."""
    consent = queries.consent_of(by, plan)
    open_to = {unit_id for unit_id, category in consent.cells if category == "plan"} | {plan.unit_id}
    parties = PlanParty.objects.filter(plan=plan, left_at__isnull=True).values_list("unit_id", flat=True)
    units = set(parties) & (open_to if unit_ids is None else {*unit_ids, plan.unit_id})
    return Whom(units, units - open_to, consent)


@transaction.atomic
def check(*, by: Actor, summons: Summons, whom: Whom) -> None:
    """Refuse what may not leave the unit as it is."""
    names = Unit.objects.filter(pk__in=whom.closed_to).values_list("name", flat=True)
    facts = rules.SendFacts(
        child_takes_part=summons.child_takes_part,
        question=summons.question,
        starts_at=summons.starts_at,
        place=summons.place,
        link=summons.link,
        consent=whom.consent.standing.state,
        uninvitable=tuple(names),
    )
    if code := rules.may_send(facts, by.now):
        waits = code == "consent_waiting"
        raise Refusal(code, who=missing_names(whom.consent) if waits else ", ".join(names))


def missing_names(consent: queries.ConsentView) -> str:
    """Those who have not said yes yet, by name."""
    others: dict[Signer, str] = {CHILD: "barnet", BOARD: "socialnämnden"}
    return ", ".join(row.guardian.name if row.guardian else others[row.signer] for row in consent.waiting_for)


@transaction.atomic
def invite(*, by: Actor, summons: Summons, plan: Plan, whom: Whom) -> None:
    """An invitation each to the units, the guardians and the child. Who has one keeps it; one who is not to
    come any more loses it.
    """
    kept = {_key(one): one for one in summons.invitations.all()}
    guardians = [row.signer for row in whom.consent.signers if row.guardian]
    came = {"answer": Invitation.Answer.COMES, "answered_at": by.now}
    rows = [Invitation(summons=summons, unit_id=unit_id) for unit_id in sorted(whom.units - {plan.unit_id})]
    rows.append(Invitation(summons=summons, unit_id=plan.unit_id, **came))
    rows += [Invitation(summons=summons, guardian_id=guardian_id) for guardian_id in guardians]
    rows.append(Invitation(summons=summons, is_child=True, **child_answer(by, summons)))
    wanted = {_key(one): one for one in rows}
    Invitation.objects.bulk_create([one for key, one in wanted.items() if key not in kept])
    gone = [one.pk for key, one in kept.items() if key not in wanted]
    if gone:
        Invitation.objects.filter(pk__in=gone).delete()


def _key(one: Invitation) -> tuple[UUID | None, UUID | None, bool]:
    return one.unit_id, one.guardian_id, one.is_child


def child_answer(by: Actor, summons: Summons) -> dict[str, Any]:
    """How the child takes part is known before anything is sent, so the child has nothing more to answer."""
    return {"answer": Invitation.Answer.COMES, "answered_at": by.now, "reason": summons.child_takes_part}


@transaction.atomic
def call(*, by: Actor, summons: Summons, plan: Plan, whom: Whom) -> None:
    """The summons is out: invitations, tasks for those who have not said that they come, event, notices."""
    invite(by=by, summons=summons, plan=plan, whom=whom)
    silent = summons.invitations.filter(answer=Invitation.Answer.NONE, unit_id__isnull=False)
    for unit_id in sorted(silent.values_list("unit_id", flat=True)):
        ask_unit(by=by, summons=summons, plan=plan, unit_id=unit_id)
    about = {"object_id": summons.pk, "data": {"summons": str(summons.pk), "units": len(whom.units)}}
    leave_trace(by=by, plan=plan, what="plan.summons.send", event="sip_summons_sent", **about)
    tell_invited(by=by, summons=summons, plan=plan, act="summons_sent")


@transaction.atomic
def ask_unit(*, by: Actor, summons: Summons, plan: Plan, unit_id: UUID, kind: str = "summons_answer") -> None:
    """The task to answer: within the days that the rule gives, and never after the day itself."""
    times = (
        [summons.starts_at]
        if summons.starts_at
        else summons.proposed_times.values_list("starts_at", flat=True)
    )
    due = min(limits.due_on("summons_answer_7", by.today), clock.day_of(min(times)))
    about = {"child_id": plan.child_id, "subject": summons.pk, "unit_id": unit_id}
    owner = owner_at(by, plan, unit_id)
    open_task(by=by, kind=kind, due_on=due, assignee_id=owner, **about)


@transaction.atomic
def tell_invited(*, by: Actor, summons: Summons, plan: Plan, act: str) -> None:
    """Tell the family and every invited unit but the one that calls."""
    units = summons.invitations.filter(unit_id__isnull=False).exclude(unit_id=plan.unit_id)
    unit_ids = sorted(units.values_list("unit_id", flat=True))
    tell_family(by=by, plan=plan, act=act, about=summons.pk)
    tell_units(by=by, plan=plan, act=act, about=summons.pk, unit_ids=unit_ids)


@transaction.atomic
def take_back_told(*, by: Actor, summons: Summons) -> None:
    """Of a meeting that is moved, called off or has got its time, nothing older than that is to be read."""
    for act in ("times_asked", "summons_sent", "meeting_moved"):
        take_back(by=by, act=act, abouts=[summons.pk])


@transaction.atomic
def invitation_to_answer(*, by: Actor, invitation_id: UUID, what: str) -> tuple[Invitation, Plan]:
    """An invitation that the actor may answer: its own, or in charge what the family has said.

    Raises:
        Refusal: not_your_item, summons_cancelled.
    """
    permission = Permission.ANSWER_SUMMONS if by.is_staff else Permission.ANSWER_AS_FAMILY
    invitation = Invitation.objects.select_related("summons").filter(pk=invitation_id).first()
    plan_id = invitation.summons.plan_id if invitation else invitation_id
    plan = plan_to_change(by=by, plan_id=plan_id, permission=permission, what=what)
    if invitation is None:
        raise queries.refusal(by, invitation_id, permission, what=what)
    invitation.refresh_from_db()
    if not _may_answer(by, plan, invitation):
        raise Refusal("not_your_item", about=plan.child_id)
    if invitation.summons.cancelled_at:
        raise Refusal("summons_cancelled")
    return invitation, plan


def _may_answer(by: Actor, plan: Plan, invitation: Invitation) -> bool:
    if by.guardian_id:
        return invitation.guardian_id == by.guardian_id
    if by.child_id:
        return invitation.is_child
    return invitation.unit_id == by.unit_id or (invitation.unit_id is None and plan.unit_id == by.unit_id)
