"""Reading places and the people who work there."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from kring.design.alphabet import Swedish

from .models import Assignment, Person


def works_at(person_id: UUID, unit_id: UUID, today: date) -> bool:
    """Whether a person has an assignment at a unit today."""
    holds = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    here = Assignment.objects.filter(holds, person_id=person_id, unit_id=unit_id, starts_on__lte=today)
    return here.exists()


def colleagues_at(unit_id: UUID, today: date, roles: frozenset[str]) -> list[Person]:
    """The people who work at a unit today in any of these roles, by name."""
    holds = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    here = Assignment.objects.filter(holds, unit_id=unit_id, starts_on__lte=today, role__in=roles)
    people = Person.objects.filter(pk__in=here.values("person"), is_active=True)
    return list(people.order_by(Swedish("given_name"), Swedish("family_name")))


def names_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """People's names by their keys; protected staff go by their title."""
    return {key: person.name for key, person in Person.objects.in_bulk(set(person_ids)).items()}
