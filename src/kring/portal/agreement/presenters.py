"""The patient contract as a view: agreement, planning, named contact, agreed time (domain.md 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kring.care.plans.queries import snapshot_of
from kring.design import days
from kring.design.pictures import picture_for
from kring.portal.child_pages.presenters.people import adults
from kring.portal.child_pages.presenters.plan import deed as child_deed
from kring.portal.family.presenters.deeds import Deed, deed
from kring.portal.family.presenters.home import COORDINATOR, Contact, contacts

from .queries import Parts

GOING = ("planned", "ongoing")


@dataclass(frozen=True)
class Step:
    """Something that comes, and when."""

    when: str
    what: str


@dataclass(frozen=True)
class AgreedTime:
    """A time; agreed when the family has said yes to it."""

    when: str
    what: str
    status: str
    agreed: bool


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """The patient contract: agreement, planning, named contact, agreed time."""

    matters: str = ""
    theirs: Sequence[Deed] = ()
    ours: Sequence[Deed] = ()
    steps: Sequence[Step] = ()
    coordinators: Sequence[Contact] = ()
    named: Sequence[Contact] = ()
    times: Sequence[AgreedTime] | None = ()
    review: str = ""


def agreement(parts: Parts, today: date, *, ours: str = "") -> dict[str, Any]:
    """The four parts put together from the plan, the times (None where they are closed) and the contacts;
    `ours`: what the family is called where it has not said who of them.

    The coordinator holds the planning together; the named care contact is somebody whom the operations
    manager has appointed as such (patientlagen 6:2), and not the same thing.
    """
    content, rows = parts.content, parts.contacts
    plan, doing = content.plan if content else None, _doing(content)
    return {
        "matters": plan.what_matters if plan else "",
        "theirs": [deed(one, today) for one in doing if one.responsible != "family"],
        "ours": [deed(one, today, ours=ours) for one in doing if one.responsible == "family"],
        "steps": _steps(content, doing),
        "coordinators": contacts([one for one in rows if one.role == COORDINATOR], plan),
        "named": contacts([one for one in rows if one.role != COORDINATOR]),
        "times": None if parts.visits is None else [_agreed(visit) for visit in parts.visits],
    }


def _doing(content: Any) -> list[Any]:
    return [one for one in content.activities if one.status in GOING] if content else []


def _steps(content: Any, doing: Sequence[Any]) -> list[Step]:
    dated = [(one.due_on, one.what) for one in doing if one.due_on]
    if content and content.plan.follow_up_on:
        dated.append((content.plan.follow_up_on, _("Planen följs upp")))
    return [Step(days.day(day), what) for day, what in sorted(dated)]


def _agreed(visit: Any) -> AgreedTime:
    return AgreedTime(
        when=days.day_and_time(visit.starts_at),
        what=" · ".join(part for part in (visit.what, visit.unit.name) if part),
        status=visit.get_status_display(),
        agreed=visit.status == "agreed",
    )


def for_staff(parts: Parts, today: date) -> Agreement:
    """The same for staff who see the plan."""
    review = _("Familjen ser samma överenskommelse på sina sidor, och kan be om en ändring.")
    return Agreement(**agreement(parts, today, ours=_("Familjen")), review=review)


@dataclass(frozen=True)
class ChildPart:
    """One of the parts in the child's words, each on a screen of its own for the smallest: `kind` is do
    (lines) or people.
    """

    kind: str
    heading: str
    lines: Sequence[Any]


def for_child(parts: Parts, words: Mapping[str, str]) -> list[ChildPart]:
    """The same four parts in the child's words, those that hold something."""
    doing = snapshot_of(parts.content)["activities"] if parts.content else []
    going = [one for one in doing if one["status"] in GOING]
    found = (
        ChildPart("do", words["agreed_theirs"], [child_deed(one) for one in going if not _at_home(one)]),
        ChildPart("do", words["agreed_ours"], [child_deed(one) for one in going if _at_home(one)]),
        ChildPart("people", words["agreed_contact"], adults(parts.contacts, [], words)),
        ChildPart("do", words["agreed_times"], [_child_time(one) for one in parts.visits or ()]),
    )
    return [part for part in found if part.lines]


def _at_home(activity: Mapping[str, Any]) -> bool:
    return bool(activity["responsible"] == "family")


@dataclass(frozen=True)
class Line:
    """A picture with its words."""

    picture: str
    word: str


def _child_time(visit: Any) -> Line:
    what = visit.what or _("Besök")
    day = days.plain_day(days.local(visit.starts_at))
    return Line(picture_for(what, "calendar"), f"{what}. {day[:1].upper()}{day[1:]}.")
