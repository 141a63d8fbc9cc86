"""Decisions about one child that open or close: maturity, a guardian's access, a placement; and what a young
person shares.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.organisations.models import Person, Unit

from .child import Child
from .people import Guardian, ends_after_start


class MaturityAssessment(models.Model):
    """That somebody has judged whether a child is mature for one kind of question (mognadsbedömning).

    The latest about a question counts. `mature_from` is empty when the child was judged not mature.
    """

    class Question(models.TextChoices):
        RECORD = "record", _("Läsa sin journal")
        CONSENT = "consent", _("Samtycka själv")
        BLOCK = "block", _("Spärra uppgifter")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="maturity_assessments")
    question = models.CharField(max_length=8, choices=Question)
    mature_from = models.DateField(null=True, blank=True)
    grounds = models.CharField(max_length=500)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    assessed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["child", "question", "assessed_at"])]

    def __str__(self) -> str:
        return f"maturity of {self.child_id} for {self.question}"


class GuardianDecision(models.Model):
    """A unit head's decision about one guardian's access on the net to one child.

    BLOCKED: the guardian is not to notice anything (OSL 12:3). KEPT: keeps the access although another
    guardian has protected identity (ruling 8). EXTENDED: reads this unit's record after the child's 13th
    birthday, agreed with the child, at most until the 16th (förlängd tillgång).
    """

    class Kind(models.TextChoices):
        BLOCKED = "blocked", _("Åtkomst blockerad")
        KEPT = "kept", _("Åtkomsten behålls")
        EXTENDED = "extended", _("Förlängd tillgång")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="guardian_decisions")
    guardian = models.ForeignKey(Guardian, models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=8, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    child_agreed = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True, help_text="An acute decision is tried again.")
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["child", "guardian", "kind", "ended_at"])]
        constraints = [
            ends_after_start("guardian_decision_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(kind="extended") | Q(child_agreed=True, ends_on__isnull=False),
                name="extended_access_agreed_and_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: a guardian of {self.child_id}"


class Placement(models.Model):
    """That a child lives away from its guardians by a decision of the social services board (ruling 14).

    Kring asks who signs and who reads; where the child lives is never written here. `withdrawn_at`: it was
    written in by mistake, and nothing follows from it any more.
    """

    class Kind(models.TextChoices):
        VOLUNTARY = "voluntary", _("Placerad med samtycke (SoL)")
        CARE_ORDER = "care_order", _("Placerad enligt LVU")

    class Home(models.TextChoices):
        FOSTER = "foster", _("Familjehem")
        EMERGENCY = "emergency", _("Jourhem")
        GROUP = "group", _("Hem för vård eller boende (HVB)")
        SECURE = "secure", _("Särskilt ungdomshem (SiS)")
        OTHER = "other", _("Annat")

    class Signer(models.TextChoices):
        UNNAMED = "", _("Beslutet säger det inte")
        BOARD = "board", _("Socialnämnden")
        GUARDIANS = "guardians", _("Vårdnadshavarna")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="placements")
    kind = models.CharField(max_length=10, choices=Kind)
    home = models.CharField(max_length=10, choices=Home, default=Home.OTHER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True, help_text="The board's decision; empty: not known.")
    end_decided_on = models.DateField(null=True, blank=True)
    guardians_keep_access = models.BooleanField(default=False, help_text="As the board has decided.")
    signer = models.CharField(
        max_length=10, choices=Signer, blank=True, help_text="Who consents, as the board has decided."
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [ends_after_start("placement_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.child_id}"


class YoungShare(models.Model):
    """That a young person lets one guardian see one kind of thing, from one instant to another (ruling 20).

    Nobody is told when it begins or ends. Chosen before the 13th birthday it begins when that day does.
    """

    class Thing(models.TextChoices):
        PLAN = "plan", _("Min plan")
        APPOINTMENT = "appointment", _("Mina tider")
        MESSAGE = "message", _("Mina meddelanden")
        MOOD_ANSWER = "mood_answer", _("Hur jag mår")

    child = models.ForeignKey(Child, models.CASCADE, related_name="shares")
    guardian = models.ForeignKey(Guardian, models.CASCADE, related_name="+")
    thing = models.CharField(max_length=12, choices=Thing)
    starts_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "guardian", "thing"],
                condition=Q(ended_at__isnull=True),
                name="young_share_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing} of {self.child_id} shared"


class ShareWish(models.Model):
    """That a guardian asks to go on seeing one kind of thing after the child's 13th birthday (S76).

    It opens nothing: the child answers on its own pages, and is told there who has asked for what.
    `ended_at`: the guardian has taken the question back.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    guardian = models.ForeignKey(Guardian, models.CASCADE, related_name="+")
    thing = models.CharField(max_length=12, choices=YoungShare.Thing)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "guardian", "thing"],
                condition=Q(ended_at__isnull=True),
                name="share_wish_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing} of {self.child_id} asked for"
