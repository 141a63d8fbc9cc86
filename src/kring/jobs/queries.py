"""Reading jobs."""

from collections.abc import Iterable
from datetime import timedelta
from statistics import median
from uuid import UUID

from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from .models import Job
from .tasks import run_job


def jobs_of(person_id: UUID) -> QuerySet[Job]:
    """A person's own jobs, newest first."""
    return Job.objects.filter(started_by=person_id).order_by("-created_at", "pk")


def every_job() -> QuerySet[Job]:
    """Everybody's jobs, newest first."""
    return Job.objects.order_by("-created_at", "pk")


def usual_time(kind: str) -> timedelta | None:
    """How long the last five jobs of a kind took from beginning to end, the middle one; None without any."""
    done = Job.objects.filter(kind=kind, state=Job.State.DONE, started_at__isnull=False)
    took = [
        end - start
        for start, end in done.order_by("-finished_at").values_list("started_at", "finished_at")[:5]
    ]
    return median(took) if took else None


def jobs_with(kind: str, argument: str, values: Iterable[str]) -> dict[str, Job]:
    """The jobs of a kind by the value that they were given of one argument."""
    rows = Job.objects.filter(kind=kind, **{f"arguments__{argument}__in": list(values)})
    return {row.arguments[argument]: row for row in rows}


def queued() -> list[UUID]:
    """The jobs that stand in the queue for a worker to take."""
    ready = DBTaskResult.objects.filter(status="READY", task_path=run_job.module_path)
    return [UUID(call["args"][0]) for call in ready.values_list("args_kwargs", flat=True)]
