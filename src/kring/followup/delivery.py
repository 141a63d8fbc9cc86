"""A delivery of flat tables as a folder of files: what it is, what it holds, and what looks odd in it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

TRUTH = "truth.json"
"""Only a made-up region carries the truth about itself."""
DAYS = {
    "contact": "day", "diagnosis": "day", "step": "day", "residence": "first", "child": "born",
    "arrangement": "day", "deadline": "day", "answer": "day", "hospital": "day", "emergency_visit": "day",
}  # fmt: skip
"""By table the day that its rows are counted by year of; those that were not delivered are left out. Deaths
are so few that their number is told by the indicators alone, guarded.
"""
OURS = {"quality.csv", "quality.json"}
"""What `./kring quality` writes beside the tables is no part of what was delivered."""


@dataclass(frozen=True)
class Table:
    """A table in numbers: rows, and the first and last year of its days."""

    name: str
    rows: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True)
class Delivery:
    """What a calculation says about the data it was counted from."""

    version: str
    synthetic: bool
    tables: tuple[Table, ...]
    quality: tuple[dict[str, Any], ...] = ()
    """What looks odd in it, guarded (indicators.quality.findings)."""

    def as_rows(self) -> list[dict[str, Any]]:
        """The tables as they are kept."""
        return [asdict(one) for one in self.tables]


def described(folder: Path, today: date) -> Delivery:
    """The delivery in a folder. Errors: FileNotFoundError when there is no such folder."""
    if not folder.is_dir():
        raise FileNotFoundError(folder.name)
    from indicators.quality.report import report  # here: a page never needs it

    odd = tuple(one.as_row() for one in report(folder, today))
    return Delivery(fingerprint(folder), (folder / TRUTH).is_file(), tuple(_tables(folder)), odd)


def fingerprint(folder: Path) -> str:
    """A checksum of every file of the delivery, by name and content."""
    whole = sha256()
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and one.name not in OURS):
        with path.open("rb") as content:
            whole.update(
                f"{path.relative_to(folder)} {file_digest(content, 'sha256').hexdigest()}\n".encode()
            )
    return whole.hexdigest()


def _tables(folder: Path) -> Iterator[Table]:
    for name, day in DAYS.items():
        years = _rows_by_year(folder, name, day)
        if years:
            yield Table(name, sum(years.values()), min(years), max(years))


def _rows_by_year(folder: Path, table: str, day: str) -> dict[int, int]:
    """Rows a year; nothing for a table that is not there, which the reading itself refuses in words."""
    import duckdb  # here: a page never needs it

    for ending, reader in (("parquet", "read_parquet"), ("csv", "read_csv")):
        files = [*folder.glob(f"{table}.{ending}"), *(folder / table).rglob(f"*.{ending}")]
        if files:
            given = duckdb.connect().execute(
                f"SELECT year(CAST({day} AS DATE)) AS y, count(*) FROM {reader}($files)"  # noqa: S608 - own names
                " WHERE y IS NOT NULL GROUP BY y ORDER BY y",
                {"files": [str(one) for one in files]},
            )
            return dict(given.fetchall())
    return {}
