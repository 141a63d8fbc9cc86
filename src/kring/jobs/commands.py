"""Starting, stopping and trying again."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from .models import Job
from .tasks import run_job

SILENT_FOR = timedelta(minutes=10)
"""A running job that has told nothing for so long has lost its worker: jobs tell at least every minute."""


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
def pick_up_lost(*, now: datetime) -> int:
    """Queue anew the jobs whose worker died (power cut, restart); returns how many. Calling it often does no
    harm.
    """
    silent = Job.objects.filter(state=Job.State.RUNNING, told_at__lt=now - SILENT_FOR)
    return sum(_queue_again(silent.filter(pk=pk), pk) for pk in silent.values_list("pk", flat=True))


def _queue_again(rows: "QuerySet[Job]", job_id: UUID) -> bool:
    fresh = {"error": "", "cancel_asked": False, "step": "", "done": 0, "total": 0, "finished_at": None}
    again = rows.update(state=Job.State.WAITING, **fresh)
    if again:
        run_job.enqueue(str(job_id))
    return bool(again)
