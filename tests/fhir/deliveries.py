"""What senders send, in small, and what became of it."""

import gzip
import io
import json
from typing import Any

from kring.care.record import commands
from kring.care.record.importer import importer
from kring.care.record.models import Delivery, Resource, ResourceVersion, Source
from tests import cast

PERSONAL = "http://electronichealth.se/identifier/personnummer"
COORDINATION = "http://electronichealth.se/identifier/samordningsnummer"
# The Tax Agency's own series of numbers that are nobody's.
NUMBER, OTHER_NUMBER = "201701012393", "201701022392"
UNIT = "hh-habilitering-boras"


def source(key: str = "journal", unit: str = UNIT) -> Source:
    """A sending system whose unit documents."""
    place = cast.Cast().unit(unit)
    return commands.register_source(by=importer(place, cast.NOW), key=key, name="Journalen", unit=place)


def raw(content: Any) -> bytes:
    """A file's bytes: of bytes, of text, or of data as JSON."""
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()


def send(content: Any, *, to: Source | None = None, packed: bool = False, now: Any = cast.NOW) -> Delivery:
    """Take a file in and answer with its delivery."""
    system = to or Source.objects.filter(key="journal").first() or source()
    data = gzip.compress(raw(content)) if packed else raw(content)
    by = importer(system.unit, now)
    pk = commands.take_in(by=by, source_id=system.pk, file=io.BytesIO(data))
    return Delivery.objects.get(pk=pk)


def bundle(*resources: Any, kind: str = "collection", **more: Any) -> dict[str, Any]:
    """A bundle; in a transaction or batch each resource is posted. A whole entry is a tuple of one."""
    return {"resourceType": "Bundle", "type": kind, "entry": [_entry(one, kind) for one in resources], **more}


def _entry(one: Any, kind: str) -> Any:
    if isinstance(one, tuple):
        return one[0]
    request = {"request": {"method": "POST", "url": one.get("resourceType", "Basic")}}
    return {"resource": one} | (request if kind in ("transaction", "batch") else {})


def patient(id: str = "p1", *, number: str | None = NUMBER, **more: Any) -> dict[str, Any]:
    """A child as a Patient; without a personal number it has one of the sender's."""
    system = PERSONAL if number else "urn:oid:1.2.3"
    fields = {
        "resourceType": "Patient",
        "id": id,
        "identifier": [{"system": system, "value": number or f"mrn-{id}"}],
        "name": [{"use": "official", "family": "Prov", "given": ["Pim"]}],
        "birthDate": "2017-01-01",
        "gender": "female",
    }
    return {name: value for name, value in (fields | more).items() if value is not None}


def observation(id: str = "o1", *, of: str = "Patient/p1", **more: Any) -> dict[str, Any]:
    fields = {
        "resourceType": "Observation",
        "id": id,
        "status": "final",
        "code": {"text": "Längd"},
        "subject": {"reference": of},
        "effectiveDateTime": "2026-03-01T10:00:00+01:00",
        "valueQuantity": {"value": 1.1, "unit": "m"},
    }
    return {name: value for name, value in (fields | more).items() if value is not None}


def stored(kind: str, key: str) -> Resource:
    return Resource.objects.get(kind=kind, key=key)


def body(kind: str, key: str) -> str:
    """The text of the current version."""
    resource = stored(kind, key)
    return ResourceVersion.objects.get(resource=resource, number=resource.version).body


def counts(delivery: Delivery) -> tuple[int, int, int, int, int]:
    """Added, replaced, older, unchanged, refused."""
    return delivery.added, delivery.replaced, delivery.older, delivery.unchanged, delivery.refused


def told(delivery: Delivery) -> list[tuple[str, str]]:
    """(place, fault) of what was refused or noted, in the order of the file."""
    return list(delivery.problems.order_by("pk").values_list("place", "fault"))
