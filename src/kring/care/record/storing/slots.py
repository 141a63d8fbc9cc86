"""A slot for each resource that a parcel brings: what is stored of it already, and what the parcel adds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from kring.care.record.models import Delivery, Resource, ResourceIdentifier, ResourceVersion, Source
from kring.care.record.reading.entries import Entry
from kring.care.record.rules.identity import identifiers_of, key_of, last_updated, short
from kring.care.record.rules.references import Link

Name = tuple[str, str]
Item = TypeVar("Item")
_AT_ONCE = 500


@dataclass
class Slot:
    """One resource while its parcel is taken in. `current` is the entry that became its current version, if
    one did.
    """

    resource: Resource
    is_new: bool
    latest: int = 0
    digests: set[str] = field(default_factory=set)
    current: Entry | None = None
    versions: list[ResourceVersion] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def name(self) -> Name:
        return self.resource.kind, self.resource.key


@dataclass
class Verdict:
    """What became of one entry: added, replaced, older or unchanged."""

    entry: Entry
    word: str


def in_portions(items: Iterable[Item], size: int = _AT_ONCE) -> Iterator[list[Item]]:
    """Lists short enough to ask a database for."""
    iterator = iter(items)
    while portion := list(islice(iterator, size)):
        yield portion


def name_entries(entries: Iterable[Entry], today: date) -> None:
    """Give each entry the key by which its source knows it."""
    for entry in entries:
        entry.key = entry.key or key_of(
            entry.tree, full_url=entry.full_url, request=entry.request, digest=entry.digest, today=today
        )


def stored(source: Source, names: Iterable[Name]) -> dict[Name, Resource]:
    """The resources of a source that stand under these names."""
    by_kind: dict[str, set[str]] = {}
    for kind, key in names:
        by_kind.setdefault(kind, set()).add(key)
    found = {}
    for kind, keys in by_kind.items():
        for portion in in_portions(sorted(keys)):
            for row in Resource.objects.filter(source=source, kind=kind, key__in=portion):
                found[kind, row.key] = row
    return found


def slots_for(source: Source, entries: list[Entry]) -> dict[Name, Slot]:
    """A slot for each name in the entries, filled with what is stored."""
    names = dict.fromkeys((entry.tree["resourceType"], entry.key) for entry in entries)
    known = stored(source, names)
    slots = {}
    for kind, key in names:
        row = known.get((kind, key))
        slots[kind, key] = Slot(row or Resource(source=source, kind=kind, key=key), is_new=row is None)
    _recall_versions(slots, entries)
    return slots


def _recall_versions(slots: dict[Name, Slot], entries: list[Entry]) -> None:
    """Which texts are held already, for the resources where something else than the current one came."""
    differing = {
        slot.resource.pk: slot
        for entry in entries
        if (slot := slots[entry.tree["resourceType"], entry.key]) and not slot.is_new
        if slot.resource.digest != entry.digest
    }
    for portion in in_portions(differing):
        rows = ResourceVersion.objects.filter(resource__in=portion).values_list(
            "resource_id", "number", "digest"
        )
        for resource_id, number, digest in rows:
            slot = differing[resource_id]
            slot.latest = max(slot.latest, number)
            slot.digests.add(digest)


def is_older(slot: Slot, updated: datetime | None) -> bool:
    """Whether the source itself says that this was written before what is current."""
    held = slot.resource.last_updated
    return not _is_empty(slot) and updated is not None and held is not None and updated < held


def _is_empty(slot: Slot) -> bool:
    return slot.is_new and not slot.versions


def place_entry(slot: Slot, entry: Entry, delivery: Delivery, *, sent_before: bool) -> Verdict:
    """Decide whether an entry is a new current version, an earlier one, or nothing new, and note it in its
    slot.

    `sent_before`: these very bytes have been taken in already, so what is held of them is no news.
    """
    resource, updated = slot.resource, last_updated(entry.tree)
    if not _is_empty(slot):
        if entry.digest == resource.digest:
            return Verdict(entry, "unchanged")
        older = is_older(slot, updated)
        if entry.digest in slot.digests and (older or sent_before):
            return Verdict(entry, "unchanged")
        if older:
            _add_version(slot, entry, delivery)
            return Verdict(entry, "older")
    word = "added" if _is_empty(slot) else "replaced"
    resource.version = _add_version(slot, entry, delivery)
    resource.digest, resource.last_updated, slot.current = entry.digest, updated, entry
    if entry.full_url and len(entry.full_url) <= 255:
        resource.url = short(entry.full_url)
    return Verdict(entry, word)


def _add_version(slot: Slot, entry: Entry, delivery: Delivery) -> int:
    slot.latest += 1
    slot.digests.add(entry.digest)
    slot.versions.append(
        ResourceVersion(
            resource=slot.resource,
            number=slot.latest,
            delivery=delivery,
            body=entry.text,
            digest=entry.digest,
            received_at=delivery.received_at,
        )
    )
    return slot.latest


def save_resources(slots: list[Slot]) -> None:
    """Write resources and versions; afterwards every slot's resource has its key in the database."""
    Resource.objects.bulk_create([slot.resource for slot in slots if slot.is_new])
    changed = [slot.resource for slot in slots if not slot.is_new and slot.current]
    Resource.objects.bulk_update(
        changed, ["version", "digest", "last_updated", "event_id", "child", "url"], batch_size=100
    )
    versions = [version for slot in slots for version in slot.versions]
    for slot in slots:
        for version in slot.versions:
            version.resource_id = slot.resource.pk
    ResourceVersion.objects.bulk_create(versions)


def save_identifiers(slots: list[Slot], today: date) -> None:
    """Write the identifiers of what is current now."""
    current = [slot for slot in slots if slot.current]
    for portion in in_portions(slot.resource.pk for slot in current if not slot.is_new):
        ResourceIdentifier.objects.filter(resource__in=portion).delete()
    ResourceIdentifier.objects.bulk_create(
        ResourceIdentifier(resource_id=slot.resource.pk, system=system, value=value)
        for slot in current
        for system, value in slot.identifiers
    )


def read_identifiers(slots: Iterable[Slot], today: date) -> None:
    for slot in slots:
        if slot.current and "identifier" in slot.current.tree:
            slot.identifiers = identifiers_of(slot.current.tree, today)
