"""Which units of a plan wait for the family's answer although consent to the plan holds."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import OuterRef, Subquery

from kring.access.actors import Actor
from kring.access.consents import ConsentView
from kring.access.masks import hide
from kring.access.policy.answers import CHILD, Signer
from kring.care.plans.models import Plan, PlanParty
from kring.care.plans.rules.joining import Joined, Said, unanswered
from kring.children.models import Consent
from kring.design.alphabet import swedish

Waiting = Mapping[UUID, frozenset[Signer]]
LAST_JOINED = Subquery(
    PlanParty.objects.filter(plan=OuterRef("pk"), left_at__isnull=True)
    .order_by("-joined_at")
    .values("joined_at")[:1]
)
"""Of a plan: when the latest of those who take part was taken in."""


def parties_of(actor: Actor, plans: Iterable[Plan]) -> Mapping[UUID, list[PlanParty]]:
    """The units that take part in each plan that the actor has been given, in one question."""
    about = {plan.pk: plan for plan in plans}
    found: dict[UUID, list[PlanParty]] = {key: [] for key in about}
    rows = PlanParty.objects.filter(plan__in=list(about), left_at__isnull=True).select_related("unit")
    for party in rows.order_by("joined_at", "pk") if about else ():
        hide(actor, about[party.plan_id].child, party)
        found[party.plan_id].append(party)
    return found


def waiting_for(view: ConsentView, plan: Plan, parties: Iterable[PlanParty]) -> Waiting:
    """Each unit whose answer waits, and on whom; none while the plan itself waits for consent."""
    if not view.standing.is_valid:
        return {}
    joined = [Joined(one.unit_id, one.joined_at) for one in parties if one.unit_id != plan.unit_id]
    return unanswered(joined, _said(view))


def waited_for(
    actor: Actor, plans: Iterable[Plan], views: Mapping[UUID, ConsentView]
) -> Mapping[UUID, set[Signer]]:
    """Who is to answer about a unit of each plan, of plans read with `LAST_JOINED`. Asks the database only
    when somebody was taken in after an answer.
    """
    plans = list(plans)
    later = [plan for plan in plans if any(_is_before(said, plan) for said in _said(views[plan.pk]))]
    parties = parties_of(actor, later)
    found: dict[UUID, set[Signer]] = {plan.pk: set() for plan in plans}
    for plan in later:
        found[plan.pk].update(*waiting_for(views[plan.pk], plan, parties[plan.pk]).values())
    return found


def _is_before(said: Said, plan: Plan) -> bool:
    joined = getattr(plan, "last_joined", None)
    return joined is not None and said.at < joined


def _said(view: ConsentView) -> list[Said]:
    given = [row for row in view.signers if row.required and row.holds and row.latest]
    return [Said(row.signer, row.latest.recorded_at, _units(row.latest)) for row in given if row.latest]


def _units(consent: Consent) -> frozenset[UUID]:
    return frozenset(scope.unit_id for scope in consent.scopes.all() if scope.category == "plan")


def asked_about(actor: Actor, plan: Plan, view: ConsentView) -> Sequence[str]:
    """The units that were taken into a plan since this guardian, or the child, answered, by name."""
    parties = parties_of(actor, [plan])[plan.pk]
    waiting = waiting_for(view, plan, parties)
    me = actor.guardian_id or CHILD
    asked = (one.unit.name for one in parties if me in waiting.get(one.unit_id, frozenset()))
    return sorted(asked, key=swedish)
