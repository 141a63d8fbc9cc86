"""What each party contributes: needs, goals and activities. The contributing unit stays controller of
its own.
"""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.children.models import ShownToFamily
from kring.organisations.models import Person, Unit

from .plan import Plan, Revised


class Contribution(Revised, ShownToFamily):
    """An item of the plan. `unit` contributed it and answers for it; empty means the family's own: the
    child's (`by_child`) or its guardians'.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    by_child = models.BooleanField(
        default=False, help_text="Of the family's own: written by the child itself."
    )
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(ShownToFamily.Meta):
        abstract = True


class Need(Contribution):
    """Something the child needs. Play, culture and leisure stand beside health and school."""

    class Area(models.TextChoices):
        HEALTH = "health", _("Hälsa")
        COMMUNICATION = "communication", _("Språk och kommunikation")
        SCHOOL = "school", _("Förskola och skola")
        HOME = "home", _("Hemma")
        PLAY = "play", _("Lek")
        CULTURE = "culture", _("Kultur")
        LEISURE = "leisure", _("Fritid")
        FRIENDS = "friends", _("Vänner och nära")
        ENVIRONMENT = "environment", _("Barnanpassad miljö")

    area = models.CharField(max_length=16, choices=Area)
    text = models.TextField()

    def __str__(self) -> str:
        return f"need in {self.plan_id}"


class Goal(Contribution):
    """Something to reach, in the child's words first."""

    class Term(models.TextChoices):
        SHORT = "short", _("Kort sikt")
        LONG = "long", _("Lång sikt")

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", _("Inte börjat")
        ON_THE_WAY = "on_the_way", _("På väg")
        REACHED = "reached", _("Uppnått")
        CHANGED = "changed", _("Behöver ändras")

    words = models.TextField(help_text="The goal as the child says it.")
    explanation = models.TextField(blank=True, help_text="The professional's explanation.")
    term = models.CharField(max_length=8, choices=Term, default=Term.SHORT)
    status = models.CharField(max_length=12, choices=Status, default=Status.NOT_STARTED)

    def __str__(self) -> str:
        return f"goal in {self.plan_id}"


class Activity(Contribution):
    """Who does what by when: a unit with a named person, the family itself, or a third party."""

    class Responsible(models.TextChoices):
        UNIT = "unit", _("Verksamhet")
        FAMILY = "family", _("Familjen")
        THIRD_PARTY = "third_party", _("Någon annan")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planerad")
        ONGOING = "ongoing", _("Pågår")
        DONE = "done", _("Klar")
        STOPPED = "stopped", _("Avbruten")

    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="activities")
    what = models.TextField()
    responsible = models.CharField(max_length=12, choices=Responsible, default=Responsible.UNIT)
    responsible_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    responsible_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    responsible_words = models.CharField(
        max_length=120, blank=True, help_text="Name in words, for family and third parties."
    )
    due_on = models.DateField(null=True, blank=True)
    when_words = models.CharField(max_length=80, blank=True, help_text="For what recurs: «varje tisdag».")
    status = models.CharField(max_length=8, choices=Status, default=Status.PLANNED)

    class Meta(Contribution.Meta):
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return f"activity in {self.plan_id}"
