"""The week as ready strings."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.access.actors import Actor
from kring.access.policy.ages import birthday
from kring.access.policy.catalogue import sentence
from kring.children.models import Child
from kring.children.presenters import age_in_list, name_in_list
from kring.design import days
from kring.design.screen import is_shared

from .queries import LIMITS, Load, Untouched, Week


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
        Group(_title(number, len(rows)), "", [_quiet(actor, row) for row in rows])
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
