"""The plan, who takes part in it, and what was agreed when."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.children.models import Child, Guardian
from kring.organisations.models import Controller, Person, Unit


class Revised(models.Model):
    """Something several people may edit: each change raises `revision`, and an edit says which one it saw."""

    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Plan(Revised):
    """A coordinated individual plan from the first judged need to its end."""

    class Kind(models.TextChoices):
        SIP = "sip", _("Samordnad individuell plan (SIP)")
        DISCHARGE = "discharge", _("Samordnad plan vid utskrivning")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        ESTABLISHED = "established", _("Fastställd")
        ENDED = "ended", _("Avslutad")
        DECLINED = "declined", _("Görs inte")

    class Requester(models.TextChoices):
        CHILD = "child", _("Barnet")
        GUARDIAN = "guardian", _("Vårdnadshavare")
        PROFESSIONAL = "professional", _("Personal")
        OTHER = "other", _("Någon annan")

    GOING = (Status.DRAFT, Status.ESTABLISHED)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="plans")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", help_text="The unit that started it and keeps it going."
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SIP)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    requested_by = models.CharField(max_length=12, choices=Requester, default=Requester.PROFESSIONAL)
    need_identified_on = models.DateField()
    started_at = models.DateTimeField(
        null=True, blank=True, help_text="The first party's decision to make one; empty while only asked for."
    )
    what_matters = models.TextField(
        blank=True, help_text="«Vad är viktigt för dig?» in the child's own words."
    )
    situation = models.TextField(blank=True)
    needed_efforts = models.TextField(blank=True, help_text="Statutory item 1: which efforts are needed.")
    other_measures = models.TextField(
        blank=True, help_text="Statutory item 3: measures by someone else, or that none are needed."
    )
    overall_responsible = models.ForeignKey(
        Controller, models.PROTECT, null=True, blank=True, related_name="+"
    )
    coordinator = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    early_signs = models.TextField(blank=True, help_text="Early signs and what to do then.")
    follow_up_on = models.DateField(null=True, blank=True)
    declined_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(declined_reason=""), name="plan_declined_with_reason"
            )
        ]
        indexes = [models.Index(fields=["child", "status"])]

    def __str__(self) -> str:
        return f"{self.kind} of {self.child_id}"

    @property
    def is_over(self) -> bool:
        return self.status not in self.GOING


class Kept(models.Model):
    """Written about the whole plan by the unit that keeps it going, so that unit answers for its words."""

    class Meta:
        abstract = True

    @property
    def unit_id(self) -> Any:
        """The unit that wrote it; `access.items` asks."""
        return self.plan.unit_id


class PlanParty(models.Model):
    """A unit that takes part in the plan. `nothing_now` says, in words, that it has no effort of its own
    just now.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="parties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    nothing_now = models.CharField(max_length=300, blank=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "plan parties"
        constraints = [models.UniqueConstraint(fields=["plan", "unit"], name="plan_party_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.plan_id}"


class PlanVersion(models.Model):
    """What the plan said when it was agreed. Written once; `stored` is the whole plan as data.

    No page reads `stored`: what of it somebody may see, `queries.version_content` gives.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    stored = models.JSONField()
    reason = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.plan_id}"


class ReceivedCopy(models.Model):
    """What the shared plan said when it closed to a unit: the receiver's own document (ruling 11).

    Written once; `stored` is as a version's.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="received_copies")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    stored = models.JSONField()
    since = models.DateTimeField(help_text="From when the plan was disclosed to the unit.")
    at = models.DateTimeField(help_text="When it closed.")

    class Meta:
        verbose_name_plural = "received copies"

    def __str__(self) -> str:
        return f"copy of {self.plan_id} at {self.unit_id}"


class Acknowledgement(models.Model):
    """That the child or a guardian has read a version (not a signature: the plan is not a contract)."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="acknowledgements")
    guardian = models.ForeignKey(
        Guardian, models.PROTECT, null=True, blank=True, help_text="Empty: the child itself."
    )
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "guardian"], name="acknowledged_once_by_guardian"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(guardian__isnull=True), name="acknowledged_once_by_child"
            ),
        ]

    def __str__(self) -> str:
        return f"acknowledgement of {self.version_id}"
