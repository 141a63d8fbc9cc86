"""Consents that break secrecy, and the disclosures that rest on them."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kring.organisations.models import Person, Unit

from .child import Child
from .people import Guardian


class Consent(models.Model):
    """One person's answer about sharing for one purpose: who answered, how, from when, through when,
    withdrawn or not.

    Never a yes/no on the child: a plan, a cross-provider reading and a quality register each have their own.
    `subject` names what it is about (for a plan, the plan's id).
    """

    class Purpose(models.TextChoices):
        PLAN = "plan", _("Samordnad individuell plan")
        DISCLOSURE = "disclosure", _("Utlämnande av uppgifter")
        ACROSS_PROVIDERS = "across_providers", _("Sammanhållen vårddokumentation")

    class State(models.TextChoices):
        GIVEN = "given", _("Ja")
        REFUSED = "refused", _("Nej")
        # No row at all is «Ej tillfrågad»; this one says that the person knows, and has not answered.
        NOT_ASKED = "not_asked", _("Har fått veta, inte svarat")

    class Form(models.TextChoices):
        ORAL = "oral", _("Muntligt")
        WRITTEN = "written", _("Skriftligt")
        PORTAL = "portal", _("På Mina sidor")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose)
    subject = models.UUIDField(null=True, blank=True)
    guardian = models.ForeignKey(
        Guardian, models.PROTECT, null=True, blank=True, help_text="Empty: the child itself, or the board."
    )
    board_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The social services that answered for a child placed by order, as their board decided.",
    )
    state = models.CharField(max_length=10, choices=State)
    form = models.CharField(max_length=8, choices=Form)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    judged_mature = models.BooleanField(
        default=False,
        help_text="The child's own answer: whoever documented it found the child mature for it.",
    )
    documented_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["child", "purpose", "subject"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="consent_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(guardian__isnull=True) | Q(board_unit__isnull=True), name="consent_of_one_signer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} for {self.purpose} of {self.child_id}"


class ConsentScope(models.Model):
    """One cell of the consent: this unit may get this kind of information."""

    class Category(models.TextChoices):
        PLAN = "plan", _("Planen")
        RECORD = "record", _("Journaluppgifter")
        APPOINTMENT = "appointment", _("Bokade tider")
        CONTACT_DETAILS = "contact_details", _("Kontaktuppgifter")

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="scopes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    category = models.CharField(max_length=16, choices=Category)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "unit", "category"], name="consent_scope_once")
        ]

    def __str__(self) -> str:
        return f"{self.category} to {self.unit_id}"


class Disclosure(models.Model):
    """A deliberate, consent-backed contribution: this unit sees this shared thing from now until it is ended.

    The gate reads these rows and nothing else when it asks whether another party sees a plan. `ends_on` is
    told to the family; `closes_on` is not: a guardian would read from it that a placement is coming.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="disclosures")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    category = models.CharField(max_length=16, choices=ConsentScope.Category)
    subject = models.UUIDField()
    starts_at = models.DateTimeField()
    ends_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(
        null=True, blank=True, help_text="The last day by what is decided and told to nobody."
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "category", "subject"])]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "category", "subject"],
                condition=Q(ended_at__isnull=True),
                name="disclosure_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.subject} to {self.unit_id}"

    @staticmethod
    def holding(today: date) -> Q:
        """Rows whose last days, the told one and the other, have not passed; the days count."""
        told = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        return told & (Q(closes_on__isnull=True) | Q(closes_on__gte=today))

    @property
    def last_day(self) -> date | None:
        """The last day of all; None without any."""
        return min((day for day in (self.ends_on, self.closes_on) if day), default=None)
