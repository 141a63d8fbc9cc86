"""What was written, and when and how it was handed to those who handle it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.children.models import Child
from kring.organisations.models import Person, Unit


class ConcernReport(models.Model):
    """A locked note of concern. Never changed once it is written; a later one is another note.

    `handed_to` is the social services unit that has received it, `handed_how` by which way.
    """

    class Way(models.TextChoices):
        PHONE = "phone", _("Per telefon, och skriftligt efteråt")
        LETTER = "letter", _("Skriftligt")
        VISIT = "visit", _("Vid ett besök")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="concern_reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField()
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    handed_to = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    handed_how = models.CharField(max_length=8, choices=Way, blank=True)
    handed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    handed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["child", "unit"]), models.Index(fields=["handed_to", "handed_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_to__isnull=True, handed_by__isnull=True, handed_at__isnull=True)
                | Q(handed_to__isnull=False, handed_by__isnull=False, handed_at__isnull=False),
                name="concern_handed_by_someone_to_someone",
            )
        ]

    def __str__(self) -> str:
        return f"concern {self.pk}"
