"""Which child a Patient is: found by number, or registered.

A personal, coordination, reserve or LMA number names one child whoever sends it. A source's own number joins
a Patient to a child of another delivery only when the birth date agrees. A child that exists is never
changed by a delivery, except that protected identity takes hold at once; what differs is told, for a person
to judge.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kring.access.facts import current
from kring.care.record.models import Source
from kring.care.record.reading.entries import Entry
from kring.care.record.rules.faults import Fault, Problem
from kring.care.record.rules.identity import identifiers_of
from kring.care.record.rules.patients import STRICTER, Described, NotAChild, Number, described, differences
from kring.children.commands import register_child
from kring.children.models import CareRelation, Child, ChildNumber

from .slots import Slot, in_portions

CHECKED = ("personal", "coordination")


class Refusal(Exception):
    """This Patient cannot be taken in."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.fault.value)
        self.problem = problem


@dataclass
class People:
    """The children that a parcel's patients may be, found in one go and kept up while the parcel is read."""

    today: date
    owners: dict[Number, Child] = field(default_factory=dict)
    linked: dict[UUID, Child] = field(default_factory=dict)
    numbers: dict[UUID, set[Number]] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    fresh: list[ChildNumber] = field(default_factory=list)

    def recall(self, patients: list[tuple[Entry, Slot]]) -> None:
        """Ask for everyone whose number stands in the patients, and everyone they were before."""
        values = {value for entry, _ in patients for _, value in identifiers_of(entry.tree, self.today)}
        before = {slot.resource.child_id for _, slot in patients if slot.resource.child_id}
        for portion in in_portions(sorted(values)):
            self._remember(ChildNumber.objects.filter(value__in=portion).select_related("child"))
        for portion in in_portions(before | {child.pk for child in self.owners.values()}):
            self._remember(ChildNumber.objects.filter(child__in=portion).select_related("child"))

    def _remember(self, rows: Iterable[ChildNumber]) -> None:
        for row in rows:
            child = self.linked.setdefault(row.child_id, row.child)
            number = (row.kind, row.system, row.value)
            self.owners[number] = child
            self.numbers.setdefault(child.pk, set()).add(number)

    def child_of(self, entry: Entry, slot: Slot) -> Child:
        """The child that a Patient is.

        Raises:
            Refusal: with the fault in words.
        """
        try:
            new = described(entry.tree, self.today)
        except NotAChild as error:
            raise Refusal(Problem(entry.place, error.fault, (("what", error.what),))) from error
        before = self._before(slot)
        owner, numbers = self._owner(entry, new, before)
        child = before or owner
        if child is None:
            return self._register(new, numbers)
        self._compare(entry, child, new, numbers)
        return child

    def _before(self, slot: Slot) -> Child | None:
        return (
            self.linked.get(slot.resource.child_id) or slot.resource.child if slot.resource.child_id else None
        )

    def _owner(self, entry: Entry, new: Described, before: Child | None) -> tuple[Child | None, list[Number]]:
        """Whose the numbers are, and the numbers that may go with that child."""
        strong = {
            child.pk: child for n in new.numbers if n[0] != "external" and (child := self.owners.get(n))
        }
        if len(strong) > 1:
            raise Refusal(Problem(entry.place, Fault.TWO_CHILDREN))
        owner = next(iter(strong.values()), None)
        if before and owner and before.pk != owner.pk:
            raise Refusal(Problem(entry.place, Fault.OTHER_CHILD))
        owner, numbers = before or owner, []
        for number in new.numbers:
            holder = self.owners.get(number)
            if holder is None or (owner is not None and holder.pk == owner.pk):
                numbers.append(number)
            elif owner is None and number[0] == "external" and holder.birth_date == new.born.last:
                owner = holder
                numbers.append(number)
            else:
                self.notes.append(Problem(entry.place, Fault.NUMBER_TAKEN))
        return owner, numbers

    def _register(self, new: Described, numbers: list[Number]) -> Child:
        child = register_child(numbers=numbers, **new.fields)
        self.linked[child.pk] = child
        self._own(child, numbers)
        return child

    def _own(self, child: Child, numbers: Iterable[Number]) -> None:
        for number in numbers:
            self.owners[number] = child
            self.numbers.setdefault(child.pk, set()).add(number)

    def _compare(self, entry: Entry, child: Child, new: Described, numbers: list[Number]) -> None:
        faults = differences(child, new)
        held = self.numbers.get(child.pk, set())
        added = [number for number in numbers if number not in held]
        has_checked = any(kind in CHECKED for kind, _, _ in held)
        if any(kind in CHECKED for kind, _, _ in added) and (
            has_checked or Fault.BIRTH_DATE_DIFFERS in faults
        ):
            faults.append(Fault.NUMBER_DIFFERS)
            added = [number for number in added if number[0] not in CHECKED]
        self._own(child, added)
        self.fresh += [
            ChildNumber(child=child, kind=k, system=system, value=value) for k, system, value in added
        ]
        if STRICTER.get(new.protection, 0) > STRICTER[child.protection]:
            child.protection = new.protection
            child.save(update_fields=["protection"])
            faults.append(Fault.PROTECTED)
        self.notes += [Problem(entry.place, fault) for fault in faults]

    def save(self) -> None:
        """Write the numbers that known children got."""
        ChildNumber.objects.bulk_create(self.fresh)


def relate_to_unit(source: Source, child_ids: set[UUID], today: date) -> None:
    """Let the unit that sent something about a child see the child, from today on, unless it does already."""
    at_unit = CareRelation.objects.filter(current(today), unit=source.unit_id, person__isnull=True)
    known: set[UUID] = set()
    for portion in in_portions(sorted(child_ids)):
        known |= set(at_unit.filter(child__in=portion).values_list("child_id", flat=True))
    CareRelation.objects.bulk_create(
        CareRelation(child_id=child_id, unit_id=source.unit_id, starts_on=today)
        for child_id in sorted(child_ids - known)
    )
