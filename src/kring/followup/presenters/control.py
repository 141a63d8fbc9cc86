"""A control chart in words: what was decided about it, by whom and why, and what its limits say."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from kring.access.roles import ROLES
from kring.design import charts, days
from kring.followup.models import ChartDecision
from kring.followup.queries import Indicator
from kring.followup.rules.change import Assurance, Change, Year, change
from kring.followup.rules.decisions import Kind, baselines, standing, target_in, targets

from . import numbers, words


def changed(one: Indicator, place: str = "") -> Change:
    """What the years of a place say, with what has been decided about its chart."""
    values = {cell.year: cell.value for cell in one.series(municipality=place)}
    rows = one.decided(place)
    return change(
        one.years,
        [values.get(year) for year in one.years],
        one.result.definition["direction"],
        baselines(rows),
        target_in(targets(rows), one.years[-1]),
    )


def goal(one: Indicator, place: str = "") -> str:
    """The target that holds in the last year, in words; empty where none has been decided."""
    value = target_in(targets(one.decided(place)), one.years[-1])
    return "" if value is None else words.goal(one.result.definition, value)


def groups(found: Change) -> list[list[Year]]:
    """The years between the steps of the limits."""
    return [list(years) for _at, years in groupby(found.years, key=lambda year: year.group)]


def limits(found: Change) -> list[charts.Limits]:
    """A step for each group of limits; a group of too few years has none."""
    names = (_("genomsnitt"), _("undre gräns"), _("övre gräns"))
    made, every = list[charts.Limits](), groups(found)
    for at, years in enumerate(every):
        one = years[0]
        if one.mean is not None and one.lower is not None and one.upper is not None:
            first = one.year if at else None
            last = years[-1].year if at < len(every) - 1 else None
            made.append(charts.Limits(one.mean, one.lower, one.upper, names, first, last))
    return made


def limits_in_words(found: Change) -> list[str]:
    """The same as sentences, for those who read the table."""
    return [
        _("%(years)s: genomsnitt %(mean)s, vanlig variation %(lower)s–%(upper)s.")
        % {
            "years": f"{years[0].year}–{years[-1].year}",
            "mean": numbers.number(years[0].mean),
            "lower": numbers.number(years[0].lower or 0.0),
            "upper": numbers.number(years[0].upper or 0.0),
        }
        for years in groups(found)
        if years[0].mean is not None
    ]


def levels(one: Indicator, place: str) -> list[charts.Level]:
    """The targets as steps, each from its year until the next; one that begins later is not drawn."""
    held = [(year, value) for year, value in targets(one.decided(place)).items() if year <= one.years[-1]]
    ends = [*(year - 1 for year, _value in held[1:]), None]
    return [
        charts.Level(value, _("mål") if end is None else "", max(year, one.years[0]), end)
        for (year, value), end in zip(held, ends, strict=False)
        if end is None or end >= one.years[0]
    ]


def events(one: Indicator, place: str) -> list[charts.Event]:
    """What was decided about the limits and what happened, where it lies on the axis."""
    drawn = (_event(row) for row in standing(one.decided(place)))
    return [event for event in drawn if event and one.years[0] - 0.5 <= event.at <= one.years[-1] + 0.5]


def _event(row: ChartDecision) -> charts.Event | None:
    if row.kind == Kind.SPLIT and row.year:
        return charts.Event(row.year - 0.5, _("Nya gränser %(year)s") % {"year": row.year}, "step")
    if row.kind == Kind.FIX and row.year:
        return charts.Event(row.year + 0.5, _("Gränserna räknas hit"), "step")
    return charts.Event(along(row.on), row.words) if row.kind == Kind.NOTE and row.on else None


def along(day: date) -> float:
    """Where a day lies among the years: 2019 is the middle of 2019."""
    length = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return day.year + (day - date(day.year, 1, 1)).days / length - 0.5


def beside(one: Indicator, place: str, year: int) -> list[str]:
    """What stands beside a year in the table: the same as the lines down the chart."""
    rows = [row for row in standing(one.decided(place)) if _is_of(row, year)]
    return [what(row, one) for row in rows]


def _is_of(row: ChartDecision, year: int) -> bool:
    return year == (row.on.year if row.on else row.year)


def what(row: ChartDecision, one: Indicator) -> str:
    """What was decided, in a sentence without its stop."""
    if row.kind == Kind.SPLIT:
        return _("Nya gränser från %(year)s") % {"year": row.year}
    if row.kind == Kind.FIX:
        return _("Gränserna räknas på åren till och med %(year)s") % {"year": row.year}
    if row.kind == Kind.TARGET:
        said = words.goal(one.result.definition, row.value or 0.0)
        return _("Mål från %(year)s: %(goal)s") % {"year": row.year, "goal": said}
    return f"{days.plain_day(row.on)}: {row.words}" if row.on else row.words


@dataclass(frozen=True)
class Decided:
    """A decision in the list under the chart; `taken_back`: by whom, when and why it no longer holds."""

    number: int
    key: str
    what: str
    when: str
    iso: str
    who: str
    reason: str
    taken_back: str


def history(one: Indicator, place: str = "") -> list[Decided]:
    """Everything that has been decided about the chart, newest first."""
    rows = one.decided(place)
    undone = {row.undoes_id: row for row in rows if row.kind == Kind.UNDO}
    told = [row for row in rows if row.kind != Kind.UNDO]
    return [_decided(row, undone.get(row.pk), one) for row in reversed(told)]


def _decided(row: ChartDecision, undone: ChartDecision | None, one: Indicator) -> Decided:
    return Decided(
        number=row.number,
        key=str(row.pk),
        what=what(row, one),
        when=days.plain_day(days.local(row.at).date()),
        iso=row.at.isoformat(),
        who=who(row),
        reason=row.reason,
        taken_back=_taken_back(undone) if undone else "",
    )


def who(row: ChartDecision) -> str:
    """Who decided it, by role and unit as they were then: never a name."""
    role = ROLES[row.role].title if row.role in ROLES else row.role
    return ", ".join(part for part in (role, row.unit) if part)


def _taken_back(row: ChartDecision) -> str:
    return _("Taget tillbaka %(day)s av %(who)s: %(reason)s") % {
        "day": days.plain_day(days.local(row.at).date()),
        "who": who(row),
        "reason": row.reason,
    }


@dataclass(frozen=True)
class Icons:
    """What the last years are part of and whether the target is met: two words, each with its drawing.
    `met` is empty where the limits are on trial: there `trial` says so.
    """

    variation: str
    tone: str
    icon: str
    met: str
    met_tone: str
    met_icon: str
    trial: str


def icons(found: Change) -> Icons:
    """The two icons of Making Data Count, in words."""
    trial = _("Preliminära gränser") if found.counted_from and found.on_trial else ""
    known = not trial and found.assurance is not Assurance.ON_TRIAL
    word, tone, icon = words.ASSURANCE[found.assurance] if known else ("", "", "")
    return Icons(*words.variation(found), str(word), tone, icon, trial)
