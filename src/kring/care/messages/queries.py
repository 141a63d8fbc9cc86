"""Threads as the family, the unit that holds them and other units of its care provider meet them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from kring import clock
from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.access.policy.decision import Decision
from kring.access.policy.same_provider import SAME_PROVIDER
from kring.access.policy.staff import Block, WorkNeed
from kring.access.policy.visibility import FamilyReader, Visibility
from kring.audit.models import Action
from kring.children.models import CareRelation, Child, Custody
from kring.log_review.queries.hidden import tells_hidden_items
from kring.organisations.models import Person, Unit
from kring.secrecy.queries.blocks import blocks_of
from kring.secrecy.rules.blocks import Blocks
from kring.timeline.models import Task

from . import rules
from .models import AnswerTime, Message, Reading, Side, Thread

SEE = Permission.SEE_MESSAGES
TASK = "message_answer"
"""The kind of the task that stands in the unit's worklist until somebody has answered."""
PAGE = 50
SHOWN_AT_MOST = 100
AROUND = ("child", "unit", "guardian")


def threads_for(actor: Actor, child_id: UUID | None = None, *, each: bool = False) -> "QuerySet[Thread]":
    """The threads an actor may read: staff those of their own unit, the family what `rules.to_family` opens.

    The set-valued reading of that rule; a test holds the two together.
    """
    rows = gate.rows_for(actor, SEE, Thread.objects.all(), child_id, each=each)
    if actor.is_staff:
        return rows.filter(unit_id=actor.unit_id)
    for_all = Q(visibility=Visibility.ALL)
    if actor.child_id:
        return rows.filter(Q(guardian__isnull=True) | for_all)
    of_the_young = Q(guardian__isnull=True, visibility=Visibility.DEFAULT)
    return rows.filter(Q(guardian_id=actor.guardian_id) | for_all | of_the_young)


def is_own(actor: Actor, thread: Thread) -> bool:
    """Whether the actor is the one of the family whose thread it is."""
    return not actor.is_staff and thread.guardian_id == actor.guardian_id


def decision_on(actor: Actor, thread: Thread) -> Decision:
    """By which rule somebody of the family who is let in to messages sees, or does not see, a thread."""
    return rules.to_family(
        FamilyReader.CHILD if actor.child_id else FamilyReader.GUARDIAN,
        mine=is_own(actor, thread),
        of_guardian=thread.guardian_id is not None,
        visibility=thread.visibility,
        on=actor.today,
    )


@tells_hidden_items
def hidden_threads(actor: Actor, child_id: UUID) -> list[UUID]:
    """The threads about a child that somebody of the family does not see: no reading of them is told of."""
    threads = Thread.objects.filter(child_id=child_id)
    return [one.pk for one in threads if not actor.is_staff and not decision_on(actor, one).opens]


def thread_or_404(
    actor: Actor, thread_id: UUID, *, act: str, permission: Permission = SEE, child_id: UUID | None = None
) -> Thread:
    """One thread, with the reading logged by the rule that opened it; `act`: what for. With `child_id` only
    that child's.

    Raises:
        gate.Invisible: it does not exist or is hidden; the two cannot be told apart.
        gate.NotAllowed: the actor's role does not do this.
        gate.ReasonNeeded: as for every page about a protected child.
    """
    what = rules.told_as(act, kept=False)
    gate.demand(actor, permission, what=what)
    rows = threads_for(actor, each=True).filter(pk=thread_id)
    rows = rows.filter(child_id=child_id) if child_id else rows
    found = rows.select_related(*AROUND).first()
    if found is None:
        raise _unseen(actor, thread_id, permission, what)
    gate.reason_first(actor, found.child)
    log(actor, Action.READ, found, act, rule=_rule(actor, found))
    return found


def log(actor: Actor, action: str, thread: Thread, act: str, *, rule: str = "") -> None:
    """Write what an actor did with a thread to the access log."""
    what = rules.told_as(act, kept=rules.is_kept(thread.visibility))
    gate.log(actor, action, [thread.child_id], what=what, object_id=str(thread.pk), rule=rule)


def _unseen(actor: Actor, thread_id: UUID, permission: Permission, what: str) -> gate.Invisible:
    # The same is asked whether the thread exists or not, so that neither answer nor time tells.
    about = Thread.objects.filter(pk=thread_id).values_list("child_id", flat=True).first()
    refused = gate.refusal(actor, permission, about or thread_id, what=what, object_id=str(thread_id))
    return gate.Invisible(refused.act)


