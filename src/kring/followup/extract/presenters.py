"""The page of Kring's own extract: when it was made, what it held, and what hinders a new one."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.actors import Actor
from kring.design import days
from kring.followup.presenters import numbers
from kring.followup.presenters.status import TABLES

from .models import Extract
from .queries import State


@dataclass(frozen=True)
class Page:
    """Ready words."""

    facts: list[dict[str, str]]
    tables: list[dict[str, str]]
    working: str
    working_href: str
    may_start: bool
    why_not: str


def page(found: State, actor: Actor) -> Page:
    """How it stands, for whoever asks."""
    mine = found.job is not None and found.job.started_by == actor.person_id
    return Page(
        facts=_facts(found.last) if found.last else [],
        tables=_tables(found.last) if found.last else [],
        working=_working(found),
        working_href=reverse("job", kwargs={"job_id": found.job.pk}) if found.job and mine else "",
        may_start=found.may_start,
        why_not=_why_not(found),
    )


def _facts(last: Extract) -> list[dict[str, Any]]:
    told = _("Allt lästes om från början") if last.from_start else _("Bara det som var nytt lästes")
    return [
        {"label": _("Senast uttaget"), "value": days.day_and_time(last.made_at)},
        {"label": _("Barn"), "value": numbers.count(last.children)},
        {"label": _("Barn med något nytt"), "value": numbers.count(last.touched)},
        {"label": _("Hur"), "value": told},
        {"label": _("Dataversion"), "value": last.data_version[:12]},
    ]


def _tables(last: Extract) -> list[dict[str, str]]:
    rows = ((name, number) for name, number in last.rows.items() if name in TABLES)
    return [{"name": str(TABLES[name]), "rows": numbers.count(number)} for name, number in rows]


def _working(found: State) -> str:
    if found.job is None:
        return ""
    if found.is_working:
        return _("Uppgifterna tas ut nu. Det förra uttaget gäller tills det är klart.")
    return _("Det senaste uttaget blev inte klart. Det förra uttaget gäller.")


def _why_not(found: State) -> str:
    if not found.has_key:
        return _("Nyckeln för uttaget är inte satt. Be den som driver Kring att sätta den.")
    return _("Måtten räknas nu. Ta ut uppgifterna när det är klart.") if found.counting else ""
