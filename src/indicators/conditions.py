"""What can be true of a child on the last day of a year: conditions over its rows, and what is made of them.

Used to say who is counted (`among`) and what is looked for (`having`). A child without such rows does not
meet a condition; nothing here is unknown.
"""

from dataclasses import dataclass

from .selections import Rows
from .tables import TABLES


@dataclass(frozen=True)
class Has:
    """The child has at least so many rows in `years` years up to the last day; with `different`, rows with so
    many different values of that column, in one year.
    """

    of: Rows
    at_least: int = 1
    years: int = 1
    different: str = ""

    def __post_init__(self) -> None:
        """Codes of different years are not compared: a year's piece keeps only how many there were."""
        if self.different and self.years != 1:
            raise ValueError("olika värden räknas inom ett år")


@dataclass(frozen=True)
class Holds:
    """Something that began that day or before holds on the last day of the year: it has not ended before."""

    of: Rows

    def __post_init__(self) -> None:
        """Only what has an end can hold."""
        if "last" not in {column.name for column in TABLES[self.of.table].columns}:
            raise ValueError(f"tabellen {self.of.table} säger inte när något slutar")


@dataclass(frozen=True)
class AtLeast:
    """So many of some conditions are met."""

    number: int
    of: tuple["Condition", ...]


Condition = Has | Holds | AtLeast


def either(*conditions: Condition) -> AtLeast:
    """At least one."""
    return AtLeast(1, conditions)


def both(*conditions: Condition) -> AtLeast:
    """All of them."""
    return AtLeast(len(conditions), conditions)
