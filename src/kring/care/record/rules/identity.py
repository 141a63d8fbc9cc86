"""By what name a source knows a resource, so that the next delivery finds the same one.

In this order: the resource's own `id`; the id in the address it is put at (PUT, or an absolute fullUrl); the
condition the sender itself gives (conditional create or update by identifier); for people and places, their
first identifier; a `urn:uuid:`, which some senders keep between deliveries; and last the content, so that
the same text is the same thing.
"""

import hashlib
import re
from datetime import date, datetime
from typing import Any

from kring.children.personal_numbers import PersonalNumberError, parse

from .moments import moment_of

PERSONAL = frozenset({"http://electronichealth.se/identifier/personnummer", "urn:oid:1.2.752.129.2.1.3.1"})
COORDINATION = frozenset(
    {"http://electronichealth.se/identifier/samordningsnummer", "urn:oid:1.2.752.129.2.1.3.3"}
)
RESERVE = frozenset({"http://electronichealth.se/identifier/nationelltReservnummer"})
TEMPORARY = frozenset({"http://electronichealth.se/identifier/LMA-nummer"})

NAMED_BY_IDENTIFIER = frozenset(
    {"Patient", "Practitioner", "PractitionerRole", "Organization", "Location", "RelatedPerson", "Person"}
    | {"HealthcareService", "Device"}
)
_TAIL = re.compile(
    r"(?:^|/)(?P<kind>[A-Z][A-Za-z]+)/(?P<id>[A-Za-z0-9\-.]{1,64})(?:/_history/[A-Za-z0-9\-.]{1,64})?$"
)
NUMBER = "\x00"
"""The mark before the text of a number in data read by `reading.exact`."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def clean(text: Any, longest: int) -> str:
    """Text from a resource made safe to store and show: no control characters, no halves of characters.

    What is no text is empty.
    """
    if not isinstance(text, str) or text.startswith(NUMBER):
        return ""
    return _CONTROL.sub(" ", text).strip()[:longest].strip()


def short(text: str, longest: int = 255) -> str:
    """A name that fits its column; a longer one is told by its digest."""
    return text if len(text) <= longest else "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def tail_of(address: str, kind: str = "") -> tuple[str, str] | None:
    """Type and id at the end of an address such as `https://host/fhir/Patient/7`; a version after it is left
    out.
    """
    found = _TAIL.search(address)
    return (found["kind"], found["id"]) if found and kind in ("", found["kind"]) else None


def identifiers_of(tree: dict[str, Any], today: date) -> list[tuple[str, str]]:
    """(system, value) of the resource's business identifiers, each once; personal numbers as twelve
    digits.
    """
    listed = tree.get("identifier")
    rows = listed if isinstance(listed, list) else [listed]
    found = (pair_of(row, today) for row in rows if isinstance(row, dict))
    return list(dict.fromkeys(pair for pair in found if pair))


def pair_of(row: dict[str, Any], today: date) -> tuple[str, str] | None:
    """(system, value) of one Identifier, or None when it has no value or is marked as old."""
    value = clean(row.get("value"), 400)
    if not value or row.get("use") == "old":
        return None
    system = clean(row.get("system"), 200)
    return system, canonical_value(system, value, today)


def canonical_value(system: str, value: str, today: date) -> str:
    """Personal and coordination numbers in their stored form when they can be read; others as they are."""
    if system not in PERSONAL | COORDINATION:
        return value
    try:
        return parse(value, today).digits12
    except PersonalNumberError:
        return value


def key_of(tree: dict[str, Any], *, full_url: str, request: dict[str, Any], digest: str, today: date) -> str:
    """The resource's name at its source (see the module)."""
    kind = tree["resourceType"]
    if own_id := tree.get("id"):
        return own_id
    put = request.get("url", "") if request.get("method") == "PUT" else ""
    for address in (put, full_url):
        if found := tail_of(address.partition("?")[0], kind):
            return found[1]
    return short(
        _condition(kind, request) or _business_name(tree, today) or _lasting(full_url) or f"sha256:{digest}"
    )


def _condition(kind: str, request: dict[str, Any]) -> str:
    asked = request.get("ifNoneExist")
    if request.get("method") == "PUT":
        asked = request["url"].partition("?")[2]
    return f"?{clean(asked, 2000).removeprefix(kind).lstrip('?')}" if asked else ""


def _business_name(tree: dict[str, Any], today: date) -> str:
    if tree["resourceType"] not in NAMED_BY_IDENTIFIER:
        return ""
    return next((f"{system}|{value}" for system, value in identifiers_of(tree, today) if system), "")


def _lasting(full_url: str) -> str:
    return full_url if full_url.startswith("urn:") else ""


def last_updated(tree: dict[str, Any]) -> datetime | None:
    """When the source itself says that this version was written."""
    meta = tree.get("meta")
    moment = moment_of(meta.get("lastUpdated")) if isinstance(meta, dict) else None
    return moment.at if moment else None
