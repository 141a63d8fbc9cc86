"""The DuckDB engine on files: the fast one's counts for every indicator. The SQL itself: test_sql.py."""

from datetime import date
from pathlib import Path

import pytest

from indicators import catalogue, cubes, runs
from indicators.engines import duck, fast
from indicators.loading import Delivery, NotReadableError, attached
from synthetic.flat.parquet import Asked, write
from tests.spec.reading import CODE_TABLES

YEARS = [2021, 2022]
UNTIL = date(2022, 12, 31)
DEFINITIONS = [runs.with_lists(catalogue.load(slug), CODE_TABLES) for slug in catalogue.slugs()]
ASKED = {
    measure: cubes.years_needed(one, YEARS)
    for one in DEFINITIONS
    for measure in (one.measure, *one.variants.values())
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("region")
    write(Asked(children=1000, first_year=2021, last_year=2022, seed=11), made)
    return made


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
