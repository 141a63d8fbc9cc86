"""S81 Min plan: the agreed version as goals with those who help."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from kring.care.plans.presenters.versions import standing_in
from kring.design import days
from kring.design.pictures import picture_for

from .when import Picked, Words

MOST_GOALS = 6


@dataclass(frozen=True)
class Goal:
    """One goal as a card."""

    id: str
    picture: str
    words: str
    helpers: Sequence[Picked]
    status: str
    submission: str


@dataclass(frozen=True)
class PlanPage:
    """S81. `version` is the key of the version to confirm; empty before the first."""

    exists: bool = False
    matters: str = ""
    goals: Sequence[Goal] = ()
    others: Sequence[Any] = ()
    follow_up: str = ""
    version: str = ""
    has_read: bool = False


def plan_page(plan: Any, version: Any, has_read: bool, words: Words) -> PlanPage:
    """The agreed version in the child's words; a plan that is only being made shows what matters to the
    child.
    """
    if plan is None:
        return PlanPage()
    if version is None:
        return PlanPage(exists=True, matters=plan.what_matters)
    content = version.content
    about, activities = content["plan"], [one for one in content["activities"] if one["status"] != "stopped"]
    follow_up = about["follow_up_on"]
    goals = content["goals"][:MOST_GOALS]
    shown = {goal["id"] for goal in goals}
    return PlanPage(
        exists=True,
        matters=about["what_matters"],
        goals=[_goal(goal, activities, words) for goal in goals],
        others=[deed(one) for one in activities if one["goal"] not in shown],
        follow_up=days.plain_day(date.fromisoformat(follow_up)) if follow_up else "",
        version=str(version.pk),
        has_read=has_read,
    )


@dataclass(frozen=True)
class Part:
    """One idea of the page: `kind` is matters, soon, goal, others or end; `goal` with its number."""

    kind: str
    goal: Any = None
    number: int = 0


def plan_parts(page: PlanPage) -> list[Part]:
    """What the page holds, one idea each, in reading order."""
    parts = [Part("matters")] if page.matters else []
    parts += [] if page.version else [Part("soon")]
    parts += [Part("goal", goal, number) for number, goal in enumerate(page.goals, start=1)]
    parts += [Part("others")] if page.others else []
    return parts + ([Part("end")] if page.version else [])


def _goal(goal: Mapping[str, Any], activities: Iterable[Mapping[str, Any]], words: Words) -> Goal:
    mine = [one for one in activities if one["goal"] == goal["id"]]
    return Goal(
        id=goal["id"],
        picture=picture_for(goal["words"], "want"),
        words=goal["words"],
        helpers=[deed(one) for one in mine],
        status=words.get(standing_in(goal, mine), ""),
        submission=str(uuid4()),
    )


def deed(activity: Mapping[str, Any]) -> Picked:
    return Picked(picture_for(activity["what"], "help"), does(activity))


def does(activity: Mapping[str, Any]) -> str:
    """«Träna med bilder. Sara hjälper dig. Varje tisdag.»: three short sentences, each whole by itself."""
    parts = [activity["what"], _helper(activity), activity["when_words"] or _before(activity["due_on"])]
    return " ".join(_sentence(part) for part in parts if part)


def _helper(activity: Mapping[str, Any]) -> str:
    if activity["responsible"] == "family":
        return _("Ni gör det hemma")
    who = activity["responsible_person"].partition(" ")[0]
    who = who or activity["responsible_words"] or activity["responsible_unit"]
    return _("%(who)s hjälper dig") % {"who": who} if who else ""


def _before(due_on: str) -> str:
    return _("Senast %(day)s") % {"day": days.plain_day(date.fromisoformat(due_on))} if due_on else ""


def _sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
