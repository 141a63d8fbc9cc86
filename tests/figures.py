"""Figures of a small made-up region, counted, guarded and kept by the real code."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from indicators import runs
from indicators.cubes import Cell
from synthetic.flat.parquet import Asked, write

CHILDREN, YEARS = 2500, (2012, 2024)


@dataclass(frozen=True)
class Made:
    """A delivery and the guarded files that were counted from it."""

    data: Path
    out: Path
    unguarded: dict[str, list[Cell]]
    """Each indicator's cells as they were before disclosure control: for the attacker, and for no page."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("followup")
    data, out = folder / "data", folder / "out"
    write(Asked(CHILDREN, *YEARS, seed=7), data, lambda _text: None)
    return Made(data, out, counted(data, out))


def counted(data: Path, out: Path) -> dict[str, list[Cell]]:
    """Run every indicator, and look at what goes into disclosure control."""
    seen: dict[str, list[Cell]] = {}
    guard = runs.disclosure.protected

    def look(cells: Any, *rest: Any) -> Any:
        seen.setdefault(cells[0].indicator, list(cells))  # its variants come after it, of the region only
        return guard(cells, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs.disclosure, "protected", look)
        runs.run(data, out, range(YEARS[0], YEARS[1] + 1))
    return seen


def kept(made: Made, *, by: UUID | None = None) -> Any:
    """The calculation, in the database."""
    from kring.followup import commands
    from kring.followup.delivery import described
    from tests import cast as people

    return commands.keep_calculation(
        out=made.out,
        delivery=described(made.data, people.NOW.date()),
        source="Påhittad region",
        years=YEARS,
        by_id=by,
        now=people.NOW,
    )


@pytest.fixture(scope="module")
def kept_calculation(made: Made, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The figures in the database for a whole file of tests, taken back after it.

    The database is open to this fixture only: to a test that does not ask for it each question is refused.
    """
    whole = transaction.atomic()
    with django_db_blocker.unblock():
        whole.__enter__()
        calculation = kept(made)
    yield calculation
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def calculation(kept_calculation: Any) -> Iterator[Any]:
    """The same, as it is at the cast's moment."""
    from kring import clock
    from tests import cast as people

    with clock.frozen(people.NOW):
        yield kept_calculation
