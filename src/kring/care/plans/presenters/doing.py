"""Who does what by when: the list that a stranger in a meeting room must understand in ten seconds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.design import days

LAST = date.max
STATUS_MARKS = {"planned": "draft", "ongoing": "running", "done": "done", "stopped": "blocked"}
DOER_ICONS = {"unit": "building", "family": "home", "third_party": "people"}


@dataclass(frozen=True)
class Doing:
    """One activity as a row. `person` does it, from `place`; `mark` is a kind of status tag; `own`: whose
    words it is of the family's, who wrote it.
    """

    what: str
    goal: str
    person: str
    place: str
    icon: str
    iso: str
    when: str
    near: str
    late: bool
    mark: str
    status: str
    href: str
    mine: bool
    by: str
    own: str = ""


def doings(activities: Iterable[Any], today: date, unit_id: UUID | None) -> list[Doing]:
    """The rows, what is late first, then by day, and what has no day last."""
    ordered = sorted(activities, key=lambda one: (one.due_on or LAST, one.created_at))
    return [_doing(one, today, unit_id) for one in ordered]


def _doing(one: Any, today: date, unit_id: UUID | None) -> Doing:
    person, place = doer(one)
    late = bool(one.due_on and one.due_on < today and one.status in ("planned", "ongoing"))
    mine = unit_id in (one.unit_id, one.responsible_unit_id)
    return Doing(
        what=one.what,
        goal="",
        person=person,
        place=place,
        icon=DOER_ICONS[one.responsible],
        iso=one.due_on.isoformat() if one.due_on else "",
        when=days.day(one.due_on) if one.due_on else one.when_words or _("Ingen dag satt"),
        near="" if late else near(one, today),
        late=late,
        mark="overdue" if late else STATUS_MARKS[one.status],
        status=overdue(one.due_on, today) if late else one.get_status_display(),
        href=reverse("plan-activity", args=[one.pk]) if mine else "",
        mine=mine,
        by=one.unit.name if one.unit else _("Familjen"),
        own=of_family(one),
    )


def of_family(item: Any) -> str:
    """That an item is the family's own, and whose words it is; nothing for what a unit wrote."""
    if item.unit_id is not None:
        return ""
    return _("Barnets eget") if item.by_child else _("Familjens eget")


def doer(one: Any) -> tuple[str, str]:
    """Who does it, and from where: a person at a unit, a unit, the family, or somebody else."""
    if one.responsible == "unit":
        unit = one.responsible_unit.name if one.responsible_unit else ""
        return (one.responsible_person.name, unit) if one.responsible_person else (unit, "")
    if one.responsible == "family":
        return (one.responsible_words, _("Familjen")) if one.responsible_words else (_("Familjen"), "")
    return one.responsible_words, _("Utanför verksamheterna")


def near(one: Any, today: date) -> str:
    """How soon, and how often, for what is still to be done."""
    soon = days.distance(one.due_on, today) if one.due_on and one.status in ("planned", "ongoing") else ""
    often = one.when_words if one.due_on else ""
    return f"{soon} · {often}" if soon and often else soon or often


def overdue(due: date, today: date) -> str:
    """«Försenad 12 dagar»."""
    late = (today - due).days
    return ngettext("Försenad %(n)s dag", "Försenad %(n)s dagar", late) % {"n": late}


def going(rows: Iterable[Any]) -> list[Any]:
    """Activities that are still to be done."""
    return [one for one in rows if one.status in ("planned", "ongoing")]


def over(rows: Iterable[Any]) -> list[Any]:
    """Activities that are done or stopped."""
    return [one for one in rows if one.status not in ("planned", "ongoing")]
