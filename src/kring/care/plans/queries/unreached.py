"""Whom nothing told inside Kring reaches, for the one who calls to a meeting."""

from dataclasses import dataclass
from uuid import UUID

from kring.access import facts
from kring.access.actors import Actor
from kring.access.consents import is_adult
from kring.access.permissions import Permission
from kring.access.policy.notices import UNTOLD, Untold
from kring.care.plans.models import Plan
from kring.secrecy.queries.guardians import out_of_reach


@dataclass(frozen=True)
class Unreached:
    """Whom the one who calls to a meeting has to tell outside Kring. `by_age`: the child is so old that Kring
    reaches only the guardians it shares its plan with, and those are not told here.
    """

    guardians: frozenset[UUID] = frozenset()
    by_age: bool = False


def unreached(actor: Actor, plan: Plan) -> Unreached:
    """The guardians who get nothing from Kring about a plan, for who may know it and for nobody else."""
    keeps = plan.unit_id == actor.unit_id
    asked = Untold(staff=actor.is_staff, keeps_plan=keeps, may_summon=actor.may(Permission.SUMMON))
    if not UNTOLD.decide(asked, on=actor.today).opens:
        return Unreached()
    old = not facts.age_of(actor, plan.child).under_guardian_limit
    return Unreached(
        frozenset(out_of_reach(actor, plan.child)), by_age=old and not is_adult(plan.child, actor)
    )
