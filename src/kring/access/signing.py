"""Who signs for a child: the facts that the tables 8.6 ask for, read from rows, and their answers.

For every matter where consent breaks secrecy: a plan, and sharing across care providers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery, UUIDField

from kring.children.models import Child, Guardian, GuardianDecision, MaturityAssessment

from . import facts
from .actors import Actor
from .policy.consents import SIGNERS, Decider, Named, Signer, Signing
from .policy.decision import Decision
from .policy.family import Channel, Close

QUESTION = "consent"


@dataclass(frozen=True)
class Decided:
    """What has been decided about one child that says who signs. `mature`: by the latest assessment;
    `judged_at`: when that was made. `named`: whom the board's decision names;
    `board_unit`: its social services; `order_until`: the last day of the order that ends first; `order_from`:
    the first day of the next order by which the guardians decide no more.
    """

    mature: bool = False
    judged_at: datetime | None = None
    placed_by_order: bool = False
    named: Named = Named.NOBODY
    board_unit: UUID | None = None
    order_until: date | None = None
    order_from: date | None = None

    def mature_with(self, own_yes_at: datetime | None) -> bool:
        """The same with a yes of its own that a treating professional has found to be the child's to give;
        an assessment made later than that takes over.
        """
        later = own_yes_at is not None and (self.judged_at is None or self.judged_at <= own_yes_at)
        return self.mature or later


def decided_by(actor: Actor, child: str) -> dict[str, Any]:
    """What to ask of rows beside what is asked already; `child` is their column that names the child."""
    assessed = MaturityAssessment.objects.filter(child=OuterRef(child), question=QUESTION)
    latest = assessed.order_by("-assessed_at")
    # Of several the one that says least: what is not named stays closed.
    orders = facts.care_orders(actor).filter(child=OuterRef(child)).order_by("signer", "pk")
    ending = orders.filter(ends_on__isnull=False).order_by("ends_on")
    coming = facts.coming_orders(actor).filter(child=OuterRef(child)).order_by("starts_on")
    return {
        "judged_at": Subquery(latest.values("assessed_at")[:1]),
        "mature_from": Subquery(latest.values("mature_from")[:1]),
        "order_signer": Subquery(orders.values("signer")[:1]),
        "order_unit": Subquery(orders.values("unit_id")[:1], output_field=UUIDField()),
        "order_ends_on": Subquery(ending.values("ends_on")[:1]),
        "order_starts_on": Subquery(coming.values("starts_on")[:1]),
    }


def decided_in(actor: Actor, row: Any) -> Decided:
    """The same, read from a row that was asked."""
    mature = row.mature_from is not None and row.mature_from <= actor.today
    named = Named(row.order_signer or Named.NOBODY)
    placed = row.order_signer is not None
    days = (row.order_ends_on, row.order_starts_on)
    return Decided(mature, row.judged_at, placed, named, row.order_unit, *days)


def decisions_about(actor: Actor, child_ids: Iterable[UUID]) -> dict[UUID, Decided]:
    """For each child, in one question; none at all for nobody."""
    asked = set(child_ids)
    if not asked:
        return {}
    rows = Child.objects.filter(pk__in=asked).annotate(**decided_by(actor, "pk"))
    return {child.pk: decided_in(actor, child) for child in rows}


def may_sign(
    actor: Actor,
    *,
    guardian_id: UUID | None,
    decider: Decider,
    custody: bool,
    act: Signing = Signing.SIGN,
    has_signed: bool = False,
    named: Named = Named.NOBODY,
) -> Decision:
    """Whether a person may give, or take back, a signature now; `guardian_id` None is the child itself.

    The family signs on the net. Staff write in what was said or written elsewhere, and for that no link has
    to be open: a blocked or protected guardian keeps the right to sign (ruling 13).
    """
    asked = Signer(
        who=Close.GUARDIAN if guardian_id else Close.CHILD,
        act=act,
        channel=Channel.ORAL if actor.is_staff else Channel.E_SERVICE,
        strong_auth=actor.strong_auth,
        has_signed=has_signed,
        decider=decider,
        custody=custody,
        named=named,
        # Whoever of the family has come this far has been let in by the gate, which closes the link.
        link_closed=False,
    )
    return SIGNERS.decide(asked, on=actor.today)


def untold_guardians(actor: Actor, child_id: UUID) -> "set[UUID]":
    """The other guardians of whom nothing is told in the family: with protected identity, or with the way
    over the net closed by a unit head.
    """
    held = facts.custodies(actor).filter(child=child_id, guardian=OuterRef("pk"))
    closed = GuardianDecision.objects.filter(
        facts.current(actor.today),
        guardian=OuterRef("pk"),
        child=child_id,
        kind=GuardianDecision.Kind.BLOCKED,
        ended_at__isnull=True,
    )
    others = Guardian.objects.filter(Exists(held)).exclude(pk=actor.guardian_id)
    untold = others.filter(Q(protected_identity=True) | Exists(closed))
    return set(untold.values_list("pk", flat=True))
