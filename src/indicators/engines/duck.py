"""The DuckDB engine: the same counts as `plain`, by SQL that is written from the declarations.

Lives become a table of spans, as in lives.py, and each measure one statement of joins and counts. Nothing
here is a percentile, exact or approximate: those are told from the counts, by the code all engines share.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import numpy as np

from indicators import tables
from indicators.conditions import Condition, Has, Holds
from indicators.counts import Counts
from indicators.loading import SQL_TYPES
from indicators.measures import (
    BAND_NAMES,
    BANDS,
    AgeAtFirst,
    ByAge,
    Continuity,
    FollowedBy,
    Key,
    Measure,
    Outcome,
    Rate,
    Rows,
    ShareBefore,
    ShareOfChildren,
    ShareOfGroup,
    ShareOfRows,
    Spread,
    StillWaiting,
    Test,
    Wait,
    Within,
    band_of,
)
from indicators.tables import SEXES, Data

FAR = "DATE '9999-01-01'"


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
    found = database.execute("SELECT DISTINCT municipality FROM residence ORDER BY 1").fetchall()
    municipalities = [name for (name,) in found]
    return {
        measure: _counts(database.execute(statement(measure, years)).fetchnumpy(), municipalities)
        for measure, years in asked.items()
    }


def _counts(found: Mapping[str, Any], municipalities: Sequence[str]) -> Counts:
    columns = [np.asarray(one, dtype=np.int64) for one in found.values()]
    order = np.lexsort(columns[-2::-1])
    year, stratum, *outcome, times = (column[order] for column in columns)
    return Counts(municipalities, year, stratum, tuple(outcome), times)


def prepared(ages: Sequence[tuple[int, int]], until: date) -> list[str]:
    """What every measure is counted from: known rows, spells, spans of one age class, and unbroken stays."""
    cuts = sorted({cut for low, high in (*BANDS, *ages) for cut in (low, high + 1)})
    classes = ", ".join(
        f"({low}, {after}, {BAND_NAMES.index(band_of(low))})"
        for low, after in zip(cuts[:-1], cuts[1:], strict=True)
    )
    return [
        # Who was born on 29 February ages on 1 March.
        "CREATE OR REPLACE MACRO turns_months(born, months) AS "
        "CAST(date_trunc('month', born) + to_months(months) AS DATE) + CAST(day(born) - 1 AS INTEGER)",
        "CREATE OR REPLACE MACRO turns(born, age) AS turns_months(born, CAST(12 * age AS INTEGER))",
        "CREATE OR REPLACE TEMP TABLE place AS "
        "SELECT municipality, row_number() OVER (ORDER BY municipality) - 1 AS number "
        "FROM (SELECT DISTINCT municipality FROM residence)",
        f"CREATE OR REPLACE TEMP TABLE class AS SELECT * FROM (VALUES {classes}) AS given (low, after, band)",
        f"""CREATE OR REPLACE TEMP TABLE spell AS
        SELECT child, municipality, first, least(coalesce(last, {FAR}), coalesce(lead(first) OVER (
            PARTITION BY child ORDER BY first, municipality, coalesce(last, {FAR})) - 1, {FAR})) AS last
        FROM residence""",
        f"""CREATE OR REPLACE TEMP TABLE span AS SELECT * FROM (
            SELECT child, low,
                (CASE WHEN protected THEN (SELECT count(*) FROM place) ELSE number END * {len(SEXES)}
                + {_position("sex", SEXES)}) * {len(BANDS)} + band AS stratum,
                greatest(first, turns(born, low)) AS begins,
                least(last, coalesce(ended, {FAR}), turns(born, after) - 1) AS ends
            FROM spell JOIN place USING (municipality) JOIN child USING (child) CROSS JOIN class
        ) WHERE begins <= ends""",
        """CREATE OR REPLACE TEMP TABLE stay AS SELECT child, min(begins) AS begins, max(ends) AS ends FROM (
            SELECT *, sum(broken) OVER (PARTITION BY child ORDER BY begins) AS part FROM (
                SELECT *, CAST(coalesce(
                    lag(ends) OVER (PARTITION BY child ORDER BY begins) + 1 < begins, false) AS INTEGER
                ) AS broken FROM span)
        ) GROUP BY child, part""",
        *(
            f"CREATE OR REPLACE TEMP VIEW known_{name} AS SELECT * FROM {name} SEMI JOIN child USING (child) "
            f"WHERE day <= DATE '{until}'"
            for name, table in tables.TABLES.items()
            if any(column.name == "day" for column in table.columns)
        ),
        f"CREATE OR REPLACE TEMP TABLE known AS SELECT DATE '{until}' AS until",
    ]


def statement(measure: Measure, years: Sequence[int]) -> str:
    """Year, stratum, the parts of the outcome, and how many times."""
    listed = ", ".join(f"({year})" for year in years)
    asked = (
        f"WITH asked AS (SELECT year, make_date(year, 1, 1) AS jan, make_date(year, 12, 31) AS dec "
        f"FROM (VALUES {listed}) AS given (year)), "
        f"lived AS (SELECT * FROM span WHERE low BETWEEN {measure.ages[0]} AND {measure.ages[1]}), "
        f"at_end AS (SELECT year, child, stratum FROM asked JOIN lived ON dec BETWEEN begins AND ends)"
    )
    parts, observed = STATEMENTS[type(measure)](measure)
    outcome = ", ".join(f"CAST({part} AS BIGINT) AS part_{at}" for at, part in enumerate(parts))
    return (
        f"{asked} SELECT year, stratum, {outcome}, CAST(sum(times) AS BIGINT) AS times FROM ({observed}) "
        f"GROUP BY ALL HAVING sum(times) > 0"
    )


def _position(column: str, values: Sequence[str]) -> str:
    cases = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(values))
    return f"CASE {column} {cases} END"


def _passes(test: Test) -> str:
    """The unknown passes no test."""
    if test.begins:
        each = " OR ".join(f"starts_with(\"{test.column}\", '{value}')" for value in test.values)
        return f"coalesce({each}, false)"
    listed = ", ".join(
        str(value).lower() if isinstance(value, bool) else f"'{value}'" for value in test.values
    )
    return f'coalesce("{test.column}" IN ({listed}), false)'


def _where(asked: Rows) -> str:
    return " AND ".join(_passes(test) for test in asked.where) or "true"


def _rows(asked: Rows, more: str = "") -> str:
    return f"(SELECT *{more} FROM known_{asked.table} WHERE {_where(asked)})"


Statement = tuple[Sequence[str], str]
"""The parts of the outcome, and what is observed: year, stratum, those parts and times."""
ON_THE_DAY = "JOIN asked ON year(day) = year JOIN lived USING (child)"


def _share_of_rows(measure: ShareOfRows) -> Statement:
    rows = _rows(measure.of, f", {_passes(measure.that)} AS passes")
    return ["passes"], (
        f"SELECT year, stratum, passes, count(*) AS times FROM {rows} {ON_THE_DAY} "
        f"WHERE day BETWEEN begins AND ends GROUP BY ALL"
    )


def _rate(measure: Rate) -> Statement:
    return ["event"], (
        f"SELECT year, stratum, 1 AS event, count(*) AS times FROM {_rows(measure.of)} {ON_THE_DAY} "
        f"WHERE day BETWEEN begins AND ends GROUP BY ALL UNION ALL "
        f"SELECT year, stratum, 0, sum(greatest(least(ends, dec, until) - greatest(begins, jan) + 1, 0)) "
        f"FROM lived JOIN asked ON begins <= dec AND ends >= jan CROSS JOIN known GROUP BY ALL"
    )


def _share_of_children(measure: ShareOfChildren) -> Statement:
    return ["enough"], (
        f"SELECT year, stratum, coalesce(number, 0) >= {measure.at_least} AS enough, count(*) AS times "
        f"FROM at_end LEFT JOIN (SELECT child, year, count(*) AS number FROM {_rows(measure.having)} "
        f"JOIN asked ON year(day) BETWEEN year - {measure.years - 1} AND year GROUP BY ALL) "
        f"USING (child, year) GROUP BY ALL"
    )


def _cases(measure: Wait | StillWaiting) -> str:
    """Each case: its first start, and its first stop on or after that."""
    return (
        f'(SELECT child, "case", start, min(CASE WHEN day >= start THEN day END) AS stop FROM '
        f'(SELECT child, "case", min(day) AS start FROM {_rows(measure.start)} GROUP BY ALL) '
        f'LEFT JOIN {_rows(measure.stop)} AS stops USING (child, "case") '
        f"GROUP BY ALL)"
    )


def _wait(measure: Wait) -> Statement:
    return _waited(_cases(measure), measure.ages)


def _followed_by(measure: FollowedBy) -> Statement:
    begun = (
        f"(SELECT child, start, min(day) AS stop FROM "
        f"(SELECT child, day AS start, row_number() OVER () AS number FROM {_rows(measure.first)}) AS first "
        f"LEFT JOIN (SELECT child AS whose, day FROM {_rows(measure.then)}) AS afterwards "
        f"ON whose = child AND day > start GROUP BY child, start, number)"
    )
    return _waited(begun, measure.ages)


def _waited(begun: str, ages: tuple[int, int]) -> Statement:
    """Days until each came, or was no longer seen; and which of the two. `begun`: child, start and stop."""
    horizon = f"least(stay.ends, turns(born, {ages[1] + 1}) - 1, until)"
    return ["waited", "came"], (
        f"SELECT year, stratum, least(coalesce(stop, horizon), horizon) - start AS waited, "
        f"coalesce(stop <= horizon, false) AS came, count(*) AS times FROM ("
        f"SELECT year, stratum, start, stop, {horizon} AS horizon FROM {begun} AS begun "
        f"JOIN asked ON year(start) = year JOIN lived ON lived.child = begun.child AND "
        f"start BETWEEN lived.begins AND lived.ends JOIN stay ON stay.child = begun.child AND "
        f"start BETWEEN stay.begins AND stay.ends JOIN child ON child.child = begun.child CROSS JOIN known"
        f") GROUP BY ALL"
    )


def _still_waiting(measure: StillWaiting) -> Statement:
    begun = _cases(measure)
    return ["longer"], (
        f"SELECT at_end.year, stratum, dec - start > {measure.limit} AS longer, count(*) AS times "
        f"FROM {begun} AS begun JOIN asked ON start <= dec AND (stop IS NULL OR stop > dec) "
        f"JOIN at_end ON at_end.year = asked.year AND at_end.child = begun.child GROUP BY ALL"
    )


def _share_before(measure: ShareBefore) -> Statement:
    return ["before"], (
        f"SELECT year, stratum, coalesce(early < day, false) AS before, count(*) AS times "
        f"FROM (SELECT child, min(day) AS day FROM {_rows(measure.then)} GROUP BY ALL) "
        f"LEFT JOIN (SELECT child, min(day) AS early FROM {_rows(measure.early)} GROUP BY ALL) USING (child) "
        f"{ON_THE_DAY} WHERE day BETWEEN begins AND ends GROUP BY ALL"
    )


def _share_of_group(measure: ShareOfGroup) -> Statement:
    return ["meets"], (
        f"SELECT year, stratum, coalesce(meets, false) AS meets, count(*) AS times FROM at_end "
        f"{_only(measure.among)} LEFT JOIN (SELECT child, year, true AS meets FROM {_those(measure.having)}) "
        f"USING (child, year) GROUP BY ALL"
    )


def _only(among: Condition | None) -> str:
    return f"SEMI JOIN {_those(among)} AS among USING (child, year)" if among else ""


def _those(condition: Condition) -> str:
    """Every child and year for which a condition is met, once."""
    if isinstance(condition, Has):
        number = f'DISTINCT "{condition.different}"' if condition.different else "*"
        return (
            f"(SELECT child, year FROM {_rows(condition.of)} JOIN asked ON year(day) "
            f"BETWEEN year - {condition.years - 1} AND year GROUP BY child, year "
            f"HAVING count({number}) >= {condition.at_least})"
        )
    if isinstance(condition, Holds):
        return (
            f"(SELECT DISTINCT child, year FROM {_rows(condition.of)} "
            f"JOIN asked ON day <= dec AND coalesce(last, {FAR}) >= dec)"
        )
    each = " UNION ALL ".join(f"SELECT * FROM {_those(one)}" for one in condition.of)
    return f"(SELECT child, year FROM ({each}) GROUP BY child, year HAVING count(*) >= {condition.number})"


def _first(of: Rows, name: str) -> str:
    return f"(SELECT child, min(day) AS {name} FROM {_rows(of)} GROUP BY child)"


def _by_age(measure: ByAge) -> Statement:
    return ["meets"], (
        f"SELECT year, stratum, coalesce(had <= day, false) AS meets, count(*) AS times "
        f"FROM (SELECT child, turns_months(born, {measure.months}) AS day FROM child) CROSS JOIN known "
        f"JOIN {_first(measure.among, 'was')} USING (child) LEFT JOIN {_first(measure.having, 'had')} "
        f"USING (child) {ON_THE_DAY} WHERE was <= day AND day <= until AND day BETWEEN begins AND ends "
        f"GROUP BY ALL"
    )


def _age_at_first(measure: AgeAtFirst) -> Statement:
    most = "CAST(date_diff('month', born, day) AS INTEGER)"
    turned = "CAST(turns_months(born, {}) <= day AS INTEGER)".format
    return ["months"], (
        f"SELECT year, stratum, {most} - 2 + {turned(f'{most} - 1')} + {turned(most)} AS months, "
        f"count(*) AS times FROM {_first(measure.of, 'day')} JOIN child USING (child) {ON_THE_DAY} "
        f"WHERE day BETWEEN begins AND ends GROUP BY ALL"
    )


def _met(measure: Continuity | Spread) -> str:
    """Of each child's year: how often it met each provider."""
    return (
        f'(SELECT child, year, "{measure.provider}" AS provider, count(*) AS number '
        f"FROM {_rows(measure.of)} JOIN asked ON year(day) = year "
        f'WHERE "{measure.provider}" IS NOT NULL GROUP BY ALL)'
    )


