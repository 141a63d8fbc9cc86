"""The children under extra watch at a care provider. Only those who review its log see this list."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from kring.access import gate, reviewing
from kring.access.actors import Actor
from kring.access.reviewing import ReviewedChild
from kring.audit.models import Action
from kring.log_review.models import Watch

WHAT = "log_review.watch"
LISTED = 100


@dataclass(frozen=True)
class Watched:
    """A watch and whom it is about; of a child that has got protected identity since, no name."""

    watch: Watch
    child: ReviewedChild | None
    standing: bool


def standing(actor: Actor) -> "QuerySet[Watch]":
    """The actor's own care provider's watches that are not over."""
    mine = Watch.objects.filter(controller_id=actor.controller_id)
    return mine.filter(ended_at__isnull=True, ends_on__gte=actor.today)


def watches(actor: Actor) -> list[Watched]:
    """Those that stand first, the ones that end soonest first of all; then the latest that are over.

    Raises:
        gate.NotAllowed: somebody who does not review logs.
    """
    by = reviewing.reviewer(actor, what=WHAT)
    now = list(standing(actor).order_by("ends_on", "set_at")[:LISTED])
    over = Watch.objects.filter(controller_id=actor.controller_id).exclude(pk__in=[one.pk for one in now])
    found = _with_children(actor, [*now, *over.order_by("-ends_on", "-set_at")[:LISTED]])
    _log(by, Action.LIST, sorted({one.watch.child_id for one in found}) or [None])
    return found


def watch_or_404(actor: Actor, watch_id: UUID) -> Watched:
    """One of them.

    Raises:
        gate.NotAllowed: somebody who does not review logs.
        Http404: the actor's own care provider has no such watch.
    """
    by = reviewing.reviewer(actor, what=WHAT)
    mine = Watch.objects.select_related("set_by").filter(controller_id=actor.controller_id, pk=watch_id)
    found = _with_children(actor, list(mine))
    if not found:
        raise Http404
    _log(by, Action.READ, [found[0].watch.child_id], str(watch_id))
    return found[0]


def _with_children(actor: Actor, rows: Sequence[Watch]) -> list[Watched]:
    children = reviewing.children_named(row.child_id for row in rows)
    return [
        Watched(row, children.get(row.child_id), row.ended_at is None and row.ends_on >= actor.today)
        for row in rows
    ]


def _log(by: Actor, action: str, child_ids: Sequence[UUID | None], key: str = "") -> None:
    gate.log(by, action, child_ids, what=WHAT, object_id=key, rule=reviewing.decision(by).rule_id)
