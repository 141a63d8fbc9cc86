"""S111: an indicator for everybody: what it says, the table, the chart, and what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.design import charts, days
from kring.followup.models import Calculation, Cell
from kring.followup.queries import Indicator
from kring.followup.rules.change import Judgement, Year

from . import control, numbers, words

MARKS = {
    Judgement.NONE: "common",
    Judgement.BETTER: "improvement",
    Judgement.WORSE: "concern",
    Judgement.CHANGED: "neutral",
}
SEXES = {"girl": gettext_lazy("Flickor"), "boy": gettext_lazy("Pojkar"), "unknown": gettext_lazy("Okänt")}
ENDINGS = ("csv", "xlsx", "json", "svg", "png")


@dataclass(frozen=True)
class Headline:
    """An indicator in short: number, what the years say, and how sure it is."""

    name: str
    href: str
    value: str
    unit: str
    kind: str
    year: int
    interval: str
    about: str
    sure: str
    absent: str
    words: str
    goal: str
    icons: control.Icons


def headline(one: Indicator, place: str = "") -> Headline:
    """The last year of the region or of a municipality, and what all the years say."""
    cells = one.series(municipality=place)
    last = cells[-1] if cells else None
    definition, told = one.result.definition, numbers.shown(last)
    found = control.changed(one, place)
    return Headline(
        name=definition["name"],
        href=address(one.result.slug, place),
        value=told.value,
        unit=numbers.unit(definition),
        kind=numbers.middle(definition),
        year=one.years[-1],
        interval=told.interval,
        about=_about(definition, last),
        sure=_sure(definition, told.n),
        absent=told.absent,
        words=words.in_words(found),
        goal=control.goal(one, place),
        icons=control.icons(found),
    )


def address(slug: str, place: str = "") -> str:
    """The page of an indicator, of the region or of a municipality."""
    if place:
        return reverse("figure-in-place", kwargs={"measure": address_of(slug), "place": place})
    return reverse("figure", kwargs={"measure": address_of(slug)})


def address_of(slug: str) -> str:
    """An indicator as its address names it."""
    return slug.replace("_", "-")


def slug_of(address: str) -> str:
    """The other way round."""
    return address.replace("-", "_")


def _about(definition: Mapping[str, Any], cell: Cell | None) -> str:
    """A share also as so many of a hundred."""
    if cell is None or cell.value is None or definition["unit"] != "procent":
        return ""
    return numbers.of_hundred(cell.value) if definition["kind"] != "Continuity" else ""


def _sure(definition: Mapping[str, Any], n: str) -> str:
    """How many it rests on."""
    if not n:
        return ""
    if definition["kind"] == "Rate":
        return _("Räknat på %(n)s barnår.") % {"n": n}
    return _("Räknat på %(n)s, avrundat till närmaste 5.") % {"n": n}


@dataclass(frozen=True)
class Row:
    """A row of a table: what it is of, the figure, and what stands beside it."""

    label: str
    told: numbers.Shown
    note: str = ""
    href: str = ""
    tone: str = ""


def years(one: Indicator, place: str = "") -> list[Row]:
    """The region or a municipality year by year, newest first, with what was decided and what happened."""
    cells = {cell.year: cell for cell in one.series(municipality=place)}
    marked = {year.year: year for year in control.changed(one, place).years}
    return [
        Row(
            str(year), numbers.shown(cells.get(year)), _beside(marked[year], control.beside(one, place, year))
        )
        for year in reversed(one.years)
    ]


def _beside(year: Year, decided: Sequence[str]) -> str:
    """What the year says of itself, then what stands at its line down the chart."""
    return ". ".join(said for said in (_note(year.judgement, year.outside), *decided) if said)


def _note(judgement: Judgement, outside: bool) -> str:
    if judgement is Judgement.NONE:
        return ""
    word = str(words.VARIATION[judgement])
    return _("%(word)s, utanför gränserna") % {"word": word} if outside else word


def groups(one: Indicator) -> list[Row]:
    """The last year by sex and by age, where the indicator is told so."""
    year = one.years[-1]
    last = [cell for cell in one.cells if cell.year == year and (cell.sex or cell.age_band)]
    return [Row(group_of(cell), numbers.shown(cell)) for cell in sorted(last, key=_group_order)]


def _group_order(cell: Cell) -> tuple[str, int]:
    """Girls and boys, then the ages from the youngest."""
    return cell.age_band and "z", int(cell.age_band.partition("-")[0] or 0) - (cell.sex == "girl")


def group_of(cell: Cell) -> str:
    """The sex or the age of a cell, or both."""
    said = [str(SEXES.get(cell.sex, cell.sex))] if cell.sex else []
    if cell.age_band:
        said.append(_("%(ages)s år") % {"ages": cell.age_band.replace("-", "–")})
    return ", ".join(said)


def both_sides(one: Indicator) -> list[dict[str, str]]:
    """Of a wait: those who came, and those who did not; nothing for what is no wait or is not told."""
    cells, kind = one.series(), one.result.definition["kind"]
    if kind not in ("Wait", "Within") or not cells or cells[-1].value is None:
        return []
    more, limit = cells[-1].more, one.result.definition["limit"]
    if kind == "Within" and "did_not_come" not in more:
        return []
    of_all = cells[-1].value if kind == "Within" else more.get("within_limit_of_all")
    until = [(_("Tills nio av tio hade kommit"), more.get("p90"), _("%(n)s dagar"))]
    told = (
        *(until if kind == "Wait" else ()),
        (_("Inom %(n)s dagar, av alla") % {"n": limit}, of_all, _("%(n)s procent")),
        (
            _("Inom %(n)s dagar, av dem som kom") % {"n": limit},
            more.get("within_limit_of_those_who_came"),
            _("%(n)s procent"),
        ),
        (_("Hade inte kommit när året följdes upp"), more.get("did_not_come"), "%(n)s"),
    )
    return [
        {"label": name, "value": _("Går inte att räkna ut") if n is None else text % {"n": numbers.number(n)}}
        for name, n, text in told
    ]


def chart(one: Indicator, place: str = "", where: str = "") -> charts.Chart | None:
    """The control chart of the region, or of a municipality named `where`; None when no year is told."""
    found, cells = control.changed(one, place), one.series(municipality=place)
    if not any(year.value is not None for year in found.years):
        return None
    absent = {cell.year: str(numbers.SHORT[cell.status]) for cell in cells if cell.value is None}
    points = [
        charts.Point(year.year, year.value, MARKS[year.judgement], absent.get(year.year, ""), _point(year))
        for year in found.years
    ]
    name = one.result.definition["name"]
    heading = _("%(name)s, %(place)s") % {"name": name, "place": where} if where else name
    return charts.over_years(
        title=_("%(name)s: %(words)s") % {"name": heading, "words": words.in_words(found)},
        description=_description(one),
        heading=heading,
        notes=notes(one),
        points=points,
        limits=control.limits(found),
        words=numbers.number,
        targets=control.levels(one, place),
        events=control.events(one, place),
    )


def _point(year: Year) -> str:
    return "" if year.value is None else f"{year.year}: {numbers.number(year.value)}"


def notes(one: Indicator) -> tuple[str, ...]:
    """What must stand on a picture that has left its page."""
    return tuple(text for text in (label(one.calculation), citation(one)) if text)


def _description(one: Indicator) -> str:
    return _("%(unit)s per år, %(first)s–%(last)s. Alla värden står i tabellen. %(synthetic)s") % {
        "unit": numbers.unit(one.result.definition).capitalize(),
        "first": one.years[0],
        "last": one.years[-1],
        "synthetic": label(one.calculation),
    }


def label(calculation: Calculation) -> str:
    """What stands on every page and in every file of made-up data."""
    return _("Syntetiska uppgifter") if calculation.synthetic else ""


def meaning(definition: Mapping[str, Any]) -> list[dict[str, str]]:
    """What an indicator means, how it is counted, and who answers for it."""
    told = (
        (_("Varför"), definition["why"]),
        (_("Hur det räknas"), definition["how"]),
        (_("Täljare"), definition["numerator"]),
        (_("Nämnare"), definition["denominator"]),
        (_("Räknas inte"), definition["exclusions"]),
        (_("Tid och plats"), definition["clock"]),
        (_("Att tänka på"), definition["caveat"]),
        (_("Riktning"), words.aim(definition)),
        (_("Version"), _("%(n)s, gäller från %(day)s") % _version(definition)),
        (_("Ansvarig"), definition["owner"]),
        (_("Granskad av"), definition["checked_by"]),
        (_("Ses över senast"), days.plain_day(date.fromisoformat(definition["next_review"]))),
    )
    return [{"label": name, "value": value} for name, value in told]


def _version(definition: Mapping[str, Any]) -> dict[str, Any]:
    valid_from = date.fromisoformat(definition["valid_from"])
    return {"n": definition["version"], "day": days.plain_day(valid_from)}


def source(calculation: Calculation) -> list[dict[str, str]]:
    """What the figures were counted from, and when."""
    told = (
        (_("Källa"), calculation.source),
        (_("Uppgifterna är"), _("påhittade (syntetiska)") if calculation.synthetic else _("verkliga")),
        (_("År"), f"{calculation.first_year}–{calculation.last_year}"),
        (_("Räknat"), days.day_and_time(calculation.made_at)),
        (_("Dataversion"), calculation.data_version[:12]),
    )
    return [{"label": name, "value": value} for name, value in told]


def citation(one: Indicator) -> str:
    """How to refer to the figures."""
    return _(
        "Kring: %(name)s, definition version %(version)s, data %(data)s, räknat %(day)s. %(synthetic)s"
    ).strip() % {
        "name": one.result.definition["name"],
        "version": one.result.version,
        "data": one.calculation.data_version[:12],
        "day": days.local(one.calculation.made_at).date().isoformat(),
        "synthetic": label(one.calculation),
    }


def downloads(address: str) -> list[dict[str, str]]:
    """The files of an indicator: all of its tables, and its chart."""
    return [
        {
            "label": ending.upper(),
            "href": reverse("figure-file", kwargs={"measure": address, "ending": ending}),
        }
        for ending in ENDINGS
    ]


def tabs(address: str, current: str) -> list[dict[str, Any]]:
    """The region, and its municipalities."""
    told = ((_("Hela regionen"), "figure"), (_("Kommuner"), "figure-places"))
    return [
        {"label": name, "href": reverse(to, kwargs={"measure": address}), "current": to == current}
        for name, to in told
    ]
