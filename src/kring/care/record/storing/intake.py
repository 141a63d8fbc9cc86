"""Taking in one parcel: everything it changes is one database transaction."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.audit.models import Action
from kring.care.record.models import Delivery, Reference, Resource, ResourceVersion, Source
from kring.care.record.reading.entries import Entry, Parcel
from kring.care.record.reading.exact import Reader
from kring.care.record.rules.faults import Fault, Problem
from kring.care.record.rules.identity import last_updated
from kring.care.record.rules.references import is_child_path

from .events import Timeline
from .links import awaited, read_links, save_links, set_children, targets_of
from .people import People, Refusal, relate_to_unit
from .slots import (
    Name,
    Slot,
    Verdict,
    is_older,
    name_entries,
    place_entry,
    read_identifiers,
    save_identifiers,
    save_resources,
    slots_for,
)

IMPORT_RULE = "import.source"


@dataclass
class Outcome:
    """What became of a parcel."""

    verdicts: list[Verdict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        return Counter(verdict.word for verdict in self.verdicts)

    @property
    def kinds(self) -> Counter[str]:
        return Counter(verdict.entry.tree["resourceType"] for verdict in self.verdicts)


class WholeRefused(Exception):
    """A transaction bundle with a problem: nothing of it is taken in."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("whole bundle refused")
        self.problems = problems


class Intake:
    """Takes in the parcels of one delivery."""

    def __init__(self, by: Actor, source: Source, delivery: Delivery, *, sent_before: bool) -> None:
        self.by, self.source, self.delivery, self.sent_before = by, source, delivery, sent_before
        self._neighbours: list[Entry] = []
        self._scope: dict[str, Name] = {}

    def take(self, parcel: Parcel, and_then: Callable[[Outcome], None]) -> Outcome:
        """Take a parcel in; `and_then` writes what came of it in the same transaction.

        Raises:
            WholeRefused: the parcel is a transaction and something in it cannot be taken in.
        """
        try:
            return self._take_once(parcel, and_then)
        except IntegrityError:
            # Another delivery registered the same child at the same moment; now it is there to be found.
            return self._take_once(parcel, and_then)

    @transaction.atomic
    def _take_once(self, parcel: Parcel, and_then: Callable[[Outcome], None]) -> Outcome:
        # Deliveries of one source wait for each other; those of different sources do not.
        Source.objects.select_for_update().get(pk=self.source.pk)
        outcome = Outcome(problems=list(parcel.problems))
        self._name_all(parcel)
        slots = slots_for(self.source, parcel.entries)
        entries = self._with_children(parcel, slots, outcome)
        if parcel.whole and any(not problem.is_note for problem in outcome.problems):
            raise WholeRefused(outcome.problems)
        for entry in entries:
            slot = slots[entry.tree["resourceType"], entry.key]
            outcome.verdicts.append(place_entry(slot, entry, self.delivery, sent_before=self.sent_before))
        self._write([slot for slot in slots.values() if slot.versions], slots, outcome)
        and_then(outcome)
        return outcome

    def _name_all(self, parcel: Parcel) -> None:
        name_entries(parcel.entries, self.by.today)
        if parcel.neighbours is not self._neighbours:
            name_entries(parcel.neighbours, self.by.today)
            self._neighbours = parcel.neighbours
            named = ((entry.full_url, (entry.tree["resourceType"], entry.key)) for entry in parcel.neighbours)
            self._scope = {url: name for url, name in named if url}

    def _with_children(self, parcel: Parcel, slots: dict[Name, Slot], outcome: Outcome) -> list[Entry]:
        """The entries less the patients that no child can be made of; the other patients get theirs."""
        patients = [
            (entry, slot)
            for entry in parcel.entries
            if entry.tree["resourceType"] == "Patient" and (slot := slots["Patient", entry.key])
            if self._is_news(entry, slot)
        ]
        people, refused = People(self.by.today), set()
        people.recall(patients)
        for entry, slot in patients:
            try:
                slot.resource.child = people.child_of(entry, slot)
            except Refusal as refusal:
                outcome.problems.append(refusal.problem)
                refused.add(id(entry))
        people.save()
        outcome.problems += people.notes
        return [entry for entry in parcel.entries if id(entry) not in refused]

    def _is_news(self, entry: Entry, slot: Slot) -> bool:
        if slot.is_new:
            return True
        held = entry.digest in slot.digests | {slot.resource.digest}
        return (
            not (held and self.sent_before)
            and entry.digest != slot.resource.digest
            and not is_older(slot, last_updated(entry.tree))
        )

    def _write(self, changed: list[Slot], slots: dict[Name, Slot], outcome: Outcome) -> None:
        today = self.by.today
        read_identifiers(changed, today)
        read_links(changed, self._scope, today)
        targets = targets_of(self.source, slots)
        set_children(changed, targets)
        timeline = Timeline(self.by, self.source)
        timeline.recall(slot.resource for slot in changed)
        outcome.problems += self._tell(changed, timeline)
        outcome.problems += [
            Problem(verdict.entry.place, Fault.OLDER)
            for verdict in outcome.verdicts
            if verdict.word == "older"
        ]
        waiting = awaited(self.source, changed)
        save_resources(changed)
        save_identifiers(changed, today)
        save_links(changed, targets)
        self._join(waiting, timeline)
        timeline.save()
        self._open_and_log(changed, waiting)

    def _tell(self, changed: list[Slot], timeline: Timeline) -> list[Problem]:
        return [
            Problem(slot.current.place, Fault.NO_TIME)
            for slot in changed
            if slot.current and not timeline.tell(slot.resource, slot.current.tree)
        ]

    def _join(self, waiting: list[tuple[Reference, Slot]], timeline: Timeline) -> None:
        """References that waited get their target, and what was about nobody known gets its child and its
        event.
        """
        for reference, slot in waiting:
            reference.target = slot.resource
        Reference.objects.bulk_update([reference for reference, _ in waiting], ["target"], batch_size=200)
        found = {
            reference.resource_id: (reference.resource, slot.resource.child_id)
            for reference, slot in waiting
            if slot.resource.kind == "Patient" and reference.resource.child_id is None
            if is_child_path(reference.resource.kind, reference.path)
        }
        for resource, child_id in found.values():
            resource.child_id = child_id
        bodies = _current_bodies([resource for resource, _ in found.values()])
        for resource, _ in found.values():
            timeline.tell(resource, Reader(bodies[resource.pk]).value(0)[0].tree)
        Resource.objects.bulk_update(
            [row for row, _ in found.values()], ["child", "event_id"], batch_size=200
        )

    def _open_and_log(self, changed: list[Slot], waiting: list[tuple[Reference, Slot]]) -> None:
        child_ids: set[UUID] = {slot.resource.child_id for slot in changed if slot.resource.child_id}
        relate_to_unit(self.source, child_ids, self.by.today)
        gate.log(
            self.by,
            Action.IMPORT,
            sorted(child_ids),
            what="record.delivery",
            object_id=str(self.delivery.pk),
            rule=IMPORT_RULE,
        )


def _current_bodies(resources: list[Resource]) -> dict[int, str]:
    versions = {resource.pk: resource.version for resource in resources}
    rows = ResourceVersion.objects.filter(resource__in=versions).values_list("resource_id", "number", "body")
    return {pk: body for pk, number, body in rows if versions[pk] == number}
