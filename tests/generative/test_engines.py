"""Every engine gives the same counts as the plain one, for any data and any measure of the vocabulary.

What is generated: three or four children with births around leap days, deaths, moves, gaps and overlaps; rows
of every event table on the same few days, so that boundaries meet; every kind of measure with its limits.
What this cannot prove is that the plain engine is right: tests/spec does that, table in and figures out.
"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import measures, tables
from indicators.conditions import AtLeast, Has, Holds
from indicators.engines import duck, fast, plain
from indicators.measures import Measure, begins_with, is_in, rows

UNTIL = date(2022, 3, 1)
YEARS = (2020, 2021)
DAYS = st.one_of(
    st.dates(date(2020, 1, 1), date(2021, 12, 31)),
    st.dates(date(2019, 6, 1), date(2022, 6, 1)),
    st.sampled_from([date(2019, 12, 31), date(2020, 1, 1), date(2020, 2, 29), date(2020, 12, 31), UNTIL]),
)
BIRTHS = st.one_of(
    st.dates(date(2004, 6, 1), date(2014, 12, 31)),
    st.dates(date(2001, 1, 1), date(2021, 12, 31)),
    st.sampled_from([date(2004, 2, 29), date(2008, 2, 29), date(2003, 12, 31), date(2002, 12, 31)]),
)
CHILDREN = st.integers(0, 3)


def mostly(usual: st.SearchStrategy[Any], seldom: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Seven times in eight the usual."""
    return st.integers(0, 7).flatmap(lambda drawn: seldom if drawn == 7 else usual)


SELDOM = mostly(st.none(), DAYS)
"""Most children are followed to the end, and most homes are lived in still."""


def column_values(table: str, column: tables.Column) -> st.SearchStrategy[Any]:
    special = {
        ("child", "born"): BIRTHS,
        ("child", "ended"): SELDOM,
        ("residence", "first"): mostly(st.dates(date(2004, 1, 1), date(2020, 6, 1)), DAYS),
        ("residence", "last"): SELDOM,
        ("contact", "status"): st.sampled_from(["done", "done", "done", "no_show"]),
        ("contact", "form"): st.sampled_from(["visit", "video"]),
        ("contact", "staff"): st.sampled_from(["a", "b"]),
        ("contact", "day"): mostly(st.dates(date(2020, 1, 1), date(2020, 12, 31)), DAYS),
        ("residence", "municipality"): st.sampled_from(["1480", "1490"]),
        ("diagnosis", "code"): st.sampled_from(["F900", "F84", "J45", "X60"]),
        ("step", "case"): st.integers(1, 3),
        ("step", "kind"): st.sampled_from(["referral_sent", "first_visit_done"]),
        ("arrangement", "kind"): st.sampled_from(["plan", "care_contact"]),
        ("arrangement", "day"): mostly(st.dates(date(2019, 1, 1), date(2020, 12, 31)), DAYS),
        ("hospital", "day"): st.dates(date(2020, 11, 1), date(2021, 3, 1)),
        ("hospital", "reason"): st.just("other"),
    }
    kinds = {
        tables.Kind.DAY: DAYS,
        tables.Kind.YES: st.booleans(),
        tables.Kind.KEY: CHILDREN,
        tables.Kind.CODE: st.sampled_from(column.values or ("a", "b", "c")),
    }
    made = special.get((table, column.name), kinds[column.kind])
    return st.none() | made if column.may_lack else made


def table_rows(name: str, fewest: int, most: int) -> st.SearchStrategy[dict[str, list]]:
    columns = tables.TABLES[name].columns
    one = st.tuples(*(column_values(name, column) for column in columns))
    unique = {"unique_by": lambda row: row[0]} if name == "child" else {}
    return st.lists(one, min_size=fewest, max_size=most, **unique).map(
        lambda found: {c.name: [row[i] for row in found] for i, c in enumerate(columns)}
    )


EVENTS = ("contact", "diagnosis", "step", "arrangement", "hospital")


def data_of(*filled: str) -> st.SearchStrategy[tables.Data]:
    """Children, and rows of the tables that are asked for: the others are without, which is much quicker."""
    return st.fixed_dictionaries(
        {name: st.just(columns) for name, columns in tables.empty().items()}
        | {"child": table_rows("child", 3, 4), "residence": table_rows("residence", 4, 8)}
        | {name: table_rows(name, 10, 20) for name in filled}
    )


AGES = st.sampled_from([(0, 17), (0, 20), (6, 12), (13, 17)])
SENT, CAME = rows("step", is_in("kind", "referral_sent")), rows("step", is_in("kind", "first_visit_done"))
DONE = rows("contact", is_in("status", "done"))
CODES = st.sampled_from([rows("diagnosis", begins_with("code", "F90", "F84")), rows("diagnosis"), DONE])

