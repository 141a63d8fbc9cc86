"""Who does what by when, and other lines that several pages share."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.care.plans.queries import is_own, says_how
from kring.design import days

GOING = ("planned", "ongoing")
RESPONSIBLE_ICONS = {"unit": "building", "family": "home", "third_party": "people"}


@dataclass(frozen=True)
class Fact:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True)
class Deed:
    """Who does what by when."""

    what: str
    who: str
    when: str
    icon: str
    own: "Own | None" = None


@dataclass(frozen=True)
class Own:
    """What the family itself may do with a line: say how it goes, tick it off, change it; `by` tells whose it
    is.

    `seen`: the revision that the page shows.
    """

    by: str = ""
    status_href: str = ""
    change_href: str = ""
    seen: int = 0
    submission: str = ""
    done: bool = False


def own_line(item: Any, reader: Any, child_id: Any, kind: str) -> Own | None:
    """What a guardian may do with an item; None for what others have written and do."""
    mine = is_own(reader, item)
    says = kind == "activity" and says_how(reader, item)
    if not (mine or says or item.unit_id is None):
        return None
    whose = _("Skrivet av barnet") if item.by_child else _("Skrivet av er")
    return Own(
        by=whose if item.unit_id is None else "",
        status_href=reverse("family-own-status", args=[child_id, item.pk]) if says else "",
        change_href=reverse("family-own", args=[child_id, kind, item.pk]) if mine else "",
        seen=item.revision,
        submission=str(uuid4()) if says else "",
        done=kind == "activity" and item.status == "done",
    )


def deed(activity: Any, today: date, own: Own | None = None, *, ours: str = "") -> Deed:
    """Who does what by when, from a row; what should have been done by now says so. `ours`: what the family
    is called to whoever does not belong to it.
    """
    unit, person = activity.responsible_unit, activity.responsible_person
    return Deed(
        what=activity.what,
        who=who_does(
            activity.responsible,
            unit and unit.name,
            person and person.name,
            activity.responsible_words or (ours if activity.responsible == "family" else ""),
        ),
        when=by_when(activity.when_words, activity.due_on, _how_it_goes(activity, today)),
        icon="check" if activity.status == "done" else RESPONSIBLE_ICONS[activity.responsible],
        own=own,
    )


def _how_it_goes(activity: Any, today: date) -> str:
    late = (today - activity.due_on).days if activity.due_on and activity.status in GOING else 0
    if late <= 0:
        return str(activity.get_status_display())
    return ngettext("Försenad %(n)s dag", "Försenad %(n)s dagar", late) % {"n": late}


def who_does(kind: str, unit: str | None, person: str | None, words: str) -> str:
    if kind == "family":
        return words or _("Vi själva")
    return ", ".join(part for part in (person or words, unit) if part)


def by_when(words: str, due_on: date | None, status: str) -> str:
    due = _("senast %(day)s") % {"day": days.day(due_on)} if due_on else ""
    return " · ".join(part for part in (words, due, status) if part)
