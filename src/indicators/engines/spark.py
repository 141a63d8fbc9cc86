"""The Spark engine: the very SQL that DuckDB is given, asked of Apache Spark 4 where a region has its data.

Kring itself does not install pyspark, and nothing else needs it: `session` says in words what is lacking.
No Python runs on Spark's workers; tables go in as files or as what a lake already has, counts come out.
The tests of this file are the long run's (docs/testing.md): a master and two workers.
"""

import os
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from indicators import tables
from indicators.counts import Counts, of_columns
from indicators.loading import SQL_TYPES, files_of
from indicators.measures import Key, Measure, Outcome
from indicators.tables import TABLES, Data, Kind, Table

from .sql import groundwork
from .sql.statements import statement

OWN = {"days_between": "datediff(day, since)"}
CORE = {"spark.sql.ansi.enabled": "true", "spark.sql.ansi.doubleQuotedIdentifiers": "true"}
"""Set in the session that statements are given to: a fault stops, and a name may stand in double quotes."""
TYPES = {**SQL_TYPES, Kind.CODE: "STRING"}


class NotHereError(RuntimeError):
    """What is missing on this machine, in words."""


def lacking() -> str:
    """What Spark needs and this machine lacks, in a sentence with what to do; nothing when all is there."""
    if find_spec("pyspark") is None:
        return (
            "Spark-motorn behöver pyspark: kör ./kring test --long, eller pip install --group spark. "
            "(The Spark engine needs pyspark.)"
        )
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return (
            "Spark-motorn behöver Java 17 eller nyare: apt install openjdk-17-jre-headless. "
            "(The Spark engine needs Java 17 or newer.)"
        )
    return ""


def session(master: str = "local[2]", **more: str) -> Any:
    """A SparkSession on this machine's loopback. NotHereError when pyspark or Java is not here.

    `more`: Spark's own settings, with __ for a dot.
    """
    if lacking():
        raise NotHereError(lacking())
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("kring")
    usual = {
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    given = {name.replace("__", "."): value for name, value in more.items()}
    for name, value in {**usual, **CORE, **given}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def beside(spark: Any) -> Any:
    """A session of its own on the same Spark, that reads the core; the one that was given stays as it is."""
    own = spark.newSession()
    for name, value in CORE.items():
        own.conf.set(name, value)
    return own


def attached(spark: Any, folder: Path) -> Any:
    """A session beside, with a view for each table of a folder of Parquet or CSV, as `loading.attached`."""
    own = beside(spark)
    for table in TABLES.values():
        paths = [str(path) for path in files_of(folder, table)]
        if not paths:
            frame = own.sql(_rows(table, []))
        elif paths[0].endswith(".csv"):
            frame = own.read.csv(paths, header=True)
        else:
            frame = own.read.parquet(*paths)
        frame.selectExpr(*_casts(table)).createOrReplaceTempView(table.name)
    return own


def held(spark: Any, data: Data) -> Any:
    """A session beside, with small tables that are held in memory, told row by row."""
    own = beside(spark)
    for table in TABLES.values():
        rows = [tuple(row.values()) for row in tables.rows(data, table.name)]
        own.sql(_rows(table, rows)).createOrReplaceTempView(table.name)
    return own


def _casts(table: Table) -> list[str]:
    return [f'CAST("{one.name}" AS {TYPES[one.kind]}) AS "{one.name}"' for one in table.columns]


def _rows(table: Table, rows: Sequence[tuple[Any, ...]]) -> str:
    """A table told in SQL; one without rows by a row that is left out."""
    told = [f"({', '.join(map(_literal, row))})" for row in rows or [(None,) * len(table.columns)]]
    names = ", ".join(f'"{one.name}"' for one in table.columns)
    left_out = "" if rows else " WHERE false"
    return f"SELECT {', '.join(_casts(table))} FROM VALUES {', '.join(told)} AS given ({names}){left_out}"


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return f"DATE '{value}'" if isinstance(value, date) else repr(value)


def tally(
    measure: Measure, data: Data, years: Sequence[int], until: date, spark: Any
) -> dict[Key, Counter[Outcome]]:
    """As `plain.tally`."""
    return tally_all({measure: years}, held(spark, data), until)[measure].named()


def tally_all(asked: Mapping[Measure, Sequence[int]], own: Any, until: date) -> dict[Measure, Counts]:
    """Every measure, in a session that reads the core (`beside`) and has the tables of the schema."""
    laid = lay([measure.ages for measure in asked], own, until)
    try:
        municipalities = [row[0] for row in own.sql(groundwork.MUNICIPALITIES).collect()]
        return {
            measure: _counts(own.sql(statement(measure, years)), municipalities)
            for measure, years in asked.items()
        }
    finally:
        for frame in laid:
            frame.unpersist()


def lay(ages: Sequence[tuple[int, int]], own: Any, until: date) -> list[Any]:
    """The groundwork, laid in a session; what it keeps in memory is handed back, to be let go of."""
    for one in groundwork.FUNCTIONS:
        takes = ", ".join(f"{name} {kind}" for name, kind in one.takes)
        own.sql(
            f"CREATE OR REPLACE TEMPORARY FUNCTION {one.name}({takes}) RETURNS {one.gives} "
            f"RETURN {one.made or OWN[one.name]}"
        )
    laid = []
    for name, query in groundwork.kept(ages, until).items():
        frame = own.sql(query).cache()
        frame.createOrReplaceTempView(name)
        laid.append(frame)
    for name, query in groundwork.views(until).items():
        own.sql(query).createOrReplaceTempView(name)
    return laid


def _counts(frame: Any, municipalities: Sequence[str]) -> Counts:
    found = [tuple(row) for row in frame.collect()]
    return of_columns(list(zip(*found, strict=True)) or [()] * len(frame.columns), municipalities)
