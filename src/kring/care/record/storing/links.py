"""Where references point: within the parcel, to what is stored, or nowhere yet."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from kring.care.record.models import Reference, Resource, ResourceIdentifier, Source
from kring.care.record.rules.identity import COORDINATION, PERSONAL
from kring.care.record.rules.references import (
    Scope,
    is_child_path,
    links_of,
    target_identifier,
    target_name,
    target_url,
)
from kring.children.models import ChildNumber

from .slots import Name, Slot, in_portions, stored

Targets = dict[str, Resource]


def read_links(slots: Iterable[Slot], scope: Scope, today: date) -> None:
    """Find the references in what becomes current."""
    for slot in slots:
        if slot.current:
            slot.links = links_of(slot.current.tree, scope, today)


def targets_of(source: Source, slots: dict[Name, Slot]) -> Targets:
    """The resource that each reference points at; those that have not come yet are left out."""
    texts = {link.text for slot in slots.values() for link in slot.links if not link.inside}
    found: Targets = {}
    _in_parcel(texts, slots, found)
    _by_name(source, texts - found.keys(), found)
    _by_url(source, texts - found.keys(), found)
    _by_identifier(source, texts - found.keys(), found)
    return found


def _in_parcel(texts: set[str], slots: dict[Name, Slot], found: Targets) -> None:
    by_identifier: dict[tuple[str, str, str], set[Name]] = {}
    for slot in slots.values():
        for system, value in slot.identifiers:
            by_identifier.setdefault((slot.resource.kind, system, value), set()).add(slot.name)
    for text in texts:
        name = target_name(text)
        if name is None and (asked := target_identifier(text)):
            named = by_identifier.get(asked, set())
            name = next(iter(named)) if len(named) == 1 else None
        if name and name in slots:
            found[text] = slots[name].resource


def _by_name(source: Source, texts: set[str], found: Targets) -> None:
    names = {text: name for text in texts if (name := target_name(text))}
    rows = stored(source, names.values())
    found.update({text: rows[name] for text, name in names.items() if name in rows})


def _by_url(source: Source, texts: set[str], found: Targets) -> None:
    for portion in in_portions(sorted(text for text in texts if target_url(text))):
        for row in Resource.objects.filter(source=source, url__in=portion):
            found[row.url] = row


def _by_identifier(source: Source, texts: set[str], found: Targets) -> None:
    asked = {text: target for text in texts if (target := target_identifier(text))}
    holders: dict[tuple[str, str, str], list[Resource]] = {}
    for portion in in_portions(sorted({value for _, _, value in asked.values()})):
        rows = ResourceIdentifier.objects.filter(resource__source=source, value__in=portion)
        for row in rows.select_related("resource"):
            holders.setdefault((row.resource.kind, row.system, row.value), []).append(row.resource)
    for text, target in asked.items():
        if len(holders.get(target, ())) == 1:
            found[text] = holders[target][0]


def set_children(slots: Iterable[Slot], targets: Targets) -> None:
    """Tell of each resource which child it is about, when it is about exactly one."""
    others = [slot for slot in slots if slot.current and slot.resource.kind != "Patient"]
    named = _children_by_number({link.text for slot in others for link in slot.links} - targets.keys())
    for slot in others:
        about = {
            child_id
            for link in slot.links
            if is_child_path(slot.resource.kind, link.path)
            if (child_id := _child_at(link.text, targets, named))
        }
        slot.resource.child_id = about.pop() if len(about) == 1 else None


def _child_at(text: str, targets: Targets, named: dict[str, UUID]) -> UUID | None:
    target = targets.get(text)
    if target is None:
        return named.get(text)
    return target.child_id if target.kind == "Patient" else None


def _children_by_number(texts: set[str]) -> dict[str, UUID]:
    """A child that is known, though this source never sent a Patient: named by personal number in the
    reference.
    """
    asked = {text: t for text in texts if (t := target_identifier(text)) and t[1] in PERSONAL | COORDINATION}
    owners: dict[str, UUID] = {}
    for portion in in_portions(sorted({value for _, _, value in asked.values()})):
        rows = ChildNumber.objects.filter(kind__in=("personal", "coordination"), value__in=portion)
        owners.update(rows.values_list("value", "child_id"))
    return {text: owners[value] for text, (_, _, value) in asked.items() if value in owners}


def save_links(slots: list[Slot], targets: Targets) -> None:
    """Write the references of what is current now."""
    current = [slot for slot in slots if slot.current]
    for portion in in_portions(slot.resource.pk for slot in current if not slot.is_new):
        Reference.objects.filter(resource__in=portion).delete()
    Reference.objects.bulk_create(
        Reference(
            resource_id=slot.resource.pk,
            path=link.path,
            text=link.text,
            target_id=_target_key(link.text, link.inside, slot, targets),
        )
        for slot in current
        for link in slot.links
    )


def _target_key(text: str, inside: bool, slot: Slot, targets: Targets) -> int | None:
    if inside:
        return slot.resource.pk if _contains(slot, text[1:]) else None
    target = targets.get(text)
    return target.pk if target else None


def _contains(slot: Slot, part: str) -> bool:
    parts = slot.current.tree.get("contained") if slot.current else None
    return part == "" or any(
        isinstance(p, dict) and p.get("id") == part for p in (parts if isinstance(parts, list) else ())
    )


def awaited(source: Source, slots: Iterable[Slot]) -> list[tuple[Reference, Slot]]:
    """References that came earlier and were waiting for what has come now."""
    waiting = Reference.objects.filter(target__isnull=True, resource__source=source)
    if not waiting.exists():
        return []
    wanted: dict[str, Slot] = {}
    for slot in slots:
        kind, key = slot.name
        ways = [
            f"{kind}/{key}",
            slot.resource.url,
            *(f"{kind}?identifier={s}|{v}" for s, v in slot.identifiers),
        ]
        wanted.update(dict.fromkeys(filter(None, ways), slot))
    found = []
    for portion in in_portions(sorted(wanted)):
        rows = waiting.filter(text__in=portion).select_related("resource")
        found += [(row, wanted[row.text]) for row in rows if row.resource_id != wanted[row.text].resource.pk]
    return found
