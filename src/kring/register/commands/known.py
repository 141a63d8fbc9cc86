"""What the lines of a batch name, found with a few questions and held until the batch is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q

from kring.children.models import CareRelation, Child, ChildNumber, Custody, Guardian
from kring.organisations.models import Assignment, Municipality, Person, Unit
from kring.register.rules.faults import Fault, Wrong
from kring.register.rules.rows import Row

IDENTITY = {"number": "identity_number", "hsa_id": "hsa_id"}
KEYS = {"key": "subject", **IDENTITY}
NUMBERS = ("personal", "coordination")


def tie_of(row: Any) -> tuple[Any, ...]:
    """What a period is about: rows of the same tie are periods of the same thing."""
    if isinstance(row, Assignment):
        return Assignment, row.person_id, row.unit_id, row.role
    if isinstance(row, Custody):
        return Custody, row.child_id, row.guardian_id
    return CareRelation, row.child_id, row.unit_id, row.kind, row.person_id


class Known:
    """People, children, units and periods as they stand in the database, kept up with what the batch writes.

    After a line that was given up it is found anew: what that line had changed in it never came to be.
    """

    def __init__(self) -> None:
        self.people: dict[tuple[str, str], Person] = {}
        self.by_pk: dict[UUID, Person] = {}
        self.guardians: dict[UUID, Guardian] = {}
        self.children: dict[str, Child] = {}
        self.logins: set[UUID] = set()
        self.followed: set[UUID] = set()
        self.units: dict[str, Unit] = {}
        self.municipalities: dict[str, int] = {}
        self.periods: dict[tuple[Any, ...], list[Any]] = defaultdict(list)

    def person(self, row: Row) -> Person | None:
        """Whom the line's keys name, if anybody.

        Raises:
            Wrong: they name several people, or somebody who is shut out.
        """
        named = ((field, row.cells[column]) for column, field in KEYS.items() if column in row.cells)
        found = {one.pk: one for key in named if (one := self.people.get(key))}
        if len(found) > 1:
            raise Wrong(Fault.TWO_PEOPLE)
        person = next(iter(found.values()), None)
        if person and not person.is_active:
            raise Wrong(Fault.INACTIVE)
        return person

    def child(self, row: Row) -> Child | None:
        """The child whose number stands in the line, if it is known."""
        return self.children.get(row.cells["child"])

    def add(self, *rows: Model) -> None:
        """What a line has written is known to the next."""
        for row in rows:
            if isinstance(row, Person):
                self._person(row)
            elif isinstance(row, Guardian):
                self._person(row.person)
                self.guardians[row.person_id] = row
            elif not isinstance(row, Child):
                ties = self.periods[tie_of(row)]
                ties[:] = [*(one for one in ties if one.pk != row.pk), row]

    def add_child(self, number: str, child: Child, login: Person | None = None) -> None:
        """A child by its number, with the person as whom it logs in."""
        self.children[number] = child
        if login:
            self._person(login)
            self.logins.add(login.pk)

    def _person(self, person: Person) -> None:
        for key in [key for key, one in self.people.items() if one.pk == person.pk]:
            del self.people[key]
        self.by_pk[person.pk] = person
        self.people |= {
            (field, value): person for field in KEYS.values() if (value := getattr(person, field))
        }


@transaction.atomic
def known_to(rows: Sequence[Row]) -> Known:
    """What these lines name, held until the transaction ends."""
    known = Known()
    _find_children(known, rows)
    _find_people(known, rows)
    _find_places(known, rows)
    _find_periods(known, rows)
    return known


def _values(rows: Iterable[Row], *columns: str) -> set[Any]:
    return {row.cells[column] for row in rows for column in columns if column in row.cells}


def _find_children(known: Known, rows: Sequence[Row]) -> None:
    numbers = ChildNumber.objects.filter(kind__in=NUMBERS, value__in=_values(rows, "child"))
    for one in numbers.select_related("child").order_by("pk"):
        known.children.setdefault(one.value, one.child)


def _find_people(known: Known, rows: Sequence[Row]) -> None:
    logins = [child.person_id for child in known.children.values() if child.person_id]
    named = Q(pk__in=logins) | Q(identity_number__in=_values(rows, "child"))
    for column, field in KEYS.items():
        named |= Q(**{f"{field}__in": _values(rows, column)})
    people = Person.objects.select_for_update(of=("self",)).filter(named)
    found: Mapping[UUID, Person] = {one.pk: one for one in people.order_by("pk")}
    known.by_pk |= found
    for one in found.values():
        known.people |= {(field, value): one for field in KEYS.values() if (value := getattr(one, field))}
    guardians = Guardian.objects.select_for_update(of=("self",)).filter(person__in=list(found))
    for guardian in guardians.order_by("pk"):
        guardian.person = found[guardian.person_id]
        known.guardians[guardian.person_id] = guardian
    as_child = Person.objects.filter(pk__in=list(found), as_child__isnull=False)
    known.logins |= set(as_child.values_list("pk", flat=True))


def _find_places(known: Known, rows: Sequence[Row]) -> None:
    if keys := _values(rows, "unit"):
        known.units |= {unit.key: unit for unit in Unit.objects.filter(key__in=keys)}
    if codes := _values(rows, "municipality"):
        places = Municipality.objects.filter(code__in=codes)
        known.municipalities |= dict(places.values_list("code", "pk"))


def _find_periods(known: Known, rows: Sequence[Row]) -> None:
    kinds = {row.kind.value for row in rows}
    people, units = list(known.by_pk), [unit.pk for unit in known.units.values()]
    children = [child.pk for child in known.children.values()]
    wanted: dict[str, tuple[type[Any], dict[str, Any]]] = {
        "assignment": (Assignment, {"person__in": people, "unit__in": units}),
        "custody": (Custody, {"child__in": children}),
        "relation": (CareRelation, {"child__in": children, "unit__in": units}),
    }
    for model, about in (wanted[kind] for kind in sorted(kinds & wanted.keys())):
        for row in model.objects.select_for_update(of=("self",)).filter(**about).order_by("pk"):
            known.periods[tie_of(row)].append(row)
