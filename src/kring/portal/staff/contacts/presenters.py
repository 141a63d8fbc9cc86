"""S25 as ready strings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.contacts.queries import Appointment, Gathering, SameDayRequest, Strip
from kring.design import days

from .same_day.presenters import TONES, AnswerRow, answers, label


@dataclass(frozen=True)
class Proposal:
    """One week whose visits could share a day, what that saves, and where to ask for it."""

    title: str
    visits: list[str]
    saves: str
    href: str


@dataclass(frozen=True)
class VisitRow:
    """One booked visit."""

    when: str
    iso: str
    what: str
    unit: str
    mode: str
    status: str
    wish: str = ""
    acts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RequestRow:
    """A question about gathering visits, and each unit's answer."""

    on: str
    iso: str
    state: str
    tone: str
    answers: list[AnswerRow]
    href: str
    go: str


def proposals(found: Strip, child_id: UUID) -> list[Proposal]:
    """The proposals, soonest week first."""
    return [_proposal(found, one, child_id) for one in found.gatherings]


def _proposal(found: Strip, one: Gathering, child_id: UUID) -> Proposal:
    chosen = {"besok": [str(visit.id) for visit in one.visits], "dag": one.on.isoformat()}
    week = {"n": len(one.visits), "week": one.week.isocalendar().week, "day": days.day(one.on)}
    return Proposal(
        title=_("%(n)s besök vecka %(week)s kan samlas %(day)s") % week,
        visits=[label(found.appointments[visit.id]) for visit in one.visits],
        saves=_saves(one),
        href=reverse("same-day", kwargs={"child_id": child_id}) + "?" + urlencode(chosen, doseq=True),
    )


def _saves(one: Gathering) -> str:
    journeys = ngettext("Sparar %(n)s resa", "Sparar %(n)s resor", one.saved_journeys) % {
        "n": one.saved_journeys
    }
    hours = round(one.saved_school_minutes / 60, 1)
    if hours < 0.5:
        return journeys + "."
    school = _("ungefär %(n)s timmar i skolan") % {"n": f"{hours:g}".replace(".", ",")}
    return _("%(journeys)s och %(school)s.") % {"journeys": journeys, "school": school}


def choices(found: Strip, actor: Actor) -> list[tuple[str, str]]:
    """The visits that can still be moved, soonest first, as choices of the form."""
    rows = sorted(found.appointments.values(), key=lambda one: one.starts_at)
    return [(str(one.pk), label(one)) for one in rows if one.starts_at > actor.now]


def visits(found: Strip, actor: Actor, wishes: Mapping[UUID, str]) -> list[VisitRow]:
    """Every visit, soonest first; the own unit's to come with what can be done about it."""
    rows = sorted(found.appointments.values(), key=lambda one: one.starts_at)
    return [_visit(one, actor, wishes.get(one.pk, "")) for one in rows]


def _visit(one: Appointment, actor: Actor, wish: str) -> VisitRow:
    own = one.unit_id == actor.unit_id and one.starts_at > actor.now and may_book(actor)
    keys = [one.child_id, one.pk]
    acts = (
        (_("Flytta"), reverse("move-visit", args=keys)),
        (_("Vem ser"), reverse("visit-readers", args=keys)),
        (_("Avboka"), reverse("call-off-visit", args=keys)),
    )
    return VisitRow(
        when=days.day_and_time(one.starts_at),
        iso=one.starts_at.isoformat(),
        what=one.what or _("Bokat besök"),
        unit=one.unit.name,
        mode=one.get_mode_display(),
        status=one.get_status_display(),
        wish=_("Familjen ber om en annan tid: %(words)s") % {"words": wish} if wish else "",
        acts=acts if own else (),
    )


def several(found: Strip) -> str:
    """How many days already hold more than one visit."""
    if not found.several:
        return ""
    n = len(found.several)
    return ngettext("%(n)s dag har redan flera besök.", "%(n)s dagar har redan flera besök.", n) % {"n": n}


def requests(found: list[SameDayRequest], actor: Actor) -> list[RequestRow]:
    """The questions, latest first, each with where it is answered or read."""
    return [_request(one, actor) for one in found]


def _request(one: SameDayRequest, actor: Actor) -> RequestRow:
    return RequestRow(
        on=days.day(one.on),
        iso=one.on.isoformat(),
        state=one.get_state_display(),
        tone=TONES[one.state],
        answers=answers(one),
        href=reverse("same-day-question", args=[one.child_id, one.pk]) if may_book(actor) else "",
        go=_("Svara") if _waits_for(one, actor) else _("Öppna frågan"),
    )


def _waits_for(one: SameDayRequest, actor: Actor) -> bool:
    """Whether the actor's unit has an answer left to give."""
    rows = one.visits.all() if one.state == SameDayRequest.State.ASKED else ()
    return any(not row.answer and row.appointment.unit_id == actor.unit_id for row in rows)


def may_book(actor: Actor) -> bool:
    """Whether the actor books, moves and answers for visits at the own unit."""
    return actor.may(Permission.BOOK_APPOINTMENT)


def book_href(actor: Actor, child_id: UUID) -> str:
    """Where a visit is booked; "" for those who do not book."""
    return reverse("book-visit", args=[child_id]) if may_book(actor) else ""


def check_rows(cleaned: dict[str, Any], found: Strip) -> list[dict[str, str]]:
    """The rows of the check-answers page."""
    chosen = [label(one) for key, one in found.appointments.items() if str(key) in cleaned["visits"]]
    on: date = cleaned["on"]
    return [
        {"label": _("Besök"), "value": "; ".join(chosen)},
        {"label": _("Dag"), "value": days.day(on)},
        {"label": _("Hälsning"), "value": cleaned["message"] or _("Ingen")},
    ]


def initial(parameters: Any) -> dict[str, Any]:
    """What a proposal's link fills in; a day that cannot be read is left empty."""
    try:
        on = date.fromisoformat(parameters.get("dag", ""))
    except ValueError:
        on = None
    return {"visits": parameters.getlist("besok"), "on": on}
