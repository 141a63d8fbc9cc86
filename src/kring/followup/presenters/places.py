"""S112: the municipalities beside each other and one by one, never as a list of who is best.

In the order of the alphabet, with limits that are wider where children are few, and the same scale in all the
small charts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design import charts, funnels
from kring.followup.models import Cell
from kring.followup.queries import Indicator
from kring.followup.rules import places
from kring.followup.rules.places import Stand, Told
from kring.followup.rules.statuses import EVERYWHERE, SHOWN

from . import numbers, words
from .indicator import Row, address, label, notes

MARKS = {Stand.HIGH: "neutral", Stand.LOW: "neutral"}
"""Beyond what chance makes: no judgement, as a place may have reasons."""
TONES = {Stand.HIGH: "warn", Stand.LOW: "warn"}


@dataclass(frozen=True)
class Small:
    """A municipality in small: its line over the years, beside the region's."""

    name: str
    href: str
    path: str
    told: str


@dataclass(frozen=True)
class Comparison:
    """The municipalities in the last year of an indicator."""

    rows: list[Row]
    standardised: list[Row]
    small: list[Small]
    region_path: str
    funnel: charts.Chart | None
    notes: list[str]


def comparison(one: Indicator, names: Mapping[str, str]) -> Comparison:
    """Every municipality of the region, in the order of the alphabet."""
    year = one.years[-1]
    last = {cell.municipality: cell for cell in one.cells if cell.year == year}
    region, here = _told(last.get(EVERYWHERE)), {code: _told(last.get(code)) for code in names}
    stands = places.stands(one.result.definition["kind"], here, region)
    low, high = _range(one, names)
    every = one.series()
    return Comparison(
        rows=[_row(code, name, last.get(code), stands[code]) for code, name in names.items()],
        standardised=_standardised(one, names, last),
        small=[_small(one, code, name, last.get(code), (low, high)) for code, name in names.items()],
        region_path=_path(one, every, low, high),
        funnel=_funnel(one, names, here, region, stands),
        notes=_notes(one, here, region, stands),
    )


def _told(cell: Cell | None) -> Told:
    if cell is None or cell.status != SHOWN:
        return Told(None, None, None, None, None)
    return Told(cell.n, cell.x, cell.value, cell.lower, cell.upper)


def _row(code: str, name: str, cell: Cell | None, stand: Stand) -> Row:
    return Row(name, numbers.shown(cell), str(words.STANDS[stand]), place_address(code), TONES.get(stand, ""))


def _standardised(one: Indicator, names: Mapping[str, str], last: Mapping[str, Cell]) -> list[Row]:
    """Rates as they would be with the region's ages and sexes, where an indicator has them."""
    if one.result.definition["kind"] not in places.RATES:
        return []
    told = [(code, name, _Recounted(last[code])) for code, name in names.items() if code in last]
    return [
        Row(name, numbers.shown(cell), href=place_address(code)) for code, name, cell in told if cell.is_told
    ]


class _Recounted:
    """A cell with its standardised figure in the place of its own."""

    def __init__(self, cell: Cell) -> None:
        more = cell.more
        self.status, self.n, self.x = cell.status, cell.n, cell.x
        self.value, self.lower, self.upper = (
            more.get(f"standardised{end}") for end in ("", "_lower", "_upper")
        )
        self.is_told = self.value is not None


def place_address(code: str) -> str:
    """The page of a municipality."""
    return reverse("figure-place", kwargs={"place": code})


def _range(one: Indicator, names: Mapping[str, str]) -> tuple[float, float]:
    """The same scale for every small chart."""
    values = [cell.value for cell in one.cells if cell.value is not None and cell.municipality in names]
    return (min(values), max(values)) if values else (0.0, 1.0)


def _path(one: Indicator, cells: Sequence[Cell], low: float, high: float) -> str:
    """A line over the years; the region may lie outside the range of its places only by rounding."""
    values = {cell.year: cell.value for cell in cells}
    inside = [
        None if values.get(year) is None else min(max(values[year] or 0.0, low), high) for year in one.years
    ]
    return funnels.spark(inside, low, high)


