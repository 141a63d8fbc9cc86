"""Deliveries and what was wrong in them: counts, places and words, without any child."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kring import clock
from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.record import incoming
from kring.care.record.models import Delivery, DeliveryProblem, Source
from kring.care.record.rules.keeping import ENDED_BADLY, last_day
from kring.design.alphabet import Swedish
from kring.jobs.models import Job

JOB = "import_record"


def sources(actor: Actor) -> "QuerySet[Source]":
    """The systems that may send.

    Raises:
        gate.NotAllowed: the actor's role does not take in records.
    """
    _demand(actor)
    return Source.objects.select_related("unit").order_by(Swedish("name"))


def deliveries(
    actor: Actor, *, ids: Iterable[UUID] | None = None, since: datetime | None = None
) -> "QuerySet[Delivery]":
    """Deliveries, newest first, with the number of problems and notes. Nothing in them tells of a child."""
    _demand(actor)
    rows = Delivery.objects.select_related("source").order_by("-received_at", "pk")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    note = Q(problems__is_note=True)
    return rows.annotate(n_problems=Count("problems", filter=~note), n_notes=Count("problems", filter=note))


def problems(actor: Actor, delivery_ids: Iterable[UUID], *, at_most: int) -> list[DeliveryProblem]:
    """What was wrong in some deliveries, by place: refused entries first, then notes."""
    _demand(actor)
    rows = DeliveryProblem.objects.filter(delivery__in=list(delivery_ids))
    return list(rows.order_by("is_note", "pk")[:at_most])


def upload_kept_until(job: Job) -> date | None:
    """The last day on which a job that failed or was stopped can be tried again with the file it was given;
    None for another job, and when the file is gone.
    """
    if job.kind != JOB or job.state not in ENDED_BADLY or job.finished_at is None:
        return None
    stands = (incoming.folder() / job.arguments["file"]).exists()
    return last_day(clock.day_of(job.finished_at)) if stands else None


def _demand(actor: Actor) -> None:
    gate.demand(actor, Permission.IMPORT_RECORDS, what="record.deliveries")
