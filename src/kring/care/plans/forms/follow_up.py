"""Settling the plan, agreeing on a new version, following up."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kring.care.plans.models import Goal
from kring.design.fields import DayField

from .shown import ShownForm
from .words import LINE, Choice, PlanForm, Words


class EstablishForm(PlanForm):
    follow_up_on = DayField(
        label=_("När följer ni upp planen?"),
        help_text=_("Till exempel 2 2 2027"),
        example="2 2 2027",
    )


class VersionForm(PlanForm):
    reason = Words(
        label=_("Varför görs en ny version?"),
        help_text=_("Till exempel: SIP-möte 24 november"),
        most=LINE,
        required=False,
    )


class FollowUpForm(ShownForm):
    """How each goal stands; a goal without an answer is pointed out by its own words."""

    child_words = Words(
        label=_("Barnets ord om hur det går"), help_text=_("Fråga barnet först."), required=False
    )
    held_on = DayField(
        label=_("När följde ni upp?"),
        help_text=_("Lämna tomt för i dag."),
        example="16 11 2026",
        required=False,
    )
    summary = Words(label=_("Sammanfattning"), required=False)
    next_on = DayField(
        label=_("När följer ni upp nästa gång?"),
        help_text=_("Lämna tomt om planen ska avslutas."),
        example="2 2 2027",
        required=False,
    )
    refused_at = {"follow_up_on": "next_on"}

    def __init__(self, *args: Any, goals: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = list(goals)
        for number, goal in enumerate(self.goals, 1):
            self.fields[f"status-{goal.pk}"] = self._status(number)
            self.fields[f"comment-{goal.pk}"] = Words(
                label=_("Kommentar till mål %(n)s") % {"n": number}, most=LINE * 2, required=False
            )

    @staticmethod
    def _status(number: int) -> Choice:
        missing = _("Välj hur det går med mål %(n)s.") % {"n": number}
        return Choice(label=_("Hur går det?"), choices=Goal.Status.choices, missing=missing)

    def rows(self) -> list[tuple[Goal, Any, Any]]:
        """Each goal with its two fields."""
        return [(goal, self[f"status-{goal.pk}"], self[f"comment-{goal.pk}"]) for goal in self.goals]

    def of(self, row: Any) -> dict[str, Any]:
        return {}

    def given(self) -> dict[str, Any]:
        clean = self.cleaned_data
        said: dict[UUID, tuple[str, str]] = {
            goal.pk: (clean[f"status-{goal.pk}"], clean[f"comment-{goal.pk}"]) for goal in self.goals
        }
        own = {name: clean[name] for name in ("child_words", "held_on", "summary", "next_on")}
        return {**own, **self.shown_given(), "statuses": said}


class MoveForm(PlanForm):
    refused_at = {"follow_up_on": "to"}

    def of(self, row: Any) -> dict[str, Any]:
        return {"to": row.follow_up_on}

    to = DayField(
        label=_("Ny dag för uppföljningen"), help_text=_("Till exempel 2 2 2027"), example="2 2 2027"
    )
    reason = Words(label=_("Varför flyttas den?"), most=LINE, missing=_("Skriv skälet. Det sparas i planen."))
