"""Words that every version of the plan on paper shares: who does what, and which version it is."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kring.care.plans.models import Activity, Plan
from kring.care.plans.queries import PlanContent
from kring.children.models import Guardian
from kring.design.paper.words import day, frame
from kring.organisations.models import Controller, Person, Unit


def when(activity: Activity) -> str:
    """When something is done, in its own words or by its day."""
    return activity.when_words or day(activity.due_on)


def named(one: Unit | Controller | None) -> str:
    """The name of a unit, or of the authority or provider that answers for something."""
    return one.name if one else ""


def phone(unit: Unit | None) -> str:
    """A unit's phone with its hours, or nothing."""
    if unit is None or not unit.phone:
        return ""
    return f"{unit.phone} ({unit.phone_hours})" if unit.phone_hours else unit.phone


def colleague(person: Person | None) -> str:
    """Name and title; of somebody with protected identity only the title."""
    if person is None:
        return ""
    if person.protected_identity or not person.title:
        return person.name
    return f"{person.name}, {person.title.lower()}"


def signer(guardian: Guardian | None) -> str:
    """A guardian's name, or only the role; the child itself when there is none."""
    if guardian is None:
        return _("Barnet")
    return _("Vårdnadshavare") if guardian.protected_identity else guardian.name


def who(activity: Activity) -> str:
    """Who does it: a named person at a unit, the family, or somebody else in words."""
    if activity.responsible != Activity.Responsible.UNIT:
        return activity.responsible_words or activity.get_responsible_display()
    if getattr(activity, "elsewhere", False):
        return _("En annan verksamhet")
    unit, person = activity.responsible_unit, activity.responsible_person
    names = [colleague(person), named(unit)]
    return "\n".join(words for words in names if words) or _("Inte bestämt än")


def version_words(content: PlanContent, changed: bool) -> str:
    """Which version the paper shows, and whether something has been written since."""
    latest = content.latest_version
    if latest is None:
        return _("Ingen version ännu")
    number = latest.version.number
    return (_("Version %(n)s med senare ändringar") if changed else _("Version %(n)s")) % {"n": number}


def plan_frame(content: PlanContent, on: date, changed: bool, mark: str) -> dict[str, Any]:
    """What stands around the pages of a plan. `mark`: written across the pages, or empty."""
    more = {
        "version_words": version_words(content, changed),
        "draft": _("Utkast – gäller inte") if content.plan.status == Plan.Status.DRAFT else "",
        "mark": mark,
    }
    return frame(running=kind(content.plan), on=on) | more


def kind(plan: Plan) -> str:
    """What the paper is; SIP is always written out."""
    return plan.get_kind_display()
