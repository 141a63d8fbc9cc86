"""The record in plain words for the family: what, when and where, and never what only machines read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .content import Field, code_word, fields_of
from .moments import when

KINDS = {
    "encounter": gettext_lazy("Besök"),
    "condition": gettext_lazy("Diagnos"),
    "procedure": gettext_lazy("Åtgärd"),
    "appointment": gettext_lazy("Bokad tid"),
    "care_plan": gettext_lazy("Vårdplan"),
    "observation": gettext_lazy("Mätning"),
    "immunization": gettext_lazy("Vaccination"),
    "allergy": gettext_lazy("Överkänslighet"),
    "medication": gettext_lazy("Läkemedel"),
    "diagnostic_report": gettext_lazy("Undersökning"),
}


@dataclass(frozen=True)
class Line:
    """One entry in the list. `when` and `unit` say «Dolt» when they are."""

    what: str
    kind: str
    value: str
    when: str
    unit: str
    href: str


@dataclass(frozen=True)
class RecordPage:
    """The list. `only`: says that but some units are opened to this reader."""

    lines: list[Line]
    count: str
    only: str
    previous: str
    following: str
    place: str


def record_page(found: Any, address: Callable[[UUID], str]) -> RecordPage:
    """A page of the record; `address` makes the address of one entry."""
    before = f"?sida={found.page - 1}" if found.page > 1 else ""
    after = f"?sida={found.page + 1}" if found.page < found.pages else ""
    return RecordPage(
        lines=[_line(row.event, row.masked, address) for row in found.rows],
        count=ngettext("%(n)s anteckning.", "%(n)s anteckningar.", found.total) % {"n": found.total},
        only=_("Du läser bara det som står hos %(units)s.") % {"units": ", ".join(found.units)}
        if found.units
        else "",
        previous=before,
        following=after,
        place=_("Sida %(page)s av %(pages)s") % {"page": found.page, "pages": found.pages},
    )


def _line(event: Any, masked: bool, address: Callable[[UUID], str]) -> Line:
    data = event.data or {}
    return Line(
        what=title_of(event),
        kind=str(KINDS.get(event.kind, "")),
        value=data.get("value") or code_word(data.get("state", "")),
        when=_moment(event, masked),
        unit=_unit(event, masked),
        href=address(event.pk) if "resource" in data else "",
    )


def title_of(event: Any) -> str:
    """What the source called it, else its kind."""
    return event.title or str(KINDS.get(event.kind, _("Anteckning")))


def _moment(event: Any, masked: bool) -> str:
    return _("Dolt") if masked else when(event.effective_at, (event.data or {}).get("precision", "time"))


def _unit(event: Any, masked: bool) -> str:
    if masked:
        return _("Dolt")
    return event.unit.name if event.unit else ""


@dataclass(frozen=True)
class EntryPage:
    """One entry: its title, its own facts as labels and values, and what was written, element by element."""

    title: str
    facts: list[dict[str, str]]
    fields: list[Field]


def entry_page(found: Any) -> EntryPage:
    """The words of one entry."""
    told = (
        (_("Slag"), str(KINDS.get(found.event.kind, ""))),
        (_("När"), _moment(found.event, found.masked)),
        (_("Enhet"), _unit(found.event, found.masked)),
    )
    facts = [{"label": label, "value": value} for label, value in told if value]
    return EntryPage(title_of(found.event), facts, in_plain_words(fields_of(found.tree, masked=found.masked)))


def in_plain_words(fields: list[Field]) -> list[Field]:
    """Only the elements that have a word of their own in the family's language."""
    plain = []
    for field in fields:
        if not field.known or field.label in for_systems():
            continue
        parts = tuple(tuple(in_plain_words(list(part))) for part in field.parts)
        kept = replace(field, parts=tuple(part for part in parts if part))
        if kept.values or kept.parts:
            plain.append(kept)
    return plain


def for_systems() -> set[str]:
    """Labels of numbers that systems know things by, and of notes between systems."""
    return {_("Beteckning"), _("Tillägg"), _("Ordning")}
