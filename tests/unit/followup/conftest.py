"""Figures of a small made-up region, counted, guarded and kept by the real code, once for each file."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction

from indicators import runs
from synthetic.flat.parquet import Asked, write

CHILDREN, YEARS = 2500, (2012, 2024)


@dataclass(frozen=True)
class Made:
    """A delivery and the guarded files that were counted from it."""

    data: Path
    out: Path


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Made:
    folder = tmp_path_factory.mktemp("followup")
    data, out = folder / "data", folder / "out"
    write(Asked(CHILDREN, *YEARS, seed=7), data, lambda _text: None)
    runs.run(data, out, range(YEARS[0], YEARS[1] + 1))
    return Made(data, out)


def kept(made: Made, *, by: UUID | None = None):
    from kring.followup import commands
    from kring.followup.delivery import described
    from tests import cast as people

    return commands.keep_calculation(
        out=made.out,
        delivery=described(made.data),
        source="Påhittad region",
        years=YEARS,
        by_id=by,
        now=people.NOW,
    )


@pytest.fixture(scope="module")
def calculation(made, django_db_setup, django_db_blocker):
    """The figures in the database for a whole file of tests, taken back after it."""
    from kring import clock
    from tests import cast as people

    with django_db_blocker.unblock(), clock.frozen(people.NOW), transaction.atomic():
        yield kept(made)
        transaction.set_rollback(True)