def _rule(actor: Actor, thread: Thread) -> str:
    if actor.is_staff or is_own(actor, thread):
        return gate.rule_for(actor, SEE, thread.child)
    return decision_on(actor, thread).rule_id


def messages_of(thread: Thread) -> list[Message]:
    """What has been written in a thread that has been let through, in order."""
    return list(thread.messages.select_related("written_by").order_by("number"))


@dataclass(frozen=True)
class Opened:
    """A thread with its messages. `seen_by_unit`, `seen_by_family`: the last message each side has opened;
    `mine`: the reader writes in it; `reached`: whoever began it can still open it (told to staff).
    """

    thread: Thread
    messages: Sequence[Message]
    mine: bool
    seen_by_unit: int
    seen_by_family: int
    assignee: Person | None = None
    reached: bool = True


def opened(actor: Actor, thread: Thread) -> Opened:
    """The page of a thread that `thread_or_404` has let through."""
    seen: dict[Any, int] = {}
    readings = thread.readings.exclude(person_id=actor.person_id)
    for side, number in readings.values_list("side", "seen"):
        seen[side] = max(number, seen.get(side, 0))
    assignee = _owners(actor, [thread]).get(thread.pk) if actor.is_staff else None
    written = messages_of(thread)
    reached = not actor.is_staff or _is_reached(actor, thread)
    hide(actor, thread.child, thread, written)
    mine = actor.is_staff or is_own(actor, thread)
    seen_by = (seen.get(Side.UNIT, 0), seen.get(Side.FAMILY, 0))
    return Opened(thread, written, mine, *seen_by, assignee, reached)


def _is_reached(actor: Actor, thread: Thread) -> bool:
    """Whether whoever began a thread could open it now, as the gate says of them."""
    of_guardian = {"role": "guardian", "guardian_id": thread.guardian_id}
    itself = {"role": "child", "child_id": thread.child_id}
    who: dict[str, Any] = of_guardian if thread.guardian else itself
    person_id = thread.guardian.person_id if thread.guardian else thread.child.person_id
    if person_id is None:
        return False
    reader = Actor(person_id=person_id, now=actor.now, strong_auth=True, **who)
    return gate.children_for(reader, SEE, thread.child_id).exists()


def _owners(actor: Actor, threads: Collection[Thread]) -> dict[UUID, Person]:
    """Who at the actor's unit has the task of answering each thread."""
    tasks = Task.objects.filter(
        unit_id=actor.unit_id, kind=TASK, subject__in=[one.pk for one in threads], done_at__isnull=True
    ).filter(assignee__isnull=False)
    return {task.subject: task.assignee for task in tasks.select_related("assignee") if task.subject}


def _unread(actor: Actor) -> Exists:
    """Whether the other side has written something in a thread that this person has not opened."""
    side, other = (Side.UNIT, Side.FAMILY) if actor.is_staff else (Side.FAMILY, Side.UNIT)
    seen = Reading.objects.filter(thread=OuterRef("thread"), person_id=actor.person_id, side=side)
    new = Message.objects.filter(thread=OuterRef("pk"), side=other)
    return Exists(new.filter(~Exists(seen.filter(seen__gte=OuterRef("number")))))


def family_threads(actor: Actor, child: Child) -> list[Thread]:
    """What somebody of the family reads about a child, latest first; each has `unread`. The page has logged
    the reading.
    """
    rows = threads_for(actor, child.pk).annotate(unread=_unread(actor)).select_related(*AROUND)
    found = list(rows.order_by("-changed_at", "pk")[:SHOWN_AT_MOST])
    hide(actor, child, found)
    return found


def unread_count(actor: Actor, child_id: UUID) -> int:
    """How many of the actor's own threads about a child hold something new; 0 where messages are closed."""
    if not actor.may(SEE):
        return 0
    own = threads_for(actor, child_id).filter(guardian_id=actor.guardian_id)
    return own.filter(_unread(actor)).count()


def receivers(actor: Actor, child_id: UUID) -> list[Unit]:
    """The units around a child that the family can write to today, by name."""
    around = CareRelation.objects.filter(facts.current(actor.today), child_id=child_id)
    return list(Unit.objects.filter(pk__in=around.values("unit")).order_by("name", "pk"))


