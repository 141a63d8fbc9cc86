"""Who asks a child how it feels, and what the child has answered."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kring.children.models import Child
from kring.organisations.models import Person, Unit


class MoodAsking(models.Model):
    """That a unit asks a child how it feels, from one day through another, and who reads the answers."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="mood_askings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "unit"], condition=Q(ends_on__isnull=True), name="mood_asked_once_by_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mood_asking_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"mood asked of {self.child_id}"


class MoodAnswer(models.Model):
    """One answer to «Hur mår jag?». Until `sent_at` it is the child's own draft, seen by nobody else.

    `places` are codes of `Place`; `words` the chosen pictures' words and the child's own, one a line.
    `shown_to_guardians` is what the child chose for this one answer.
    """

    class Face(models.TextChoices):
        GREAT = "great", _("Jättebra")
        GOOD = "good", _("Bra")
        OK = "ok", _("Okej")
        SAD = "sad", _("Inte bra")
        AWFUL = "awful", _("Jättedåligt")
        DONT_KNOW = "dont_know", _("Jag vet inte")

    class Place(models.TextChoices):
        HEAD = "head", _("Huvudet")
        TUMMY = "tummy", _("Magen")
        ARMS = "arms", _("Armarna")
        LEGS = "legs", _("Benen")
        THROAT = "throat", _("Halsen")
        CHEST = "chest", _("Bröstet")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="mood_answers")
    asking = models.ForeignKey(MoodAsking, models.PROTECT, related_name="answers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    face = models.CharField(max_length=10, choices=Face, blank=True)
    places = models.JSONField(default=list, blank=True)
    words = models.TextField(blank=True)
    shown_to_guardians = models.BooleanField(default=True)
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["child", "unit", "-sent_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["asking"], condition=Q(sent_at__isnull=True), name="mood_answer_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | ~Q(face=""), name="mood_answer_sent_has_a_face"
            ),
        ]

    def __str__(self) -> str:
        return f"mood answer of {self.child_id}"
