"""Whom one can write to: the units around a child, and those of a child's family that read on the net."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.masks import Mask, hidden_guardian
from kring.access.permissions import Permission
from kring.care.messages import rules
from kring.children.models import CareRelation, Child, Custody, Guardian
from kring.design.alphabet import Swedish
from kring.organisations.models import Unit

from .reach import SEE, threads_for


def receivers(actor: Actor, child_id: UUID) -> list[Unit]:
    """The units around a child that the family can write to today, by name; where a guardian is not told whom
    the child meets, those of the threads that the guardian reads.
    """
    around = CareRelation.objects.filter(facts.current(actor.today), child_id=child_id)
    units = Unit.objects.filter(pk__in=around.values("unit"))
    if actor.guardian_id and not gate.among(actor, Permission.SEE_ACCESS_MATRIX, [child_id]):
        units = units.filter(pk__in=threads_for(actor, child_id).values("unit"))
    return list(units.order_by(Swedish("name"), "pk"))


def other_guardians(actor: Actor, child_id: UUID) -> bool:
    """Whether the child has a guardian beside the one who asks."""
    held = Custody.objects.filter(facts.current(actor.today), child_id=child_id)
    return held.exclude(guardian_id=actor.guardian_id).exists()


@dataclass(frozen=True)
class Addressee:
    """One of the family that a unit can write to: a guardian, or the young person itself."""

    guardian: Guardian | None

    @property
    def key(self) -> str:
        """What a form calls it."""
        return str(self.guardian.pk) if self.guardian else ITSELF


ITSELF = "child"


def addressees(actor: Actor, child: Child) -> list[Addressee]:
    """Those of the family that could open a thread about the child now, the young person first; nobody where
    the actor's unit does not take part around the child.
    """
    if not takes_part(actor, child.pk):
        return []
    held = Custody.objects.filter(facts.current(actor.today), child=child).select_related("guardian")
    guardians = [one.guardian for one in held.order_by(Swedish("guardian__given_name"), "guardian_id")]
    found = [one for one in (None, *guardians) if is_reached(actor, child, one)]
    hides = Mask.of(actor, child).hides
    return [Addressee(hidden_guardian(one.pk) if one and hides else one) for one in found]


def takes_part(actor: Actor, child_id: UUID) -> bool:
    """Whether the actor's unit meets the child now."""
    around = CareRelation.objects.filter(facts.current(actor.today), child_id=child_id)
    return around.filter(unit_id=actor.unit_id).exists()


def to_begin(actor: Actor, child_id: UUID) -> tuple[Child, list[Addressee]]:
    """The page where a unit begins a thread: the child, with the reading logged, and whom it can write to.

    Raises:
        gate.Invisible, gate.NotAllowed, gate.ReasonNeeded: as for every page about a child.
    """
    what = rules.told_as("new", kept=False)
    child = gate.child_or_404(actor, Permission.ANSWER_MESSAGES, child_id, what=what)
    return child, addressees(actor, child)


def is_reached(actor: Actor, child: Child, guardian: Guardian | None) -> bool:
    """Whether a guardian, or without one the young person itself, could open a thread now, by the gate."""
    of_guardian = {"role": "guardian", "guardian_id": guardian.pk if guardian else None}
    itself = {"role": "child", "child_id": child.pk}
    who: dict[str, Any] = of_guardian if guardian else itself
    person_id = guardian.person_id if guardian else child.person_id
    if person_id is None:
        return False
    reader = Actor(person_id=person_id, now=actor.now, strong_auth=True, **who)
    return gate.children_for(reader, SEE, child.pk).exists()
