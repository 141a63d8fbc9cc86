"""The report on paper (PDF/UA-1): the same words, tables and pictures as its pages."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kring.design.paper import typesetting
from kring.design.paper.characters import all_printable
from kring.design.paper.words import frame
from kring.followup.presenters import pictures
from kring.reports.models import Part
from kring.reports.queries import Opened
from kring.reports.rules.contents import contents

from . import front
from .blocks import block
from .front import paragraphs

TEMPLATE = Path(__file__).parents[1] / "typst" / "report.typ"


def pdf(found: Opened, parts: Mapping[str, Sequence[Part]], on: date) -> bytes:
    """The file, with the day as its date; a report that is not published says so across every page."""
    words, drawings = sheet(found, parts, on)
    return typesetting.typeset(TEMPLATE, all_printable(words) | {"pictures": drawings}, on=on)


def sheet(
    found: Opened, parts: Mapping[str, Sequence[Part]], on: date
) -> tuple[dict[str, Any], dict[str, str]]:
    """Everything that the paper says, and its pictures by name."""
    report, name = found.report, front.title(found.report)
    drawings: dict[str, str] = {}
    chapters = [
        {
            "title": one.title,
            "lead": one.lead,
            **_texts(found, one.key),
            "blocks": [_block(part, drawings) for part in parts.get(one.key, ()) if _is_told(part)],
        }
        for one in contents().chapters
    ]
    words = frame(running=name, on=on) | {
        "title": name,
        "version_words": _("Utgåva %(n)s") % {"n": report.edition},
        "footer": front.label(report) or report.calculation.source,
        "draft": "" if found.publication else _("Utkast"),
        "lead": _("Så mår barn och unga i regionen: tal, hur säkra de är och vad som är slump."),
        "label": front.label(report),
        "label_more": _("Siffrorna är påhittade och säger ingenting om verkliga barn."),
        "correction": report.correction,
        "correction_head": _("Det här rättar utgåvan"),
        "contents_head": _("Innehåll"),
        "facts": [[row["label"], row["value"]] for row in front.facts(found)],
        "facts_head": _("Varifrån siffrorna kommer"),
        "citation": front.citation(report),
        "notes": _notes(),
        "chapters": chapters,
    }
    return words, drawings


def _notes() -> list[str]:
    """What holds for every table."""
    return [
        _("Antal avrundas till närmaste 5. Färre än 5 visas inte, inte heller det som skulle avslöja dem."),
        _("95 % KI är konfidensintervallet: så långt från värdet kan slumpen ha fört oss."),
        _("Alla tabeller, med varje kommun, kön och ålder, hämtas som filer där rapporten är publicerad."),
    ]


def _texts(found: Opened, key: str) -> dict[str, list[str]]:
    chapter = found.chapters.get(key)
    told = (chapter.introduction, chapter.comment) if chapter else ("", "")
    return dict(zip(("introduction", "comment"), map(paragraphs, told), strict=True))


def _is_told(part: Part) -> bool:
    """Of the municipalities, the paper shows those measures in which somebody differs by more than chance."""
    return part.chapter != "equality" or part.slug == "overview" or bool(_outside(part.content))


def _outside(content: Mapping[str, Any]) -> list[str]:
    return [*content.get("high", ()), *content.get("low", ())]


def _block(part: Part, drawings: dict[str, str]) -> dict[str, Any]:
    one = block(part)
    chart = one["drawn"]
    picture = f"p{len(drawings)}" if chart else ""
    if chart:
        drawings[picture] = pictures.svg(chart).decode()
    return {
        "kind": one["kind"],
        "name": one.get("name", ""),
        "picture": picture,
        "alt": f"{chart.title} {chart.description}" if chart else "",
        **WAYS[one["kind"]](one),
    }


def _measure(one: Mapping[str, Any]) -> dict[str, Any]:
    rows = [
        [
            row["label"],
            _value(row["told"]),
            row["told"]["interval"],
            row["told"]["x"],
            row["told"]["n"],
            row["note"],
        ]
        for row in one["years"]
    ]
    heads = [
        _("År"),
        one["headline"]["unit"].capitalize(),
        _("95 % KI"),
        _("Antal"),
        _("Av"),
        _("Mer än slump?"),
    ]
    counted = _("Antal: %(numerator)s. Av: %(denominator)s.") % {
        "numerator": one["numerator"],
        "denominator": one["denominator"],
    }
    groups = [
        [row["label"], _value(row["told"]), row["told"]["interval"], row["told"]["n"]]
        for row in one["groups"]
    ]
    return {
        "sentences": [one["sentence"], one["sure"], _goal(one["goal"]), one["change"], one["aim"]],
        "tables": [
            _table(heads, rows, 0.5, 1.1, 1, 0.7, 0.7, 1.9),
            _table([_("Grupp"), heads[1], heads[2], heads[4]], groups, 1, 1.6, 1, 0.7),
        ],
        "small": [one["definition"], counted, one["caveat"], one["note"]],
        "own_page": True,
    }


def _goal(goal: str) -> str:
    return _("Mål: %(goal)s.") % {"goal": goal} if goal else ""


def _value(told: Mapping[str, str]) -> str:
    return told["absent"] or told["value"]


def _table(heads: list[str], rows: list[list[str]], *widths: float) -> dict[str, Any]:
    """`widths`: how wide the columns are beside each other; alike when nothing is said."""
    return {"heads": heads, "rows": rows, "widths": list(widths) or [1.0] * len(heads)}


def _population(one: Mapping[str, Any]) -> dict[str, Any]:
    told = [
        _table([head, _("Antal barn")], [[row["label"], row["n"] or row["absent"]] for row in one[name]])
        for head, name in ((_("År"), "years"), (_("Grupp"), "groups"), (_("Kommun"), "places"))
    ]
    return {"sentences": [one["sentence"]], "tables": told, "small": [one["note"]]}


def _overview(one: Mapping[str, Any]) -> dict[str, Any]:
    heads = [_("Mått"), _("Regionen"), _("Från–till"), _("Kommuner som visas"), _("Mer än slump?")]
    rows = [
        [row["name"], row["region"], row["span"], _shown(row), f"{row['sentence']} {row['slope']}".strip()]
        for row in one["rows"]
    ]
    return {
        "sentences": one["sentences"],
        "tables": [_table(heads, rows, 2.2, 0.9, 1.1, 0.8, 2.8)],
        "small": [],
    }


def _shown(row: Mapping[str, Any]) -> str:
    return _("%(n)s av %(all)s") % {"n": row["shown"], "all": row["all"]}


def _equality(one: Mapping[str, Any]) -> dict[str, Any]:
    return {"sentences": [one["sentence"], *one["notes"]], "tables": [], "small": [one["note"]]}


def _changes(one: Mapping[str, Any]) -> dict[str, Any]:
    heads = [_("Mått"), _("Förra rapporten"), _("Den här"), _("Vad det betyder")]
    rows = [[row["name"], row["earlier"], row["now"], row["text"]] for row in one["rows"]]
    gone = [_("Finns inte längre: %(names)s.") % {"names": ", ".join(one["gone"])}] if one["gone"] else []
    return {
        "sentences": [*one["sentences"], *gone, *one.get("definitions", ())],
        "tables": [_table(heads, rows, 2, 0.7, 0.7, 2.8)] if rows else [],
        "small": [],
    }


WAYS = {
    "measure": _measure,
    "population": _population,
    "overview": _overview,
    "equality": _equality,
    "changes": _changes,
}
