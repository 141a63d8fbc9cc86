"""S100: what looked odd in a delivery, beside what did the time before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.followup.models import Calculation

from . import numbers

STOP, WARN, NOTE = "stop", "warn", "note"
SEVERITIES = {
    STOP: (gettext_lazy("Allvarligt"), "late"),
    WARN: (gettext_lazy("Varning"), "warn"),
    NOTE: (gettext_lazy("Upplysning"), "info"),
}
"""The word and the tone of each, worst first."""
FEW = 2
"""How much a number that is told as few weighs against another."""
AT_ONCE = 6
"""So many years are told at once; the rest can be opened."""

Row = Mapping[str, Any]
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Line:
    """One odd thing: where, what, when and how much, what to do, and how it was the time before."""

    severity: str
    tone: str
    where: str
    column: str
    text: str
    advice: str
    of: tuple[str, ...]
    more: tuple[str, ...]
    since: str


@dataclass(frozen=True)
class Quality:
    """The whole report of a calculation: a sentence, the lines of each severity, and what is gone."""

    summary: str
    kind: str
    lines: tuple[Line, ...]
    notes: tuple[Line, ...]
    notes_title: str
    gone: tuple[str, ...]


def quality(calculations: Sequence[Calculation], tables: Mapping[str, Any]) -> Quality | None:
    """Of the newest calculation, beside the one before it of the same source; None while there is none."""
    if not calculations:
        return None
    newest = calculations[0]
    earlier = next((one for one in calculations[1:] if one.source == newest.source), None)
    now, before = _grouped(newest.quality), _grouped(earlier.quality) if earlier else None
    lines = [_line(rows, before, key, tables) for key, rows in now.items()]
    serious = tuple(one for one in lines if one.severity != str(SEVERITIES[NOTE][0]))
    notes = tuple(one for one in lines if one not in serious)
    return Quality(
        summary=_summary(now.values()),
        kind=_kind(now.values()),
        lines=serious,
        notes=notes,
        notes_title=ngettext("%(n)s upplysning", "%(n)s upplysningar", len(notes)) % {"n": len(notes)},
        gone=tuple(
            f"{_where(rows[0], tables)}: {rows[0]['text']}"
            for key, rows in (before or {}).items()
            if key not in now
        ),
    )


def number_of(calculation: Calculation) -> dict[str, int]:
    """How many things of each severity a delivery had."""
    groups = list(_grouped(calculation.quality).values())
    return {name: sum(rows[0]["severity"] == name for rows in groups) for name in SEVERITIES}


def _grouped(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    """The same thing of several years is one, in the order of the report: the worst first."""
    made: dict[Key, list[Row]] = {}
    for row in rows:
        made.setdefault((row["table"], row["column"], row["check"]), []).append(row)
    return made


def _summary(groups: Iterable[Sequence[Row]]) -> str:
    found = [rows[0]["severity"] for rows in groups]
    stops, warns = found.count(STOP), found.count(WARN)
    if stops:
        return ngettext(
            "%(n)s sak gör att måtten inte kan räknas eller blir fel. Rätta den först.",
            "%(n)s saker gör att måtten inte kan räknas eller blir fel. Rätta dem först.",
            stops,
        ) % {"n": stops}
    if warns:
        return ngettext(
            "%(n)s sak ser konstig ut. Läs siffrorna med det i minnet.",
            "%(n)s saker ser konstiga ut. Läs siffrorna med det i minnet.",
            warns,
        ) % {"n": warns}
    return _("Inget ser konstigt ut i leveransen.")


def _kind(groups: Iterable[Sequence[Row]]) -> str:
    found = {rows[0]["severity"] for rows in groups}
    return "error" if STOP in found else "warning" if WARN in found else "success"


def _line(
    rows: Sequence[Row], before: Mapping[Key, Sequence[Row]] | None, key: Key, tables: Mapping[str, Any]
) -> Line:
    first = rows[0]
    word, tone = SEVERITIES[first["severity"]]
    told = [text for text in map(_of, rows) if text]
    return Line(
        severity=str(word),
        tone=tone,
        where=_where(first, tables),
        column=first["column"],
        text=first["text"],
        advice=first["advice"],
        of=tuple(told[-AT_ONCE:]),
        more=tuple(told[:-AT_ONCE]),
        since="" if before is None else since(rows, before.get(key, ())),
    )


def _where(row: Row, tables: Mapping[str, Any]) -> str:
    return str(tables.get(row["table"], row["table"]))


def _of(row: Row) -> str:
    """When, how many, how much less: «2020: cirka 15», «2020: 28 procent färre»."""
    when = row["what"] or (str(row["year"]) if row["year"] else "")
    if row["percent"] is not None:
        amount = _("%(share)s procent färre") % {"share": row["percent"]}
    elif row["few"]:
        amount = _("färre än 5")
    elif row["count"] is not None:
        amount = _("cirka %(n)s") % {"n": numbers.count(row["count"])}
    else:
        amount = ""
    return ": ".join(filter(None, (when, amount)))


def since(now: Sequence[Row], before: Sequence[Row]) -> str:
    """What has become of it since the delivery before: more, fewer, both or the same."""
    if not before:
        return _("Nytt sedan förra gången")
    new, old = _weights(now), _weights(before)
    more = any(weight > old.get(name, 0) for name, weight in new.items())
    fewer = any(weight > new.get(name, 0) for name, weight in old.items())
    if more and fewer:
        return _("Både fler och färre än förra gången")
    if more:
        return _("Fler än förra gången")
    return _("Färre än förra gången") if fewer else _("Som förra gången")


def _weights(rows: Sequence[Row]) -> dict[tuple[Any, str], int]:
    """How much of it there is by year and place; of a fall, how deep it is."""
    return {
        (row["year"], row["what"]): row["percent"] or (FEW if row["few"] else row["count"]) or 1
        for row in rows
    }
