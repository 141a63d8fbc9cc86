"""Blocks (spärrar) that a patient has set in its own documentation, and requests to have one lifted."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kring.organisations.models import Controller, Person, Unit

from .child import Child
from .decisions import MaturityAssessment


class AccessBlock(models.Model):
    """That a child has blocked what a unit (inner, PDL 4:4) or a care provider (outer, SVOD 2:3) documented
    on certain days.

    It holds from the instant it is made, compared with the day a text was documented. `documented_by` is the
    member of staff who wrote it down for the child; empty when the child did it itself.
    """

    class Kind(models.TextChoices):
        INNER = "inner", _("Inre spärr: andra enheter hos samma vårdgivare")
        OUTER = "outer", _("Yttre spärr: andra vårdgivare")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="blocks")
    kind = models.CharField(max_length=5, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    controller = models.ForeignKey(Controller, models.PROTECT, related_name="+")
    documented_from = models.DateField(null=True, blank=True)
    documented_to = models.DateField(null=True, blank=True)
    maturity = models.ForeignKey(MaturityAssessment, models.PROTECT, null=True, blank=True, related_name="+")
    documented_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_by_rule = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["child", "lifted_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="inner", unit__isnull=False) | Q(kind="outer", unit__isnull=True),
                name="block_inner_of_unit_outer_of_provider",
            ),
            models.CheckConstraint(
                condition=Q(documented_from__isnull=True)
                | Q(documented_to__isnull=True)
                | Q(documented_to__gte=F("documented_from")),
                name="block_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} block of {self.child_id}"


class LiftRequest(models.Model):
    """That somebody in another place asks those who hold a block to lift it: with what reason, and the
    answer.
    """

    class Answer(models.TextChoices):
        WAITING = "waiting", _("Väntar på svar")
        LIFTED = "lifted", _("Spärren hävdes")
        REFUSED = "refused", _("Spärren hävdes inte")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    block = models.ForeignKey(AccessBlock, models.CASCADE, related_name="requests")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Who asks.")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["block", "unit"], condition=Q(answer="waiting"), name="lift_asked_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"request to lift {self.block_id}"


class EmergencyAccess(models.Model):
    """An emergency opening (nödöppning): what was revealed first, what was opened then, why, until when, and
    what the review of it found.

    Inner: another unit's blocked data (PDL 4:5), opened by the competent officer. Outer: another provider's
    unblocked data (SVOD 3:6). What another provider has blocked is never opened; see `LiftRequest`.
    """

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("Inte granskad än")
        RIGHT = "right", _("Rätt")
        WRONG = "wrong", _("Fel")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="emergencies")
    kind = models.CharField(max_length=5, choices=AccessBlock.Kind)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    danger = models.BooleanField(default=False, help_text="To life, or a serious risk for health.")
    indispensable = models.BooleanField(default=False)
    consent_impossible = models.BooleanField(default=False)
    reason = models.CharField(max_length=500)
    units = models.JSONField(
        default=list, help_text="Ids of the units whose data were opened, and no others."
    )
    revealed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict, default=Verdict.WAITING)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_words = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "emergency accesses"
        indexes = [models.Index(fields=["child", "person", "ends_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, ends_at__isnull=True)
                | Q(opened_at__isnull=False, ends_at__gt=F("opened_at")),
                name="emergency_opened_for_a_time",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="emergency_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"emergency access to {self.child_id}"
