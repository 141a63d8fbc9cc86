"""Control charts with three-sigma limits and the Anhøj runs rules.

Limits: Montgomery, Introduction to statistical quality control, 6th ed., 6.2-6.4 and 7.3; screening of
moving ranges: Nelson, J Qual Technol 1982;14:99-100; primes: Laney, Qual Eng 2002;14:531-537; t: Nelson, J
Qual Technol 1994;26:62-66; g: Provost & Murray, The health care data guide, 2011. Runs: Anhøj & Olesen,
PLoS ONE 2014;9:e113825, with the longest run after Schilling, Math Mag 2012;85:196-207, and crossings after
Chen 2010.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from math import log2, sqrt
from statistics import fmean, median

from .distributions import binomial_half_quantile

D2, SCREEN, TRANSFORM = 1.128, 3.267, 3.6
Values = list[float | None]


@dataclass(frozen=True)
class Part:
    """One part of a chart: its values, denominators, and which points make the centre and count in runs."""

    y: Values
    n: Values
    baseline: list[bool]
    include: list[bool]
    screened: bool
    cl: float | None = None
    lcl: Values = field(default_factory=list)
    ucl: Values = field(default_factory=list)

    def base(self, values: Sequence[float | None]) -> Values:
        """The values that centre line and limits rest on."""
        kept = zip(values, self.baseline, self.include, strict=True)
        return [value for value, baseline, include in kept if baseline and include]

    def within(
        self, cl: float | None, spread: Values, low: float | None = None, high: float | None = None
    ) -> "Part":
        """With limits three spreads from the centre, not beyond `low` and `high`."""
        return replace(
            self,
            cl=cl,
            lcl=[_clamped(None if cl is None or s is None else cl - 3 * s, low, None) for s in spread],
            ucl=[_clamped(None if cl is None or s is None else cl + 3 * s, None, high) for s in spread],
        )


@dataclass(frozen=True)
class Runs:
    """The runs analysis of one part; None where no point lies beside the centre line."""

    useful: int
    signal: bool
    longest: int | None = None
    longest_max: int | None = None
    crossings: int | None = None
    crossings_min: int | None = None


@dataclass(frozen=True)
class Point:
    """One point of the finished chart."""

    y: float | None
    cl: float | None
    lcl: float | None
    ucl: float | None
    sigma_signal: bool
    runs: Runs


def chart(
    kind: str,
    y: Sequence[float | None],
    n: Sequence[float | None] | None = None,
    *,
    freeze: int | None = None,
    part: Sequence[int] = (),
    exclude: Sequence[int] = (),
    multiply: float = 1,
    screened_mr: bool = True,
) -> list[Point]:
    """The chart of a kind in KINDS. `y` are values, or counts out of `n`.

    `part`: a new part begins after each of these places; `freeze`: only the first so many make the limits,
    when there are no parts; `exclude`: places, from 1, that make neither limits nor runs.
    Raises ValueError for an unknown kind, lists of unlike length or values the kind cannot have.
    """
    if kind not in KINDS or not y or (n is not None and len(n) != len(y)):
        raise ValueError("okänd sorts diagram, eller listor av olika längd")
    values, sizes = _shares(y, None if kind == "c" else n)
    points = list[Point]()
    for start, stop in pairwise(_breaks(part, len(y))):
        places = range(start + 1, stop + 1)
        baseline = [bool(part) or freeze is None or place <= freeze for place in places]
        include = [place not in set(exclude) for place in places]
        one = KINDS[kind](Part(values[start:stop], sizes[start:stop], baseline, include, screened_mr))
        points += _finished(one, kind, multiply)
    return points


def _shares(y: Sequence[float | None], n: Sequence[float | None] | None) -> tuple[Values, Values]:
    if n is None:
        return list(y), [None] * len(y)
    known = [a is not None and b is not None and b > 0 for a, b in zip(y, n, strict=True)]
    pairs = list(zip(y, n, known, strict=True))
    return [a / b if ok and a is not None and b else None for a, b, ok in pairs], [
        b if ok else None for _, b, ok in pairs
    ]


def _breaks(part: Sequence[int], size: int) -> list[int]:
    return [*sorted({0, *(place for place in part if 0 <= place < size)}), size]


def _finished(part: Part, kind: str, multiply: float) -> Iterator[Point]:
    runs = _runs(part)
    if kind == "mr":
        runs = replace(runs, signal=False)
    for y, lcl, ucl in zip(part.y, part.lcl, part.ucl, strict=True):
        beyond = y is not None and ((ucl is not None and y > ucl) or (lcl is not None and y < lcl))
        yield Point(
            y=_times(y, multiply),
            cl=_times(part.cl, multiply),
            lcl=_times(lcl, multiply),
            ucl=_times(ucl, multiply),
            sigma_signal=beyond,
            runs=runs,
        )


def _runs(part: Part) -> Runs:
    beside = [
        value > part.cl
        for value, include in zip(part.y, part.include, strict=True)
        if include and value is not None and part.cl is not None and value != part.cl
    ]
    if not beside:
        return Runs(0, signal=False)
    lengths = [len(list(run)) for _, run in groupby(beside)]
    useful, longest, crossings = len(beside), max(lengths), len(lengths) - 1
    most, fewest = round(log2(useful)) + 3, binomial_half_quantile(0.05, useful - 1)
    return Runs(useful, longest > most or crossings < fewest, longest, most, crossings, fewest)


# The kinds of charts


def _run(part: Part) -> Part:
    return part.within(_middle(part.base(part.y)), [None] * len(part.y))


def _individuals(part: Part) -> Part:
    base = part.base(part.y)
    ranges = _moving_ranges(base, part.screened)
    spread = fmean(ranges) / D2 if ranges else None
    return part.within(_mean(base), [spread] * len(part.y))


def _ranges(part: Part) -> Part:
    moved = replace(part, y=[None, *_steps(part.y)])
    cl = _mean(moved.base(moved.y))
    upper = None if cl is None else SCREEN * cl
    return replace(moved, cl=cl, lcl=[0.0] * len(moved.y), ucl=[upper] * len(moved.y))


def _between_events(part: Part) -> Part:
    if any(value is not None and value <= 0 for value in part.y):
        raise ValueError("tiden mellan händelser ska vara större än 0")
    drawn = _individuals(replace(part, y=[None if v is None else v ** (1 / TRANSFORM) for v in part.y]))
    back = [
        [None if v is None else max(v, 0.0) ** TRANSFORM for v in values] for values in (drawn.lcl, drawn.ucl)
    ]
    cl = None if drawn.cl is None else drawn.cl**TRANSFORM
    return replace(drawn, y=part.y, cl=cl, lcl=back[0], ucl=back[1])


def _share(part: Part) -> Part:
    cl = _pooled(part)
    return part.within(cl, _share_spread(part, cl), 0.0, 1.0)


def _share_prime(part: Part) -> Part:
    cl = _pooled(part)
    return part.within(cl, _laney(part, cl, _share_spread(part, cl)), 0.0, 1.0)


def _count(part: Part) -> Part:
    cl = _mean(part.base(part.y))
    return part.within(cl, [None if cl is None else sqrt(cl)] * len(part.y), 0.0)


def _rate(part: Part) -> Part:
    cl = _pooled(part)
    return part.within(cl, _rate_spread(part, cl), 0.0)


def _rate_prime(part: Part) -> Part:
    cl = _pooled(part)
    return part.within(cl, _laney(part, cl, _rate_spread(part, cl)), 0.0)


def _between_cases(part: Part) -> Part:
    base = part.base(part.y)
    mean = _mean(base)
    spread = None if mean is None else sqrt(mean * (mean + 1))
    return replace(part.within(mean, [spread] * len(part.y), 0.0), cl=_middle(base))


KINDS: dict[str, Callable[[Part], Part]] = {
    "run": _run,
    "i": _individuals,
    "mr": _ranges,
    "t": _between_events,
    "p": _share,
    "pp": _share_prime,
    "c": _count,
    "u": _rate,
    "up": _rate_prime,
    "g": _between_cases,
}
"""Run; individuals; moving ranges; time between events; share and rate, plain and with Laney's prime; count;
cases between events.
"""


def _pooled(part: Part) -> float | None:
    pairs = zip(part.base(part.y), part.base(part.n), strict=True)
    known = [(y, n) for y, n in pairs if y is not None and n is not None]
    size = sum(n for _, n in known)
    return sum(y * n for y, n in known) / size if size else None


def _share_spread(part: Part, cl: float | None) -> Values:
    return [None if cl is None or not n else sqrt(max(cl * (1 - cl), 0.0) / n) for n in part.n]


def _rate_spread(part: Part, cl: float | None) -> Values:
    return [None if cl is None or not n else sqrt(cl / n) for n in part.n]


def _laney(part: Part, cl: float | None, spread: Values) -> Values:
    """The spread, widened or narrowed by how the points vary beyond their own chance."""
    pairs = zip(part.base(part.y), part.base(spread), strict=True)
    z = [None if y is None or cl is None or not s else (y - cl) / s for y, s in pairs]
    ranges = _moving_ranges(z, part.screened)
    if not ranges:
        return [None] * len(spread)
    between = fmean(ranges) / D2
    return [None if s is None else s * between for s in spread]


def _moving_ranges(values: Sequence[float | None], screened: bool) -> list[float]:
    ranges = [step for step in _steps(values) if step is not None]
    if screened and ranges:
        limit = SCREEN * fmean(ranges)
        ranges = [one for one in ranges if one < limit]
    return ranges


def _steps(values: Sequence[float | None]) -> Values:
    return [None if a is None or b is None else abs(b - a) for a, b in pairwise(values)]


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _middle(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _clamped(value: float | None, low: float | None, high: float | None) -> float | None:
    if value is None:
        return None
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value


def _times(value: float | None, multiply: float) -> float | None:
    return None if value is None else value * multiply
