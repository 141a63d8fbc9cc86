"""The tab Plan: goals in the family's words, who does what, when it is followed up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design import days

from .deeds import Deed, Fact, deed
from .tabs import Tab, tabs

GOAL_TONES = {"not_started": "neutral", "on_the_way": "info", "reached": "good", "changed": "warn"}


@dataclass(frozen=True)
class Goal:
    """A goal in the child's words, with those who help."""

    words: str
    status: str
    tone: str
    explanation: str
    activities: Sequence[Deed]


@dataclass(frozen=True)
class ToRead:
    """The version that waits to be confirmed."""

    text: str
    href: str


@dataclass(frozen=True)
class PlanPage:
    """The tab Plan. `asks`: the guardian may ask for a plan here when there is none."""

    tabs: Sequence[Tab]
    asks: bool = True
    plan: Any = None
    acknowledge: ToRead | None = None
    matters: str = ""
    goals: Sequence[Goal] = ()
    activities: Sequence[Deed] = ()
    facts: Sequence[Fact] = ()
    who_sees: str = ""


def plan_page(content: Any, unread: Any, child: Any, today: date, *, asks: bool = True) -> PlanPage:
    """The plan as it stands today."""
    parts = tabs(child, "family-plan")
    if content is None:
        return PlanPage(parts, asks)
    plan = content.plan
    return PlanPage(
        tabs=parts,
        plan=plan,
        acknowledge=_to_read(unread, child),
        matters=plan.what_matters,
        goals=[goal(row, today) for row in content.goals],
        activities=[deed(one, today) for one in content.other_activities if one.status != "stopped"],
        facts=_plan_facts(content),
        who_sees=_who_sees(content),
    )


def _to_read(version: Any, child: Any) -> ToRead | None:
    if version is None:
        return None
    text = _("Version %(n)s blev klar %(day)s.") % {
        "n": version.number,
        "day": days.day(days.local(version.made_at)),
    }
    return ToRead(text, reverse("family-acknowledge", args=[child.pk, version.pk]))


def goal(row: Any, today: date) -> Goal:
    """A goal and the activities under it, without those that were stopped."""
    return Goal(
        words=row.goal.words,
        status=row.standing_words,
        tone=GOAL_TONES[row.standing],
        explanation=row.goal.explanation,
        activities=[deed(one, today) for one in row.activities if one.status != "stopped"],
    )


def _plan_facts(content: Any) -> list[Fact]:
    plan = content.plan
    rows = (
        (
            _("Nästa uppföljning"),
            days.day(plan.follow_up_on) if plan.follow_up_on else _("Inte bestämd ännu"),
        ),
        (_("Övergripande ansvar"), plan.overall_responsible.name if plan.overall_responsible else ""),
        (_("Samordnare"), plan.coordinator.name if plan.coordinator else ""),
        (_("Tidiga tecken"), plan.early_signs),
    )
    return [Fact(label, value) for label, value in rows if value]


def _who_sees(content: Any) -> str:
    units, own = sorted({party.unit.name for party in content.parties}), content.plan.unit.name
    if len(units) < 2:
        return _("Planen ses av er, barnet och %(unit)s.") % {"unit": own}
    if content.consent is None or content.consent.standing.state != "valid":
        return _(
            "Planen ses av er, barnet och %(unit)s. De andra ser den när alla som ska svara har sagt ja."
        ) % {"unit": own}
    return _("Planen ses av er, barnet och de som är med i den: %(units)s.") % {"units": ", ".join(units)}