def _continuity(measure: Continuity) -> Statement:
    return ["total", "squares", "most"], (
        f"SELECT year, stratum, total, squares, most, count(*) AS times FROM (SELECT child, year, "
        f"sum(number) AS total, sum(number * number) AS squares, max(number) AS most FROM {_met(measure)} "
        f"GROUP BY ALL HAVING sum(number) >= {measure.at_least}) JOIN at_end USING (child, year) GROUP BY ALL"
    )


def _spread(measure: Spread) -> Statement:
    return ["different"], (
        f"SELECT year, stratum, different, count(*) AS times FROM (SELECT child, year, count(*) AS different "
        f"FROM {_met(measure)} GROUP BY ALL) JOIN at_end USING (child, year) {_only(measure.among)} "
        f"GROUP BY ALL"
    )


STATEMENTS: Mapping[type, Callable[..., Statement]] = {
    ShareOfChildren: _share_of_children,
    ShareOfRows: _share_of_rows,
    Rate: _rate,
    Wait: _wait,
    Within: _wait,
    FollowedBy: _followed_by,
    ShareOfGroup: _share_of_group,
    ByAge: _by_age,
    AgeAtFirst: _age_at_first,
    StillWaiting: _still_waiting,
    ShareBefore: _share_before,
    Continuity: _continuity,
    Spread: _spread,
}
