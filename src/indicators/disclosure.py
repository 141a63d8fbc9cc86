"""What may not be told: small numbers, and every number that others would give back. Last, in one place.

A count that is not nothing but fewer than the least hides its cell; so does its complement. Children with
protected identity are counted, in a row without place. Then no total less its shown parts may give back a
small number, nor may any sum and difference of what is shown give back a hidden cell: more cells are hidden,
the smallest first, until that holds (complementary suppression; Hundepool et al., Statistical disclosure
control, 2012, ch. 4). What is shown is rounded. Four kinds of absence are kept apart for the reader.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .cubes import By, Cell
from .figures import Figure, told

SHOWN, FEW, PROTECTED = "shown", "few", "protected"
MISSING, NOT_APPLICABLE = "missing", "not_applicable"
STATUSES = (SHOWN, FEW, PROTECTED, MISSING, NOT_APPLICABLE)
"""Told; too few; too few of those whose place is protected; not delivered; nobody to count."""

ROUNDING = 5
NOTHING = Figure(0, None, None, None, None, ())


@dataclass(frozen=True)
class Relation:
    """A total that is the sum of its parts, by place in the list of cells."""

    total: int
    parts: tuple[int, ...]


def protected(cells: Sequence[Cell], minimum: int, covered: Iterable[int] | None = None) -> list[Cell]:
    """The cells of one indicator as they may leave the house.

    `minimum`: the least count that may be told. `covered`: the years that the data hold, when not all do.
    """
    years = None if covered is None else set(covered)
    told_years = [cell for cell in cells if years is None or cell.year in years]
    untold = [absent(cell, MISSING) for cell in cells if years is not None and cell.year not in years]
    made = list[Cell]()
    for year in dict.fromkeys(cell.year for cell in told_years):
        made += _protected_year([cell for cell in told_years if cell.year == year], minimum)
    return made + untold


def _protected_year(cells: Sequence[Cell], minimum: int) -> list[Cell]:
    hidden = hide(cells, minimum)
    return [
        absent(cell, PROTECTED if _is_protected_place(cell) else FEW)
        if place in hidden
        else absent(cell, NOT_APPLICABLE)
        if not cell.figure.n
        else rounded(cell, minimum)
        for place, cell in enumerate(cells)
    ]


def hide(cells: Sequence[Cell], minimum: int) -> set[int]:
    """The places of the cells of one year that must be hidden."""
    guard = [cell.figure.guarded for cell in cells]
    hidden = {place for place in range(len(cells)) if not _is_safe(guard[place], minimum)}
    relations = relations_of(cells)
    more: int | None = -1
    while more is not None:
        more = _next_by_sums(guard, relations, hidden, minimum)
        if more is None:
            more = _next_by_algebra(guard, relations, hidden)
        if more is not None:
            hidden.add(more)
    return hidden


def relations_of(cells: Sequence[Cell]) -> list[Relation]:
    """Every total with its parts, for each way that a table divides another one further."""
    parts: dict[tuple[By, str], list[int]] = defaultdict(list)
    for place, cell in enumerate(cells):
        for name, value in cell.by:
            rest = tuple(one for one in cell.by if one != (name, value))
            parts[rest, name].append(place)
    totals = {cell.by: place for place, cell in enumerate(cells)}
    return [Relation(totals[by], tuple(found)) for (by, _), found in parts.items() if by in totals]


def _is_safe(counts: Iterable[int], minimum: int) -> bool:
    return all(count == 0 or count >= minimum for count in counts)


def _is_protected_place(cell: Cell) -> bool:
    return ("municipality", None) in cell.by


Guard = Sequence[tuple[int, ...]]
Exact = int | Fraction
Row = dict[int, Exact]
"""An equation: how many times each unknown stands in it."""


def _next_by_sums(guard: Guard, relations: Sequence[Relation], hidden: set[int], minimum: int) -> int | None:
    """One more cell to hide because a subtraction gives back too much; None when none does."""
    for relation in relations:
        gone = [place for place in relation.parts if place in hidden]
        if relation.total in hidden:
            alone = not gone
        else:
            sums = [sum(counts) for counts in zip(*(guard[place] for place in gone), strict=True)]
            alone = len(gone) == 1 or not _is_safe(sums, minimum)
        if alone:
            return _smallest(guard, relation, hidden)
    return None


def _smallest(guard: Guard, relation: Relation, hidden: set[int]) -> int:
    """The smallest part that is shown and has anybody in it, else the total."""
    left = [place for place in relation.parts if place not in hidden and any(guard[place])]
    return min(left, key=lambda place: (guard[place], place), default=relation.total)


def _next_by_algebra(guard: Guard, relations: Sequence[Relation], hidden: set[int]) -> int | None:
    """One more cell to hide because the relations together determine a hidden one: the smallest beside it, or
    further away when nothing beside it is shown.
    """
    known = set(recoverable(relations, hidden))
    if not known:
        return None
    groups = [{relation.total, *relation.parts} for relation in relations]
    beside = {place for group in groups if group & known for place in group}
    shown = [place for group in groups for place in group - hidden if any(guard[place])]
    return min(shown, key=lambda place: (place not in beside, guard[place], place))


def recoverable(relations: Sequence[Relation], hidden: set[int]) -> list[int]:
    """The hidden cells that sums and differences of shown ones give back exactly."""
    solved: dict[int, Row] = {}
    for equation in _tied([_signs(relation, hidden) for relation in relations]):
        row: Row = {**equation}
        for place in [place for place in row if place in solved]:
            _take(row, solved[place], place)
        if row:
            pivot = next(iter(row))
            row = {place: _divided(value, row[pivot]) for place, value in row.items()}
            for other in solved.values():
                _take(other, row, pivot)
            solved[pivot] = row
    # A row that is left with one unknown alone gives it back.
    return sorted(place for place, row in solved.items() if len(row) == 1)


def _divided(value: Exact, by: Exact) -> Exact:
    """Exactly; nearly always by 1 or −1, where whole numbers stay whole and are much quicker."""
    return value * by if by in (1, -1) else Fraction(value) / by


def _take(row: Row, away: Row, pivot: int) -> None:
    """Subtract so much of an equation that the row is without its pivot."""
    factor = row.get(pivot, 0)
    for place, value in away.items() if factor else ():
        left = row.get(place, 0) - factor * value
        if left:
            row[place] = left
        else:
            del row[place]


def _signs(relation: Relation, hidden: set[int]) -> dict[int, int]:
    """What of a relation is unknown, and with which sign."""
    signs = {place: 1 for place in relation.parts if place in hidden}
    return signs | ({relation.total: -1} if relation.total in hidden else {})


def _tied(equations: Sequence[dict[int, int]]) -> list[dict[int, int]]:
    """Without those that two unknowns stand in that stand nowhere else: one can always make up for the other,
    so such an equation determines neither them nor anything else.
    """
    left = [equation for equation in equations if equation]
    while True:
        times = Counter(place for equation in left for place in equation)
        tied = [one for one in left if sum(times[place] == 1 for place in one) < 2]
        if len(tied) == len(left):
            return tied
        left = tied


def absent(cell: Cell, status: str) -> Cell:
    """The cell with nothing of it left but why."""
    return Cell(cell.indicator, cell.version, cell.year, cell.by, NOTHING, status)


def rounded(cell: Cell, minimum: int) -> Cell:
    """Counts to the nearest five, values no finer than their number allows; of a rate, n is child-years.

    What stands aside is told of the whole region only, where no sum or difference gives it back, and when
    none of it is small.
    """
    one = cell.figure
    if one.aside and (cell.by or not _is_safe(one.aside, minimum)):
        one = replace(one, more=dict.fromkeys(one.more))
    n = int(one.more["child_years"] or 0) if "child_years" in one.more else one.n
    figure = Figure(
        n=_nearest(n),
        x=None if one.x is None else _nearest(one.x),
        value=told(one.value, n),
        lower=told(one.lower, n),
        upper=told(one.upper, n),
        guarded=(),
        more={name: _count(value) if name in COUNTS else told(value, n) for name, value in one.more.items()},
    )
    return Cell(cell.indicator, cell.version, cell.year, cell.by, figure, cell.status)


COUNTS = {"child_years", "did_not_come"}


def _count(value: float | None) -> float | None:
    return None if value is None else float(_nearest(round(value)))


def _nearest(count: int) -> int:
    return (count + ROUNDING // 2) // ROUNDING * ROUNDING
