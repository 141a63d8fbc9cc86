"""Summons, the child's preparation, and the meeting."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kring.children.models import Guardian, ShownToFamily
from kring.organisations.models import Person, Unit

from .plan import Kept, Plan, Revised


class TakesPart(models.TextChoices):
    """«Så vill barnet vara med»: how the child wants to take part in its meeting."""

    WHOLE = "whole", _("Hela mötet")
    A_WHILE = "a_while", _("En stund")
    BEFORE = "before", _("Prata före mötet")
    PICTURE = "picture", _("Skicka en bild eller text")
    SPOKESPERSON = "spokesperson", _("Någon pratar för mig")
    UNDECIDED = "undecided", _("Jag vet inte än")


class TookPart(models.TextChoices):
    """How the child was with in a meeting that has been, in the words of whoever writes it down."""

    WHOLE = "whole", _("Hela mötet")
    A_WHILE = "a_while", _("En stund")
    BEFORE = "before", _("I ett samtal före mötet")
    PICTURE = "picture", _("Med en bild eller text")
    SPOKESPERSON = "spokesperson", _("Någon talade för barnet")
    NOT_AT_ALL = "not_at_all", _("Barnet var inte med")


class Summons(Revised):
    """A call to a meeting about the plan. It cannot be sent before it is known how the child wants to
    take part.
    """

    TELLS: ClassVar = {"starts_at": "time", "place": "place", "moved_from": "time"}
    """What of it tells where a protected child is, for `access.masks`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="summonses")
    question = models.TextField(help_text="What the meeting is for, in words the family uses.")
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=160, blank=True)
    link = models.URLField(blank=True)
    child_takes_part = models.CharField(max_length=12, choices=TakesPart, blank=True)
    child_takes_part_words = models.TextField(blank=True)
    child_said_itself = models.BooleanField(
        default=False, help_text="The wish comes from the child's own preparation."
    )
    adaptations = models.TextField(blank=True)
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was asked which of several proposed times suit."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    moves = models.PositiveSmallIntegerField(default=0, help_text="How many times a sent one was moved.")
    moved_from = models.DateTimeField(null=True, blank=True, help_text="The time before the latest move.")
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_reason = models.CharField(max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "summonses"

    def __str__(self) -> str:
        return f"summons of {self.plan_id}"

    @property
    def is_asking(self) -> bool:
        """Whether it is a question about times: no time is chosen and nobody is called yet."""
        return self.asked_at is not None and self.sent_at is None


class Invitation(models.Model):
    """One invited unit, guardian or the child itself, and the answer. While the summons asks about times they
    are not called yet, and `answer` says nothing.
    """

    TELLS: ClassVar = {"substitute": "unit"}

    class Answer(models.TextChoices):
        NONE = "none", _("Har inte svarat")
        COMES = "comes", _("Kommer")
        SUBSTITUTE = "substitute", _("Skickar ersättare")
        DECLINES = "declines", _("Kan inte")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    summons = models.ForeignKey(Summons, models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, blank=True, related_name="+")
    is_child = models.BooleanField(default=False)
    answer = models.CharField(max_length=12, choices=Answer, default=Answer.NONE)
    reason = models.CharField(max_length=300, blank=True)
    substitute = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["summons", "unit"], name="unit_invited_once"),
            models.UniqueConstraint(fields=["summons", "guardian"], name="guardian_invited_once"),
            models.UniqueConstraint(
                fields=["summons"], condition=Q(is_child=True), name="child_invited_once"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation to {self.summons_id}"


class ProposedTime(models.Model):
    """One of the times that a meeting may be, until the one who calls has picked one."""

    TELLS: ClassVar = {"starts_at": "time"}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    summons = models.ForeignKey(Summons, models.CASCADE, related_name="proposed_times")
    starts_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["summons", "starts_at"], name="time_proposed_once"),
        ]

    def __str__(self) -> str:
        return f"time proposed for {self.summons_id}"

    @property
    def plan(self) -> Plan:
        """Whose unit knows the time; `access.masks` asks."""
        return self.summons.plan


class TimeAnswer(models.Model):
    """Whether one who is asked can come at one proposed time. No row: not answered."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="time_answers")
    time = models.ForeignKey(ProposedTime, models.CASCADE, related_name="answers")
    can = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "time"], name="time_answered_once"),
        ]

    def __str__(self) -> str:
        return f"answer about {self.time_id}"


class Preparations(models.QuerySet["Preparation"]):
    def for_next_meeting(self) -> "Preparations":
        """Those that are for a meeting still to be held: what was sent before the latest held meeting ended
        was for that one. What is begun and not sent goes on.
        """
        held_since = Meeting.objects.filter(plan=OuterRef("plan"), ended_at__gte=OuterRef("sent_at"))
        return self.filter(~Exists(held_since))


class Preparation(Revised):
    """The child's own preparation for its meeting. Nobody sees it before the child presses «Skicka»."""

    objects = Preparations.as_manager()

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="preparations")
    step = models.PositiveSmallIntegerField(default=1)
    good_at = models.TextField(blank=True)
    hard = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    not_talk_about = models.TextField(blank=True)
    takes_part = models.CharField(max_length=12, choices=TakesPart, blank=True)
    pause_sign = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"preparation for {self.plan_id}"


class Meeting(Revised, Kept, ShownToFamily):
    """A meeting that is being held or was held, the child's own words first.

    The choice of readers is about what staff write (`WITHHELD`); the child's own words are the family's.
    """

    WITHHELD: ClassVar = ("notes", "no_child_words_reason", "child_took_part_words")

    TELLS: ClassVar = {"started_at": "time", "ended_at": "time"}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="meetings")
    summons = models.OneToOneField(Summons, models.PROTECT, null=True, blank=True, related_name="meeting")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+")
    note_taker = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    child_words = models.TextField(blank=True)
    no_child_words_reason = models.CharField(
        max_length=300, blank=True, help_text="Why there are no words of the child's own."
    )
    child_took_part = models.CharField(max_length=12, choices=TookPart, blank=True)
    child_took_part_words = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    child_verdict = models.CharField(
        max_length=8, blank=True, help_text="«Blev det som du ville?»: yes, partly, no."
    )

    class Meta(ShownToFamily.Meta):
        pass

    def __str__(self) -> str:
        return f"meeting about {self.plan_id}"


class Attendance(models.Model):
    """Who was there."""

    TELLS: ClassVar = {"name": "unit"}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, blank=True, related_name="+")
    is_child = models.BooleanField(default=False)
    name = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"attendance at {self.meeting_id}"
