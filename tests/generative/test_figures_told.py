"""Whatever the figures: charts stay on their paper, sentences right, files give back what was written."""

import io
import re
import zipfile
from xml.etree import ElementTree

from hypothesis import assume, given
from hypothesis import strategies as st

from kring.design import charts, funnels
from kring.design.charts import Event, Level, Limits, Point
from kring.design.funnels import Place
from kring.followup.presenters import numbers, spreadsheet, words
from kring.followup.rules import places
from kring.followup.rules.change import FEWEST, Judgement, Pattern, change
from kring.followup.rules.places import Stand, Told

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
values = st.floats(0, 1e6, allow_nan=False).map(lambda value: round(value, 4))
rows = st.lists(st.none() | values, min_size=1, max_size=30)
directions = st.sampled_from(["up", "down", "none"])
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30)


def plain(value: float, digits: int) -> str:
    return f"{value:.{digits}f}"


@given(values, values)
def test_an_axis_covers_its_values_with_few_round_numbers(one, other):
    low, high = min(one, other), max(one, other)
    found = charts.ticks(low, high)
    assert found[0] <= low + 1e-6 and found[-1] >= high - 1e-6
    assert 2 <= len(found) <= 12
    assert found == sorted(set(found))


@given(rows.filter(lambda row: any(one is not None for one in row)))
def test_every_point_stands_on_the_paper_and_every_gap_is_marked(row):
    points = [Point(2000 + at, one, absent="" if one is not None else "dolt") for at, one in enumerate(row)]
    drawn = charts.over_years(
        title="t", description="d", heading="h", notes=(), points=points, limits=(), words=plain
    )
    assert len(drawn.marks) == sum(one is not None for one in row)
    assert [one.text for one in drawn.across].count("dolt") == sum(one is None for one in row)
    for mark in drawn.marks:
        assert charts.LEFT <= float(mark.x) <= charts.WIDTH - charts.RIGHT + 1
        assert charts.TOP - 1 <= float(mark.y) <= charts.HEIGHT - charts.BOTTOM + 1


@given(st.lists(values, min_size=1, max_size=12), values, values, values)
def test_words_at_the_edge_never_lie_on_each_other(row, mean, lower, upper):
    limits = Limits(mean, lower, upper, ("medel", "undre", "övre"))
    points = [Point(2000 + at, one) for at, one in enumerate(row)]
    drawn = charts.over_years(
        title="t", description="d", heading="h", notes=(), points=points, limits=[limits], words=plain
    )
    heights = sorted(float(one.y) for one in drawn.named)
    assert all(after - before >= 15.9 for before, after in zip(heights, heights[1:], strict=False))


events = st.builds(Event, st.floats(1998, 2013), texts, st.sampled_from(["note", "step"]))


@given(st.lists(values, min_size=1, max_size=12), st.lists(events, max_size=6), st.lists(values, max_size=2))
def test_events_and_targets_stay_on_the_paper_and_apart(row, happened, aims):
    drawn = charts.over_years(
        title="t", description="d", heading="h", notes=(), limits=(), words=plain, events=happened,
        points=[Point(2000 + at, one) for at, one in enumerate(row)],
        targets=[Level(one, "", 2000 + at) for at, one in enumerate(aims)],
    )  # fmt: skip
    boxes = [(float(one.y), float(one.x), float(one.x) + 7.6 * len(one.text)) for one in drawn.named]
    assert len(boxes) == len(happened)
    for at, (y, start, end) in enumerate(boxes):
        assert start >= 0 and y >= charts.TOP
        assert not any(y == other and start < last and end > first for other, first, last in boxes[:at])
    for mark in drawn.marks:
        assert float(mark.y) <= drawn.height - charts.BOTTOM + 1
        assert not boxes or float(mark.y) > max(y for y, *_ in boxes)


@given(st.lists(st.tuples(st.integers(5, 200_000), st.floats(0, 100)), min_size=1, max_size=49))
def test_a_funnel_draws_every_place_on_the_paper(drawn_places):
    given_places = [Place(size, value, "common", "", False) for size, value in drawn_places]
    drawn = funnels.funnel(
        title="t", description="d", heading="h", notes=(), places=given_places, middle=50.0,
        curves={"usual": lambda size: (50 - 100 / size, 50 + 100 / size)}, words=plain,
    )  # fmt: skip
    assert len(drawn.marks) == len(drawn_places)
    for mark in drawn.marks:
        assert 0 <= float(mark.x) <= charts.WIDTH
        assert 0 <= float(mark.y) <= charts.HEIGHT


