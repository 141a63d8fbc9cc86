"""Charts are geometry: where points lie, gaps where nothing is told, and the same strings each time."""

import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from kring.design import charts, funnels, palette
from kring.design.charts import Event, Level, Limits, Point
from kring.design.funnels import Place

SVG = "{http://www.w3.org/2000/svg}"


def number(value, digits=0):
    return f"{value:.{digits}f}".replace(".", ",")


def years(values, *limits, **more):
    points = [
        Point(2012 + at, value, absent="" if value is not None else "dolt") for at, value in enumerate(values)
    ]
    return charts.over_years(
        title="Väntan: normal variation", description="Dagar per år", heading="Väntan",
        notes=("Syntetiska uppgifter",), points=points, limits=limits, words=number, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 10, [0, 2, 4, 6, 8, 10]),
        (4.1, 5.9, [4.0, 4.5, 5.0, 5.5, 6.0]),
        (0, 0.03, [0, 0.01, 0.02, 0.03]),
        (98, 1900, [0, 500, 1000, 1500, 2000]),
        (7, 7, [6.0, 6.5, 7.0, 7.5, 8.0]),
    ],
)
def test_an_axis_has_round_numbers_that_cover_the_values(low, high, expected):
    found = charts.ticks(low, high)
    assert found == pytest.approx(expected)
    assert found[0] <= low <= high <= found[-1]


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_an_axis_refuses_what_is_no_number(wrong):
    with pytest.raises(ValueError, match="ändliga"):
        charts.ticks(0, wrong)


@pytest.mark.parametrize(
    ("steps", "written"),
    [([4, 4.5, 5], ["4,0", "4,5", "5,0"]), ([0, 20, 40], ["0", "20", "40"]), ([0, 0.01], ["0,00", "0,01"])],
)
def test_the_numbers_of_an_axis_have_the_same_decimals(steps, written):
    assert charts.evenly(steps, number) == written


@pytest.mark.parametrize(
    ("points", "path"),
    [
        ([(0, 1), (2, 3)], "M0 1L2 3"),
        ([(0, 1), None, (2, 3), (4, 5)], "M0 1M2 3L4 5"),
        ([None, None], ""),
        ([(0.04, -0.04)], "M0 0"),
    ],
)
def test_a_line_has_a_gap_where_nothing_is_told(points, path):
    assert charts.segments(points) == path


def test_a_year_that_is_not_told_has_its_mark_and_no_point():
    drawn = years([10, None, 12])
    assert len(drawn.marks) == 2
    assert [one.text for one in drawn.across if not one.text.isdigit()] == ["dolt"]


def test_higher_values_stand_higher():
    drawn = years([10, 20, 15])
    assert float(drawn.marks[1].y) < float(drawn.marks[2].y) < float(drawn.marks[0].y)
    assert all(
        0 <= float(one.y) <= charts.HEIGHT and 0 <= float(one.x) <= charts.WIDTH for one in drawn.marks
    )


def test_limits_are_drawn_with_their_words_and_the_words_never_lie_on_each_other():
    drawn = years([10, 10.1, 10.2], Limits(10.1, 10.09, 10.11, ("medel", "undre", "övre")))
    assert sorted(one.kind for one in drawn.lines if one.kind in ("mean", "limit")) == [
        "limit",
        "limit",
        "mean",
    ]
    assert {one.text for one in drawn.named} == {"medel", "undre", "övre"}
    heights = sorted(float(one.y) for one in drawn.named)
    assert all(b - a >= 16 for a, b in zip(heights, heights[1:], strict=False))


def test_every_other_year_is_named_when_they_are_many():
    named = [one.text for one in years(range(13)).across]
    assert named == [str(year) for year in range(2024, 2011, -2)]


@pytest.mark.parametrize("kind", ["improvement", "concern", "neutral", "common"])
def test_each_meaning_has_its_own_shape(kind):
    shapes = {one: charts.shape(one, 0, 0) for one in ("improvement", "concern", "neutral", "common")}
    assert list(shapes.values()).count(shapes[kind]) == 1
    assert re.fullmatch(r"[MlhvaZ0-9 .-]+", shapes[kind])


