"""What an emergency lets its opener know and open, decided step by step with tables 8.2 and 8.3."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from kring.access.actors import Actor
from kring.access.policy.blocking import BlockKind
from kring.access.policy.decision import Decision, Reveal
from kring.access.policy.staff import Block, Step
from kring.children.models import AccessBlock, Child, EmergencyAccess, LiftRequest
from kring.design.alphabet import swedish
from kring.secrecy.rules.choices import ActiveChoice, Reach

from .standings import Standing, Standings, standings

INNER_BLOCKS = {Block.INNER, Block.BOTH}
REACHES = {BlockKind.INNER: Reach.UNITS, BlockKind.OUTER: Reach.PROVIDERS}


@dataclass(frozen=True)
class Revealed:
    """A unit (inner) or a care provider (outer) that has something. `opens` and `asks`: it can be opened, or
    asked to lift the child's block; `asked`: it has been asked and has not answered.

    `key` stands for it in addresses, in this emergency alone: it tells nobody who has something on whom.
    """

    key: UUID
    name: str
    unit_ids: tuple[UUID, ...]
    controller_id: int
    opens: bool
    asks: bool
    asked: bool


@dataclass(frozen=True)
class Urgent:
    """One emergency and what stands around it."""

    actor: Actor
    emergency: EmergencyAccess
    found: Standings

    @classmethod
    def of(cls, actor: Actor, child: Child, emergency: EmergencyAccess) -> "Urgent":
        return cls(actor, emergency, standings(actor, child, ActiveChoice()))

    def candidates(self) -> list[Standing]:
        """What it may be about: what is closed to the actor as things are, in the emergency's direction.
        Inside the care provider that is what the child has blocked; for the rest a choice is enough.
        """
        inner = self.emergency.kind == BlockKind.INNER
        reach = REACHES[BlockKind(self.emergency.kind)]
        rows = (one for one in self.found.rows if one.reach is reach and not self._open_anyway(one))
        return [one for one in rows if not inner or one.block in INNER_BLOCKS]

    def _open_anyway(self, one: Standing) -> bool:
        return self.found.judge.decide(one.unit, one.block).opens

    def decide(self, one: Standing, step: Step, *, revealed: bool = True) -> Decision:
        """The table's answer at one step."""
        urgent = self.emergency if revealed else _not_revealed(self.emergency)
        return self.found.judge.decide(one.unit, one.block, urgent, step)

    def revealing(self) -> list[tuple[Standing, Decision]]:
        """What the first step answers for each."""
        return [(one, self.decide(one, Step.REVEAL, revealed=False)) for one in self.candidates()]


def _not_revealed(emergency: EmergencyAccess) -> EmergencyAccess:
    copy = EmergencyAccess(child_id=emergency.child_id, kind=emergency.kind)
    for name in ("danger", "indispensable", "consent_impossible", "reason"):
        setattr(copy, name, getattr(emergency, name))
    return copy


def revealed(actor: Actor, child: Child, emergency: EmergencyAccess) -> list[Revealed]:
    """Who has something, as far as the emergency lets it be told: units by name, or care providers."""
    urgent = Urgent.of(actor, child, emergency)
    told = [one for one, answer in urgent.revealing() if answer.opens and answer.reveal is not Reveal.NOTHING]
    waiting = set(
        LiftRequest.objects.filter(
            block__child=child, unit_id=actor.unit_id, answer=LiftRequest.Answer.WAITING
        ).values_list("block__controller_id", flat=True)
    )
    rows = (_revealed(urgent, same, waiting) for same in _together(told, emergency.kind))
    return sorted(rows, key=lambda one: swedish(one.name))


def _together(told: list[Standing], kind: str) -> Iterator[list[Standing]]:
    """Units by themselves; of other providers only the provider is told."""
    inner = kind == BlockKind.INNER
    keys = dict.fromkeys(one.unit.pk if inner else one.unit.controller_id for one in told)
    for key in keys:
        yield [one for one in told if key in {one.unit.pk, one.unit.controller_id}]


def _revealed(urgent: Urgent, same: list[Standing], waiting: set[int]) -> Revealed:
    first = same[0].unit
    can = [one for one in same if urgent.decide(one, Step.OPEN).opens]
    asks = [one for one in same if urgent.decide(one, Step.REQUEST_LIFT).opens]
    return Revealed(
        key=uuid5(urgent.emergency.pk, first.controller.key),
        name=first.name if urgent.emergency.kind == BlockKind.INNER else first.controller.name,
        unit_ids=tuple(dict.fromkeys(one.unit.pk for one in can)),
        controller_id=first.controller_id,
        opens=bool(can),
        asks=bool(asks) and urgent.emergency.kind == BlockKind.OUTER,
        asked=first.controller_id in waiting,
    )


def blocks_held_by(child: Child, controller_id: int) -> list[AccessBlock]:
    """The blocks of a child that a care provider holds."""
    return list(
        AccessBlock.objects.filter(child=child, controller_id=controller_id, lifted_at__isnull=True).order_by(
            "created_at", "pk"
        )
    )
