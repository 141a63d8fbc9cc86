"""Sending through the one door."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.children.models import Child, Guardian
from kring.organisations.models import Person

from .models import Notice
from .rules import SENTENCES, may_leave


@transaction.atomic
def notify(
    *, child_id: UUID, person_ids: Iterable[UUID], kind: str, about: UUID | None, now: datetime
) -> int:
    """Tell people that something waits for them; returns how many were told. An unread notice is not doubled.

    Raises:
        KeyError: there is no sentence for the kind.
    """
    SENTENCES[kind]
    protected = Child.objects.filter(pk=child_id).exclude(protection=Child.Protection.NONE).exists()
    people = Person.objects.filter(pk__in=list(person_ids), is_active=True)
    hidden = set(
        Guardian.objects.filter(person__in=people, protected_identity=True).values_list("person", flat=True)
    )
    told = [
        Notice(person=person, kind=kind, about=about, made_at=now)
        for person in people
        if may_leave(
            child_protected=protected, receiver_protected=person.protected_identity or person.pk in hidden
        )
    ]
    Notice.objects.bulk_create(told, ignore_conflicts=True)
    return len(told)


def mark_read(*, person_id: UUID, about: UUID, now: datetime) -> None:
    """The person has seen what the notices were about."""
    Notice.objects.filter(person_id=person_id, about=about, read_at__isnull=True).update(read_at=now)
