"""S100: what the figures rest on, and what looks odd in it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.design import days
from kring.followup.queries import DataStatus

from . import numbers, quality
from .indicator import source

TABLES = {
    "contact": gettext_lazy("Kontakter"),
    "diagnosis": gettext_lazy("Diagnoser"),
    "step": gettext_lazy("Steg i vårdprocesser"),
    "residence": gettext_lazy("Bostadsorter"),
    "child": gettext_lazy("Barn"),
    "arrangement": gettext_lazy("Det som gäller en tid runt barnet"),
    "deadline": gettext_lazy("Det som har lovats till en dag"),
    "answer": gettext_lazy("Svar på frågor"),
    "hospital": gettext_lazy("In- och utskrivningar"),
    "emergency_visit": gettext_lazy("Akutbesök"),
    "death": gettext_lazy("Dödsfall"),
}


@dataclass(frozen=True)
class State:
    """The last calculation, the work under way, and whether a new one can be started."""

    facts: list[dict[str, str]]
    working: str
    working_href: str
    may_start: bool
    why_not: str


def state(found: DataStatus, actor: Actor) -> State:
    """How it stands."""
    job = found.under_way
    mine = job is not None and job.started_by == actor.person_id and actor.may(Permission.SEE_JOBS)
    return State(
        facts=source(found.calculations[0]) if found.calculations else [],
        working=_working(found),
        working_href=reverse("job", kwargs={"job_id": job.pk}) if job is not None and mine else "",
        may_start=found.may_start,
        why_not="" if found.has_delivery else _("Det finns ingen leverans att räkna på."),
    )


def _working(found: DataStatus) -> str:
    if found.under_way is None:
        return ""
    if found.is_working:
        return _("Måtten räknas nu. Sidan visar de förra siffrorna tills det är klart.")
    return _("Den senaste beräkningen blev inte klar. Siffrorna är kvar från den förra.")


def tables(found: DataStatus) -> list[dict[str, Any]]:
    """What the last delivery held."""
    if not found.calculations:
        return []
    return [
        {
            "name": str(TABLES.get(one["name"], one["name"])),
            "rows": numbers.count(one["rows"]),
            "years": "" if one["name"] == "residence" else f"{one['first_year']}–{one['last_year']}",
        }
        for one in found.calculations[0].tables
    ]


def odd(found: DataStatus) -> quality.Quality | None:
    """What looked odd in the last delivery, beside the one before."""
    return quality.quality(found.calculations, TABLES)


def earlier(found: DataStatus) -> list[dict[str, Any]]:
    """The calculations, newest first, and how much looked odd in each."""
    return [
        {
            "when": days.day_and_time(one.made_at),
            "iso": one.made_at.isoformat(),
            "source": one.source,
            "version": one.data_version[:12],
            "odd": quality.number_of(one),
        }
        for one in found.calculations
    ]
