"""What somebody has been told and reaches now; the outbox as numbers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.children.models import Child
from kring.notifications.models import Delivery, Notice
from kring.notifications.rules import TELLINGS

LISTED = 50


def notices_of(actor: Actor) -> "QuerySet[Notice]":
    """The actor's own notices in this way of acting, newest first, of what the actor reaches now: for a young
    person's guardian that depends on what is shared.
    """
    reached = Q(pk__in=())
    for permission in {row.permission for row in TELLINGS.values() if actor.may(row.permission)}:
        acts = [row.act for row in TELLINGS.values() if row.permission == permission]
        children = gate.children_for(actor, permission, OuterRef("child"))
        reached |= Q(Exists(children), act__in=acts)
    return _told(actor).filter(reached).order_by("-made_at", "pk")


def _told(actor: Actor) -> "QuerySet[Notice]":
    """What the actor has been told in this way of acting, whether it reaches it now or not; nothing of a
    child that has protected identity now.
    """
    mine = Notice.objects.filter(person_id=actor.person_id, unit_id=actor.unit_id)
    return mine.filter(child__protection=Child.Protection.NONE)


def has_a_list(actor: Actor) -> bool:
    """Whether the actor is told anything at all: the smaller child has what is new on its own pages."""
    if actor.child_id is None:
        return actor.may(Permission.SEE_NOTICES)
    return actor.child_id in gate.among(actor, Permission.SEE_MESSAGES, [actor.child_id])


def unread(actor: Actor) -> "QuerySet[Notice]":
    """What the actor has not seen."""
    return notices_of(actor).filter(read_at__isnull=True)


def unread_count(actor: Actor) -> int:
    """How many the actor has not seen, of those it reaches now. The number stands on every page: one light
    question when nothing waits, and one more for each kind of thing that does, however much of it.
    """
    waiting = _told(actor).filter(read_at__isnull=True)
    about: dict[Permission, list[UUID]] = {}
    for act, child_id in waiting.values_list("act", "child_id"):
        about.setdefault(TELLINGS[act].permission, []).append(child_id)
    return sum(_reached(actor, permission, children) for permission, children in about.items())


def _reached(actor: Actor, permission: Permission, child_ids: list[UUID]) -> int:
    seen = gate.among(actor, permission, child_ids)
    return sum(one in seen for one in child_ids)


def listed(actor: Actor) -> list[Notice]:
    """The latest notices, read and unread."""
    return list(notices_of(actor)[:LISTED])


@dataclass(frozen=True)
class Outbox:
    """The outbox without anybody in it: how many are in each state, and the latest that went wrong."""

    counts: dict[tuple[str, str], int]
    oldest: datetime | None
    troubled: list[Delivery]


def outbox(actor: Actor) -> Outbox:
    """How sending goes, for an administrator, who learns nothing of to whom or about whom."""
    rows = Delivery.objects.values_list("way", "state").annotate(n=Count("pk")).order_by("way", "state")
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, not_before__lte=actor.now)
    troubled = Delivery.objects.exclude(reason="").order_by("-ended_at", "-not_before")
    return Outbox(
        counts={(way, state): n for way, state, n in rows},
        oldest=waiting.order_by("not_before").values_list("not_before", flat=True).first(),
        troubled=list(troubled[:LISTED]),
    )
