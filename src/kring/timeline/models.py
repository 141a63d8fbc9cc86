"""Events (what happened) and tasks (what comes next)."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.children.models import Child
from kring.organisations.models import Person, Unit


class Event(models.Model):
    """Something that happened (or is booked to happen) around a child.

    `kind` is a word of the clocks' vocabulary (`sip_started`, `plan_established`, …) or of the record
    (`encounter`, `condition`, …). `source` is "kring" or names the system it came from.
    """

    TELLS: ClassVar = {"effective_at": "time", "ends_at": "time"}
    """What of it tells where a protected child is, for `access.masks`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    effective_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    documented_on = models.DateField(
        null=True, blank=True, help_text="When another system's text was documented; empty: not known."
    )
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=32, blank=True)
    title = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=80, default="kring")
    subject = models.UUIDField(
        null=True, blank=True, help_text="The plan, record entry or booking it tells of."
    )
    data = models.JSONField(default=dict, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")

    class Meta:
        indexes = [models.Index(fields=["child", "-effective_at"]), models.Index(fields=["subject"])]

    def __str__(self) -> str:
        return f"{self.kind} of {self.child_id}"


class Task(models.Model):
    """The next step for a child at a unit: what, by when, and who has the ball."""

    class Ball(models.TextChoices):
        OURS = "ours", _("Vi")
        OTHER = "other", _("Annan verksamhet")
        FAMILY = "family", _("Familjen")
        NOBODY = "nobody", _("Ingen")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="tasks")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", help_text="The unit whose worklist it stands in."
    )
    assignee = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=40)
    subject = models.UUIDField(null=True, blank=True)
    due_on = models.DateField()
    ball = models.CharField(max_length=8, choices=Ball, default=Ball.OURS)
    ball_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.CharField(max_length=300, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_by_someone",
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "subject"], condition=Q(done_at__isnull=True), name="task_open_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "due_on", "id"], condition=Q(done_at__isnull=True), name="task_open_by_due"
            ),
            models.Index(
                fields=["unit", "child", "due_on"],
                condition=Q(done_at__isnull=True),
                name="task_open_by_child",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.child_id}"


class BulkAction(models.Model):
    """What somebody just did to tasks of the unit's worklist, so that it can be shown and undone for a while.

    Ids and no names: `asked` are the tasks it was asked for, `before` what each changed one had (an assignee,
    a moment or nothing), `unreached` those of whom nobody could be told.
    """

    class Kind(models.TextChoices):
        REMIND = "remind", _("Påminnelser")
        ASSIGN = "assign", _("Ny ansvarig")
        DONE = "done", _("Klart")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField()
    asked = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    unreached = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.kind} by {self.person_id}"


class SavedView(models.Model):
    """A way of looking at a unit's worklist that somebody wants to come back to: a name and an address's
    query.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    for_team = models.BooleanField(default=False)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "unit", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return f"view of {self.person_id}"
