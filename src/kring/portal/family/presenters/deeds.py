"""Who does what by when, and other lines that several pages share."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kring.design import days

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


def deed(activity: Any) -> Deed:
    """Who does what by when, from a row."""
    unit, person = activity.responsible_unit, activity.responsible_person
    return Deed(
        what=activity.what,
        who=who_does(
            activity.responsible, unit and unit.name, person and person.name, activity.responsible_words
        ),
        when=by_when(activity.when_words, activity.due_on, activity.get_status_display()),
        icon="check" if activity.status == "done" else RESPONSIBLE_ICONS[activity.responsible],
    )


def who_does(kind: str, unit: str | None, person: str | None, words: str) -> str:
    if kind == "family":
        return words or _("Vi själva")
    return ", ".join(part for part in (person or words, unit) if part)


def by_when(words: str, due_on: date | None, status: str) -> str:
    due = _("senast %(day)s") % {"day": days.day(due_on)} if due_on else ""
    return " · ".join(part for part in (words, due, status) if part)
