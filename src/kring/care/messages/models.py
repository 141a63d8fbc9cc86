"""Threads between a family and a unit, what has been written in them, who has read, and promised times."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.children.models import Child, Guardian, ShownToFamily
from kring.organisations.models import Person, Unit

TITLE_MAX, TEXT_MAX, ROLE_MAX = 80, 4000, 32


class Side(models.TextChoices):
    """From which side of a thread something was written, or read."""

    FAMILY = "family", _("Familjen")
    UNIT = "unit", _("Enheten")


class Thread(models.Model):
    """What a guardian, or (without one) the young person itself, writes with one unit about one child.

    `begun_by`: the side that wrote first; it belongs to the same one of the family either way. `visibility`
    is what whoever began it chose for the rest of the family; `answer_by` the last day of the
    promise while the unit has the ball; `revision` how many messages there are.
    """

    class Ball(models.TextChoices):
        UNIT = "unit", _("Väntar på svar")
        FAMILY = "family", _("Besvarad")
        CLOSED = "closed", _("Avslutad")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="message_threads")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=TITLE_MAX)
    begun_by = models.CharField(max_length=8, choices=Side, default=Side.FAMILY)
    visibility = models.CharField(max_length=16, choices=ShownToFamily.Visibility)
    ball = models.CharField(max_length=8, choices=Ball, default=Ball.UNIT)
    answer_by = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ball="unit", answer_by__isnull=False)
                | (~Q(ball="unit") & Q(answer_by__isnull=True)),
                name="thread_promises_while_the_unit_has_the_ball",
            ),
            models.CheckConstraint(
                condition=Q(guardian__isnull=False, visibility__in=("care_only", "all"))
                | Q(guardian__isnull=True, visibility__in=("default", "not_guardian")),
                name="thread_is_shown_as_its_writer_may_choose",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "ball", "answer_by", "id"], name="thread_by_promise"),
            models.Index(fields=["child", "-changed_at"], name="thread_of_child"),
        ]

    def __str__(self) -> str:
        return f"thread of {self.child_id}"


class Message(models.Model):
    """One message, never changed. `number` counts from 1 in its thread, so that two who write at the same
    time cannot both be the next.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    side = models.CharField(max_length=8, choices=Side)
    text = models.TextField(max_length=TEXT_MAX)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=ROLE_MAX)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="message_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
        ]

    def __str__(self) -> str:
        return f"message {self.number} of {self.thread_id}"


class Reading(models.Model):
    """How far a person has read in a thread, on one side of it; `seen` is the number of the last message."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    side = models.CharField(max_length=8, choices=Side)
    seen = models.PositiveIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "person", "side"], name="thread_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} has read {self.thread_id}"


class AnswerTime(models.Model):
    """Within how many weekdays a unit answers, from a day on; a later row takes over, none is changed."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    weekdays = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "starts_on"], name="answer_time_once_a_day"),
            models.CheckConstraint(
                condition=Q(weekdays__gte=1, weekdays__lte=10), name="answer_time_is_reasonable"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekdays} weekdays at {self.unit_id}"