def answer_times(actor: Actor, unit_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """Within how many weekdays each unit answers today: its own setting, else that of the house."""
    rows = AnswerTime.objects.filter(unit_id__in=list(unit_ids), starts_on__lte=actor.today)
    own = dict(rows.order_by("starts_on").values_list("unit_id", "weekdays"))
    house = rules.house_time(actor.today)
    return {unit_id: own.get(unit_id, house) for unit_id in unit_ids}


def other_guardians(actor: Actor, child_id: UUID) -> bool:
    """Whether the child has a guardian beside the one who asks."""
    held = Custody.objects.filter(facts.current(actor.today), child_id=child_id)
    return held.exclude(guardian_id=actor.guardian_id).exists()


@dataclass(frozen=True)
class Inbox:
    """A page of the unit's threads. `counts` has how many there are in each state, `late` how many promises
    have passed.
    """

    threads: Sequence[Thread]
    owners: Mapping[UUID, Person]
    counts: Mapping[str, int]
    late: int
    page: int
    pages: int
    weekdays: int


def inbox(actor: Actor, ball: str, *, page: int = 1) -> Inbox:
    """The threads of the actor's unit in one state: those to answer by promised day, others latest first.

    Each child is logged as listed.

    Raises:
        gate.NotAllowed: the role does not read messages.
    """
    gate.demand(actor, Permission.ANSWER_MESSAGES, what="message.inbox")
    rows = threads_for(actor)
    late = Count("pk", filter=Q(answer_by__lt=actor.today))
    counted = {one["ball"]: one for one in rows.order_by().values("ball").annotate(n=Count("pk"), late=late)}
    counts = {state: counted.get(state, {"n": 0})["n"] for state in Thread.Ball.values}
    pages = max(1, -(-counts.get(ball, 0) // PAGE))
    page = min(max(1, page), pages)
    order = ("answer_by", "pk") if ball == "unit" else ("-changed_at", "pk")
    shown = rows.filter(ball=ball).annotate(unread=_unread(actor)).select_related(*AROUND).order_by(*order)
    found = list(shown[(page - 1) * PAGE : page * PAGE])
    for one in found:
        hide(actor, one.child, one)
    kept = {one.child_id for one in found if rules.is_kept(one.visibility)}
    gate.log(actor, Action.LIST, kept, what=rules.told_as("inbox", kept=True))
    gate.log(actor, Action.LIST, {one.child_id for one in found} - kept, what="message.inbox")
    return Inbox(
        found,
        _owners(actor, found),
        counts,
        sum(one["late"] for one in counted.values()),
        page,
        pages,
        answer_times(actor, [actor.unit_id])[actor.unit_id] if actor.unit_id else 0,
    )


@dataclass(frozen=True)
class Elsewhere:
    """Another unit of the own care provider that has threads, what the tables say, and those it shows."""

    unit: Unit
    decision: Decision
    threads: Sequence[Opened] = ()


@dataclass(frozen=True)
class ChildPage:
    """The child's threads as staff meet them: those of the own unit, and what others hold."""

    child: Child
    threads: Sequence[Thread]
    elsewhere: Sequence[Elsewhere] = field(default_factory=tuple)


def child_page(actor: Actor, child_id: UUID, chosen: WorkNeed = WorkNeed.NONE) -> ChildPage:
    """The own unit's threads, latest first, and those of other units after an active choice (ruling 23).

    Raises:
        gate.Invisible, gate.NotAllowed, gate.ReasonNeeded: as for every page about a child.
    """
    child = gate.child_or_404(actor, SEE, child_id, what=_page_as(actor, child_id))
    rows = threads_for(actor, child_id).annotate(unread=_unread(actor)).select_related(*AROUND)
    own = list(rows.order_by("-changed_at", "pk")[:SHOWN_AT_MOST])
    others = _elsewhere(actor, child, chosen) if facts.works_in_care(actor) else []
    hide(actor, child, own, others)
    return ChildPage(child, own, others)


def _page_as(actor: Actor, child_id: UUID) -> str:
    # Asked before the gate, of a child that does not exist likewise; nothing of it is shown to anybody.
    own = Thread.objects.filter(child_id=child_id, unit_id=actor.unit_id)
    held = own.order_by("-changed_at").values_list("visibility", flat=True)[:SHOWN_AT_MOST]
    return rules.told_as("page", kept=any(rules.is_kept(one) for one in held))


def _elsewhere(actor: Actor, child: Child, chosen: WorkNeed) -> list[Elsewhere]:
    rows = gate.rows_for(actor, SEE, Thread.objects.exclude(unit_id=actor.unit_id), child.pk)
    rows = rows.filter(unit__controller_id=actor.controller_id).select_related(*AROUND)
    written = Prefetch("messages", Message.objects.select_related("written_by").order_by("number"))
    held = list(rows.prefetch_related(written).order_by("unit__name", "-changed_at", "pk")[:SHOWN_AT_MOST])
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


STRICTEST = (Block.BOTH, Block.INNER, Block.OUTER, Block.NONE)
