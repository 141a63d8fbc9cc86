"""The DuckDB engine on files: the fast one's counts for every indicator. The SQL itself: test_sql.py."""

from pathlib import Path

import pytest

from indicators import cubes
from indicators.engines import duck, fast
from indicators.loading import Delivery, NotReadableError, attached
from tests.unit.indicators.small_region import ASKED, DEFINITIONS, UNTIL, YEARS, folder

__all__ = ["folder"]


def test_every_count_of_every_indicator(folder: Path) -> None:
    one = fast.tally_all(ASKED, Delivery(folder), UNTIL)
    other = duck.tally_all(ASKED, attached(folder), UNTIL)
    for definition in DEFINITIONS:
        counted = one[definition.measure].named()
        assert counted == other[definition.measure].named(), definition.slug
        assert counted
    assert all(one[measure].named() == other[measure].named() for measure in ASKED)


def test_every_cell_of_every_table(folder: Path) -> None:
    """From counts in another order to the same figures, to the last digit."""
    one = fast.tally_all(ASKED, Delivery(folder), UNTIL)
    other = duck.tally_all(ASKED, attached(folder), UNTIL)
    for definition in DEFINITIONS:
        tables = [cubes.cells(definition, made[definition.measure], YEARS) for made in (one, other)]
        assert tables[0] == tables[1], definition.slug


def test_a_folder_that_lacks_a_table(tmp_path: Path) -> None:
    with pytest.raises(NotReadableError, match="tabellen child saknas"):
        attached(tmp_path)
