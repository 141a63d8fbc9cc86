"""Charts as geometry: from figures to the ready strings that `design/charts.html` draws as static SVG.

No scripts, no styles inside, text at least 14 px at full width; colour never stands alone (palette.py). Where
a figure is not told there is no point, and its mark stands under the axis.
"""

from collections.abc import Callable, Mapping, Sequence
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
    """A line with its kind (value, mean, limit, grid) and, where it ends, its word."""

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


def _up(steps: Sequence[float], up: Scale, words: Words) -> tuple[Label, ...]:
    written = zip(steps, evenly(steps, words), strict=True)
    return tuple(Label(px(LEFT - 8), px(up.at(step) + 5), text) for step, text in written)


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
    """The middle line of a control chart and its limits, with the words that stand at their right ends."""

    mean: float
    lower: float
    upper: float
    names: tuple[str, str, str] = ("", "", "")
    """Of the mean, the lower and the upper."""


def over_years(
    *,
    title: str,
    description: str,
    heading: str,
    notes: tuple[str, ...],
    points: Sequence[Point],
    limits: Limits | None,
    words: Words,
) -> Chart:
    """Values year by year, with control limits. Raises ValueError when no year is told."""
    told = [one.value for one in points if one.value is not None]
    around = [limits.mean, limits.lower, limits.upper] if limits else []
    steps = ticks(min(told + around), max(told + around))
    across = Scale(points[0].year, max(points[-1].year, points[0].year + 1), LEFT + 16, WIDTH - RIGHT)
    up = Scale(steps[0], steps[-1], HEIGHT - BOTTOM, TOP)
    return Chart(
        title=title,
        description=description,
        width=WIDTH,
        height=HEIGHT,
        lines=(*_grid(steps, up), *_limit_lines(limits, up), _value_line(points, across, up)),
        marks=tuple(_mark(one, across, up) for one in points if one.value is not None),
        across=tuple(_years(points, across)),
        up=_up(steps, up, words),
        named=_names(limits, up) if limits else (),
        heading=heading,
        notes=notes,
    )


def _grid(steps: Sequence[float], up: Scale) -> list[Line]:
    return [Line(f"M{LEFT} {px(up.at(step))}H{WIDTH - RIGHT + 8}", "grid") for step in steps]


def _limit_lines(limits: Limits | None, up: Scale) -> list[Line]:
    if limits is None:
        return []
    drawn = ((limits.mean, "mean"), (limits.lower, "limit"), (limits.upper, "limit"))
    return [Line(f"M{LEFT} {px(up.at(value))}H{WIDTH - RIGHT + 8}", kind) for value, kind in drawn]


def _value_line(points: Sequence[Point], across: Scale, up: Scale) -> Line:
    places = [None if one.value is None else (across.at(one.year), up.at(one.value)) for one in points]
    return Line(segments(places), "value")


def _mark(one: Point, across: Scale, up: Scale) -> Mark:
    x, y = across.at(one.year), up.at(one.value or 0.0)
    return Mark(px(x), px(y), one.kind, shape(one.kind, x, y), one.title)


def _years(points: Sequence[Point], across: Scale) -> list[Label]:
    """Every year, or every other when they are many; under a year that is not told the mark of why."""
    every = 2 if len(points) > 10 else 1
    shown = [one for place, one in enumerate(reversed(points)) if place % every == 0]
    labels = [Label(px(across.at(one.year)), px(HEIGHT - BOTTOM + 20), str(one.year)) for one in shown]
    absent = [one for one in points if one.absent]
    return labels + [Label(px(across.at(one.year)), px(HEIGHT - 6), one.absent) for one in absent]


def _names(limits: Limits, up: Scale) -> tuple[Label, ...]:
    """The words of the lines, pushed apart where they would lie on each other."""
    values = (limits.mean, limits.lower, limits.upper)
    drawn = sorted((up.at(value) + 5, name) for value, name in zip(values, limits.names, strict=True))
    made, lowest = list[Label](), float("-inf")
    for y, name in drawn:
        lowest = max(y, lowest + 16)
        made.append(Label(px(WIDTH - RIGHT + 14), px(lowest), name))
    return tuple(made)


@dataclass(frozen=True)
class Place:
    """A place in a funnel: its size, value, kind of mark, and its name where it is to be written out."""

    size: float
    value: float
    kind: str
    name: str
    is_named: bool


