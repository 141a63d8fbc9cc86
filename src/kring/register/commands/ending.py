"""Ending what a file no longer holds: only when asked, with a last day, never deleted."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q

from kring.access.actors import Actor
from kring.children.models import CareRelation, Custody
from kring.organisations.models import Assignment
from kring.register.rules.rows import Kind

from .following import follow
from .writing import CHANGED, Written, log, write

WHOLE: dict[Kind, tuple[type[Model], str]] = {
    Kind.ASSIGNMENT: (Assignment, "unit_id"),
    Kind.CUSTODY: (Custody, "child_id"),
    Kind.RELATION: (CareRelation, "unit_id"),
}
"""Of what a file holds everything, once it holds anything: a unit's assignments, a child's custodies, a
unit's relations."""


@dataclass
class Held:
    """What a file holds: the rows its lines are about, and the units and children it speaks of."""

    rows: dict[Kind, set[Any]] = field(default_factory=lambda: defaultdict(set))
    about: dict[Kind, set[UUID]] = field(default_factory=lambda: defaultdict(set))

    def note(self, kind: Kind, row: Model) -> None:
        """A line is about this row."""
        if kind in WHOLE:
            self.rows[kind].add(row.pk)
            self.about[kind].add(getattr(row, WHOLE[kind][1]))


@transaction.atomic
def end_missing(*, by: Actor, held: Held, last_day: date) -> Counter[str]:
    """End what stands open at the same units and around the same children but not in the file. What begins
    later than the last day is left alone. Returns how many of each kind.
    """
    ended: Counter[str] = Counter()
    for kind, row in _missing(held, last_day):
        write(row=row, fields={"ends_on": last_day})
        child_id = getattr(row, "child_id", None)
        follow(by, kind, Written(row, CHANGED, child_id, ("ends_on",)))
        log(by, (kind, row, child_id))
        ended[kind] += 1
    return ended


def _missing(held: Held, last_day: date) -> Iterator[tuple[Kind, Model]]:
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)
    for kind, (model, place) in WHOLE.items():
        going = model._default_manager.filter(later, starts_on__lte=last_day)
        if kind is Kind.RELATION:  # what a disclosed plan has opened ends with the plan
            going = going.exclude(kind=CareRelation.Kind.COORDINATION)
        for about in sorted(held.about[kind]):
            for row in going.filter(**{place: about}):
                if row.pk not in held.rows[kind]:
                    yield kind, row
