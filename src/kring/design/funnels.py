"""Places by size between limits that widen where there are few, and the small charts of places."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log10

from .charts import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Chart,
    Label,
    Line,
    Mark,
    Scale,
    Words,
    grid,
    px,
    scale_words,
    segments,
    shape,
    ticks,
)


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
    sizes_drawn = [low * (high / low) ** (step / 40) for step in range(41)]
    bounds = [bound for limits in curves.values() for bound in limits(low * 1.3)]
    steps = ticks(min([one.value for one in places] + bounds), max([one.value for one in places] + bounds))
    up = Scale(steps[0], steps[-1], HEIGHT - BOTTOM, TOP)
    across = Scale(log10(low), log10(high), LEFT + 8, WIDTH - RIGHT)
    return Chart(
        title=title,
        description=description,
        width=WIDTH,
        height=HEIGHT,
        lines=(*grid(steps, up), _middle(middle, up), *_curves(curves, sizes_drawn, across, up)),
        marks=tuple(_place(one, across, up) for one in places),
        across=tuple(_sizes(low, high, across, words)),
        up=scale_words(steps, up, words),
        heading=heading,
        notes=notes,
        named=tuple(_apart([one for one in places if one.is_named], across, up)),
    )


def _middle(value: float, up: Scale) -> Line:
    return Line(f"M{LEFT} {px(up.at(value))}H{WIDTH - RIGHT + 8}", "mean")


def _curves(curves: Curves, sizes: Sequence[float], across: Scale, up: Scale) -> list[Line]:
    """Both limits of each kind; a limit beyond the axis is not drawn."""
    made = []
    for kind, limits in curves.items():
        for side in (0, 1):
            values = [(size, limits(size)[side]) for size in sizes]
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
