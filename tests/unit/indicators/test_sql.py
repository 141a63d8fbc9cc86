"""The SQL that DuckDB and Spark are given: one text for both, exact, and of words that both understand."""

import re
from datetime import date, timedelta

import duckdb
import pytest

from indicators import catalogue, cubes, runs
from indicators.engines import duck, spark
from indicators.engines.plain_lives import Life
from indicators.engines.sql import groundwork
from indicators.engines.sql.conditions import passes
from indicators.engines.sql.statements import statement
from indicators.measures import begins_with, is_in
from tests.spec.reading import CODE_TABLES

YEARS = [2021, 2022]
UNTIL = date(2022, 12, 31)
APPROXIMATE = re.compile(r"approx|percentile|quantile|median|reservoir|sample|sketch|hll", re.IGNORECASE)
"""A median by SQL may be approximate without a word about it (measured: another engine's translator did)."""
ONLY_IN_ONE = {
    "DuckDB's own": r"\brange\(|date_trunc|to_months|starts_with|::|\bILIKE\b|ORDER BY ALL|//",
    "Spark's own": r"\badd_months\b|\bstartswith\b|\bdiv\b|\bLATERAL\b|`|\bdate_add\b|\bRLIKE\b",
    "not the same in both": r"\bdate_?diff\b|\bround\(|\bCURRENT_|\bnow\(\)|\brand(om)?\(\)",
}


def definitions() -> list[catalogue.Definition]:
    return [runs.with_lists(catalogue.load(slug), CODE_TABLES) for slug in catalogue.slugs()]


def every_text() -> dict[str, str]:
    """All SQL that any engine is given, by what it is for."""
    found = {}
    for one in definitions():
        for name, measure in {"": one.measure, **one.variants}.items():
            found[f"{one.slug} {name}"] = statement(measure, cubes.years_needed(one, YEARS))
    kept = groundwork.kept([one.measure.ages for one in definitions()], UNTIL)
    made = {one.name: one.made for one in groundwork.FUNCTIONS}
    return {**found, **kept, **groundwork.views(UNTIL), **made, "places": groundwork.MUNICIPALITIES}


TEXTS = every_text()


def test_every_definition_is_asked_in_sql() -> None:
    assert len(definitions()) >= 46
    assert {f"{slug} " for slug in catalogue.slugs()} <= set(TEXTS)


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_tells_a_percentile_or_anything_approximate(name: str) -> None:
    assert not APPROXIMATE.search(TEXTS[name])


@pytest.mark.parametrize("own", [duck.OWN, spark.OWN])
def test_nor_what_an_engine_has_its_own_words_for(own: dict[str, str]) -> None:
    """And each has words for just what the core leaves open."""
    assert set(own) == {one.name for one in groundwork.FUNCTIONS if not one.made}
    assert not APPROXIMATE.search(" ".join(own.values()))


@pytest.mark.parametrize(
    "text",
    [
        "percentile_cont(0.5)",
        "APPROX_COUNT_DISTINCT(child)",
        "median(x)",
        "TABLESAMPLE",
        "quantile_cont(x, 0.9)",
    ],
)
def test_one_that_did_would_be_seen(text: str) -> None:
    assert APPROXIMATE.search(text)


@pytest.mark.parametrize("whose", ONLY_IN_ONE)
def test_only_words_that_both_understand(whose: str) -> None:
    found = {name: re.search(ONLY_IN_ONE[whose], text, re.IGNORECASE) for name, text in TEXTS.items()}
    assert {name for name, one in found.items() if one} == set()


@pytest.mark.parametrize("name", TEXTS)
def test_two_days_are_never_subtracted(name: str) -> None:
    """A number of days in one, an interval in the other: days_between is for that. A number may be taken from
    a day.
    """
    subtracted = re.findall(r"(?<![\w.])- *([A-Za-z_]\w*|\w+\.\w+)", TEXTS[name])
    assert set(subtracted) <= {"year", "month"}, subtracted


@pytest.fixture(scope="module")
def functions() -> duckdb.DuckDBPyConnection:
    database = duckdb.connect()
    for made in duck.prepared([], UNTIL)[: len(groundwork.FUNCTIONS)]:
        database.execute(made)
    return database


def asked(database: duckdb.DuckDBPyConnection, text: str) -> object:
    found = database.execute(f"SELECT {text}").fetchone()
    assert found
    return found[0]


