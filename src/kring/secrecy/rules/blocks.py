"""Which blocks cover a text, by the unit that wrote it and the day it was documented."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kring.access.policy.blocking import BlockKind
from kring.access.policy.staff import Block


@dataclass(frozen=True)
class Blocks:
    """The blocks of one child that hold. Each row has kind, unit_id, controller_id and its days."""

    rows: tuple[Any, ...] = ()

    def over(self, unit_id: UUID, controller_id: int, documented_on: date | None) -> Block:
        """What covers a text; one whose day is not known is covered by every block of its unit."""
        covering = {
            BlockKind(row.kind)
            for row in self.rows
            if reaches(row, unit_id, controller_id) and covers(row, documented_on)
        }
        return of_kinds(covering)


def reaches(row: Any, unit_id: UUID, controller_id: int) -> bool:
    """Whether a block is about a unit's texts: an inner one of that unit, an outer one of its provider."""
    inner = row.kind == BlockKind.INNER
    return bool(row.unit_id == unit_id if inner else row.controller_id == controller_id)


def covers(row: Any, documented_on: date | None) -> bool:
    """Whether a day is among a block's; both its days count, and a day that is not known always does."""
    if documented_on is None:
        return True
    return bool((row.documented_from or date.min) <= documented_on <= (row.documented_to or date.max))


def of_kinds(kinds: Iterable[BlockKind]) -> Block:
    """Both kinds of block together, as the tables 8.2 and 8.3 put it."""
    found = set(kinds)
    if len(found) == len(BlockKind):
        return Block.BOTH
    return Block(next(iter(found)).value) if found else Block.NONE
