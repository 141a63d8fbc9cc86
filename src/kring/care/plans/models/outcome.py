"""Following up and ending."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.children.models import Guardian, ShownToFamily
from kring.organisations.models import Person

from .content import Goal
from .plan import Kept, Plan, Revised


class FollowUp(Revised, Kept, ShownToFamily):
    """One follow-up: how each goal stands and when the next is due. Only who reads it is changed afterwards.

    The choice of readers is about the summary and what was said of each goal.
    """

    WITHHELD: ClassVar = ("summary",)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="follow_ups")
    held_on = models.DateField()
    was_due_on = models.DateField(null=True, blank=True)
    child_words = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(ShownToFamily.Meta):
        pass

    def __str__(self) -> str:
        return f"follow-up of {self.plan_id}"


class PlannedFollowUp(models.Model):
    """That a follow-up was set for a day. A move is a new row, so the moves can be counted (ruling 21)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="planned_follow_ups")
    due_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"follow-up of {self.plan_id} set for {self.due_on}"


class GoalReview(models.Model):
    """How a goal stood at a follow-up."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="reviews")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="reviews")
    status = models.CharField(max_length=12, choices=Goal.Status)
    comment = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"review of {self.goal_id}"


class Closure(Revised, Kept, ShownToFamily):
    """Why and how the plan ended, and what the child thinks of it. The choice of readers is about the words
    of whoever ended it, and is all that is changed afterwards.
    """

    WITHHELD: ClassVar = ("words",)

    class Reason(models.TextChoices):
        GOALS_REACHED = "goals_reached", _("Målen är uppnådda")
        CONSENT_WITHDRAWN = "consent_withdrawn", _("Samtycket är återtaget")
        MOVED = "moved", _("Barnet har flyttat")
        AGED_OUT = "aged_out", _("Åldersgränsen är nådd")
        DECLINED = "declined", _("Barnet eller familjen vill avsluta")
        OTHER = "other", _("Annat skäl")

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="closure")
    reason = models.CharField(max_length=20, choices=Reason)
    words = models.TextField(blank=True)
    child_listened = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Faces 1-5: they listened to me."
    )
    child_helped = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Faces 1-5: the plan helped."
    )
    child_words = models.TextField(blank=True)
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(ShownToFamily.Meta):
        pass

    def __str__(self) -> str:
        return f"end of {self.plan_id}"


class Evaluation(models.Model):
    """What the child, or a guardian, says itself of how the plan went. Said again it is a new row: nothing
    that was said is overwritten, neither by them nor by what staff write when the plan ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="evaluations")
    guardian = models.ForeignKey(
        Guardian,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: the child itself.",
    )
    listened = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Faces 1-5: they listened to me."
    )
    helped = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Faces 1-5: the plan helped.")
    words = models.TextField(blank=True)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(listened__isnull=False) | Q(helped__isnull=False) | ~Q(words=""),
                name="evaluation_says_something",
            )
        ]

    def __str__(self) -> str:
        return f"evaluation of {self.plan_id}"
