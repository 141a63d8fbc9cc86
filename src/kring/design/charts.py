"""Charts as geometry: from figures to the ready strings that `design/charts.html` draws as static SVG.

No scripts, no styles inside, text at least 14 px at full width; colour never stands alone (palette.py). Where
a figure is not told there is no point, and its mark stands under the axis.

Of a control chart: the year of a value stands in the middle of its stretch of the axis, and a day lies where
it lies in its year. Limits step only where somebody has decided so; what happened and what was decided is a
line down the chart with its words above it, never on the values. Funnels and small charts: funnels.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, isfinite, log10

from . import palette

COLOURS = {
    "improvement": palette.IMPROVEMENT.colour,
    "concern": palette.CONCERN.colour,
    "neutral": palette.NEUTRAL_CHANGE.colour,
    "common": palette.COMMON.colour,
}
WIDTH, HEIGHT = 760, 320
LEFT, RIGHT, TOP, BOTTOM = 64, 116, 14, 46


@dataclass(frozen=True)
class Scale:
    """From values to pixels along one axis."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


@dataclass(frozen=True)
class Label:
    """A word at a place."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Mark:
    """A point: `kind` is improvement, concern, neutral or common, and decides shape and colour."""

    x: str
    y: str
    kind: str
    path: str
    title: str = ""

    @property
    def colour(self) -> str:
        """What it is filled with where no stylesheet reaches."""
        return COLOURS[self.kind]


@dataclass(frozen=True)
class Line:
    """A line with its kind: value, mean, limit, target, step, note, grid, usual or strict."""

    path: str
    kind: str


@dataclass(frozen=True)
class Chart:
    """Everything a chart draws. `title` says what it finds, `description` how to read it."""

    title: str
    description: str
    width: int
    height: int
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    across: tuple[Label, ...]
    """Along the horizontal axis."""
    up: tuple[Label, ...]
    """Along the vertical axis."""
    named: tuple[Label, ...] = field(default_factory=tuple)
    """Beside lines and points."""
    heading: str = ""
    notes: tuple[str, ...] = ()
    """What stands over and under a chart that has left its page."""


def px(value: float) -> str:
    """A pixel with at most one decimal, always written alike."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers that cover a range, 1, 2 or 5 times a power of ten apart."""
    if not (isfinite(low) and isfinite(high)):
        raise ValueError("en axel behöver ändliga tal")
    if high <= low:
        low, high = low - 1, high + 1
    rough = (high - low) / about
    power = 10.0 ** floor(log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough)
    first, last = floor(low / step), ceil(high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


def segments(points: Sequence[tuple[float, float] | None]) -> str:
    """The path through points that follow each other; a gap where one is missing."""
    path, pen_down = "", False
    for point in points:
        if point is not None:
            path += f"{'L' if pen_down else 'M'}{px(point[0])} {px(point[1])}"
        pen_down = point is not None
    return path


def shape(kind: str, x: float, y: float) -> str:
    """The outline of a point: circle, square, triangle or diamond."""
    if kind == "improvement":
        return f"M{px(x - 5)} {px(y - 5)}h10v10h-10Z"
    if kind == "concern":
        return f"M{px(x)} {px(y - 6.5)}l6.5 11h-13Z"
    if kind == "neutral":
        return f"M{px(x)} {px(y - 6.5)}l6.5 6.5-6.5 6.5-6.5-6.5Z"
    return f"M{px(x - 4.5)} {px(y)}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0Z"


Words = Callable[[float, int], str]
"""A number with so many decimals."""


def evenly(steps: Sequence[float], words: Words) -> list[str]:
    """The numbers of an axis, all with the decimals that its step needs."""
    digits = max(0, -floor(log10(steps[1] - steps[0])))
    return [words(step, digits) for step in steps]


def scale_words(steps: Sequence[float], up: Scale, words: Words) -> tuple[Label, ...]:
    """The numbers of the upright axis."""
    written = zip(steps, evenly(steps, words), strict=True)
    return tuple(Label(px(LEFT - 8), px(up.at(step) + 5), text) for step, text in written)


def grid(steps: Sequence[float], up: Scale) -> list[Line]:
    """A thin line at each number of the upright axis."""
    return [Line(f"M{LEFT} {px(up.at(step))}H{WIDTH - RIGHT + 8}", "grid") for step in steps]


END = WIDTH - RIGHT + 8
"""Where lines across the chart end; their words stand to the right of it."""
ROW, LETTER = 18, 7.6
"""Height of a row of words above the chart, and the width that a letter takes at most as a mean."""


@dataclass(frozen=True)
class Point:
    """A year: its value, or the mark of why there is none."""

    year: int
    value: float | None
    kind: str = "common"
    absent: str = ""
    title: str = ""


@dataclass(frozen=True)
class Limits:
    """The middle line of a group of years and its limits, with the words that stand at their right ends.
    Without a first or last year they reach the side of the chart.
    """

    mean: float
    lower: float
    upper: float
    names: tuple[str, str, str] = ("", "", "")
    """Of the mean, the lower and the upper."""
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Level:
    """A target from a year on, with the word at its right end where it is the last one."""

    value: float
    name: str = ""
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Event:
    """A day on the axis (2019 is the middle of 2019), its words, and its kind: step or note."""

    at: float
    words: str
    kind: str = "note"


def over_years(
    *,
    title: str,
    description: str,
    heading: str,
    notes: tuple[str, ...],
    points: Sequence[Point],
    limits: Sequence[Limits] | None,
    words: Words,
    targets: Sequence[Level] = (),
    events: Sequence[Event] = (),
) -> Chart:
    """Values year by year, with control limits, targets and events. ValueError when no year is told."""
    limits = limits or ()
    steps = ticks(*_range(points, limits, targets))
    across = Scale(points[0].year, max(points[-1].year, points[0].year + 1), LEFT + 16, WIDTH - RIGHT)
    placed = _rows(events, across)
    lower = ROW * (1 + max((row for *_, row in placed), default=-1))
    up = Scale(steps[0], steps[-1], HEIGHT - BOTTOM + lower, TOP + lower)
    return Chart(
        title=title,
        description=description,
        width=WIDTH,
        height=HEIGHT + lower,
        lines=(
            *grid(steps, up),
            *_event_lines(placed, across, up),
            *(line for one in limits for line in _limit_lines(one, across, up)),
            *(_across(one.value, "target", one, across, up) for one in targets),
            _value_line(points, across, up),
        ),
        marks=tuple(_mark(one, across, up) for one in points if one.value is not None),
        across=tuple(_years(points, across, lower)),
        up=scale_words(steps, up, words),
        named=(*_names(limits, targets, up), *_event_words(placed)),
        heading=heading,
        notes=notes,
    )


def _range(
    points: Sequence[Point], limits: Sequence[Limits], targets: Sequence[Level]
) -> tuple[float, float]:
    told = [one.value for one in points if one.value is not None]
    around = [value for one in limits for value in (one.mean, one.lower, one.upper)]
    every = [*told, *around, *(one.value for one in targets if told)]
    return min(every), max(every)


def _limit_lines(one: Limits, across: Scale, up: Scale) -> list[Line]:
    drawn = ((one.mean, "mean"), (one.lower, "limit"), (one.upper, "limit"))
    return [_across(value, kind, one, across, up) for value, kind in drawn]


def _across(value: float, kind: str, over: Limits | Level, across: Scale, up: Scale) -> Line:
    """A line from half a year before the first year to half a year after the last."""
    start = LEFT if over.first is None else max(across.at(over.first - 0.5), LEFT)
    end = END if over.last is None else min(across.at(over.last + 0.5), END)
    return Line(f"M{px(start)} {px(up.at(value))}H{px(end)}", kind)


def _value_line(points: Sequence[Point], across: Scale, up: Scale) -> Line:
    places = [None if one.value is None else (across.at(one.year), up.at(one.value)) for one in points]
    return Line(segments(places), "value")


def _mark(one: Point, across: Scale, up: Scale) -> Mark:
    x, y = across.at(one.year), up.at(one.value or 0.0)
    return Mark(px(x), px(y), one.kind, shape(one.kind, x, y), one.title)


def _years(points: Sequence[Point], across: Scale, lower: float) -> list[Label]:
    """Every year, or every other when they are many; under a year that is not told the mark of why."""
    every = 2 if len(points) > 10 else 1
    shown = [one for place, one in enumerate(reversed(points)) if place % every == 0]
    bottom = HEIGHT + lower
    labels = [Label(px(across.at(one.year)), px(bottom - BOTTOM + 20), str(one.year)) for one in shown]
    absent = [one for one in points if one.absent]
    return labels + [Label(px(across.at(one.year)), px(bottom - 6), one.absent) for one in absent]


def _names(limits: Sequence[Limits], targets: Sequence[Level], up: Scale) -> list[Label]:
    """The words of the last lines, pushed apart where they would lie on each other."""
    last = limits[-1] if limits else None
    named = list(zip((last.mean, last.lower, last.upper), last.names, strict=True)) if last else []
    named += [(one.value, one.name) for one in targets if one.name]
    made, lowest = list[Label](), float("-inf")
    for y, name in sorted((up.at(value) + 5, name) for value, name in named):
        lowest = max(y, lowest + 16)
        made.append(Label(px(WIDTH - RIGHT + 14), px(lowest), name))
    return made


Placed = tuple[Event, float, float, int]
"""An event, the x of its line and of its words, and the row that its words stand in."""


def _rows(events: Sequence[Event], across: Scale) -> list[Placed]:
    """Words to the right of their line, to the left where they would leave the paper; in the first row that
    is free, so that none lie on each other.
    """
    made, ends = list[Placed](), list[list[tuple[float, float]]]()
    for one in sorted(events, key=lambda event: (event.at, event.words)):
        line, width = min(max(across.at(one.at), LEFT), END), LETTER * len(one.words)
        start = line + 5 if line + 5 + width <= WIDTH else max(line - 5 - width, 0)
        row = next((at for at, taken in enumerate(ends) if _free(taken, start, width)), len(ends))
        if row == len(ends):
            ends.append([])
        ends[row].append((start, start + width))
        made.append((one, line, start, row))
    return made


def _free(taken: Sequence[tuple[float, float]], start: float, width: float) -> bool:
    return all(start > end + 8 or start + width < begin - 8 for begin, end in taken)


def _event_lines(placed: Sequence[Placed], across: Scale, up: Scale) -> list[Line]:
    return [
        Line(f"M{px(line)} {px(TOP + ROW * row - 12)}V{px(up.start)}", one.kind)
        for one, line, _, row in placed
    ]


def _event_words(placed: Sequence[Placed]) -> list[Label]:
    return [Label(px(start), px(TOP + ROW * row), one.words) for one, _, start, row in placed]
