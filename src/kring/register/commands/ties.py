"""What ties people to places and to children, from one day through another."""

from datetime import date

from django.db import transaction

from kring.access.roles import ROLES
from kring.children.models import CareRelation, Child, Custody
from kring.organisations.models import Assignment, Person, Unit
from kring.register.rules.faults import Fault, Wrong
from kring.register.rules.rows import WHO, Row

from .known import Known, tie_of
from .people import Permits
from .writing import Written, write_period

NO_WORK = frozenset({"guardian", "child", "machine"})
"""Roles that nobody is given at a unit."""
CARE = "care"
BY_SECTOR = {"school": "schooling", "social_services": "social_support", "lss": "social_support"}
"""What a relation is at a unit of this sector unless the line says; elsewhere care."""


@transaction.atomic
def write_assignment(*, row: Row, today: date, permits: Permits, known: Known) -> Written:
    """A role at a unit. Raises Wrong."""
    role = row.cells["role"]
    if role not in ROLES.keys() - NO_WORK:
        raise Wrong(Fault.CHOICE, column="role")
    tie = {"person": _person(row, known), "unit": _unit(row, known), "role": role}
    made = Assignment(**tie, starts_on=row.period.starts_on, ends_on=row.period.ends_on)
    return write_period(known=known.periods[tie_of(made)], period=row.period, made=made)


@transaction.atomic
def write_custody(*, row: Row, today: date, permits: Permits, known: Known) -> Written:
    """Custody of a child, as the population register says. Raises Wrong."""
    person, child = _person(row, known), _child(row, known)
    guardian = known.guardians.get(person.pk)
    if guardian is None:
        raise Wrong(Fault.UNKNOWN_GUARDIAN)
    made = Custody(child=child, guardian=guardian, starts_on=row.period.starts_on, ends_on=row.period.ends_on)
    written = write_period(known=known.periods[tie_of(made)], period=row.period, made=made)
    return Written(written.row, written.became, child.pk, written.fields)


@transaction.atomic
def write_relation(*, row: Row, today: date, permits: Permits, known: Known) -> Written:
    """That a unit, or one person at it, takes part around a child. Raises Wrong."""
    child, unit = _child(row, known), _unit(row, known)
    person = _person(row, known) if row.cells.keys() & WHO else None
    kind = row.cells.get("relation") or BY_SECTOR.get(unit.sector, CARE)
    tie = {"child": child, "unit": unit, "person": person, "kind": kind}
    made = CareRelation(**tie, starts_on=row.period.starts_on, ends_on=row.period.ends_on)
    written = write_period(known=known.periods[tie_of(made)], period=row.period, made=made)
    return Written(written.row, written.became, child.pk, written.fields)


def _person(row: Row, known: Known) -> Person:
    person = known.person(row)
    if person is None:
        raise Wrong(Fault.UNKNOWN_PERSON)
    return person


def _child(row: Row, known: Known) -> Child:
    child = known.child(row)
    if child is None:
        raise Wrong(Fault.UNKNOWN_CHILD)
    return child


def _unit(row: Row, known: Known) -> Unit:
    unit = known.units.get(row.cells["unit"])
    if unit is None:
        raise Wrong(Fault.UNKNOWN_UNIT)
    return unit