def funnel(places, share=0.1):
    def limits(size):
        return 100 * (share - 1 / size), 100 * (share + 1 / size)

    return funnels.funnel(
        title="t", description="d", heading="h", notes=(), places=places, middle=100 * share,
        curves={"usual": limits}, words=number,
    )  # fmt: skip


def test_a_funnel_has_larger_places_to_the_right_and_names_only_those_asked_for():
    places = [Place(50, 8, "common", "Liten", False), Place(5000, 12, "concern", "Stor", True)]
    drawn = funnel(places)
    assert float(drawn.marks[0].x) < float(drawn.marks[1].x)
    assert [one.text for one in drawn.named] == ["Stor"]
    assert {"50", "100", "1000", "5000"} <= {one.text for one in drawn.across}
    assert [one.kind for one in drawn.lines if one.kind == "usual"] == ["usual", "usual"]


def test_names_at_the_same_place_are_moved_apart():
    drawn = funnel([Place(1000, 12, "concern", name, True) for name in ("A", "B", "C")])
    heights = sorted(float(one.y) for one in drawn.named)
    assert all(b - a >= 15 for a, b in zip(heights, heights[1:], strict=False))


def test_small_charts_share_a_scale():
    assert funnels.spark([1, 2], 0, 10) != funnels.spark([1, 2], 0, 2)
    assert funnels.spark([None, None], 0, 1) == ""
    assert funnels.spark([5, 5], 5, 5).startswith("M3 18L")


def test_a_value_without_neighbours_is_still_seen():
    assert "h.1" in funnels.spark([None, 5, None], 0, 10)
    assert "h.1" not in funnels.spark([4, 5, None], 0, 10)


def test_a_file_of_its_own_is_well_formed_and_says_what_it_is():
    drawn = years([10, None, 12], Limits(11, 9, 13, ("medel", "undre", "övre")))
    root = ElementTree.fromstring(render_to_string("design/chart.svg", {"drawn": drawn}).strip())
    assert root.get("role") == "img"
    named = {one.get("id"): one.text for one in root if one.tag in (SVG + "title", SVG + "desc")}
    assert root.get("aria-labelledby").split() == list(named)
    assert list(named.values()) == ["Väntan: normal variation", "Dagar per år"]
    texts = [one.text for one in root.iter(SVG + "text")]
    assert {"Väntan", "Syntetiska uppgifter", "dolt"} <= set(texts)
    assert int(root.get("font-size")) >= 14


def test_the_same_figures_are_the_same_bytes():
    first, second = (render_to_string("design/chart.svg", {"drawn": years([1, 2, 3])}) for _ in range(2))
    assert first == second


def test_a_chart_escapes_its_words():
    drawn = charts.over_years(
        title="<b>", description="&", heading="<i>", notes=("<u>",), points=[Point(2020, 1.0)], limits=(),
        words=number,
    )  # fmt: skip
    text = render_to_string("design/chart.svg", {"drawn": drawn})
    assert ElementTree.fromstring(text.strip()) is not None
    assert "<b>" not in text and "<i>" not in text and "<u>" not in text


def test_the_colours_are_those_of_the_palette_and_seen_on_white():
    assert {mark.colour for mark in palette.CHART_MARKS} == set(charts.COLOURS.values())
    assert all(palette.contrast(colour, "#ffffff") >= 3 for colour in charts.COLOURS.values())
    text = render_to_string("design/chart.svg", {"drawn": years([1, 2])})
    assert palette.COMMON.colour in text


