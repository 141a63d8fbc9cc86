"""Questions about which of several times suits: one for its page, those of a unit, and what has been said."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Prefetch, Q, prefetch_related_objects

from kring.access import gate
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.care.plans import rules
from kring.care.plans.models import Invitation, ProposedTime, Summons
from kring.clock import day_of

from .reach import refusal, rule_for, whole_plans

_WITH = ("plan", "plan__child", "plan__unit")
_WHOLE = (*_WITH, "plan__unit__controller", "plan__overall_responsible", "plan__coordinator")
TIMES = Prefetch("proposed_times", ProposedTime.objects.order_by("starts_at"))
ASKED = Prefetch("invitations", Invitation.objects.select_related("unit", "guardian").order_by("pk"))
ANSWERS = "invitations__time_answers"


def with_times(summonses: Iterable[Summons]) -> list[Summons]:
    """Those of the summonses that ask about times, read with the times, the asked and their answers. Nothing
    is asked of the database when there is none.
    """
    asking = [row for row in summonses if row.is_asking]
    prefetch_related_objects(asking, TIMES, ASKED, ANSWERS)
    return asking


def asked_or_404(
    actor: Actor, summons_id: UUID, *, what: str, permission: Permission = Permission.SEE_PLAN
) -> Summons:
    """A question about times, or the summons that came of it, with the reading logged."""
    plans = whole_plans(actor, permission, each=True)
    asked = Summons.objects.filter(asked_at__isnull=False)
    rows = asked.select_related(*_WHOLE).prefetch_related(TIMES, ASKED, ANSWERS)
    summons = rows.filter(plan__in=plans, pk=summons_id).first()
    if summons is None:
        plan_id = asked.filter(pk=summons_id).values_list("plan_id", flat=True).first()
        raise refusal(actor, plan_id or summons_id, permission, what=what, part=True)
    gate.reason_first(actor, summons.plan.child)
    hide(actor, summons.plan.child, summons)
    summons.plan.is_whole = True
    rule = rule_for(actor, summons.plan)
    gate.log(actor, Action.READ, [summons.plan.child_id], what=what, object_id=str(summons.pk), rule=rule)
    return summons


def asked_invitation_or_404(actor: Actor, invitation_id: UUID, *, what: str) -> Invitation:
    """An invitation of a question about times, with the reading logged."""
    rows = Invitation.objects.filter(summons__asked_at__isnull=False, pk=invitation_id)
    summons_id = rows.values_list("summons_id", flat=True).first()
    permission = Permission.ANSWER_SUMMONS
    summons = asked_or_404(actor, summons_id or invitation_id, what=what, permission=permission)
    found = next(one for one in summons.invitations.all() if one.pk == invitation_id)
    found.summons = summons
    return found


def asked_of_unit(actor: Actor) -> list[Summons]:
    """The questions about times that go on and concern the actor's unit, the oldest first; each child is
    logged as listed.
    """
    mine = Q(plan__unit_id=actor.unit_id) | Q(invitations__unit_id=actor.unit_id)
    rows = Summons.objects.filter(
        mine, plan__in=whole_plans(actor), asked_at__isnull=False, sent_at__isnull=True
    )
    rows = rows.select_related(*_WITH).prefetch_related(TIMES, ASKED, ANSWERS).distinct()
    found = list(rows.order_by("asked_at", "pk"))
    for row in found:
        hide(actor, row.plan.child, row)
    if found:
        gate.log(actor, Action.LIST, {row.plan.child_id for row in found}, what="meetings.asked")
    return found


def said(summons: Summons) -> Mapping[tuple[UUID, UUID], bool]:
    """(invitation, time) -> whether it suits, of a question read with its answers."""
    return {
        (one.pk, answer.time_id): answer.can
        for one in summons.invitations.all()
        for answer in one.time_answers.all()
    }


def waits_for(summons: Summons) -> list[Invitation]:
    """Those who have not answered about every time. The child is not waited for, nor the unit that asks."""
    times = [one.pk for one in summons.proposed_times.all()]
    asked = [
        one for one in summons.invitations.all() if not one.is_child and one.unit_id != summons.plan.unit_id
    ]
    silent = set(rules.silent(times, [one.pk for one in asked], said(summons)))
    return [one for one in asked if one.pk in silent]


def times_facts(summons: Summons) -> rules.TimesFacts | None:
    """What decides the next step while a question about times is out."""
    days = [day_of(one.starts_at) for one in summons.proposed_times.all()]
    if summons.asked_at is None or not days:
        return None
    waiting = waits_for(summons)
    return rules.TimesFacts(
        asked_on=day_of(summons.asked_at),
        first_on=min(days),
        waiting_units=tuple(sorted(one.unit_id for one in waiting if one.unit_id)),
        waiting_family=any(one.unit_id is None for one in waiting),
    )