HAS = st.builds(Has, CODES, st.integers(1, 2), st.integers(1, 3)) | st.builds(
    Has, st.just(DONE), st.integers(1, 2), different=st.sampled_from(["staff", "unit"])
)
HOLDS = st.builds(Holds, st.sampled_from([rows("arrangement"), rows("arrangement", is_in("kind", "plan"))]))
CONDITIONS = st.recursive(
    HAS | HOLDS,
    lambda parts: st.builds(AtLeast, st.integers(1, 2), st.lists(parts, min_size=1, max_size=3).map(tuple)),
    max_leaves=4,
)
LEFT, CAME_BACK = (rows("hospital", is_in("kind", kind)) for kind in ("discharged", "admitted"))

MEASURES: dict[str, st.SearchStrategy[Measure]] = {
    "share of children": st.builds(
        measures.ShareOfChildren, CODES, st.integers(1, 2), years=st.integers(1, 3), ages=AGES
    ),
    "share of rows": st.builds(
        measures.ShareOfRows, st.just(DONE), st.just(is_in("form", "video", "visit")), ages=AGES
    ),
    "rate": st.builds(measures.Rate, CODES, st.just(1000), st.just(1), AGES),
    "within": st.builds(measures.Within, st.just(SENT), st.just(CAME), st.just(30), AGES),
    "followed by": st.builds(measures.FollowedBy, st.just(LEFT), st.just(CAME_BACK), st.just(30), AGES),
    "share of group": st.builds(measures.ShareOfGroup, CONDITIONS, st.none() | CONDITIONS, AGES),
    "age at first": st.builds(measures.AgeAtFirst, CODES, AGES),
    "wait": st.builds(measures.Wait, st.just(SENT), st.just(CAME), st.just(30), AGES),
    "still waiting": st.builds(
        measures.StillWaiting, st.just(SENT), st.just(CAME), st.integers(0, 200), AGES
    ),
    "share before": st.builds(measures.ShareBefore, CODES, st.just(CAME), AGES),
    "continuity": st.builds(
        measures.Continuity,
        st.just(DONE),
        st.sampled_from(["staff", "unit"]),
        st.just("upc"),
        st.integers(1, 3),
        AGES,
    ),
    "spread": st.builds(
        measures.Spread, st.just(DONE), st.sampled_from(["staff", "unit"]), AGES, st.none() | CONDITIONS
    ),
}
BY_AGE = "by age"
COUNTED_FROM = {
    "share of rows": ("contact",), "continuity": ("contact",), "wait": ("step",), "within": ("step",),
    "still waiting": ("step",), "followed by": ("hospital",), BY_AGE: ("contact", "step"),
    "share before": ("contact", "diagnosis", "step"),
    "share of group": ("contact", "diagnosis", "arrangement"),
    "spread": ("contact", "diagnosis", "arrangement"),
}  # fmt: skip
"""The others: contacts and diagnoses."""


def case_of(kind: str) -> st.SearchStrategy[tuple[tables.Data, Measure]]:
    """A measure of a kind, and data in the tables that it is counted from."""
    filled = COUNTED_FROM.get(kind, ("contact", "diagnosis"))
    if kind == BY_AGE:
        return data_of(*filled).flatmap(lambda data: st.tuples(st.just(data), by_age_of(data)))
    return st.tuples(data_of(*filled), MEASURES[kind])


def by_age_of(data: tables.Data) -> st.SearchStrategy[Measure]:
    """An age that the first child comes to in 2021, so that there is somebody to count."""
    born = data["child"]["born"][0]
    months = st.integers(0, 11).map(lambda month: 12 * (2021 - born.year) + 1 + month - born.month)
    among = st.just(rows("contact"))
    return st.builds(measures.ByAge, months, among, st.just(CAME), st.sampled_from([(0, 17), (0, 20)]))


KINDS = [*sorted(MEASURES), BY_AGE]
CASES = st.sampled_from(KINDS).flatmap(case_of)
ENGINES = {"fast": (fast.tally, 60), "duck": (duck.tally, 20)}
"""With how many examples of each kind: SQL is slow to begin with."""


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_engine_gives_the_same_counts(kind: str, name: str) -> None:
    """And has something to count in a good part of the cases: equal nothings prove nothing."""
    found = list[int]()
    tally, examples = ENGINES[name]

    @given(case_of(kind))
    @settings(max_examples=examples)
    def agree(case: tuple[tables.Data, Measure]) -> None:
        data, measure = case
        counted = plain.tally(measure, data, YEARS, UNTIL)
        assert tally(measure, data, YEARS, UNTIL) == counted
        found.append(len(counted))

    agree()
    assert sum(map(bool, found)) > examples / 4


@given(data_of(*EVENTS))
@settings(max_examples=20)
def test_generated_data_keeps_the_schema(data: tables.Data) -> None:
    assert not list(tables.faults(data))
