"""Reviews, the rows that were drawn for them, children under watch, and questions from families."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kring.children.models import Child
from kring.organisations.models import Controller, Person, Unit


class Review(models.Model):
    """A systematic check of one care provider's log (loggranskning): what it covers and how it was drawn.

    `seed` with period, what it covers and `size` gives the same random rows again: rows are only ever added
    to the log and `drawn_before` shuts out later ones. `job_id`: the job that draws, when there is much to
    draw from.
    """

    class Covers(models.TextChoices):
        PROVIDER = "provider", _("Hela vårdgivaren")
        UNIT = "unit", _("En enhet")
        PERSON = "person", _("En medarbetare")
        CHILD = "child", _("Ett barn")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    controller = models.ForeignKey(Controller, models.PROTECT, related_name="+")
    covers = models.CharField(max_length=8, choices=Covers, default=Covers.PROVIDER)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    size = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    rows_in_all = models.PositiveIntegerField(default=0)
    drawn_before = models.DateTimeField(help_text="Rows of the log from this moment on are not part of it.")
    drawn_at = models.DateTimeField(null=True, blank=True)
    job_id = models.UUIDField(null=True, blank=True)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["controller", "-started_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="review_period_in_order"),
            models.CheckConstraint(
                condition=Q(covers="provider")
                | Q(covers="unit", unit__isnull=False)
                | Q(covers="person", person__isnull=False)
                | Q(covers="child", child__isnull=False),
                name="review_covers_something",
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.id}"


class SampledRow(models.Model):
    """One row of the log, drawn for a review: why, and what was found. `row_id`: of `AccessLogRow`; no
    foreign key, as the log stands by itself.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Inte bedömd")
        RIGHT = "right", _("Rätt")
        ASKED = "asked", _("Frågan är ställd")
        WRONG = "wrong", _("Fel")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="rows")
    row_id = models.BigIntegerField()
    place = models.PositiveSmallIntegerField()
    picked_by = models.CharField(max_length=40, help_text="The rule that picked it.")
    patterns = models.JSONField(
        default=list, help_text="Every rule that fits it, as found when it was drawn."
    )
    related = models.BooleanField(default=False, help_text="The unit had a care relation that day.")
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    judged_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["review", "row_id"], name="log_row_drawn_once"),
            models.CheckConstraint(
                condition=Q(outcome="waiting") | ~Q(reason=""), name="outcome_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: row {self.row_id}"


class Watch(models.Model):
    """That readings about a child are worth asking about for a time (extra uppsikt): a child whom many may be
    curious about. Decided by those who review a care provider's log, for that care provider alone.

    `ends_on` is the last day; one that is ended before its time ends on that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    controller = models.ForeignKey(Controller, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=500)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "watches"
        indexes = [models.Index(fields=["controller", "child", "ends_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="watch_period_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="watch_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"watch {self.id}"


class ReadingQuestion(models.Model):
    """A question from a guardian or a young person about one reading («Fråga om en läsning»), and its answer.

    It goes to those who review the log of the care provider that the reading unit belongs to; nobody else of
    the family sees it.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("Skickad")
        LOOKING = "looking", _("Utreds")
        ANSWERED = "answered", _("Besvarad")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="reading_questions")
    row_id = models.BigIntegerField()
    read_at = models.DateTimeField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    words = models.CharField(max_length=1000)
    status = models.CharField(max_length=8, choices=Status, default=Status.ASKED)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["status", "asked_at"])]
        constraints = [
            models.UniqueConstraint(fields=["row_id", "asked_by"], name="reading_asked_about_once"),
            models.CheckConstraint(
                condition=~Q(status="answered") | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="reading_answer_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status}: row {self.row_id}"