Curves = Mapping[str, Callable[[float], tuple[float, float]]]
"""The limits at a size, by kind of line (usual, strict)."""


def funnel(
    *,
    title: str,
    description: str,
    heading: str,
    notes: tuple[str, ...],
    places: Sequence[Place],
    middle: float,
    curves: Curves,
    words: Words,
) -> Chart:
    """Places by size, between limits that widen where there are few."""
    sizes = [one.size for one in places]
    low, high = min(sizes) * 0.8, max(sizes) * 1.1
    grid = [low * (high / low) ** (step / 40) for step in range(41)]
    bounds = [bound for limits in curves.values() for bound in limits(low * 1.3)]
    steps = ticks(min([one.value for one in places] + bounds), max([one.value for one in places] + bounds))
    up = Scale(steps[0], steps[-1], HEIGHT - BOTTOM, TOP)
    across = Scale(log10(low), log10(high), LEFT + 8, WIDTH - RIGHT)
    return Chart(
        title=title,
        description=description,
        width=WIDTH,
        height=HEIGHT,
        lines=(*_grid(steps, up), _middle(middle, up), *_curves(curves, grid, across, up)),
        marks=tuple(_place(one, across, up) for one in places),
        across=tuple(_sizes(low, high, across, words)),
        up=_up(steps, up, words),
        heading=heading,
        notes=notes,
        named=tuple(_apart([one for one in places if one.is_named], across, up)),
    )


def _middle(value: float, up: Scale) -> Line:
    return Line(f"M{LEFT} {px(up.at(value))}H{WIDTH - RIGHT + 8}", "mean")


def _curves(curves: Curves, grid: Sequence[float], across: Scale, up: Scale) -> list[Line]:
    """Both limits of each kind; a limit beyond the axis is not drawn."""
    made = []
    for kind, limits in curves.items():
        for side in (0, 1):
            values = [(size, limits(size)[side]) for size in grid]
            places = [
                (across.at(log10(size)), up.at(value)) if up.low <= value <= up.high else None
                for size, value in values
            ]
            made.append(Line(segments(places), kind))
    return made


def _place(one: Place, across: Scale, up: Scale) -> Mark:
    x, y = across.at(log10(one.size)), up.at(one.value)
    return Mark(px(x), px(y), one.kind, shape(one.kind, x, y), one.name)


def _sizes(low: float, high: float, across: Scale, words: Words) -> list[Label]:
    powers = [times * 10.0**power for power in range(8) for times in (1, 2, 5)]
    inside = [size for size in powers if low <= size <= high]
    return [Label(px(across.at(log10(size))), px(HEIGHT - BOTTOM + 20), words(size, 0)) for size in inside]


def _apart(places: Sequence[Place], across: Scale, up: Scale) -> list[Label]:
    """Names to the right of their points; one that would lie on another is moved down."""
    made, taken = list[Label](), list[tuple[float, float]]()
    for one in sorted(places, key=lambda place: -place.value):
        x, y = across.at(log10(one.size)) + 9, up.at(one.value) + 5
        while any(abs(x - other) < 90 and abs(y - level) < 15 for other, level in taken):
            y += 15
        taken.append((x, y))
        made.append(Label(px(x), px(y), one.name))
    return made


SPARK_WIDTH, SPARK_HEIGHT = 120, 36


def spark(values: Sequence[float | None], low: float, high: float) -> str:
    """The path of a small chart; `low` and `high` are the same for all that stand beside each other."""
    if high <= low:
        low, high = low - 1, high + 1
    across = Scale(0, max(len(values) - 1, 1), 3, SPARK_WIDTH - 3)
    up = Scale(low, high, SPARK_HEIGHT - 3, 3)
    places = [None if one is None else (across.at(at), up.at(one)) for at, one in enumerate(values)]
    return _dotted(places)


def _dotted(places: Sequence[tuple[float, float] | None]) -> str:
    """Also a value without neighbours is seen: a path to itself, with round ends."""
    path = segments(places)
    for at, place in enumerate(places):
        beside = [*places[max(at - 1, 0) : at], *places[at + 1 : at + 2]]
        if place is not None and not any(beside):
            path = path.replace(f"M{px(place[0])} {px(place[1])}", f"M{px(place[0])} {px(place[1])}h.1", 1)
    return path
