"""People who work, guardians and children."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q

from kring.children.commands import register_child
from kring.children.models import Child, ChildNumber, Guardian
from kring.children.personal_numbers import parse
from kring.organisations.models import Municipality, Person
from kring.register.rules.faults import Fault, Wrong
from kring.register.rules.rows import NAMES, Row

from .writing import CHANGED, NEW, SAME, Permit, Written, refuse_unprotecting, write

IDENTITY = {"number": "identity_number", "hsa_id": "hsa_id"}
OLDEST_YEARS = 150
GRADES = {"none": 0, "flag": 1, "registration": 2}
Permits = frozenset[Permit]


def person_in(row: Row) -> Person | None:
    """Whom the line's keys name, if anybody.

    Raises:
        Wrong: they name several people, or somebody who is shut out.
    """
    named = Q()
    for column, field in {"key": "subject", **IDENTITY}.items():
        if column in row.cells:
            named |= Q(**{field: row.cells[column]})
    found = list(Person.objects.select_for_update(of=("self",)).filter(named)) if named else []
    if len(found) > 1:
        raise Wrong(Fault.TWO_PEOPLE)
    if found and not found[0].is_active:
        raise Wrong(Fault.INACTIVE)
    return found[0] if found else None


@transaction.atomic
def write_person(*, row: Row, today: date, permits: Permits) -> Written:
    """Somebody who works, or is to log in. Raises Wrong."""
    more = row.only("given_name", "family_name", "title", "email")
    if "protected" in row.cells:
        more["protected_identity"] = row.cells["protected"]
    return _person(row, more, permits)


def _person(row: Row, fields: dict[str, Any], permits: Permits) -> Written:
    person = person_in(row)
    identity = {field: row.cells[column] for column, field in IDENTITY.items() if column in row.cells}
    if person is None:
        _demand_names(row)
        subject = row.cells.get("key") or uuid4().hex
        return Written(Person.objects.create(subject=subject, **identity, **fields), NEW)
    other = [field for field, value in identity.items() if getattr(person, field) not in (None, value)]
    if other and Permit.CHANGE_IDENTITY not in permits:
        raise Wrong(Fault.OTHER_IDENTITY)
    protected = fields.get("protected_identity", person.protected_identity)
    refuse_unprotecting(permits, was=person.protected_identity, becomes=bool(protected))
    changed = write(row=person, fields=fields | identity)
    if other:  # whoever is logged in with what was somebody else's is out with the next request
        Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    return Written(person, CHANGED if changed else SAME, fields=changed)


def _demand_names(row: Row) -> None:
    if missing := sorted(NAMES - row.cells.keys()):
        raise Wrong(Fault.MISSING, column=missing[-1])


@transaction.atomic
def write_guardian(*, row: Row, today: date, permits: Permits) -> Written:
    """Somebody who has, or has had, custody, and the person who logs in. Raises Wrong."""
    known = _person(row, row.only("given_name", "family_name", "email"), permits)
    person = Person.objects.get(pk=known.row.pk)
    also = (person,) if known.became == CHANGED else ()
    fields = row.only("given_name", "family_name", "phone", "language", "interpreter_language")
    if "protected" in row.cells:
        fields["protected_identity"] = row.cells["protected"]
    guardian = Guardian.objects.select_for_update(of=("self",)).filter(person=person).first()
    if guardian is None:
        names = {"given_name": person.given_name, "family_name": person.family_name}
        return Written(Guardian.objects.create(person=person, **(names | fields)), NEW, also=also)
    protected = bool(fields.get("protected_identity", guardian.protected_identity))
    refuse_unprotecting(permits, was=guardian.protected_identity, becomes=protected)
    changed = write(row=guardian, fields=fields)
    return Written(guardian, CHANGED if changed or also else SAME, fields=changed, also=also)


def child_in(row: Row) -> Child | None:
    """The child whose number stands in the line, if it is known."""
    numbers = ChildNumber.objects.filter(kind__in=("personal", "coordination"), value=row.cells["child"])
    found = numbers.select_related("child").first()
    return found.child if found else None


@transaction.atomic
def write_child(*, row: Row, today: date, permits: Permits) -> Written:
    """A child, and the person as whom it logs in once it is old enough. Raises Wrong."""
    fields = row.only("given_name", "family_name", "sex", "language", "interpreter_language", "protection")
    if "municipality" in row.cells:
        fields["municipality_id"] = _municipality(row.cells["municipality"])
    child = child_in(row)
    if child is None:
        return _new_child(row, fields, today)
    if row.cells.get("birth_date", child.birth_date) != child.birth_date:
        raise Wrong(Fault.OTHER_BIRTH_DATE)
    becomes = fields.get("protection", child.protection)
    refuse_unprotecting(permits, was=GRADES[child.protection], becomes=GRADES[becomes])
    if child.person_id is None:
        fields["person_id"] = _login_of(row, child.given_name, child.family_name)
    elif names := row.only("given_name", "family_name"):
        write(row=Person.objects.get(pk=child.person_id), fields=names)
    changed = write(row=child, fields=fields)
    return Written(child, CHANGED if changed else SAME, child.pk, changed)


def _new_child(row: Row, fields: dict[str, Any], today: date) -> Written:
    _demand_names(row)
    number = parse(row.cells["child"], today)
    born = row.cells.get("birth_date") or number.birth_date
    if born is None or not 0 <= today.year - born.year <= OLDEST_YEARS or born > today:
        raise Wrong(Fault.BIRTH_DATE)
    login = _login_of(row, row.cells["given_name"], row.cells["family_name"])
    held = [(number.kind.value, "", number.digits12)]
    child = register_child(numbers=held, birth_date=born, person_id=login, **fields)
    return Written(child, NEW, child.pk)


def _login_of(row: Row, given_name: str, family_name: str) -> UUID:
    names = {"given_name": given_name, "family_name": family_name, "subject": uuid4().hex}
    person, _ = Person.objects.get_or_create(identity_number=row.cells["child"], defaults=names)
    if hasattr(person, "as_child"):
        raise Wrong(Fault.CHILD_TAKEN)
    return person.pk


def _municipality(code: str) -> int:
    found = Municipality.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise Wrong(Fault.UNKNOWN_MUNICIPALITY)
    return found
