"""Reading a file again and comparing it with what is stored: the proof that nothing was lost."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import IO

from django.conf import settings

from .models import ResourceVersion, Source
from .reading.entries import Entry, parcels
from .reading.opening import unpacked
from .storing.slots import in_portions, name_entries, stored

Key = tuple[str, str, str]


@dataclass
class Comparison:
    """Entries of each type in the file, and how many of them are stored with equal data and with equal
    text.
    """

    sent: Counter[str] = field(default_factory=Counter)
    same_data: Counter[str] = field(default_factory=Counter)
    same_text: Counter[str] = field(default_factory=Counter)

    @property
    def is_complete(self) -> bool:
        return self.sent == self.same_data


def compare(source: Source, file: IO[bytes], today: date) -> Comparison:
    """Compare every entry of a file with the version that holds it. Text may differ where data do not
    (spacing).
    """
    found = Comparison()
    file.seek(0)
    for parcel in parcels(unpacked(file, settings.IMPORT_MAX_BYTES)):
        name_entries(parcel.entries, today)
        for portion in in_portions(parcel.entries):
            _compare_portion(source, portion, found)
    return found


def _compare_portion(source: Source, entries: list[Entry], found: Comparison) -> None:
    resources = stored(source, {(entry.tree["resourceType"], entry.key) for entry in entries})
    names = {resource.pk: name for name, resource in resources.items()}
    # By resource, never by a join: the planner of a database that has just been filled knows no sizes.
    rows = ResourceVersion.objects.filter(resource__in=list(names))
    held: dict[Key, str] = {
        (*names[resource_id], digest): body
        for resource_id, digest, body in rows.values_list("resource_id", "digest", "body")
    }
    for entry in entries:
        kind = entry.tree["resourceType"]
        body = held.get((kind, entry.key, entry.digest))
        found.sent[kind] += 1
        found.same_text[kind] += body == entry.text
        found.same_data[kind] += body is not None and json.loads(body) == json.loads(entry.text)
