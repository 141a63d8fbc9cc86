"""Starting, stopping and trying again."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from .models import Job
from .queries import queued
from .tasks import run_job

SILENT_FOR = timedelta(minutes=3)
"""A running job that has told nothing for so long has lost its worker: jobs tell at least every minute."""
TRIES = 5
"""A job that has lost so many workers is the one that ends them, and is not given another."""
LOST = "WorkerLost"


@transaction.atomic
def start(*, kind: str, title: str, by_id: UUID, now: datetime, arguments: dict[str, Any]) -> Job:
    """Put a job in the queue, in the caller's transaction. `title` must not name a child."""
    row = Job.objects.create(kind=kind, title=title, started_by=by_id, arguments=arguments, created_at=now)
    run_job.enqueue(str(row.id))
    return row


def cancel(*, job_id: UUID, by_id: UUID, now: datetime) -> bool:
    """Ask one's own job to stop; a job that still waits stops at once. False when there was nothing to
    stop.
    """
    mine = Job.objects.filter(pk=job_id, started_by=by_id)
    waiting = mine.filter(state=Job.State.WAITING).update(state=Job.State.CANCELLED, finished_at=now)
    return bool(waiting or mine.filter(state=Job.State.RUNNING).update(cancel_asked=True))


@transaction.atomic
def try_again(*, job_id: UUID, by_id: UUID) -> bool:
    """Queue one's own failed or cancelled job anew. False when it is neither."""
    ended = Job.objects.filter(pk=job_id, started_by=by_id, state__in=[Job.State.FAILED, Job.State.CANCELLED])
    return _queue_again(ended, job_id)


@transaction.atomic
def pick_up_lost(*, now: datetime, silent_for: timedelta = SILENT_FOR) -> int:
    """Queue anew the jobs whose worker died (power cut, restart); returns how many. Calling it often does no
    harm.

    A worker can also die between taking a job from the queue and beginning it: such a job waits, and nothing
    is queued for it. One that has lost `TRIES` workers ends as failed.
    """
    silent = Job.objects.filter(state=Job.State.RUNNING, told_at__lt=now - silent_for)
    silent.filter(attempt__gte=TRIES).update(state=Job.State.FAILED, error=LOST, finished_at=now)
    waiting = Job.objects.filter(state=Job.State.WAITING, created_at__lt=now - silent_for)
    forgotten = waiting.exclude(pk__in=queued()) if waiting.exists() else waiting.none()
    lost = [(rows, pk) for rows in (silent, forgotten) for pk in rows.values_list("pk", flat=True)]
    return sum(_queue_again(rows.filter(pk=pk), pk) for rows, pk in lost)


def _queue_again(rows: "QuerySet[Job]", job_id: UUID) -> bool:
    fresh = {"error": "", "cancel_asked": False, "step": "", "done": 0, "total": 0, "finished_at": None}
    again = rows.update(state=Job.State.WAITING, **fresh)
    if again:
        run_job.enqueue(str(job_id))
    return bool(again)
