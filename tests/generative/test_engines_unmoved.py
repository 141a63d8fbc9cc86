"""What must not change a count does not: order, names, who else is in the data, how a stay is written down.

Each is asked of the plain engine, the truth; the fast one is held to it in test_engines.py.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import cubes, tables
from indicators.catalogue import load, slugs
from indicators.counts import of_named
from indicators.engines import fast, plain
from tests.generative.test_engines import CASES, EVENTS, UNTIL, YEARS, data_of

few = settings(max_examples=60)


def counted(measure: Any, data: tables.Data) -> dict:
    return plain.tally(measure, data, YEARS, UNTIL)


def changed(data: tables.Data, table: str, **columns: list) -> tables.Data:
    return {**data, table: {**data[table], **columns}}


def longer(data: tables.Data, table: str, **row: Any) -> tables.Data:
    return changed(data, table, **{name: [*data[table][name], row[name]] for name in data[table]})


@given(CASES, st.randoms(use_true_random=False))
@few
def test_the_order_of_rows(case: tuple[tables.Data, Any], source: Any) -> None:
    data, measure = case
    mixed = dict(data)
    for name, table in data.items():
        order = list(range(len(table["child"])))
        source.shuffle(order)
        mixed[name] = {column: [values[i] for i in order] for column, values in table.items()}
    assert counted(measure, mixed) == counted(measure, data)


@given(CASES)
@few
def test_the_names_of_children(case: tuple[tables.Data, Any]) -> None:
    data, measure = case
    renamed = {
        name: {**table, "child": [child * 1_000_003 + 17 for child in table["child"]]}
        for name, table in data.items()
    }
    assert counted(measure, renamed) == counted(measure, data)
    assert fast.tally(measure, renamed, YEARS, UNTIL) == counted(measure, data)


@given(CASES)
@few
def test_a_child_who_never_lived_here(case: tuple[tables.Data, Any]) -> None:
    data, measure = case
    more = longer(data, "child", child=77, born=date(2010, 1, 1), sex="girl", ended=None, protected=False)
    more = longer(
        more, "diagnosis", child=77, day=date(2020, 5, 5), code="F900", unit="a", admitted=True, main=True
    )
    assert counted(measure, more) == counted(measure, data)


@given(CASES, st.dates(date(2022, 3, 2), date(2023, 1, 1)))
@few
def test_what_happens_after_the_last_known_day(case: tuple[tables.Data, Any], later: date) -> None:
    data, measure = case
    step = {"child": 0, "day": later, "case": 1, "process": "bup", "kind": "first_visit_done", "unit": None}
    assert counted(measure, longer(data, "step", **step)) == counted(measure, data)


@given(CASES, st.integers(0, 20), st.integers(1, 400))
@few
def test_a_stay_written_as_two(case: tuple[tables.Data, Any], which: int, after: int) -> None:
    """The same municipality from one day to the next is one stay, however many rows tell of it."""
    data, measure = case
    homes = data["residence"]
    place = which % len(homes["child"])
    first, last = homes["first"][place], homes["last"][place]
    cut = first + timedelta(days=after)
    others = [
        d for i, d in enumerate(homes["first"]) if homes["child"][i] == homes["child"][place] and i != place
    ]
    if (last is None or cut <= last) and not any(first <= other <= cut for other in others):
        ends = [*homes["last"]]
        ends[place] = cut - timedelta(days=1)
        two = changed(data, "residence", last=ends)
        row = {name: values[place] for name, values in homes.items()}
        two = longer(two, "residence", **{**row, "first": cut, "last": last})
        assert counted(measure, two) == counted(measure, data)


@given(data_of(*EVENTS))
@settings(max_examples=25)
def test_parts_make_the_whole_in_every_table_of_every_indicator(data: tables.Data) -> None:
    """What adds up does: each municipality, sex and age band together are the region."""
    places = sorted(set(data["residence"]["municipality"]))
    for slug in slugs():
        definition = load(slug)
        counted_here = fast.tally(definition.measure, data, cubes.years_needed(definition, [2021]), UNTIL)
        cells = cubes.cells(definition, of_named(counted_here, places), [2021])
        sums: Counter[tuple[str, ...]] = Counter()
        for cell in cells:
            sums[tuple(name for name, _ in cell.by)] += cell.figure.n
        assert len(set(sums.values())) == 1, slug