BIRTHS = [date(2003, 1, 1) + timedelta(days=number) for number in range(3 * 365 + 2)]
"""Three years of birthdays with a leap day among them."""


def test_a_child_turns_so_many_months_on_the_day_that_the_plain_engine_says(
    functions: duckdb.DuckDBPyConnection,
) -> None:
    counted = "FROM range(0, 252) AS lived (months) ORDER BY months"
    for born in BIRTHS[::40] + [date(2004, 2, 29)]:
        turned = functions.execute(f"SELECT turns_months(DATE '{born}', CAST(months AS INTEGER)) {counted}")
        life = Life(born, "girl", None, False)
        assert [day for (day,) in turned.fetchall()] == [life.turns(months) for months in range(252)]


@pytest.mark.parametrize(
    ("born", "months", "day"),
    [
        ("2020-02-29", 12, date(2021, 3, 1)),  # ages on 1 March
        ("2020-02-29", 48, date(2024, 2, 29)),
        ("2020-01-31", 1, date(2020, 3, 2)),  # a day that the month lacks is counted into the next
        ("2020-12-31", 12, date(2021, 12, 31)),
        ("2020-12-01", 1, date(2021, 1, 1)),
        ("2020-05-05", 0, date(2020, 5, 5)),
    ],
)
def test_turning(functions: duckdb.DuckDBPyConnection, born: str, months: int, day: date) -> None:
    assert asked(functions, f"turns_months(DATE '{born}', {months})") == day


@pytest.mark.parametrize("since", [date(2004, 2, 28), date(2004, 2, 29), date(2019, 12, 31)])
def test_days_between_are_counted_forward(functions: duckdb.DuckDBPyConnection, since: date) -> None:
    numbers = [*range(-800, 800, 7), 0, 1, -1, 36_525]
    days = ", ".join(f"days_between(DATE '{since}', DATE '{since + timedelta(days=one)}')" for one in numbers)
    assert functions.execute(f"SELECT {days}").fetchone() == tuple(numbers)


@pytest.mark.parametrize(
    ("born", "day", "months"),
    [("2020-01-31", "2020-02-01", 1), ("2020-12-31", "2021-01-01", 1), ("2019-05-10", "2021-05-09", 24)],
)
def test_months_of_the_calendar(
    functions: duckdb.DuckDBPyConnection, born: str, day: str, months: int
) -> None:
    """From month to month, whatever the days: the age in months is found among those nearby."""
    assert asked(functions, f"months_between_days(DATE '{born}', DATE '{day}')") == months


@pytest.mark.parametrize(
    ("test", "value", "told"),
    [
        (begins_with("code", "F90", "F84"), "'F900'", True),
        (begins_with("code", "F90", "F84"), "'F84'", True),
        (begins_with("code", "F90"), "'F9'", False),
        (begins_with("code", "F90"), "'XF90'", False),
        (begins_with("code", "F90"), "NULL", False),
        (is_in("code", "F90"), "'F900'", False),
        (is_in("code", "F90", "a"), "'a'", True),
        (is_in("code", "a"), "NULL", False),
        (is_in("code", True), "true", True),
        (is_in("code", False), "true", False),
    ],
)
def test_a_test_passes_as_it_does_in_python(
    functions: duckdb.DuckDBPyConnection, test: object, value: str, told: bool
) -> None:
    """What is unknown passes no test."""
    assert asked(functions, f"{passes(test)} FROM (SELECT {value} AS code)") is told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pyspark", "java", "home", "said"),
    [
        (None, None, "", "behöver pyspark"),
        (None, "java", "", "behöver pyspark"),
        ("found", None, "", "behöver Java 17"),
        ("found", None, "somewhere", ""),
        ("found", "java", "", ""),
    ],
)
def test_what_this_machine_lacks_for_spark_is_told_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, pyspark: str | None, java: str | None, home: str, said: str
) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda name: pyspark)
    monkeypatch.setattr(spark.shutil, "which", lambda name: java)
    monkeypatch.setenv("JAVA_HOME", home)
    told = spark.lacking()
    assert said in told
    assert bool(told) == bool(said) == ("needs" in told)
    if said:
        with pytest.raises(spark.NotHereError, match=said):
            spark.session()
