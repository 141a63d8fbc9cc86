"""Guarded output tables (one CSV file an indicator, as `./kring indicators` writes them) read into rows.

The second lock after `indicators.disclosure`: a file that has not been guarded is refused, not trusted.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .rules.statuses import HIDDEN, ROUNDING, SHOWN

KEYS = ("year", "municipality", "sex", "age_band")
COUNTS, FIGURES = ("n", "x"), ("value", "lower", "upper")
KNOWN = ("indicator", "version", *KEYS, *COUNTS, *FIGURES, "status")


class NotGuardedError(ValueError):
    """What in a file has not been guarded, in words, with the file's name and row."""


@dataclass(frozen=True)
class Told:
    """A cell as it stands in a file."""

    year: int
    municipality: str
    sex: str
    age_band: str
    status: str
    n: int | None
    x: int | None
    value: float | None
    lower: float | None
    upper: float | None
    more: Mapping[str, float]


def cells(path: Path) -> Iterator[Told]:
    """Every cell of a file. NotGuardedError for the first that may not be told as it stands."""
    with path.open(encoding="utf-8", newline="") as lines:
        for place, row in enumerate(csv.DictReader(lines), 2):
            fault = _fault(row)
            if fault:
                raise NotGuardedError(f"{path.name}, rad {place}: {fault}")
            yield _told(row)


def sensitivity(path: Path, year: int) -> list[dict[str, Any]]:
    """What other limits give for the whole region in a year: the variant's name (none: the definition's own),
    its status and figures. Nothing when the definition has no such table; NotGuardedError as for cells.
    """
    if not path.is_file():
        return []
    made = []
    with path.open(encoding="utf-8", newline="") as lines:
        for place, row in enumerate(csv.DictReader(lines), 2):
            name = row.pop("variant")
            fault = _fault(row)
            if fault:
                raise NotGuardedError(f"{path.name}, rad {place}: {fault}")
            told = _told(row)
            if told.year == year:
                figures = {one: getattr(told, one) for one in ("status", *COUNTS, *FIGURES)}
                made.append({"variant": name, **figures})
    return made


def equality(path: Path, year: int) -> dict[str, Any] | None:
    """How the figures of a year follow living conditions; made of cells that are told. None without."""
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as lines:
        rows = {int(row["year"]): row for row in csv.DictReader(lines)}
    if year not in rows:
        return None
    words = ("index_source", "index_year")
    figures = {name: _figure(text) for name, text in rows[year].items() if name not in words}
    counts = {name: int(rows[year][name]) for name in ("year", "municipalities")}
    return figures | counts | {name: rows[year][name] for name in words}


def _fault(row: Mapping[str, Any]) -> str:
    if set(KNOWN) - set(row):
        return "kolumner saknas"
    if row["status"] not in (SHOWN, *HIDDEN):
        return f"okänd status {row['status']}"
    figures = [value for name, value in row.items() if name not in ("indicator", "version", "status", *KEYS)]
    if row["status"] != SHOWN and any(figures):
        return "en dold cell bär på en siffra"
    if any(row[name] and int(row[name]) % ROUNDING for name in COUNTS):
        return "ett antal är inte avrundat"
    return ""


def _told(row: Mapping[str, str]) -> Told:
    return Told(
        year=int(row["year"]),
        municipality=row["municipality"],
        sex=row["sex"],
        age_band=row["age_band"],
        status=row["status"],
        n=_count(row["n"]),
        x=_count(row["x"]),
        value=_figure(row["value"]),
        lower=_figure(row["lower"]),
        upper=_figure(row["upper"]),
        more={name: float(value) for name, value in row.items() if name not in KNOWN and value},
    )


def _count(text: str) -> int | None:
    return int(text) if text else None


def _figure(text: str) -> float | None:
    return float(text) if text else None
