"""What the young person decides about its plan, who sees it, and about others' records, who reads them. The
grown, and whoever is judged mature for the question, of any age, answer alone (8.6, FB 6:11). Read by way of
the gate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404

from kring.access.actors import Actor
from kring.access.consents import ConsentView, across_of
from kring.access.permissions import Permission
from kring.access.policy.answers import CHILD
from kring.portal.child_pages import queries as pages
from kring.portal.child_pages.queries import Own
from kring.portal.family.disclosed import SharedPlan, connected_units, shared_plans


@dataclass(frozen=True)
class Decided:
    """A plan, with how consent stands and what is open; `mine`: the child's own latest answer, if any, and
    `holds`: it is a yes that holds.
    """

    shared: SharedPlan
    mine: Any
    holds: bool

    @property
    def plan(self) -> Any:
        return self.shared.plan

    @property
    def waits(self) -> bool:
        """Whether nothing has been answered that counts today."""
        return CHILD in self.shared.consent.standing.missing


@dataclass(frozen=True)
class Deciding:
    """`decides`: the plans that the child decides about; `others`: there are some that others answer for."""

    decides: Sequence[Decided]
    others: bool


def deciding(actor: Actor, *, what: str) -> tuple[Own, Deciding]:
    """The child that is logged in, of any age, and what it decides about; the reading is logged."""
    own = pages.own(actor, what=what, permission=Permission.ANSWER_AS_FAMILY)
    shared = shared_plans(actor, own.child)
    mine = [_decided(one) for one in shared if CHILD in one.consent.requirement.signers]
    return own, Deciding(mine, len(mine) < len(shared))


def _decided(one: SharedPlan) -> Decided:
    row = next((row for row in one.consent.signers if row.signer == CHILD), None)
    return Decided(one, row.latest if row else None, bool(row and row.holds))


def decided_or_404(actor: Actor, plan_id: UUID, *, what: str) -> tuple[Own, Decided]:
    """One plan that the child decides about.

    Raises:
        Http404: not the child's, over, or somebody else's to answer for.
    """
    own, found = deciding(actor, what=what)
    one = next((one for one in found.decides if one.plan.pk == plan_id), None)
    if one is None:
        raise Http404
    return own, one


@dataclass(frozen=True)
class Across:
    """How it stands for reading across care providers: `units` are those that may be let read; `mine`: the
    child's own latest answer, if any, and `holds`: it is a yes that holds.
    """

    consent: ConsentView
    units: Sequence[Any]
    mine: Any
    holds: bool

    @property
    def decides(self) -> bool:
        return CHILD in self.consent.requirement.signers


def across(actor: Actor, *, what: str) -> tuple[Own, Across]:
    """The child that is logged in, of any age, with the reading logged."""
    own = pages.own(actor, what=what)
    view = across_of(actor, own.child)
    row = next((row for row in view.signers if row.is_child), None)
    units = connected_units(actor, own.child)
    return own, Across(view, units, row.latest if row else None, bool(row and row.holds))
