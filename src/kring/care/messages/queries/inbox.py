"""The inbox of a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from kring.access import gate
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.care.messages import rules
from kring.care.messages.models import Thread
from kring.organisations.models import Person

from .reach import AROUND, threads_for
from .standing import answer_times, owners_of, unread

PAGE = 50


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
    shown = rows.filter(ball=ball).annotate(unread=unread(actor)).select_related(*AROUND).order_by(*order)
    found = list(shown[(page - 1) * PAGE : page * PAGE])
    for one in found:
        hide(actor, one.child, one)
    kept = {one.child_id for one in found if rules.is_kept(one.visibility)}
    gate.log(actor, Action.LIST, kept, what=rules.told_as("inbox", kept=True))
    gate.log(actor, Action.LIST, {one.child_id for one in found} - kept, what="message.inbox")
    return Inbox(
        found,
        owners_of(actor, found),
        counts,
        sum(one["late"] for one in counted.values()),
        page,
        pages,
        answer_times(actor, [actor.unit_id])[actor.unit_id] if actor.unit_id else 0,
    )
