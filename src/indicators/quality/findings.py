"""What a report can say of a delivery: how bad it is, in words, and what to do; never of whom.

A count of rows that are about fewer than LEAST children is told as few, and others are rounded (the least and
the rounding are those of disclosure.py). No sum over years or checks is told, so nothing can be subtracted.
"""

import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indicators.disclosure import ROUNDING

LEAST = 5
STOP, WARN, NOTE = "stop", "warn", "note"
SEVERITIES = (STOP, WARN, NOTE)
"""The figures cannot be counted, or are wrong; some rows are not counted or may mislead; good to know."""


@dataclass(frozen=True)
class Words:
    """How bad something is, what it is, and what to do about it."""

    severity: str
    text: str
    advice: str


WORDS = {
    check: Words(**said)
    for check, said in tomllib.loads(
        Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    ).items()
}


@dataclass(frozen=True)
class Finding:
    """Something odd in a table (and a column), in a year if it is of one; `what`: the unit, month or file.

    `count`: the rows, rounded; None when they are few or cannot be told by number. `percent`: how many fewer.
    """

    table: str
    column: str
    check: str
    year: int | None = None
    what: str = ""
    count: int | None = None
    few: bool = False
    percent: int | None = None

    @property
    def severity(self) -> str:
        """How bad it is."""
        return WORDS[self.check].severity

    def as_row(self) -> dict[str, Any]:
        """As it is kept and written, with the words as they are today."""
        words = WORDS[self.check]
        return asdict(self) | {"severity": words.severity, "text": words.text, "advice": words.advice}


def counted(table: str, column: str, check: str, year: int | None, rows: int, children: int) -> Finding:
    """A finding of so many rows about so many children, as it may be told."""
    few = min(rows, children) < LEAST
    return Finding(table, column, check, year, count=None if few else rounded(rows), few=few)


def rounded(rows: int) -> int:
    """To the nearest five."""
    return ROUNDING * ((rows + ROUNDING // 2) // ROUNDING)
