"""The tables as Parquet, sorted by child, and the truth as JSON. Same seed, same bytes.

A file a table and year; the steps of a case stand in the year that it began.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from . import care, firsts, people, waiting, world
from .draws import Columns
from .people import NEVER, SEXES, People
from .world import World


@dataclass(frozen=True)
class Asked:
    """What region to make: about so many children at a time, from one year to another."""

    children: int
    first_year: int
    last_year: int
    seed: int = 1


def write(asked: Asked, folder: Path, tell: Callable[[str], None] = lambda text: None) -> int:
    """Every table into `folder`; the number of rows. What happens after the last year is not written."""
    lived = people.make(asked.children, asked.first_year, asked.last_year, asked.seed)
    ruled = world.make(len(lived.municipalities), asked.seed)
    folder.mkdir(parents=True, exist_ok=True)
    database = duckdb.connect()
    database.execute("SET threads = 1; SET preserve_insertion_order = true")
    rows = _people(database, folder, lived)
    truth: dict[str, dict[str, dict[str, float]]] = {}
    first = firsts.Firsts(lived, ruled, asked.first_year)
    for year in range(asked.first_year, asked.last_year + 1):
        made = care.make(lived, ruled, year, asked.seed)
        until = people.day(asked.last_year + 1) - 1
        for name, columns in made.tables.items():
            rows += _events(
                database, folder / name / f"year={year}", name, columns, until, lived.municipalities
            )
        settled = year >= asked.first_year + waiting.SETTLES - 1
        for name, found in (made.truth | first.of(year)).items():
            if name in waiting.LIMITS and not settled:
                continue  # of those who waited when the data began nothing is known
            truth.setdefault(name, {})[str(year)] = found
        tell(f"{year}: {rows:,} rows so far")
    _truth(folder, asked, lived, ruled, truth)
    _index(folder / "area_index.csv", lived.municipalities, ruled, asked.last_year)
    (folder / "code_tables").mkdir(exist_ok=True)
    (folder / "code_tables" / "complex_conditions.csv").write_text(CODE_TABLE, encoding="utf-8")
    return rows


def _index(path: Path, municipalities: Sequence[str], ruled: World, year: int) -> None:
    """Living conditions of the municipalities: made up."""
    rows = [
        f"{code},{one:.3f},påhittat,{year}\n" for code, one in zip(municipalities, ruled.index, strict=True)
    ]
    path.write_text("municipality,index,source,year\n" + "".join(rows), encoding="utf-8")


def _truth(folder: Path, asked: Asked, lived: People, ruled: World, truth: dict) -> None:
    told = {
        "synthetic": "Invented but for the mix of children in 2019 (Statistics Sweden).",
        "children": asked.children,
        "years": [asked.first_year, asked.last_year],
        "seed": asked.seed,
        "pilots": {
            "municipalities": [lived.municipalities[i] for i in ruled.pilots],
            "from": world.PILOT_FROM,
            "wait_for_child_psychiatry_times": world.PILOT_EFFECT,
        },
        "pandemic": {str(year): usual for year, usual in world.PANDEMIC.items()},
        "true": truth,
    }
    text = json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8")


def _people(database: duckdb.DuckDBPyConnection, folder: Path, lived: People) -> int:
    """The children, and where they live: one or two spells each."""
    who = np.arange(len(lived.born))
    ended = np.where(lived.dead, lived.gone, NEVER)
    child: Columns = {
        "child": who,
        "born": lived.born,
        "sex": lived.sex,
        "ended": ended,
        "protected": lived.protected,
    }
    _copy(
        database,
        child,
        f"child, {_date('born')} AS born, {_word('sex', SEXES)} AS sex, {_date('ended')} AS ended, protected",
        "child",
        folder / "child" / "all.parquet",
    )
    moved = np.flatnonzero(lived.moved <= np.minimum(lived.gone, lived.born + 36525))
    stays = np.where(np.isin(who, moved), lived.moved - 1, lived.gone)
    residence: Columns = {
        "child": np.concatenate([who, moved]),
        "home": np.concatenate([lived.home, lived.next_home[moved]]),
        "first": np.concatenate([lived.born, lived.moved[moved]]),
        "last": np.concatenate([stays, lived.gone[moved]]),
    }
    _copy(
        database,
        residence,
        f"child, {_word('home', lived.municipalities)} AS municipality, {_date('first')} AS first, "
        f"{_date('last')} AS last",
        "child, first",
        folder / "residence" / "all.parquet",
    )
    return len(who) + len(residence["child"])


SELECTED = {
    "contact": "child, day, {unit}, 's' || staff AS staff, {level}, {form}, {status}, planned",
    "diagnosis": "child, day, {code}, {unit}, admitted, main",
    "step": 'child, day, "case", {process}, {kind}, NULL::VARCHAR AS unit',
    "arrangement": "child, day, {last}, {kind}",
    "deadline": "child, day, {kind}, kept",
    "answer": "child, day, {item}, {by}, positive",
    "hospital": "child, day, {kind}, planned, {reason}",
    "emergency_visit": "child, day, {code}",
    "death": "child, day, {cause}",
}
CODE_TABLE = """dx,code,condition,tech_dep_flag,transplant_flag,pccc_v2.0,pccc_v2.1,pccc_v3.1
1,G409,neuromusc,0,0,1,1,1
1,Q211,cvd,0,0,1,1,1
1,E8401,respiratory,0,0,1,1,1
1,E8409,metabolic,0,0,1,1,1
1,C910,malignancy,0,0,1,1,1
1,R104,gi,1,0,1,1,1
"""
"""Made up, in the form of the real one: a beginning that tells of two conditions, and a code (common in the
region) that in version 3 tells of technology only and must flag nobody.
"""


def _events(
    database: duckdb.DuckDBPyConnection,
    folder: Path,
    name: str,
    columns: Columns,
    until: int,
    municipalities: Sequence[str],
) -> int:
    known = columns["day"] <= until
    words = {"last": f"{_date('last')} AS last"}
    words |= {column: f"{_word(column, of)} AS {column}" for column, of in care.WORDS[name].items()}
    selected = SELECTED[name].format(unit="'u' || unit AS unit", **words)
    order = "child, staff, day" if name == "contact" else "child, day"
    given = {column: values[known] for column, values in columns.items()}
    _copy(
        database, given, selected.replace(" day,", f" {_date('day')} AS day,"), order, folder / "all.parquet"
    )
    return int(known.sum())


def _date(column: str) -> str:
    return f'CASE WHEN "{column}" < {NEVER} THEN DATE \'1970-01-01\' + "{column}"::INTEGER END'


def _word(column: str, words: Sequence[str]) -> str:
    """A code's word; the words are our own and carry no quotes."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f'[{listed}]["{column}" + 1]'


def _copy(database: duckdb.DuckDBPyConnection, given: Columns, selected: str, order: str, path: Path) -> None:
    """Rows in order into one file. `given` is read by DuckDB under that name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    database.execute(
        f"COPY (SELECT * FROM (SELECT {selected} FROM given) ORDER BY {order}) "  # noqa: S608
        f"TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
    )
