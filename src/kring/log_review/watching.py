"""Putting a child under extra watch in the log (extra uppsikt), and ending it before its time."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404

from kring.access import gate, reviewing
from kring.access.actors import Actor
from kring.access.policy.review import WATCH
from kring.audit.models import Action

from .models import Watch
from .queries.watches import WHAT, standing
from .rules.refusals import ReviewRefused


@transaction.atomic
def set_watch(*, by: Actor, child_id: UUID, starts_on: date, ends_on: date, reason: str) -> Watch:
    """Have a care provider's own readings about a child looked at with extra care, also those that have been.

    Raises:
        gate.NotAllowed: somebody who does not review logs.
        ReviewRefused: watched already, the days are turned, begun or ended too late, or there is no reason.
    """
    reviewer = reviewing.reviewer(by, what=WHAT)
    if starts_on > by.today:
        raise ReviewRefused("watch_starts_late")
    if ends_on < by.today:
        raise ReviewRefused("watch_over")
    if ends_on > by.today + timedelta(days=WATCH.days):
        raise ReviewRefused("watch_too_long")
    if not reason.strip():
        raise ReviewRefused("watch_reason")
    if standing(by).filter(child_id=child_id).exists():
        raise ReviewRefused("watched")
    made = Watch.objects.create(
        controller_id=by.controller_id,
        child_id=child_id,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip()[:500],
        set_by_id=by.person_id,
        set_at=by.now,
    )
    _log(reviewer, made)
    return made


@transaction.atomic
def end_watch(*, by: Actor, watch_id: UUID) -> Watch:
    """End it today; what was read until then stays worth asking about.

    Raises:
        gate.NotAllowed: somebody who does not review logs.
        Http404: the actor's own care provider has no such watch.
        ReviewRefused: it is over.
    """
    reviewer = reviewing.reviewer(by, what=WHAT)
    mine = Watch.objects.select_for_update().filter(controller_id=by.controller_id, pk=watch_id)
    found = mine.first()
    if found is None:
        raise Http404
    if found.ended_at or found.ends_on < by.today:
        raise ReviewRefused("watch_ended")
    found.ends_on, found.ended_by_id, found.ended_at = by.today, by.person_id, by.now
    found.save(update_fields=["ends_on", "ended_by", "ended_at"])
    _log(reviewer, found)
    return found


def _log(by: Actor, row: Watch) -> None:
    rule = reviewing.decision(by).rule_id
    gate.log(by, Action.WRITE, [row.child_id], what=WHAT, object_id=str(row.pk), rule=rule)
