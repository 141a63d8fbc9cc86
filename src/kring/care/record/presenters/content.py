"""A FHIR resource as labels and values that a reader in care can read. Pure: data in, strings out.

Everything the source wrote is there except what names the resource and the child (the page's own bar does),
the machine's own notes, and texts made by a machine for the web. Words are Swedish where FHIR's own are
known, else the source's own.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kring.care.record.rules.identity import NUMBER, clean

from .moments import written
from .terms import CODED, CODES, ELEMENTS, SYSTEMS

Tree = Mapping[str, Any]

NOT_SHOWN = frozenset(
    {"resourceType", "id", "meta", "implicitRules", "language", "contained", "subject", "patient"}
)
LONGEST = 4000
DEEPEST = 5
_CHOICE = re.compile(
    r"(value|effective|onset|abatement|performed|medication|occurrence|scheduled|timing|asNeeded|reported)"
    r"[A-Z]\w*"
)


@dataclass(frozen=True)
class Field:
    """One element: its label, and its values or the parts it is made of. `known`: the label has a Swedish
    word; else it is FHIR's own English name.
    """

    label: str
    known: bool
    values: tuple[str, ...] = ()
    parts: tuple[tuple["Field", ...], ...] = ()


def fields_of(tree: Tree, *, masked: bool = False) -> list[Field]:
    """The resource's elements in the order they were written. `masked` hides when, where and by whom."""
    shown = {
        name: value for name, value in tree.items() if name not in NOT_SHOWN and not _is_made(name, value)
    }
    return list(_fields(shown, masked, depth=0))


def _is_made(name: str, value: Any) -> bool:
    """The resource's own web text, which repeats what the elements say."""
    return name == "text" and isinstance(value, dict) and "div" in value


def _fields(tree: Tree, masked: bool, depth: int) -> Iterator[Field]:
    for name, value in tree.items():
        # «_name» tells of how a plain value is to be read; the exact text has it.
        if not name.startswith("_") and (field := _field(name, value, masked, depth)):
            yield field


def _field(name: str, value: Any, masked: bool, depth: int) -> Field | None:
    items = value if isinstance(value, list) else [value]
    values, parts = [], []
    for item in items:
        if isinstance(item, dict) and not (said := _said(name, item, masked)):
            parts.append(_below(item, masked, depth))
        else:
            values.append(said if isinstance(item, dict) else _plain(name, item, masked))
    known = ELEMENTS.get(stem(name))
    told = tuple(dict.fromkeys(filter(None, values)))
    parts = [part for part in parts if part]
    return Field(str(known or name), known is not None, told, tuple(parts)) if told or parts else None


def code_word(code: str) -> str:
    """The Swedish word of one of FHIR's own codes; "" for another."""
    return str(CODES[code]) if code in CODES else ""


def stem(name: str) -> str:
    """The element's name without the type at its end: valueQuantity is a value."""
    found = _CHOICE.fullmatch(name)
    return found[1] if found else name


def _below(item: Tree, masked: bool, depth: int) -> tuple[Field, ...]:
    if depth >= DEEPEST:
        return (Field("…", True, (_("Det finns mer. Hämta posten för att se allt."),)),)
    return tuple(_fields(item, masked, depth + 1))


def _plain(name: str, value: Any, masked: bool) -> str:
    """A value that is not made of parts."""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if not isinstance(value, str):
        return ""
    if value.startswith(NUMBER):
        return value[len(NUMBER) :][:LONGEST]
    if moment := written(value):
        return _("Dolt") if masked else moment
    return _coded(name, value) or clean(value, LONGEST)


def _coded(name: str, code: Any) -> str:
    return code_word(code) if name in CODED and isinstance(code, str) else ""


def _said(name: str, item: Tree, masked: bool) -> str:
    """A FHIR data type as one line; "" for what is made of parts."""
    for asks, says in _TYPES:
        if asks(item):
            return says(name, item, masked)
    return ""


def _concept(name: str, item: Tree, masked: bool) -> str:
    """A CodeableConcept or Coding: its words, with the code that they stand for."""
    codings = item.get("coding")
    listed = codings if isinstance(codings, list) else [item]
    one = next((coding for coding in listed if isinstance(coding, dict)), {})
    code = clean(one.get("code"), 60)
    words = clean(item.get("text"), LONGEST) or clean(one.get("display"), LONGEST) or _coded(name, code)
    system = SYSTEMS.get(one.get("system", "") if isinstance(one.get("system"), str) else "")
    source = f"{system} {code}" if system and code else ""
    return f"{words} ({source})" if words and source else words or source or code


def _quantity(name: str, item: Tree, masked: bool) -> str:
    unit = clean(item.get("unit"), 60) or clean(item.get("code"), 60) or clean(item.get("currency"), 3)
    return f"{clean(item.get('comparator'), 3)} {_plain(name, item.get('value'), False)} {unit}".strip()


def _range(name: str, item: Tree, masked: bool) -> str:
    low, high = (
        _quantity(name, part, masked) if isinstance(part := item.get(end), dict) else ""
        for end in ("low", "high")
    )
    return f"{low} – {high}".strip()


def _period(name: str, item: Tree, masked: bool) -> str:
    start, end = written(item.get("start")), written(item.get("end"))
    if masked:
        return _("Dolt")
    if start and end:
        return _("%(start)s till %(end)s") % {"start": start, "end": end}
    return _("Från %(day)s") % {"day": start} if start else _("Till %(day)s") % {"day": end} if end else ""


def _reference(name: str, item: Tree, masked: bool) -> str:
    """Who or what is pointed at, by the words that stand there; never by number or address."""
    if masked:
        return _("Dolt")
    return clean(item.get("display"), LONGEST) or _("En annan post")


def _identifier(name: str, item: Tree, masked: bool) -> str:
    return _("Dolt") if masked else clean(item.get("value"), 400)


def _note(name: str, item: Tree, masked: bool) -> str:
    return clean(item.get("text"), LONGEST)


def _file(name: str, item: Tree, masked: bool) -> str:
    kind = clean(item.get("contentType"), 60)
    return f"{clean(item.get('title'), 200) or _('Fil')} {kind}".strip()


def _made_of(*names: str, only: frozenset[str] = frozenset()) -> Any:
    """Whether an object has any of these elements, and no others than `only` when that is said."""
    return lambda item: (
        any(n in item for n in names) and (not only or item.keys() <= only | {"extension", "id"})
    )


def _is_identifier(item: Tree) -> bool:
    """An Identifier's value is text; a Quantity's, which has a system too, is a number."""
    value = item.get("value")
    only = {"value", "system", "use", "type", "period", "assigner", "extension", "id"}
    return isinstance(value, str) and not value.startswith(NUMBER) and item.keys() <= only


_TYPES = (
    (_is_identifier, _identifier),
    (_made_of("coding"), _concept),
    (_made_of("reference", only=frozenset({"reference", "display", "type", "identifier"})), _reference),
    (_made_of("display", only=frozenset({"display", "type", "identifier"})), _reference),
    (_made_of("start", "end", only=frozenset({"start", "end"})), _period),
    (_made_of("low", "high", only=frozenset({"low", "high"})), _range),
    (
        _made_of("value", only=frozenset({"value", "unit", "code", "system", "comparator", "currency"})),
        _quantity,
    ),
    (_made_of("code", only=frozenset({"code", "display", "system", "version", "userSelected"})), _concept),
    (_made_of("text", only=frozenset({"text", "time", "authorString", "authorReference"})), _note),
    (_made_of("contentType", "data"), _file),
)
"""How each of FHIR's data types is known from its elements, the more certain first."""
