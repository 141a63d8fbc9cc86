"""Periods as files give them, beside those that are known: which known one is meant, and what it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from .faults import Fault, Wrong


class HasPeriod(Protocol):
    """Anything that holds from one day through another."""

    starts_on: date
    ends_on: date | None


Known = TypeVar("Known", bound=HasPeriod)


@dataclass(frozen=True, slots=True)
class Period:
    """From one day through another; None is without end."""

    starts_on: date
    ends_on: date | None = None

    def meets(self, other: HasPeriod) -> bool:
        """Whether they share a day."""
        return self.starts_on <= (other.ends_on or date.max) and other.starts_on <= (self.ends_on or date.max)

    def corrects(self, known: HasPeriod) -> "Period":
        """What a known period becomes: the file decides its last day, never takes away that it had begun."""
        return Period(min(self.starts_on, known.starts_on), self.ends_on)


def meant(period: Period, known: Sequence[Known]) -> Known | None:
    """The known period that a file's line is about; None when it is a new one.

    Raises:
        Wrong: it shares days with several.
    """
    met = [one for one in known if period.meets(one)]
    if len(met) > 1:
        raise Wrong(Fault.OVERLAPS)
    return met[0] if met else None
