"""The DuckDB engine: the same counts as `plain`, by the SQL of `sql`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from indicators import tables
from indicators.counts import Counts, of_columns
from indicators.loading import SQL_TYPES
from indicators.measures import Key, Measure, Outcome
from indicators.tables import Data

from .sql import groundwork
from .sql.statements import statement

OWN = {"days_between": "CAST(day - since AS INTEGER)"}


def tally(measure: Measure, data: Data, years: Sequence[int], until: date) -> dict[Key, Counter[Outcome]]:
    """As `plain.tally`."""
    database = duckdb.connect()
    for table in tables.TABLES.values():
        columns = ", ".join(f'"{one.name}" {SQL_TYPES[one.kind]}' for one in table.columns)
        database.execute(f"CREATE TABLE {table.name} ({columns})")
        rows = [tuple(row.values()) for row in tables.rows(data, table.name)]
        marks = ", ".join("?" for _ in table.columns)
        if rows:
            database.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
    return tally_all({measure: years}, database, until)[measure].named()


def tally_all(
    asked: Mapping[Measure, Sequence[int]], database: duckdb.DuckDBPyConnection, until: date
) -> dict[Measure, Counts]:
    """Every measure, in a database that has the tables of the schema."""
    for made in prepared([measure.ages for measure in asked], until):
        database.execute(made)
    municipalities = [name for (name,) in database.execute(groundwork.MUNICIPALITIES).fetchall()]
    return {
        measure: of_columns(
            list(database.execute(statement(measure, years)).fetchnumpy().values()), municipalities
        )
        for measure, years in asked.items()
    }


def prepared(ages: Sequence[tuple[int, int]], until: date) -> list[str]:
    """The groundwork, as DuckDB is told to make it."""
    functions = [
        f"CREATE OR REPLACE MACRO {one.name}({', '.join(name for name, _ in one.takes)}) "
        f"AS {one.made or OWN[one.name]}"
        for one in groundwork.FUNCTIONS
    ]
    kept = groundwork.kept(ages, until).items()
    views = groundwork.views(until).items()
    return [
        *functions,
        *(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}" for name, query in kept),
        *(f"CREATE OR REPLACE TEMP VIEW {name} AS {query}" for name, query in views),
    ]
