"""«Meddelanden» of one child, as staff meet it: the own unit's threads, and other units' (ruling 23)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch

from kring import clock
from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.policy.decision import Decision
from kring.access.policy.same_provider import SAME_PROVIDER
from kring.access.policy.staff import Block, WorkNeed
from kring.care.messages import rules
from kring.care.messages.models import Message, Thread
from kring.children.models import Child
from kring.design.alphabet import Swedish
from kring.organisations.models import Unit
from kring.secrecy.queries.blocks import blocks_of
from kring.secrecy.rules.blocks import Blocks

from .addressees import takes_part
from .opened import Opened
from .reach import AROUND, SEE, SHOWN_AT_MOST, threads_for
from .standing import unread

STRICTEST = (Block.BOTH, Block.INNER, Block.OUTER, Block.NONE)


@dataclass(frozen=True)
class Elsewhere:
    """Another unit of the own care provider that has threads, what the tables say, and those it shows."""

    unit: Unit
    decision: Decision
    threads: Sequence[Opened] = ()


@dataclass(frozen=True)
class ChildPage:
    """The child's threads as staff meet them: those of the own unit, and what others hold. `takes_part`: the
    own unit meets the child, and can begin one.
    """

    child: Child
    threads: Sequence[Thread]
    elsewhere: Sequence[Elsewhere] = field(default_factory=tuple)
    takes_part: bool = True


def child_page(actor: Actor, child_id: UUID, chosen: WorkNeed = WorkNeed.NONE) -> ChildPage:
    """The own unit's threads, latest first, and those of other units after an active choice (ruling 23).

    Raises:
        gate.Invisible, gate.NotAllowed, gate.ReasonNeeded: as for every page about a child.
    """
    child = gate.child_or_404(actor, SEE, child_id, what=_page_as(actor, child_id))
    rows = threads_for(actor, child_id).annotate(unread=unread(actor)).select_related(*AROUND)
    own = list(rows.order_by("-changed_at", "pk")[:SHOWN_AT_MOST])
    others = _elsewhere(actor, child, chosen) if facts.works_in_care(actor) else []
    hide(actor, child, own, others)
    return ChildPage(child, own, others, takes_part(actor, child_id))


def _page_as(actor: Actor, child_id: UUID) -> str:
    # Asked before the gate, of a child that does not exist likewise; nothing of it is shown to anybody.
    own = Thread.objects.filter(child_id=child_id, unit_id=actor.unit_id)
    held = own.order_by("-changed_at").values_list("visibility", flat=True)[:SHOWN_AT_MOST]
    return rules.told_as("page", kept=any(rules.is_kept(one) for one in held))


def _elsewhere(actor: Actor, child: Child, chosen: WorkNeed) -> list[Elsewhere]:
    rows = gate.rows_for(actor, SEE, Thread.objects.exclude(unit_id=actor.unit_id), child.pk)
    rows = rows.filter(unit__controller_id=actor.controller_id).select_related(*AROUND)
    written = Prefetch("messages", Message.objects.select_related("written_by").order_by("number"))
    rows = rows.order_by(Swedish("unit__name"), "-changed_at", "pk")
    held = list(rows.prefetch_related(written)[:SHOWN_AT_MOST])
    blocks = blocks_of(child.pk, actor.now) if held else Blocks()
    alike: dict[tuple[UUID, Block], list[Thread]] = {}
    for row in held:
        alike.setdefault((row.unit_id, _block_on(row, blocks)), []).append(row)
    found = []
    for (_unit_id, block), rows_alike in alike.items():
        about = facts.another_unit(actor, SEE, block=block, chosen=chosen)
        decision = SAME_PROVIDER.decide(about, on=actor.today)
        shown = rows_alike if decision.opens else []
        threads = [Opened(row, list(row.messages.all()), False, 0, 0) for row in shown]
        found.append(Elsewhere(rows_alike[0].unit, decision, threads))
    return found


def _block_on(thread: Thread, blocks: Blocks) -> Block:
    """What covers a thread: it is covered whole when one of its days is."""
    days = {clock.day_of(one.written_at) for one in thread.messages.all()}
    kinds = {blocks.over(thread.unit_id, thread.unit.controller_id, day) for day in days}
    return min(kinds, key=STRICTEST.index, default=Block.NONE)
