"""The Spark engine on a real master and two workers: the fast engine's counts, cell by cell, and exact plans.

Run by `./kring test --long`, or with -m spark. What is asked of SQL itself stands in test_sql.py.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from indicators import cubes, tables
from indicators.engines import duck, fast, plain
from indicators.engines import spark as engine
from indicators.engines.sql.statements import statement
from indicators.loading import Delivery, NotReadableError
from tests.generative.test_engines import KINDS, case_of
from tests.spark import WORKERS
from tests.unit.indicators.small_region import ASKED, DEFINITIONS, UNTIL, YEARS, folder
from tests.unit.indicators.test_sql import APPROXIMATE

pytestmark = pytest.mark.spark

__all__ = ["folder"]


def test_the_work_is_done_by_two_workers(spark: Any) -> None:
    """The driver keeps memory too, which the context counts among them."""
    context = spark.sparkContext
    context.parallelize(range(WORKERS), WORKERS)._jrdd.count()
    assert context.master.startswith("spark://127.0.0.1:")
    assert context._jsc.sc().getExecutorMemoryStatus().size() == 1 + WORKERS


def test_every_cell_of_every_indicator(
    spark: Any, folder: Path, record_property: Callable[[str, Any], None]
) -> None:
    """Counts, and the tables made of them: 0 differ."""
    one = fast.tally_all(ASKED, Delivery(folder), UNTIL)
    other = engine.tally_all(ASKED, engine.attached(spark, folder), UNTIL)
    assert [measure for measure in ASKED if one[measure].named() != other[measure].named()] == []
    compared = 0
    for definition in DEFINITIONS:
        pair = [cubes.cells(definition, made[definition.measure], YEARS) for made in (one, other)]
        assert pair[0] == pair[1], definition.slug
        assert one[definition.measure].named(), definition.slug
        compared += len(pair[0])
    assert len(DEFINITIONS) >= 46
    record_property("cells compared between the fast engine and Spark", compared)


@pytest.mark.parametrize("kind", KINDS)
def test_the_plain_engine_s_counts_for_any_data(spark: Any, kind: str) -> None:
    found = list[int]()

    @given(case_of(kind))
    @settings(max_examples=4)
    def agree(case: tuple[tables.Data, Any]) -> None:
        data, measure = case
        counted = plain.tally(measure, data, (2020, 2021), date(2022, 3, 1))
        assert engine.tally(measure, data, (2020, 2021), date(2022, 3, 1), spark) == counted
        found.append(len(counted))

    agree()
    assert any(found)


def plans_of(frame: Any) -> str:
    """What Spark made of a statement: as it understood it, and as it means to do it."""
    execution = frame._jdf.queryExecution()
    return execution.analyzed().toString() + execution.optimizedPlan().toString()


def test_no_plan_that_spark_makes_has_anything_approximate(spark: Any, folder: Path) -> None:
    own = engine.attached(spark, folder)
    laid = engine.lay([measure.ages for measure in ASKED], own, UNTIL)
    for frame in [*laid, *(own.sql(statement(measure, years)) for measure, years in ASKED.items())]:
        assert not APPROXIMATE.search(plans_of(frame))
        frame.unpersist()


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT median(x) FROM given",
        "SELECT percentile(x, 0.5) FROM given",
        "SELECT percentile_approx(x, 0.5) FROM given",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM given",
        "SELECT approx_count_distinct(x) FROM given",
        "SELECT x FROM given TABLESAMPLE (50 PERCENT)",
    ],
)
def test_a_plan_that_had_it_would_be_seen(spark: Any, asked: str) -> None:
    own = engine.beside(spark)
    own.createDataFrame([(1,), (2,)], "x INT").createOrReplaceTempView("given")
    assert APPROXIMATE.search(plans_of(own.sql(asked)))


def test_the_session_that_was_given_stays_as_it_is(spark: Any, folder: Path) -> None:
    own = engine.beside(spark)
    spark.conf.set("spark.sql.ansi.doubleQuotedIdentifiers", "false")
    assert own.conf.get("spark.sql.ansi.doubleQuotedIdentifiers") == "true"
    engine.tally_all({}, engine.attached(spark, folder), UNTIL)
    assert not [one.name for one in spark.catalog.listTables() if one.isTemporary]
    spark.conf.set("spark.sql.ansi.doubleQuotedIdentifiers", "true")


def test_what_was_kept_in_memory_is_let_go(spark: Any, folder: Path) -> None:
    measure = next(iter(ASKED))
    engine.tally_all({measure: YEARS}, engine.attached(spark, folder), UNTIL)
    assert spark.sparkContext._jsc.getPersistentRDDs().isEmpty()


def test_csv_as_a_warehouse_writes_it(spark: Any, folder: Path, tmp_path: Path) -> None:
    """The same rows as text, a table that was not delivered among them."""
    from indicators.loading import attached

    database = attached(folder)
    for name in ("child", "residence", "contact", "diagnosis", "step"):
        database.execute(f"COPY {name} TO '{tmp_path / name}.csv' (HEADER)")
    asked = {one.measure: YEARS for one in DEFINITIONS if one.slug in ("adhd_in_care", "usual_provider")}
    found = engine.tally_all(asked, engine.attached(spark, tmp_path), UNTIL)
    wanted = duck.tally_all(asked, database, UNTIL)
    assert {one: made.named() for one, made in found.items()} == {
        one: made.named() for one, made in wanted.items()
    }


def test_a_folder_that_lacks_a_table(spark: Any, tmp_path: Path) -> None:
    with pytest.raises(NotReadableError, match="tabellen child saknas"):
        engine.attached(spark, tmp_path)


def test_a_value_that_is_no_day_stops_and_is_not_taken_for_unknown(spark: Any, tmp_path: Path) -> None:
    header = "child,born,sex,ended,protected\n"
    (tmp_path / "child.csv").write_text(header + "1,yesterday,girl,,false\n")
    (tmp_path / "residence.csv").write_text("child,municipality,first,last\n1,1480,2000-01-01,\n")
    for name in ("contact", "diagnosis", "step"):
        columns = tables.TABLES[name].columns
        (tmp_path / f"{name}.csv").write_text(",".join(one.name for one in columns) + "\n")
    counting = partial(engine.tally_all, {next(iter(ASKED)): YEARS})
    with pytest.raises(Exception, match=re.escape("CAST_INVALID_INPUT")):
        counting(engine.attached(spark, tmp_path), UNTIL)
