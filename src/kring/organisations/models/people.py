"""People who log in, and what they are assigned to do where."""

from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from .places import Unit


class PersonManager(BaseUserManager["Person"]):
    """People are made without a password: logging in goes through an identity provider."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(subject=username)


class Person(AbstractBaseUser):
    """Someone who may log in: staff, guardian or child. What they may see is the gate's to say, never theirs.

    `subject` is an opaque key; `identity_number` (twelve digits) and `hsa_id` are what an identity provider
    vouches for. `session_epoch` is raised to end every session of the person at once.
    """

    USERNAME_FIELD = "subject"
    EMAIL_FIELD = "email"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    subject = models.CharField(max_length=64, unique=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    identity_number = models.CharField(max_length=12, unique=True, null=True, blank=True)
    hsa_id = models.CharField(max_length=40, unique=True, null=True, blank=True)
    email = models.EmailField(blank=True)
    title = models.CharField(max_length=80, blank=True)
    protected_identity = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=8, default="sv")

    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        """As everybody sees it: somebody with protected identity is shown by the role alone (8.8)."""
        if self.protected_identity:
            return self.title or _("Personal")
        return f"{self.given_name} {self.family_name}".strip()

    def get_username(self) -> str:
        return self.subject


class Assignment(models.Model):
    """A role at a unit (medarbetaruppdrag) from one day through another; the last day counts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=32)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="assignment_ends_after_start",
            )
        ]
        indexes = [models.Index(fields=["person", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.role} at {self.unit_id}"
