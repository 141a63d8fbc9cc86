"""What has changed between two versions of a plan, item by item and field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Snapshot = Mapping[str, Any]
LISTS = ("parties", "needs", "goals", "activities")


@dataclass(frozen=True)
class Change:
    """`kind`: added, removed or changed. `item`: plan or one of the lists. `field` is empty for whole
    items.
    """

    kind: str
    item: str
    id: str
    label: str
    field: str = ""
    before: Any = None
    after: Any = None


def difference(old: Snapshot, new: Snapshot) -> list[Change]:
    """Every change from one version's content to another's; the same content twice gives none."""
    changes = list(_fields("plan", "", "", old.get("plan", {}), new.get("plan", {})))
    for name in LISTS:
        changes += _items(name, _by_id(old, name), _by_id(new, name))
    return changes


def _by_id(content: Snapshot, name: str) -> dict[str, Snapshot]:
    return {row["id"]: row for row in content.get(name, [])}


def _items(name: str, old: dict[str, Snapshot], new: dict[str, Snapshot]) -> Iterator[Change]:
    for key, row in new.items():
        if key not in old:
            yield Change("added", name, key, row["label"], after=row)
        else:
            yield from _fields(name, key, row["label"], old[key], row)
    for key, row in old.items():
        if key not in new:
            yield Change("removed", name, key, row["label"], before=row)


def _fields(item: str, key: str, label: str, old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for field in sorted({*old, *new} - {"id", "label"}):
        before, after = old.get(field), new.get(field)
        if before != after:
            yield Change("changed", item, key, label, field, before, after)
