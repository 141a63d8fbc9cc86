"""Starting, stopping and trying again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from .models import Job
from .tasks import run_job


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
    again = ended.update(
        state=Job.State.WAITING, error="", cancel_asked=False, step="", done=0, finished_at=None
    )
    if again:
        run_job.enqueue(str(job_id))
    return bool(again)
