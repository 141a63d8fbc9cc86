"""What statements stand on: lives as spans of one home and age class, as in lives.py, and the known rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indicators import tables
from indicators.measures import BAND_NAMES, BANDS, band_of
from indicators.tables import SEXES

from .conditions import FAR

MUNICIPALITIES = "SELECT DISTINCT municipality FROM residence ORDER BY municipality"


@dataclass(frozen=True)
class Function:
    """A function of the core; `made`: its expression, where DuckDB and Spark have the same words for it."""

    name: str
    takes: tuple[tuple[str, str], ...]
    gives: str
    made: str = ""


MONTHS = "12 * year(born) + month(born) - 1 + months"
FUNCTIONS = (
    Function("days_between", (("since", "DATE"), ("day", "DATE")), "INTEGER"),
    Function(
        # Who was born on 29 February ages on 1 March.
        "turns_months",
        (("born", "DATE"), ("months", "INTEGER")),
        "DATE",
        f"make_date(CAST(floor(({MONTHS}) / 12) AS INTEGER), CAST(({MONTHS}) % 12 + 1 AS INTEGER), 1) "
        "+ CAST(day(born) - 1 AS INTEGER)",
    ),
    Function(
        "months_between_days",
        (("born", "DATE"), ("day", "DATE")),
        "INTEGER",
        "CAST(12 * (year(day) - year(born)) + month(day) - month(born) AS INTEGER)",
    ),
)


def kept(ages: Sequence[tuple[int, int]], until: date) -> dict[str, str]:
    """The tables that are made once, in order: spells, spans of one age class, and unbroken stays."""
    return {
        "place": "SELECT municipality, row_number() OVER (ORDER BY municipality) - 1 AS number "
        "FROM (SELECT DISTINCT municipality FROM residence)",
        "class": f"SELECT * FROM (VALUES {_classes(ages)}) AS given (low, after, band)",
        "spell": f"""SELECT child, municipality, first, least(coalesce(last, {FAR}), coalesce(lead(first)
            OVER (PARTITION BY child ORDER BY first, municipality, coalesce(last, {FAR})) - 1, {FAR})) AS last
        FROM residence""",
        "span": f"""SELECT * FROM (
            SELECT child, low,
                (CASE WHEN protected THEN (SELECT count(*) FROM place) ELSE number END * {len(SEXES)}
                + {_position("sex", SEXES)}) * {len(BANDS)} + band AS stratum,
                greatest(first, turns_months(born, 12 * low)) AS begins,
                least(last, coalesce(ended, {FAR}), turns_months(born, 12 * after) - 1) AS ends
            FROM spell JOIN place USING (municipality) JOIN child USING (child) CROSS JOIN class
        ) WHERE begins <= ends""",
        "stay": """SELECT child, min(begins) AS begins, max(ends) AS ends FROM (
            SELECT *, sum(broken) OVER (PARTITION BY child ORDER BY begins) AS part FROM (
                SELECT *, CAST(coalesce(
                    lag(ends) OVER (PARTITION BY child ORDER BY begins) + 1 < begins, false) AS INTEGER
                ) AS broken FROM span)
        ) GROUP BY child, part""",
        "known": f"SELECT DATE '{until}' AS until",
    }


def views(until: date) -> dict[str, str]:
    """The rows of each table of events that are known and of known children."""
    return {
        f"known_{name}": f"SELECT * FROM {name} SEMI JOIN child USING (child) WHERE day <= DATE '{until}'"
        for name, table in tables.TABLES.items()
        if any(column.name == "day" for column in table.columns)
    }


def _classes(ages: Sequence[tuple[int, int]]) -> str:
    """Age classes: from, to the birthday after, and the band; cut wherever any ages begin or end."""
    cuts = sorted({cut for low, high in (*BANDS, *ages) for cut in (low, high + 1)})
    return ", ".join(
        f"({low}, {after}, {BAND_NAMES.index(band_of(low))})"
        for low, after in zip(cuts[:-1], cuts[1:], strict=True)
    )


def _position(column: str, values: Sequence[str]) -> str:
    cases = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(values))
    return f"CASE {column} {cases} END"
