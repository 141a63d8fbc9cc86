"""Reading one's own notices."""

from uuid import UUID

from django.db.models import QuerySet

from .models import Notice


def unread(person_id: UUID) -> "QuerySet[Notice]":
    """What a person has not seen, newest first."""
    return Notice.objects.filter(person_id=person_id, read_at__isnull=True).order_by("-made_at")
