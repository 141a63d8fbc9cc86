"""The blocks that hold around a child, and the same asked inside a question to the database.

A block holds as soon as its row is there: somebody whose request began before it was set is not shown what
it closes, either. A lifted one holds for whoever asked before it was lifted.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, DateTimeField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Case, Combinable, ExpressionWrapper, When
from django.db.models.functions import TruncDate

from kring.access.actors import Actor
from kring.access.policy.blocking import BlockKind
from kring.access.policy.staff import Block
from kring.children.models import AccessBlock
from kring.clock import STOCKHOLM
from kring.secrecy.rules.blocks import Blocks

INNER, OUTER = BlockKind.INNER, BlockKind.OUTER


def holding(now: datetime) -> "QuerySet[AccessBlock]":
    """Every block that holds at a moment."""
    return AccessBlock.objects.filter(Q(lifted_at__isnull=True) | Q(lifted_at__gt=now))


def blocks_of(child_id: UUID, now: datetime) -> Blocks:
    """The blocks that hold around a child."""
    return Blocks(tuple(holding(now).filter(child_id=child_id).order_by("created_at", "pk")))


def _days(row: AccessBlock) -> Q:
    known = Q()
    if row.documented_from:
        known &= Q(documented_on__gte=row.documented_from)
    if row.documented_to:
        known &= Q(documented_on__lte=row.documented_to)
    return Q(documented_on__isnull=True) | known if known else Q()


def covered(blocks: Blocks, kind: BlockKind) -> Q:
    """Events that a block of one kind covers; `Blocks.over` for a whole table at once."""
    found = Q(pk__in=())
    for row in blocks.rows:
        if row.kind == kind:
            whose = Q(unit_id=row.unit_id) if kind is INNER else Q(unit__controller_id=row.controller_id)
            found |= whose & _days(row)
    return found


def told_apart(blocks: Blocks) -> dict[str, Combinable]:
    """Whether each event is covered, as two columns to group by: `inner` and `outer`."""
    return {kind.value: _flag(covered(blocks, kind)) for kind in BlockKind}


def _flag(met: Q) -> Combinable:
    yes, no = Value(True), Value(False)
    return Case(When(met, then=yes), default=no, output_field=BooleanField())


def in_state(blocks: Blocks, block: Block) -> Q:
    """Events that are covered by exactly these kinds of block."""
    inner = covered(blocks, INNER) if block in {Block.INNER, Block.BOTH} else ~covered(blocks, INNER)
    outer = covered(blocks, OUTER) if block in {Block.OUTER, Block.BOTH} else ~covered(blocks, OUTER)
    return inner & outer


def blocked_to(actor: Actor, day: str) -> Exists:
    """For rows with `child` and `unit`: whether the child has blocked them to the actor's unit. `day` names
    the moment that the block's days are compared with. Rows of the own unit are the caller's to let through.
    """
    at = TruncDate(ExpressionWrapper(OuterRef(day), output_field=DateTimeField()), tzinfo=STOCKHOLM)
    begun = Q(documented_from__isnull=True) | Q(documented_from__lte=at)
    going = Q(documented_to__isnull=True) | Q(documented_to__gte=at)
    inner = Q(kind=INNER.value, unit_id=OuterRef("unit_id"))
    outer = Q(kind=OUTER.value, controller_id=OuterRef("unit__controller_id"))
    outer &= ~Q(controller_id=actor.controller_id)
    about = holding(actor.now).filter(begun, going, child_id=OuterRef("child_id"))
    return Exists(about.filter(inner | outer))