class TestDecided:
    """Steps of the limits, targets, and what happened."""

    def drawn(self, **more):
        first = Limits(10, 8, 12, ("medel", "undre", "övre"), None, 2015)
        last = Limits(6, 4, 8, ("medel", "undre", "övre"), 2016, None)
        return years([10, 11, 9, 10, 6, 7, 5, 6], first, last, **more)

    def ends(self, drawn, kind):
        """Where each line of a kind begins and ends along the axis."""
        found = [
            re.fullmatch(r"M([\d.]+) [\d.]+H([\d.]+)", one.path) for one in drawn.lines if one.kind == kind
        ]
        return [(float(one[1]), float(one[2])) for one in found]

    def test_limits_step_between_two_years_and_reach_both_sides(self):
        drawn = self.drawn()
        (left, step), (again, right) = self.ends(drawn, "mean")
        assert (left, right) == (charts.LEFT, charts.END)
        assert step == again
        before, after = (float(drawn.marks[at].x) for at in (3, 4))
        assert before < step < after
        assert len(self.ends(drawn, "limit")) == 4

    def test_only_the_last_limits_and_the_last_target_are_named(self):
        targets = [Level(9.0, "", 2012, 2017), Level(5.0, "mål", 2018)]
        drawn = self.drawn(targets=targets)
        assert sorted(one.text for one in drawn.named) == ["medel", "mål", "undre", "övre"]
        (start, middle), (again, end) = self.ends(drawn, "target")
        assert start == charts.LEFT
        assert (middle, end) == (again, charts.END)

    def test_a_target_far_from_the_values_still_stands_on_the_paper(self):
        drawn = self.drawn(targets=[Level(40.0, "mål")])
        heights = [float(one.y) for one in drawn.marks]
        (line,) = (one for one in drawn.lines if one.kind == "target")
        assert charts.TOP <= float(re.match(r"M[\d.]+ ([\d.]+)", line.path)[1]) < min(heights)

    def test_words_of_events_stand_above_the_values_and_never_on_each_other(self):
        events = [
            Event(2015.2, "Start pilot"),
            Event(2015.5, "Nya gränser 2016", "step"),
            Event(2015.9, "Ny journal"),
        ]
        drawn = self.drawn(events=events)
        told = [one for one in drawn.named if one.text not in ("medel", "undre", "övre")]
        assert [one.text for one in told] == ["Start pilot", "Nya gränser 2016", "Ny journal"]
        assert len({one.y for one in told}) == 3
        top = min(float(one.y) for one in drawn.marks)
        assert max(float(one.y) for one in told) < top
        assert drawn.height == charts.HEIGHT + 3 * charts.ROW

    def test_events_far_apart_share_a_row_and_the_last_is_written_to_the_left(self):
        drawn = self.drawn(events=[Event(2012.1, "Start"), Event(2019.4, "Något som har ett långt namn")])
        first, last = (one for one in drawn.named if one.text not in ("medel", "undre", "övre"))
        assert first.y == last.y
        line = max(float(re.match(r"M([\d.]+)", one.path)[1]) for one in drawn.lines if one.kind == "note")
        assert float(last.x) + charts.LETTER * len(last.text) <= line

    def test_without_events_nothing_is_moved(self):
        assert self.drawn().height == charts.HEIGHT
        assert self.drawn(events=[]) == self.drawn()

    def test_each_kind_of_line_has_a_stroke_of_its_own_in_a_file(self):
        drawn = self.drawn(targets=[Level(9.0, "mål")], events=[Event(2015, "A"), Event(2016.5, "B", "step")])
        root = ElementTree.fromstring(render_to_string("design/chart.svg", {"drawn": drawn}).strip())
        strokes = {
            one.get("class").split("--")[1]: (
                one.get("stroke"),
                one.get("stroke-width"),
                one.get("stroke-dasharray"),
            )
            for one in root.iter(SVG + "path")
            if "k-line" in one.get("class")
        }
        assert {"target", "step", "note", "mean", "limit", "value", "grid"} <= set(strokes)
        assert len(set(strokes.values())) == len(strokes)
        for kind in ("target", "step", "note"):
            assert palette.contrast(strokes[kind][0], "#ffffff") >= 3
