"""What each guardian of a young person sees on the net, and what of it the young person decides (8.5); before
the 13th birthday, what it will be from that day on (S76).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Any
from uuid import UUID

from kring.access import facts
from kring.access.actors import Actor
from kring.access.policy.ages import Birth
from kring.access.policy.family import FAMILY, SHARED, Channel, Close, Family, Wants
from kring.children.models import Child, Guardian, GuardianDecision, ShareWish, YoungShare
from kring.clock import moment_on
from kring.design.alphabet import Swedish
from kring.secrecy.rules.turning import chosen_ahead_for

RECORD = "record"
THINGS = ("plan", "appointment", "message", "mood_answer", RECORD)
"""The kinds of `YoungShare.Thing`, and the record."""
OFFERED = frozenset(THINGS) - {RECORD}
"""What the young person decides about; the record is never shared kind by kind."""


@dataclass(frozen=True)
class Cell:
    """One kind of thing for one guardian; `chosen_by_young`: the young person's own choice decides."""

    thing: str
    sees: bool
    rule: str
    chosen_by_young: bool


@dataclass(frozen=True)
class GuardianSees:
    """A guardian and what the tables say of each kind of thing."""

    guardian: Guardian
    cells: Sequence[Cell]

    def cell(self, thing: str) -> Cell | None:
        return next((one for one in self.cells if one.thing == thing), None)


@dataclass(frozen=True)
class _Rows:
    """Everything that holds around the child now, read once for all guardians."""

    kinds: Mapping[UUID, set[Any]]
    placements: set[bool]
    shared: Mapping[UUID, set[Any]]
    guardians: Sequence[Guardian]


def choosing(actor: Actor, child: Child) -> Actor:
    """The child that asks, at the moment from which its choice counts: now, and in the last months before the
    13th birthday the midnight in Stockholm when that day begins.
    """
    day = chosen_ahead_for(Birth.of(child.birth_date, child.birth_precision), actor.today)
    return replace(actor, now=moment_on(day, time())) if day else actor


def wished_by(child: Child) -> set[tuple[UUID, str]]:
    """What guardians ask to go on seeing: (guardian, kind of thing)."""
    open_now = ShareWish.objects.filter(child=child, ended_at__isnull=True)
    return set(open_now.values_list("guardian_id", "thing"))


def own_wishes(actor: Actor, child_id: UUID) -> list[str]:
    """What this guardian has asked for. What the child answered is nowhere told."""
    mine = ShareWish.objects.filter(child_id=child_id, guardian_id=actor.guardian_id, ended_at__isnull=True)
    return sorted(mine.values_list("thing", flat=True))


def guardians_see(actor: Actor, child: Child) -> list[GuardianSees]:
    """What each who has custody today sees of the child that asks; four questions, however many guardians.

    The same answers as `gate.explain` would give each guardian: a test holds the two together.
    """
    held = facts.custodies(actor).filter(child=child).select_related("guardian")
    guardians = [row.guardian for row in held.order_by(Swedish("guardian__given_name"), "guardian_id")]
    rows = _Rows(
        _grouped(_decisions(actor, child), "kind"),
        set(facts.care_orders(actor).filter(child=child).values_list("guardians_keep_access", flat=True)),
        _grouped(_open_shares(actor, child), "thing"),
        guardians,
    )
    return [_of(actor, child, guardian, rows) for guardian in guardians]


def _decisions(actor: Actor, child: Child) -> Any:
    return GuardianDecision.objects.filter(facts.current(actor.today), child=child, ended_at__isnull=True)


def _open_shares(actor: Actor, child: Child) -> Any:
    return YoungShare.objects.filter(child=child, starts_at__lte=actor.now, ended_at__isnull=True)


def _grouped(rows: Any, field: str) -> dict[UUID, set[Any]]:
    found: dict[UUID, set[Any]] = {}
    for guardian_id, value in rows.values_list("guardian_id", field):
        found.setdefault(guardian_id, set()).add(value)
    return found


def _of(actor: Actor, child: Child, guardian: Guardian, rows: _Rows) -> GuardianSees:
    about = _facts(actor, child, guardian, rows)
    shared = rows.shared.get(guardian.pk, set())
    return GuardianSees(guardian, [_cell(actor, about, thing, thing in shared) for thing in THINGS])


def _cell(actor: Actor, about: Family, thing: str, shared: bool) -> Cell:
    wants = Wants.RECORD if thing == RECORD else Wants.E_SERVICES
    asked = replace(about, wants=wants, shared_by_the_young=shared)
    decision = FAMILY.decide(asked, on=actor.today)
    if_shared = FAMILY.decide(replace(asked, shared_by_the_young=True), on=actor.today)
    return Cell(thing, decision.opens, decision.rule_id, thing in OFFERED and if_shared.rule_id == SHARED.id)


def _facts(actor: Actor, child: Child, guardian: Guardian, rows: _Rows) -> Family:
    others = (one for one in rows.guardians if one.pk != guardian.pk)
    return Family(
        who=Close.GUARDIAN,
        channel=Channel.E_SERVICE,
        strong_auth=True,
        **facts.by_age(actor, child),
        **facts.decided(child, rows.kinds.get(guardian.pk, set()), rows.placements),
        custody=True,
        guardian_protected=guardian.protected_identity,
        other_guardian_protected=any(one.protected_identity for one in others),
        for_the_youngest=True,
    )


def anyone_sees(guardians: Iterable[GuardianSees], thing: str) -> bool:
    """Whether any of them sees this kind of thing now."""
    return any(cell.sees for one in guardians if (cell := one.cell(thing)))
