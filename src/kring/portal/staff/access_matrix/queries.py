"""What the matrix is drawn from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.care.plans.queries import ConsentView, consent_of, reviews_of
from kring.care.plans.queries.overview import Plan, going_plan_of
from kring.children.models import Child, Disclosure, Guardian
from kring.design.alphabet import Swedish, swedish
from kring.organisations.models import Unit
from kring.secrecy.queries.emergencies import emergencies_of
from kring.secrecy.queries.guardians import reads_own_record, what_guardians_see
from kring.secrecy.queries.lifting import own_blocks
from kring.timeline.models import Task


@dataclass(frozen=True)
class Matrix:
    """`told` are the open disclosures of the going plan by unit; `keeper` keeps it going. `seeing`: what
    each guardian is shown on the net now; `own_record`: the child reads its own; `blocks`: how
    many blocks hold on what the own unit or care provider has written; `emergencies`: the own unit's
    emergency openings; `reviews`: what the own unit keeps from the family, to be looked at again.
    """

    child: Child
    plan: Plan | None
    keeper: Unit | None
    told: Mapping[UUID, list[Disclosure]]
    guardians: list[Guardian]
    consent: ConsentView | None
    seeing: Mapping[UUID, frozenset[str]]
    own_record: bool
    blocks: int
    emergencies: int
    reviews: Sequence[Task] = ()

    @property
    def units(self) -> list[Unit]:
        """The units that the plan is disclosed to, by name."""
        return sorted((rows[0].unit for rows in self.told.values()), key=lambda unit: swedish(unit.name))


def matrix(actor: Actor, child_id: UUID) -> Matrix:
    """Who sees what of the child's going plan, with the reading logged."""
    child = gate.child_or_404(actor, Permission.SEE_ACCESS_MATRIX, child_id, what="child.access")
    plan = going_plan_of(actor, child_id)
    custodies = facts.custodies(actor).filter(child=child).select_related("guardian")
    custodies = list(custodies.order_by(Swedish("guardian__given_name")))
    told = _told(actor, child, plan)
    hide(actor, child, custodies, told)
    return Matrix(
        child=child,
        plan=plan,
        keeper=plan.unit if plan else None,
        told=told,
        guardians=[custody.guardian for custody in custodies],
        consent=consent_of(actor, plan) if plan else None,
        seeing=what_guardians_see(actor, child),
        own_record=reads_own_record(actor, child),
        blocks=own_blocks(actor, child_id).filter(lifted_at__isnull=True).count(),
        emergencies=len(emergencies_of(actor, child_id)),
        reviews=reviews_of(actor, child_id),
    )


def _told(actor: Actor, child: Child, plan: Plan | None) -> Mapping[UUID, list[Disclosure]]:
    open_now = Disclosure.holding(actor.today)
    going = child.disclosures.filter(open_now, starts_at__lte=actor.now, ended_at__isnull=True)
    told: dict[UUID, list[Disclosure]] = defaultdict(list)
    for row in going.filter(subject=plan.pk if plan else None).select_related("unit__controller"):
        told[row.unit_id].append(row)
    return told
