"""What the family has to do, and the child's own preparation."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from kring import clock
from kring.access import gate
from kring.access.actors import Actor
from kring.audit.models import Action
from kring.care.plans.models import Acknowledgement, Invitation, Plan, PlanVersion, Preparation, ProposedTime

from .consents import consents_of
from .joining import LAST_JOINED, waited_for
from .reach import whole_plans


@dataclass(frozen=True)
class Todo:
    """Something that waits for this person. `kind`: consent, times, answer, acknowledge or prepare; `id` is
    what it is about.
    """

    kind: str
    plan: Plan
    id: UUID
    due_on: date | None = None


def todo_of(actor: Actor, child_id: UUID) -> list[Todo]:
    """What waits for a guardian or the child around a child's plans, most pressing first."""
    open_plans = whole_plans(actor, child_id=child_id).filter(status__in=Plan.GOING)
    plans = list(open_plans.select_related("child", "unit").annotate(last_joined=LAST_JOINED))
    found = [
        *_consents(actor, plans),
        *_answers(actor, plans),
        *_prepare(actor, plans),
        *_to_read(actor, plans),
    ]
    return sorted(found, key=lambda todo: (todo.due_on is None, todo.due_on or actor.today))


def _consents(actor: Actor, plans: list[Plan]) -> list[Todo]:
    signer = actor.guardian_id or "child"
    started = [plan for plan in plans if plan.started_at]
    views = consents_of(actor, started)
    asked = waited_for(actor, started, views)
    return [
        Todo("consent", plan, plan.pk)
        for plan in started
        if signer in views[plan.pk].standing.missing or signer in asked[plan.pk]
    ]


def mine(actor: Actor) -> Q:
    """The invitations that are the actor's own."""
    if actor.guardian_id:
        return Q(guardian_id=actor.guardian_id)
    return Q(is_child=True) if actor.child_id else Q(unit_id=actor.unit_id)


def _answers(actor: Actor, plans: list[Plan]) -> list[Todo]:
    """Calls to answer, and for a guardian the questions about times that it has not answered in full; of the
    child nobody waits for that.
    """
    about = {plan.pk: plan for plan in plans}
    called = Q(summons__cancelled_at__isnull=True, summons__starts_at__gt=actor.now)
    asked = Q(summons__asked_at__isnull=False, summons__sent_at__isnull=True, unsaid__isnull=False)
    waiting = Invitation.objects.filter(mine(actor), answer=Invitation.Answer.NONE, summons__plan__in=plans)
    rows = waiting.annotate(unsaid=_first_unsaid(actor)).filter(called | asked)
    found = rows.values_list("summons__plan_id", "summons_id", "summons__starts_at", "unsaid")
    return [
        Todo(
            "answer" if starts_at else "times", about[plan_id], summons_id, clock.day_of(starts_at or unsaid)
        )
        for plan_id, summons_id, starts_at, unsaid in found
    ]


def _first_unsaid(actor: Actor) -> Subquery:
    """Of an invitation: the first of the proposed times ahead that nothing is said about."""
    ahead = ProposedTime.objects.filter(summons=OuterRef("summons"), starts_at__gt=actor.now)
    unsaid = ahead.exclude(answers__invitation=OuterRef("pk"))
    return Subquery(unsaid.order_by("starts_at").values("starts_at")[:1])


def _prepare(actor: Actor, plans: list[Plan]) -> list[Todo]:
    if not actor.child_id:
        return []
    going = Invitation.objects.filter(
        is_child=True, summons__plan__in=plans, summons__starts_at__gt=actor.now
    )
    sent = Preparation.objects.for_next_meeting().filter(
        plan=OuterRef("summons__plan"), sent_at__isnull=False
    )
    rows = going.filter(~Exists(sent), summons__cancelled_at__isnull=True).select_related("summons__plan")
    return [
        Todo("prepare", row.summons.plan, row.summons.plan_id, clock.day_of(row.summons.starts_at))
        for row in rows
    ]


def _to_read(actor: Actor, plans: list[Plan]) -> list[Todo]:
    later = PlanVersion.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    read = Acknowledgement.objects.filter(version=OuterRef("pk"), guardian_id=actor.guardian_id)
    unread = PlanVersion.objects.filter(~Exists(later), ~Exists(read), plan__in=plans)
    return [Todo("acknowledge", row.plan, row.pk) for row in unread.defer("stored").select_related("plan")]


def acknowledged_by(actor: Actor, version: PlanVersion) -> bool:
    """Whether this guardian, or the child, has confirmed that they have read a version."""
    return version.acknowledgements.filter(guardian_id=actor.guardian_id).exists()


def preparation_of(actor: Actor, plan: Plan) -> Preparation | None:
    """The latest preparation of the child for its next meeting, sent or not for the child itself.

    The unit that keeps the plan going sees it once it is sent; nobody else does, guardians included.
    """
    return _seen(actor).filter(plan=plan).order_by("-changed_at").first()


def _seen(actor: Actor) -> "QuerySet[Preparation]":
    rows = Preparation.objects.for_next_meeting().filter(plan__in=whole_plans(actor))
    if actor.child_id:
        return rows.filter(plan__child_id=actor.child_id)
    if not actor.is_staff:
        return rows.none()
    return rows.filter(sent_at__isnull=False, plan__unit_id=actor.unit_id)


def preparations_to_read(actor: Actor, plan: Plan) -> list[Preparation]:
    """Every preparation sent for the next meeting that the actor may read, latest first, with the reading
    logged.
    """
    rows = list(_seen(actor).filter(plan=plan, sent_at__isnull=False).order_by("-sent_at"))
    if rows:
        gate.log(actor, Action.READ, [plan.child_id], what="plan.preparation", object_id=str(plan.pk))
    return rows
