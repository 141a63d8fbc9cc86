"""The child and its numbers."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kring.organisations.models import Municipality, Person


class Child(models.Model):
    """A child or young person, 0-20 years (the collaboration agreement goes through the 20th year).

    `birth_date` is the whole date when known. When only year or month is known, it holds the *latest* day
    the child can be born, so that every age limit that opens something opens late rather than early.
    """

    class Sex(models.TextChoices):
        FEMALE = "female", _("Flicka")
        MALE = "male", _("Pojke")
        UNKNOWN = "unknown", _("Okänt")

    class Protection(models.TextChoices):
        NONE = "none", _("Inget skydd")
        FLAG = "flag", _("Sekretessmarkering")
        REGISTRATION = "registration", _("Skyddad folkbokföring")

    class BirthPrecision(models.TextChoices):
        DAY = "day", _("Hela datumet")
        MONTH = "month", _("År och månad")
        YEAR = "year", _("Bara året")

    class PageMode(models.TextChoices):
        BY_AGE = "by_age", _("Efter ålder")
        EARLY = "early", _("6–9 år")
        MIDDLE = "middle", _("10–12 år")
        YOUNG = "young", _("13–17 år")
        PICTURES = "pictures", _("Mer bilder")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(Person, models.SET_NULL, null=True, blank=True, related_name="as_child")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    birth_date = models.DateField()
    birth_precision = models.CharField(max_length=8, choices=BirthPrecision, default=BirthPrecision.DAY)
    sex = models.CharField(max_length=8, choices=Sex, default=Sex.UNKNOWN)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True)
    protection = models.CharField(max_length=16, choices=Protection, default=Protection.NONE)
    language = models.CharField(max_length=8, default="sv")
    interpreter_language = models.CharField(max_length=8, blank=True)
    communication = models.CharField(max_length=200, blank=True, help_text="How the child communicates best.")
    page_mode = models.CharField(max_length=8, choices=PageMode, default=PageMode.BY_AGE)
    deceased_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "children"

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class ChildNumber(models.Model):
    """A number that names the child: personal, coordination, reserve or temporary. A child may have had
    several.
    """

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("Personnummer")
        COORDINATION = "coordination", _("Samordningsnummer")
        RESERVE = "reserve", _("Reservnummer")
        TEMPORARY = "temporary", _("Tillfälligt nummer")
        EXTERNAL = "external", _("Nummer hos annan källa")

    child = models.ForeignKey(Child, models.CASCADE, related_name="numbers")
    kind = models.CharField(max_length=16, choices=Kind)
    system = models.CharField(
        max_length=200, blank=True, help_text="URI of the issuer, for reserve and external numbers."
    )
    value = models.CharField(max_length=64)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "system", "value"], name="child_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="child_number_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["value"])]

    def __str__(self) -> str:
        return f"{self.kind} number of {self.child_id}"
