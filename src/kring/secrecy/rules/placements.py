"""What a child's placements do to its guardians' pages and to who consents, day by day (8.5, 8.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kring.access.policy.consents import Decider, Named, decider

CARE_ORDER = "care_order"


@dataclass(frozen=True)
class Proposed:
    """A placement as it is written in. Days are Swedish days, first and last included; `ends_on` None: until
    further notice; `decided_on`: the board's decision, `end_decided_on` its decision that it ends.
    """

    kind: str
    home: str
    starts_on: date
    decided_on: date | None
    signer: str
    guardians_keep_access: bool
    ends_on: date | None = None
    end_decided_on: date | None = None


@dataclass(frozen=True)
class State:
    """What placements say on one day: whether one by order holds, whether it closes the guardians' pages, and
    whom it names to consent.
    """

    placed: bool = False
    closes: bool = False
    named: Named = Named.NOBODY

    def decides(self, *, adult: bool, mature: bool) -> Decider:
        """Who consents for the child (8.6)."""
        return decider(adult=adult, child_mature=mature, placed_by_order=self.placed, named=self.named)


@dataclass(frozen=True)
class Change:
    """From a day on: what was said before, and what is said now."""

    on: date
    before: State
    after: State


def holds(row: Any, on: date) -> bool:
    """Whether a placement is in force on a day."""
    return bool(row.starts_on <= on and (row.ends_on is None or on <= row.ends_on))


def state_on(rows: Iterable[Any], on: date) -> State:
    """Of several orders the one that says least counts, for the pages and for consent each by itself."""
    orders = [row for row in rows if row.kind == CARE_ORDER and holds(row, on)]
    if not orders:
        return State()
    named = Named(min(row.signer for row in orders) or Named.NOBODY)
    return State(True, not all(row.guardians_keep_access for row in orders), named)


def changes(before: Iterable[Any], after: Iterable[Any], today: date) -> list[Change]:
    """What is different from today on, each time that something turns; nothing about days gone by."""
    old, new = list(before), list(after)
    turns = {today, *(day for row in (*old, *new) for day in _turns(row) if day > today)}
    found: list[Change] = []
    for day in sorted(turns):
        change = Change(day, state_on(old, day), state_on(new, day))
        last = (found[-1].before, found[-1].after) if found else (State(), State())
        if (change.before, change.after) != last:
            found.append(change)
    return [one for one in found if one.before != one.after]


def _turns(row: Any) -> list[date]:
    return [row.starts_on, *([row.ends_on + timedelta(days=1)] if row.ends_on else [])]


def overlaps(row: Any, other: Any) -> bool:
    """Whether two placements share a day."""
    first, last = max(row.starts_on, other.starts_on), min(row.ends_on or date.max, other.ends_on or date.max)
    return bool(first <= last)
