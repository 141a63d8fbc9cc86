"""A day's visits as ready strings, with the fields of `access.policy.lists.MINIMUM_FIELDS` and no others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.contacts.queries import Appointment
from kring.children.presenters import name_in_list
from kring.design import days
from kring.design.screen import is_shared

AHEAD = 60
"""So many days before or after today can be looked at."""


@dataclass(frozen=True)
class VisitRow:
    """One visit: enough to receive the child, never why it comes."""

    time: str
    name: str
    birth_date: str
    professional: str
    place: str
    interpreter: str
    communication: str
    acts: tuple[tuple[str, str], ...] = ()


def rows(visits: Iterable[Appointment], actor: Actor | None = None) -> list[VisitRow]:
    """The day's visits by time; those to come with what can be done about them."""
    return [_row(one, actor) for one in visits]


def _acts(visit: Appointment, actor: Actor | None) -> tuple[tuple[str, str], ...]:
    if actor is None or visit.starts_at <= actor.now or not actor.may(Permission.BOOK_APPOINTMENT):
        return ()
    keys = [visit.child_id, visit.pk]
    moving, calling_off = reverse("move-visit", args=keys), reverse("call-off-visit", args=keys)
    return ((_("Flytta"), moving), (_("Avboka"), calling_off))


def _row(visit: Appointment, actor: Actor | None) -> VisitRow:
    child = visit.child
    open_child = child.protection == "none" and not is_shared()
    return VisitRow(
        time=days.at(visit.starts_at),
        name=name_in_list(child),
        birth_date=child.birth_date.isoformat() if open_child else "",
        professional=visit.with_whom,
        place=str(visit.get_mode_display()),
        interpreter=_language(child.interpreter_language),
        communication=child.communication,
        acts=_acts(visit, actor) if child.protection == "none" else (),
    )


def _language(code: str) -> str:
    """The interpreter's language in words; a code that is not known stands as it is."""
    try:
        return str(get_language_info(code)["name_translated"]).lower() if code else ""
    except KeyError:
        return code


def day_from(text: str, today: date) -> date:
    """The day that an address asks for; today when it asks for none, or for one too far away."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return today
    return asked if abs((asked - today).days) <= AHEAD else today


def context(visits: Iterable[Appointment], day: date, actor: Actor) -> dict[str, Any]:
    """Everything the template reads."""
    return {
        "rows": rows(visits, actor),
        "day": days.day(day),
        "is_today": day == actor.today,
        "empty": _("Inga besök är bokade den här dagen."),
        "before": _link(day - timedelta(days=1), actor.today),
        "after": _link(day + timedelta(days=1), actor.today),
    }


def _link(day: date, today: date) -> str:
    """The day's address; none for one too far away, which would only lead back to today."""
    return "?" + urlencode({"dag": day.isoformat()}) if abs((day - today).days) <= AHEAD else ""
