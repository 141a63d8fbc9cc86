"""A version's words without what its reader is not to see: items that are withheld, and what tells where a
protected child is. Versions are kept as text, so here names stand in place of rows. Pure.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .differences import LISTS, Change, Snapshot

UNITS = ("by", "responsible_unit", "overall_responsible")
PEOPLE = ("coordinator", "contact", "responsible_person")
PLACE_OF_PERSON = {"activities": "responsible_unit", "parties": "label"}


@dataclass(frozen=True)
class Words:
    """`own`: names that may stand, the reader's own and its unit's; `instead`: what stands for all others."""

    own: frozenset[str]
    instead: str

    def of(self, name: Any) -> Any:
        return name if not name or name in self.own else self.instead


def without(said: Snapshot, withheld: Collection[str]) -> dict[str, Any]:
    """A version without the items of these ids; what stood under a withheld goal stands by itself."""
    kept = {name: [row for row in said.get(name, []) if row["id"] not in withheld] for name in LISTS}
    kept["activities"] = [
        {**row, "goal": ""} if row.get("goal") in withheld else row for row in kept["activities"]
    ]
    return {**said, **kept}


def hidden_snapshot(said: Snapshot, words: Words) -> dict[str, Any]:
    """A version with every other unit, and whoever works there, hidden."""
    hidden = {name: [hidden_row(name, row, words) for row in said.get(name, [])] for name in LISTS}
    return {**said, **hidden, "plan": hidden_row("plan", said.get("plan", {}), words)}


def hidden_row(item: str, row: Snapshot, words: Words) -> dict[str, Any]:
    """One item of a version likewise. A colleague at the reader's own unit is named."""
    here = row.get(PLACE_OF_PERSON.get(item, "")) in words.own
    kept = {} if here else {name: words.of(row[name]) for name in PEOPLE if name in row}
    units = {name: words.of(row[name]) for name in UNITS if name in row}
    label = {"label": words.of(row["label"])} if item == "parties" else {}
    return {**row, **kept, **units, **label}


def hidden_change(change: Change, words: Words) -> Change:
    """What differs, found among the words themselves, with the same hidden: that it differs is told."""
    label = words.of(change.label) if change.item == "parties" else change.label
    before, after = (_value(change, value, words) for value in (change.before, change.after))
    return replace(change, label=label, before=before, after=after)


def _value(change: Change, value: Any, words: Words) -> Any:
    if isinstance(value, Mapping):
        return hidden_row(change.item, value, words)
    return words.of(value) if change.field in (*UNITS, *PEOPLE) else value
