"""Every indicator and variant of a small made-up region, for engines that read it from files."""

from datetime import date
from pathlib import Path

import pytest

from indicators import catalogue, cubes, runs
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
