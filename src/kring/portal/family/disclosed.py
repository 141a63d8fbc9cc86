"""What is shared about a child and by whose yes, for its guardian: read by way of the gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404

from kring.access import facts, signing
from kring.access.actors import Actor
from kring.access.policy.parties import can_be_connected
from kring.care.plans import queries as plans
from kring.children.models import Consent
from kring.design.alphabet import swedish
from kring.log_review.queries.extract import may_have_extract

from .opened import ALL_AROUND, opened

Cell = tuple[UUID, str]


@dataclass(frozen=True)
class SharedPlan:
    """A plan, how consent to it stands, the other units in it, and what each sees now with its last day."""

    plan: Any
    consent: Any
    units: Sequence[Any]
    open: Mapping[Cell, date | None]


@dataclass(frozen=True)
class Sharing:
    """Everything of S74. `across`: None where the guardian is not told whom the child meets; `across_units`:
    those that could be let read what other care providers have written; `untold`: other guardians of whom
    nothing is told; `reads`: who has read is told; `answers`: earlier answers, latest first.
    """

    plans: Sequence[SharedPlan]
    across: Any
    across_units: Sequence[Any]
    untold: frozenset[UUID]
    reads: bool
    answers: Sequence[Consent]


def sharing_of(actor: Actor, child: Any) -> Sharing:
    """What is shared about a child that the guardian has been given."""
    untold = frozenset(signing.untold_guardians(actor, child.pk))
    around = ALL_AROUND in opened(actor, child.pk)
    return Sharing(
        plans=shared_plans(actor, child),
        across=plans.across_of(actor, child) if around else None,
        across_units=connected_units(actor, child) if around else [],
        untold=untold,
        reads=may_have_extract(actor, child).opens,
        answers=plans.answers_about(actor, child, untold=untold),
    )


def shared_plans(actor: Actor, child: Any) -> list[SharedPlan]:
    """The started plans that go on around a child that the actor has been given, and what is open of each."""
    rows = plans.whole_plans(actor, child_id=child.pk).filter(status__in=("draft", "established"))
    going = list(
        rows.filter(started_at__isnull=False)
        .select_related("child", "unit")
        .prefetch_related("parties__unit")
        .order_by("-need_identified_on", "pk")
    )
    views = plans.consents_of(actor, going)
    opened = plans.opened_by(actor, [plan.pk for plan in going])
    return [SharedPlan(plan, views[plan.pk], other_units(plan), opened.get(plan.pk, {})) for plan in going]


def other_units(plan: Any) -> list[Any]:
    """The units in a plan beside the one that keeps it going, by name."""
    going = (party for party in plan.parties.all() if party.left_at is None)
    units = (party.unit for party in going if party.unit_id != plan.unit_id)
    return sorted(units, key=lambda unit: swedish(unit.name))


def connected_units(actor: Actor, child: Any) -> list[Any]:
    """The units around the child that are connected to sharing across care providers, by name."""
    relations = child.care_relations.filter(facts.current(actor.today)).select_related("unit__controller")
    units = {relation.unit for relation in relations}
    return sorted((unit for unit in units if _connected(unit)), key=lambda unit: swedish(unit.name))


def _connected(unit: Any) -> bool:
    return unit.controller.shares_across_providers and can_be_connected(unit.sector)


def answer_of(view: Any, actor: Actor) -> Any:
    """The guardian's own latest answer when it is a yes that holds; None otherwise."""
    mine = next((row for row in view.signers if row.signer == actor.guardian_id), None)
    return mine.latest if mine and mine.holds else None


def own_yes(actor: Actor, plan: Any) -> Any:
    """The guardian's own yes to a plan that the guardian has been given; None when there is none."""
    return answer_of(plans.consent_of(actor, plan), actor)


def across_yes(actor: Actor, child: Any) -> Any:
    """The yes about sharing across care providers that counts; None when there is none."""
    return newest_across(plans.across_of(actor, child))


def newest_across(view: Any) -> Any:
    """The yes about sharing across care providers that counts, whoever gave it; None when there is none.

    As care reads it: the newest answer of all takes over from those before.
    """
    given = [row for row in view.signers if row.latest and row.latest.state != Consent.State.NOT_ASKED]
    newest = max(given, key=lambda row: row.latest.recorded_at, default=None)
    return newest.latest if newest and newest.holds else None


def unit_in(plan: Any, unit_id: UUID) -> Any:
    """A unit of the plan.

    Raises:
        Http404: the unit is not in it, or keeps it going.
    """
    unit = next((unit for unit in other_units(plan) if unit.pk == unit_id), None)
    if unit is None:
        raise Http404
    return unit
