"""The people and units around a child."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kring.organisations.models import Person, Unit

from .child import Child


def ends_after_start(name: str) -> models.CheckConstraint:
    """A period is open, or its last day is not before its first."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name=name
    )


class Guardian(models.Model):
    """A person with custody of one or more children (vårdnadshavare). Never "mother" or "father": the law
    asks for custody.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(Person, models.SET_NULL, null=True, blank=True, related_name="as_guardian")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8, default="sv")
    interpreter_language = models.CharField(max_length=8, blank=True)
    protected_identity = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Custody(models.Model):
    """That a guardian has custody of a child from one day through another, as the population register
    says.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="custodies")
    guardian = models.ForeignKey(Guardian, models.CASCADE, related_name="custodies")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=40, default="population_register")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "custodies"
        constraints = [
            ends_after_start("custody_ends_after_start"),
            models.UniqueConstraint(fields=["child", "guardian", "starts_on"], name="custody_once"),
        ]

    def __str__(self) -> str:
        return f"custody of {self.child_id}"


class CloseRelation(models.Model):
    """Someone close to the child who is not a guardian (närstående), as a guardian or a unit has written it:
    no access follows from it.

    `may_contact`: the person has said yes to being called, without which no number is kept. `in_plan`: stands
    in the plan's contact list. `for_guardians`: guardians read what a unit has written.
    """

    TELLS: ClassVar = {"name": "unit", "phone": "phone", "role": "unit"}
    """What of it tells where a protected child is, for `access.masks`."""

    class Kind(models.TextChoices):
        GRANDPARENT = "grandparent", _("Mor- eller farförälder")
        SIBLING = "sibling", _("Syskon")
        STEP_PARENT = "step_parent", _("Bonusförälder")
        FOSTER_PARENT = "foster_parent", _("Familjehemsförälder")
        CONTACT = "contact", _("Kontaktperson")
        OTHER = "other", _("Annan närstående")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="close_relations")
    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=200, blank=True, help_text="What they do for the child, in words.")
    phone = models.CharField(max_length=40, blank=True)
    may_contact = models.BooleanField(default=False)
    in_plan = models.BooleanField(default=False)
    for_guardians = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    guardian = models.ForeignKey(Guardian, models.CASCADE, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            ends_after_start("close_relation_ends_after_start"),
            models.CheckConstraint(
                condition=Q(phone="") | Q(may_contact=True), name="close_relation_called_with_a_yes"
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) ^ Q(guardian__isnull=True),
                name="close_relation_written_by_one",
            ),
        ]
        indexes = [models.Index(fields=["child", "removed_at"])]

    def __str__(self) -> str:
        return f"{self.kind} of {self.child_id}"


class CareRelation(models.Model):
    """That a unit takes part in the care, schooling or support of a child from one day through another.

    With a `person`, only that person at the unit takes part; without, whoever at the unit needs it in their
    work.
    """

    class Kind(models.TextChoices):
        CARE = "care", _("Vård")
        SCHOOLING = "schooling", _("Förskola eller skola")
        SOCIAL_SUPPORT = "social_support", _("Stöd från socialtjänsten")
        COORDINATION = "coordination", _("Samordning")

    id = models.BigAutoField(primary_key=True)
    child = models.ForeignKey(Child, models.CASCADE, related_name="care_relations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="care_relations")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="care_relations")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.CARE)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [ends_after_start("care_relation_ends_after_start")]
        indexes = [models.Index(fields=["unit", "child", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.kind} of {self.child_id} at {self.unit_id}"


class ProtectedGroupMember(models.Model):
    """A person in the restricted group around a child with protected identity (ruling 9: the group is
    exhaustive).
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="protected_group")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "person"], name="protected_group_once")]

    def __str__(self) -> str:
        return f"restricted group of {self.child_id}"
