"""People who work, guardians and children."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from kring.children.commands import register_child
from kring.children.models import Guardian
from kring.children.personal_numbers import parse
from kring.organisations.models import Person
from kring.register.rules.faults import Fault, Wrong
from kring.register.rules.rows import NAMES, Row

from .known import IDENTITY, Known
from .writing import CHANGED, NEW, SAME, Permit, Written, refuse_unprotecting, write

OLDEST_YEARS = 150
GRADES = {"none": 0, "flag": 1, "registration": 2}
Permits = frozenset[Permit]


@transaction.atomic
def write_person(*, row: Row, today: date, permits: Permits, known: Known) -> Written:
    """Somebody who works, or is to log in. Raises Wrong."""
    more = row.only("given_name", "family_name", "title", "email")
    if "protected" in row.cells:
        more["protected_identity"] = row.cells["protected"]
    return _person(row, more, permits, known)


def _person(row: Row, fields: dict[str, Any], permits: Permits, known: Known) -> Written:
    person = known.person(row)
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
def write_guardian(*, row: Row, today: date, permits: Permits, known: Known) -> Written:
    """Somebody who has, or has had, custody, and the person who logs in. Raises Wrong."""
    login = _person(row, row.only("given_name", "family_name", "email"), permits, known)
    person = login.row
    assert isinstance(person, Person)  # noqa: S101  what _person writes
    also = (person,) if login.became == CHANGED else ()
    fields = row.only("given_name", "family_name", "phone", "language", "interpreter_language")
    if "protected" in row.cells:
        fields["protected_identity"] = row.cells["protected"]
    guardian = known.guardians.get(person.pk)
    if guardian is None:
        names = {"given_name": person.given_name, "family_name": person.family_name}
        return Written(Guardian.objects.create(person=person, **(names | fields)), NEW, also=also)
    protected = bool(fields.get("protected_identity", guardian.protected_identity))
    refuse_unprotecting(permits, was=guardian.protected_identity, becomes=protected)
    changed = write(row=guardian, fields=fields)
    return Written(guardian, CHANGED if changed or also else SAME, fields=changed, also=also)


@transaction.atomic
def write_child(*, row: Row, today: date, permits: Permits, known: Known) -> Written:
    """A child, and the person as whom it logs in once it is old enough. Raises Wrong."""
    fields = row.only("given_name", "family_name", "sex", "language", "interpreter_language", "protection")
    if "municipality" in row.cells:
        fields["municipality_id"] = _municipality(row.cells["municipality"], known)
    child = known.child(row)
    if child is None:
        return _new_child(row, fields, today, known)
    if row.cells.get("birth_date", child.birth_date) != child.birth_date:
        raise Wrong(Fault.OTHER_BIRTH_DATE)
    becomes = fields.get("protection", child.protection)
    refuse_unprotecting(permits, was=GRADES[child.protection], becomes=GRADES[becomes])
    login = None
    if child.person_id is None:
        login = _login_of(row, child.given_name, child.family_name, known)
        fields["person_id"] = login.pk
    elif names := row.only("given_name", "family_name"):
        write(row=known.by_pk[child.person_id], fields=names)
    changed = write(row=child, fields=fields)
    known.add_child(row.cells["child"], child, login)
    return Written(child, CHANGED if changed else SAME, child.pk, changed)


def _new_child(row: Row, fields: dict[str, Any], today: date, known: Known) -> Written:
    _demand_names(row)
    number = parse(row.cells["child"], today)
    born = row.cells.get("birth_date") or number.birth_date
    if born is None or not 0 <= today.year - born.year <= OLDEST_YEARS or born > today:
        raise Wrong(Fault.BIRTH_DATE)
    login = _login_of(row, row.cells["given_name"], row.cells["family_name"], known)
    held = [(number.kind.value, "", number.digits12)]
    child = register_child(numbers=held, birth_date=born, person_id=login.pk, **fields)
    known.add_child(row.cells["child"], child, login)
    return Written(child, NEW, child.pk)


def _login_of(row: Row, given_name: str, family_name: str, known: Known) -> Person:
    number = row.cells["child"]
    person = known.people.get(("identity_number", number))
    if person is None:
        names = {"given_name": given_name, "family_name": family_name, "subject": uuid4().hex}
        return Person.objects.create(identity_number=number, **names)
    if person.pk in known.logins:
        raise Wrong(Fault.CHILD_TAKEN)
    return person


def _municipality(code: str, known: Known) -> int:
    found = known.municipalities.get(code)
    if found is None:
        raise Wrong(Fault.UNKNOWN_MUNICIPALITY)
    return found
