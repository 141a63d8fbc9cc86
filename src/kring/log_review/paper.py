"""«Vem har läst» on paper (PDF/UA-1): the same readings as the page, all of them up to `MOST`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kring.access.actors import Actor
from kring.access.leaving import still_open
from kring.design.paper import typesetting
from kring.design.paper.words import frame

from .presenters import extract as words
from .queries.extract import Extract

TEMPLATE = Path(__file__).parent / "typst" / "extract.typ"
MOST = 500
"""Readings on one paper; older ones are had by choosing another period."""


Ask = Callable[[Actor], Extract]
"""Asks for the extract to take out, through the gate; who may have it, and that it was taken out, is asked
and logged there.
"""


def extract_paper(actor: Actor, ask: Ask) -> bytes:
    """The file, of what is open when it has been made."""

    def words_for(by: Actor) -> dict[str, Any]:
        return frame(running=_("Vem har läst"), on=by.today) | _sheet(by, ask(by))

    return still_open(
        actor, words_for(actor), words_for, partial(typesetting.paper, TEMPLATE, on=actor.today)
    )


def _sheet(actor: Actor, found: Extract) -> dict[str, Any]:
    return {
        "title": _("Vem har läst"),
        "heading": _("Vem har läst"),
        "child": found.child.name,
        "period": words.period(found),
        "summary": _summary(found),
        "nothing": words.nothing(found),
        "heads": [_("Dag och tid"), _("Enhet och roll"), _("Vad"), _("Varför")],
        "rows": [_row(day.name, line) for day in words.by_day(actor, found, _nowhere) for line in day.lines],
        "notes": _notes(found),
    }


def _nowhere(_key: UUID) -> str:
    return ""


def _summary(found: Extract) -> str:
    if found.total <= MOST:
        return words.openings(found.total)
    shown = {"n": MOST, "all": found.total}
    return _("De %(n)s senaste av %(all)s läsningar. Välj en kortare tid för att få äldre.") % shown


def _row(day: str, line: words.Line) -> list[str]:
    reason = _("Nödöppning. %(why)s") % {"why": line.why} if line.emergency else line.why
    return [f"{day}\n{line.at}", f"{line.unit}\n{line.who}".strip(), line.did, reason]


def _notes(found: Extract) -> list[str]:
    told = [
        _("Här står enhet, roll och tid, men inte vem. Den som vill veta mer frågar på sidan Vem har läst."),
    ]
    if not found.wanted.lists:
        told.append(_("Listor där barnet har stått med är inte med på papperet."))
    return told


def as_answer(actor: Actor, ask: Ask) -> HttpResponse:
    """The file as it goes to a browser, under a name that tells nothing."""
    answer = HttpResponse(extract_paper(actor, ask), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(actor)}"'
    return answer


def file_name(actor: Actor) -> str:
    """What the file is called where it is saved: the day and nothing of the child."""
    return f"vem-har-last-{actor.today.isoformat()}.pdf"
