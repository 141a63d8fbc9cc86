"""What a unit still has of a plan that is closed to it: its own items, and the copies it has received."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design import days

from .doing import STATUS_MARKS, doer


@dataclass(frozen=True)
class OwnActivity:
    what: str
    who: str
    when: str
    iso: str
    mark: str
    status: str
    href: str


@dataclass(frozen=True)
class OwnGoal:
    words: str
    explanation: str
    term: str
    href: str


@dataclass(frozen=True)
class OwnNeed:
    area: str
    text: str
    href: str


@dataclass(frozen=True)
class CopyRow:
    """A copy that the unit received, with its date."""

    title: str
    when: str
    iso: str
    href: str


@dataclass(frozen=True)
class OwnPage:
    """Nothing here is another party's, or says who they are."""

    title: str
    activities: list[OwnActivity]
    goals: list[OwnGoal]
    needs: list[OwnNeed]
    copies: list[CopyRow]


def page(content: Any, copies: Iterable[Any]) -> OwnPage:
    """The own items of `content`, which holds no others, with links to change them while the plan goes on."""
    going = not content.plan.is_over
    return OwnPage(
        title=_("Det ni har skrivit i planen"),
        activities=[_activity(row, going) for row in content.activities],
        goals=[_goal(row.goal, going) for row in content.goals],
        needs=[
            OwnNeed(row.get_area_display(), row.text, _href("plan-need", row, going)) for row in content.needs
        ],
        copies=[_copy(row) for row in copies],
    )


def _href(name: str, row: Any, going: bool) -> str:
    return reverse(name, args=[row.pk]) if going else ""


def _activity(row: Any, going: bool) -> OwnActivity:
    person, place = doer(row)
    who = _("En annan verksamhet") if row.elsewhere else ", ".join(part for part in (person, place) if part)
    return OwnActivity(
        what=row.what,
        who=who,
        when=days.day(row.due_on) if row.due_on else row.when_words or _("Ingen dag satt"),
        iso=row.due_on.isoformat() if row.due_on else "",
        mark=STATUS_MARKS.get(row.status, ""),
        status=row.get_status_display(),
        href=_href("plan-activity", row, going),
    )


def _goal(goal: Any, going: bool) -> OwnGoal:
    return OwnGoal(goal.words, goal.explanation, goal.get_term_display(), _href("plan-goal", goal, going))


def _copy(row: Any) -> CopyRow:
    """A version from its day, or the plan as it stood when it closed."""
    if hasattr(row, "number"):
        title, at, name = _("Version %(n)s") % {"n": row.number}, row.made_at, "plan-version"
    else:
        title, at, name = _("Planen när den stängdes för er"), row.at, "plan-copy"
    return CopyRow(title, days.day_and_time(at), at.isoformat(), reverse(name, args=[row.pk]))


def copy_page(copy: Any) -> dict[str, Any]:
    """The words around a received copy, for the page that shows versions."""
    stood = {"since": days.day_and_time(copy.since), "at": days.day_and_time(copy.at)}
    lead = (
        _("Er egen kopia. Planen delades med er från %(since)s till %(at)s. Inget nytt kommer hit.") % stood
    )
    return back_to_own(copy.plan_id) | {"title": _("Planen när den stängdes för er"), "lead": lead}


def back_to_own(plan_id: Any) -> dict[str, str]:
    """The way back for a unit that the plan is closed to."""
    return {"back": reverse("plan-page", args=[plan_id]), "back_words": _("Tillbaka till det ni har skrivit")}


@dataclass(frozen=True)
class ClosedPlan:
    """A plan that is closed to the unit, in the list of them."""

    child: str
    kind: str
    closed: str
    href: str


def closed_plans(plans: Iterable[Any], hidden: bool) -> list[ClosedPlan]:
    """The list. On a shared screen no names; of a protected child never."""
    return [_closed(plan, hidden) for plan in plans]


def _closed(plan: Any, hidden: bool) -> ClosedPlan:
    guarded = plan.child.protection != "none"
    name = _("Skyddade personuppgifter") if guarded else _("Barnet") if hidden else plan.child.name
    day: date | None = days.local(plan.closed_at).date() if plan.closed_at else None
    closed = _("Delas inte sedan %(day)s") % {"day": days.day(day)} if day else _("Samtycket har löpt ut")
    return ClosedPlan(name, plan.get_kind_display(), closed, reverse("plan-page", args=[plan.pk]))
