"""Reading jobs."""

from uuid import UUID

from django.db.models import QuerySet

from .models import Job


def jobs_of(person_id: UUID) -> QuerySet[Job]:
    """A person's own jobs, newest first."""
    return Job.objects.filter(started_by=person_id).order_by("-created_at")
