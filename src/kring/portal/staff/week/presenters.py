"""The week as ready strings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.ages import birthday
from kring.access.policy.catalogue import sentence
from kring.children.models import Child
from kring.children.presenters import age_in_list, name_in_list
from kring.design import days
from kring.design.screen import is_shared

from .queries import LIMITS, MOST, Asked, Cut, Load, Untouched, Week


@dataclass(frozen=True)
class ChildLine:
    """A child in a list: name, age, the day in question."""

    name: str
    age: str
    href: str
    when: str
    iso: str


@dataclass(frozen=True)
class Group:
    """Children that belong together, with why."""

    title: str
    why: str
    lines: list[ChildLine]


def untouched(actor: Actor, found: Week) -> list[Group]:
    """Longest first; a group without children is left out."""
    return [
        Group(
            _title(number, found.quiet.counts.get(number, len(rows))),
            "",
            [_quiet(actor, row) for row in rows],
        )
        for number, rows in found.untouched.items()
        if rows
    ]


def _title(number: int, count: int) -> str:
    words = {"n": count, "days": number}
    return (
        ngettext(
            "%(n)s barn: ingenting på minst %(days)s dagar",
            "%(n)s barn: ingenting på minst %(days)s dagar",
            count,
        )
        % words
    )


def _quiet(actor: Actor, row: Untouched) -> ChildLine:
    when = _("Senast %(day)s") % {"day": days.day(row.last)} if row.last else _("Inget har hänt ännu")
    return _line(actor, row.child, when, row.last)


def turning(actor: Actor, found: Week) -> list[Group]:
    """By age, with what changes then."""
    rules = dict(zip(found.turning, (sentence(f"ages.{key}") for key in LIMITS), strict=True))
    return [
        Group(
            _("Fyller %(years)s år inom sex månader") % {"years": years},
            rules[years],
            [_birthday(actor, child, years) for child in children],
        )
        for years, children in found.turning.items()
        if children
    ]


def _birthday(actor: Actor, child: Child, years: int) -> ChildLine:
    day = birthday(child.birth_date, years)
    return _line(actor, child, days.day(day), day)


def _line(actor: Actor, child: Child, when: str, day: date | None) -> ChildLine:
    protected = child.protection != "none" or is_shared()
    return ChildLine(
        name=name_in_list(child),
        age=age_in_list(child, actor.today),
        href=reverse("child", kwargs={"child_id": child.pk}),
        when="" if protected else when,
        iso=day.isoformat() if day and not protected else "",
    )


@dataclass(frozen=True)
class LoadRow:
    """One colleague's load."""

    name: str
    children: int
    overdue: int
    is_nobody: bool


def load(found: Week) -> list[LoadRow]:
    """Most children first; what nobody has taken is called so."""
    return [_load(row) for row in found.load]


def _load(row: Load) -> LoadRow:
    return LoadRow(row.name or _("Ingen ansvarig"), row.children, row.overdue, not row.name)


@dataclass(frozen=True)
class Pager:
    """«Visar 51–100 av 123», and the ways to the others."""

    text: str
    previous: str
    next: str


def pagers(found: Week) -> dict[str, Pager | None]:
    """What each list does not show and how to reach it; None for a list that is shown whole."""
    asked = found.asked
    return {
        "quiet_pager": _pager(found.quiet, lambda page: _address(replace(asked, quiet=page))),
        "soon_pager": _pager(found.soon, lambda page: _address(replace(asked, soon=page))),
    }


def _pager(cut: Cut, address: Callable[[int], str]) -> Pager | None:
    if cut.pages == 1:
        return None
    first = (cut.page - 1) * MOST + 1
    shown = {"first": first, "last": min(cut.total, first + MOST - 1), "all": cut.total}
    return Pager(
        _("Visar %(first)s–%(last)s av %(all)s.") % shown,
        address(cut.page - 1) if cut.page > 1 else "",
        address(cut.page + 1) if cut.page < cut.pages else "",
    )


def _address(asked: Asked) -> str:
    named = {
        "alla": "1" if asked.everyone else "",
        "orord": asked.quiet if asked.quiet > 1 else "",
        "fyller": asked.soon if asked.soon > 1 else "",
    }
    return "?" + urlencode({name: value for name, value in named.items() if value})


def asked_from(parameters: Mapping[str, str]) -> Asked:
    """Read an address; what it says wrongly is as if it had not been said."""
    return Asked(
        quiet=_number(parameters.get("orord", "")),
        soon=_number(parameters.get("fyller", "")),
        everyone=parameters.get("alla") == "1",
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 and int(text) else 1


def tabs(found: Week) -> list[dict[str, Any]]:
    """Children with something to do, or all that the unit meets: also one without a task can be forgotten."""
    everyone = found.asked.everyone
    return [
        {"label": _("Med öppen uppgift"), "href": _address(Asked()), "current": not everyone},
        {
            "label": _("Alla barn som enheten möter"),
            "href": _address(Asked(everyone=True)),
            "current": everyone,
        },
    ]


def without_contact_href(actor: Actor) -> str:
    """Where those who appoint see children without a named care contact."""
    return reverse("without-care-contact") if actor.may(Permission.APPOINT_CARE_CONTACT) else ""