def _small(one: Indicator, code: str, name: str, cell: Cell | None, scale: tuple[float, float]) -> Small:
    told = numbers.shown(cell)
    return Small(
        name=name,
        href=place_address(code),
        path=_path(one, one.series(municipality=code), *scale),
        told=told.absent or told.value,
    )


def _funnel(
    one: Indicator,
    names: Mapping[str, str],
    here: Mapping[str, Told],
    region: Told,
    stands: Mapping[str, Stand],
) -> charts.Chart | None:
    """Only of shares: there the limits follow from the size alone."""
    known = {code: told for code, told in here.items() if told.n and told.value is not None}
    if one.result.definition["kind"] not in places.SHARES or len(known) < 3 or not region.value:
        return None
    share = region.value / 100
    drawn = [
        funnels.Place(
            told.n or 1,
            told.value or 0.0,
            MARKS.get(stands[code], "common"),
            names[code],
            stands[code] in MARKS,
        )
        for code, told in known.items()
    ]
    return funnels.funnel(
        title=_("%(name)s: kommunerna efter storlek") % {"name": one.result.definition["name"]},
        description=_(
            "Varje punkt är en kommun: längre åt höger räknas fler. Linjerna är gränserna som 95 och 99,8 "
            "procent ligger inom av ren slump. Alla värden står i tabellen. %(synthetic)s"
        )
        % {"synthetic": label(one.calculation)},
        heading=one.result.definition["name"],
        notes=notes(one),
        places=drawn,
        middle=region.value,
        curves={"usual": _percent(share, places.USUAL), "strict": _percent(share, places.STRICT)},
        words=numbers.number,
    )


def _percent(share: float, width: float) -> Any:
    def limits(size: float) -> tuple[float, float]:
        low, high = places.limits(share, size, width)
        return 100 * low, 100 * high

    return limits


def _notes(one: Indicator, here: Mapping[str, Told], region: Told, stands: Mapping[str, Stand]) -> list[str]:
    compared = sum(stand is not Stand.UNKNOWN for stand in stands.values())
    if not compared:
        return [_("Ingen kommun går att jämföra med regionen: talen är för små.")]
    said = [words.chance(compared, places.by_chance(compared))]
    if one.result.definition["kind"] in places.SHARES:
        said.append(words.spread(places.overdispersion(list(here.values()), region)))
    return [one for one in said if one]


@dataclass(frozen=True)
class InPlace:
    """An indicator in a municipality, beside the region."""

    name: str
    href: str
    told: numbers.Shown
    unit: str
    region: str
    stand: str
    tone: str
    path: str
    region_path: str


def of_place(found: Sequence[Indicator], code: str) -> list[InPlace]:
    """Every indicator in one municipality, its last year."""
    return [_in_place(one, code) for one in found]


def _in_place(one: Indicator, code: str) -> InPlace:
    here, every = one.series(municipality=code), one.series()
    last, region = _last(one, here), _last(one, every)
    kind = one.result.definition["kind"]
    stand = places.stands(kind, {code: _told(last)}, _told(region))[code]
    values = [cell.value for cell in [*here, *every] if cell.value is not None]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    return InPlace(
        name=one.result.definition["name"],
        href=address(one.result.slug, code),
        told=numbers.shown(last),
        unit=numbers.unit(one.result.definition),
        region=_region(region),
        stand=str(words.STANDS[stand]),
        tone=TONES.get(stand, ""),
        path=_path(one, here, low, high),
        region_path=_path(one, every, low, high),
    )


def _last(one: Indicator, cells: Sequence[Cell]) -> Cell | None:
    return next((cell for cell in cells if cell.year == one.years[-1]), None)


def _region(cell: Cell | None) -> str:
    told = numbers.shown(cell)
    return told.absent or told.value


def every_place(names: Mapping[str, str], chosen: str = "") -> list[dict[str, Any]]:
    """Links to the municipalities."""
    return [
        {"label": name, "href": place_address(code), "current": code == chosen}
        for code, name in names.items()
    ]