@given(rows, values, values)
def test_a_small_chart_never_leaves_its_box(row, one, other):
    told = [value for value in row if value is not None]
    low, high = min([one, other, *told]), max([one, other, *told])
    path = funnels.spark(row, low, high)
    for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path):
        assert 0 <= float(x) <= funnels.SPARK_WIDTH
        assert 0 <= float(y) <= funnels.SPARK_HEIGHT
    assert bool(path) is bool(told)


@given(rows, directions)
def test_what_years_say_is_whole_and_never_more_than_the_chart(row, direction):
    found = change(range(2000, 2000 + len(row)), row, direction)
    told = [one for one in row if one is not None]
    said = words.in_words(found)
    assert said.endswith(".") and "None" not in said and "%" not in said
    assert len(found.years) == len(row)
    if len(told) < FEWEST:
        assert found.judgement is Judgement.NONE
        assert found.pattern in (Pattern.NOTHING, Pattern.TOO_FEW)
    assert (found.judgement is Judgement.NONE) is (
        "mer än slump," not in said and "mer än slump. Om" not in said
    )
    if direction == "none":
        assert found.judgement in (Judgement.NONE, Judgement.CHANGED)


@given(values, st.integers(1, 30), directions)
def test_years_that_are_all_alike_are_never_a_change(value, number, direction):
    found = change(range(2000, 2000 + number), [value] * number, direction)
    assert found.judgement is Judgement.NONE


@given(st.lists(values, min_size=FEWEST, max_size=20))
def test_the_other_direction_turns_the_judgement_round(row):
    years = range(2000, 2000 + len(row))
    up, down = change(years, row, "up"), change(years, row, "down")
    turned = {Judgement.BETTER: Judgement.WORSE, Judgement.WORSE: Judgement.BETTER}
    assert down.judgement is turned.get(up.judgement, up.judgement)
    assert (down.pattern, down.since) == (up.pattern, up.since)


@given(st.integers(0, 400), st.integers(1, 400), st.integers(1, 99))
def test_a_place_is_surely_higher_only_above_the_region(x, more, per_cent):
    n = x + more
    region = Told(100_000, per_cent * 1000, float(per_cent), None, None)
    share = 100 * x / n
    stand = places.stands("ShareOfRows", {"a": Told(n, x, share, None, None)}, region)["a"]
    if stand in (Stand.HIGH, Stand.MAYBE_HIGH):
        assert share > per_cent - 1
    if stand in (Stand.LOW, Stand.MAYBE_LOW):
        assert share < per_cent + 1


@given(st.integers(5, 5000), st.integers(6, 50_000), st.floats(0.001, 0.999))
def test_a_funnel_is_never_narrower_for_the_smaller(size, larger, share):
    assume(larger > size)
    (low, high), (low_of_larger, high_of_larger) = (
        places.limits(share, one, places.STRICT) for one in (size, larger)
    )
    assert 0 <= low <= low_of_larger <= share <= high_of_larger <= high <= 1


@given(st.floats(-1e6, 1e6, allow_nan=False))
def test_a_number_is_read_back_within_its_decimals(value):
    written = numbers.number(value)
    back = float(written.replace(numbers.THIN, "").replace(",", ".").replace(numbers.MINUS, "-"))
    assert abs(back - value) <= 0.5 * 10 ** -numbers.decimals(value) + 1e-9


@given(st.lists(st.lists(st.none() | st.integers(0, 10**9) | values | texts, max_size=6), max_size=8))
def test_a_workbook_gives_back_what_was_written(table):
    package = zipfile.ZipFile(io.BytesIO(spreadsheet.workbook({"cells": table})))
    root = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    read = [["".join(cell.itertext()) for cell in row] for row in root.iter(MAIN + "row")]
    assert read == [["" if one is None else str(one) for one in row] for row in table]
