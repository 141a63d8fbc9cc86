"""The tab Plan: goals in the family's words, who does what, when it is followed up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design import days
from kring.design.alphabet import swedish

from .deeds import Deed, Fact, Own, deed, own_line
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
    own: Own | None = None


@dataclass(frozen=True)
class OwnNeed:
    """Something that the family itself has written that the child needs."""

    area: str
    text: str
    own: Own


@dataclass(frozen=True)
class ToRead:
    """The version that waits to be confirmed."""

    text: str
    href: str


@dataclass(frozen=True)
class PlanPage:
    """The tab Plan. `asks`: the guardian may ask for a plan here when there is none. `evaluate`: where it
    says how the plan has gone; `ended`: that it is over.
    """

    tabs: Sequence[Tab]
    asks: bool = True
    plan: Any = None
    acknowledge: ToRead | None = None
    matters: str = ""
    goals: Sequence[Goal] = ()
    activities: Sequence[Deed] = ()
    facts: Sequence[Fact] = ()
    who_sees: str = ""
    needs: Sequence[OwnNeed] = ()
    evaluate: str = ""
    ended: str = ""


def plan_page(
    content: Any, unread: Any, child: Any, reader: Any, *, asks: bool = True, ended: Any = None
) -> PlanPage:
    """The plan as it stands today to a guardian, who is the `reader`; `ended`: the latest that is over."""
    parts = tabs(child, "family-plan")
    if content is None:
        return PlanPage(parts, asks, **_ended(ended, child))
    plan = content.plan
    return PlanPage(
        tabs=parts,
        plan=plan,
        acknowledge=_to_read(unread, child),
        matters=plan.what_matters,
        goals=[goal(row, child, reader) for row in content.goals],
        activities=_deeds(content.other_activities, child, reader),
        needs=_own_needs(content.needs, child, reader),
        evaluate=_evaluate(plan, child) if plan.status == "established" else "",
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


def _ended(plan: Any, child: Any) -> dict[str, Any]:
    """That a plan is over, while no other is going on: then one says how it went."""
    if plan is None:
        return {}
    told = _("Planen avslutades %(day)s. Du får gärna säga hur det gick.")
    day = days.day(days.local(plan.changed_at))
    return {"ended": told % {"day": day}, "evaluate": _evaluate(plan, child)}


def _evaluate(plan: Any, child: Any) -> str:
    return reverse("family-evaluate", args=[child.pk, plan.pk])


def _own_needs(needs: Sequence[Any], child: Any, reader: Any) -> list[OwnNeed]:
    own = [(one, own_line(one, reader, child.pk, "need")) for one in needs if one.unit_id is None]
    return [OwnNeed(one.get_area_display(), one.text, line) for one, line in own if line]


def _deeds(activities: Sequence[Any], child: Any, reader: Any) -> list[Deed]:
    """Those that were not stopped, with what the family may do with its own."""
    going = [one for one in activities if one.status != "stopped"]
    return [deed(one, reader.today, own_line(one, reader, child.pk, "activity")) for one in going]


def goal(row: Any, child: Any, reader: Any) -> Goal:
    """A goal and the activities under it, without those that were stopped."""
    return Goal(
        words=row.goal.words,
        status=row.standing_words,
        tone=GOAL_TONES[row.standing],
        explanation=row.goal.explanation,
        activities=_deeds(row.activities, child, reader),
        own=own_line(row.goal, reader, child.pk, "goal"),
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
    units, own = sorted({party.unit.name for party in content.parties}, key=swedish), content.plan.unit.name
    if len(units) < 2:
        return _("Planen ses av er, barnet och %(unit)s.") % {"unit": own}
    if content.consent is None or content.consent.standing.state != "valid":
        return _(
            "Planen ses av er, barnet och %(unit)s. De andra ser den när alla som ska svara har sagt ja."
        ) % {"unit": own}
    return _("Planen ses av er, barnet och de som är med i den: %(units)s.") % {"units": ", ".join(units)}
