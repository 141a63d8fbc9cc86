"""Reading jobs."""

from uuid import UUID

from django.db.models import QuerySet

from .models import Job


def jobs_of(person_id: UUID) -> QuerySet[Job]:
    """A person's own jobs, newest first."""
    return Job.objects.filter(started_by=person_id).order_by("-created_at")


def job_of(person_id: UUID, job_id: UUID) -> Job | None:
    """One of a person's own jobs, or None when there is no such job of theirs."""
    return Job.objects.filter(started_by=person_id, pk=job_id).first()
