"""Agnes, the analyst, takes out what the cast has done; and what is read back from her files."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from indicators import runs
from indicators.cubes import Cell
from kring.followup.extract import commands, files
from kring.followup.extract.models import Extract
from kring.followup.extract.rules.pseudonyms import Pseudonyms
from tests.cast import Cast

KEY = "for-tests-only-" + "p" * 50


class Told:
    """Keeps what it is told of how far it has come."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, int]] = []
        self.places: list[int] = []

    def step(self, name: str, total: int = 0) -> None:
        self.steps.append((name, total))

    def at(self, done: int) -> None:
        self.places.append(done)


class Taking:
    """Makes extracts, and reads them."""

    def __init__(self, cast: Cast, folder: Path) -> None:
        self.cast, self.folder, self.told = cast, folder, Told()

    def take(self, now: datetime | None = None, **more: Any) -> Extract:
        by = self.cast.actor("agnes", now=now or self.cast.now)
        return commands.make_extract(by=by, tells=self.told, **more)

    @property
    def newest(self) -> Path:
        return self.folder / files.NEWEST

    def rows(self, table: str, columns: str = "*", where: str = "true") -> list[tuple[Any, ...]]:
        """Rows of a table, in order; none when it was not delivered."""
        found = self.newest.rglob("*.parquet")
        paths = [str(one) for one in found if table in (one.stem, one.relative_to(self.newest).parts[0])]
        if not paths:
            return []
        source = "read_parquet($paths, hive_partitioning = false)"
        asked = f"SELECT {columns} FROM {source} WHERE {where} ORDER BY ALL"
        return duckdb.connect().execute(asked, {"paths": paths}).fetchall()

    def key(self, child: str) -> int:
        from django.conf import settings

        return Pseudonyms(settings.EXTRACT_KEY).number("child", self.cast.child(child).pk)

    def contents(self) -> dict[str, bytes]:
        """Every file by its name."""
        return {
            str(path.relative_to(self.newest)): path.read_bytes()
            for path in sorted(self.newest.rglob("*.parquet"))
        }


def figures(data: Path, out: Path, years: range, known: date) -> dict[str, dict[int, Cell]]:
    """Each indicator's figure of the region by year, as it was before small numbers were hidden, of data
    that know of nothing after a day.
    """
    seen: dict[str, dict[int, Cell]] = {}
    guard = runs.disclosure.protected

    def look(cells: Any, *rest: Any) -> Any:
        whole = {one.year: one for one in cells if not one.by}
        seen.setdefault(cells[0].indicator, whole)
        return guard(cells, *rest)

    runs.disclosure.protected = look
    try:
        runs.run(data, out, years, known=known)
    finally:
        runs.disclosure.protected = guard
    return seen
