"""Reading jobs."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from .models import Job
from .tasks import run_job


def jobs_of(person_id: UUID) -> QuerySet[Job]:
    """A person's own jobs, newest first."""
    return Job.objects.filter(started_by=person_id).order_by("-created_at")


def job_of(person_id: UUID, job_id: UUID) -> Job | None:
    """One of a person's own jobs, or None when there is no such job of theirs."""
    return Job.objects.filter(started_by=person_id, pk=job_id).first()


def jobs_with(kind: str, argument: str, values: Iterable[str]) -> dict[str, Job]:
    """The jobs of a kind by the value that they were given of one argument."""
    rows = Job.objects.filter(kind=kind, **{f"arguments__{argument}__in": list(values)})
    return {row.arguments[argument]: row for row in rows}


def queued() -> list[UUID]:
    """The jobs that stand in the queue for a worker to take."""
    ready = DBTaskResult.objects.filter(status="READY", task_path=run_job.module_path)
    return [UUID(call["args"][0]) for call in ready.values_list("args_kwargs", flat=True)]
