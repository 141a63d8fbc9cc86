"""Sources, deliveries and the resources they brought."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.children.models import Child
from kring.organisations.models import Unit


class Source(models.Model):
    """A system that sends. `unit` documents what comes from it and its controller answers for it."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One file or message from a source, and what became of it."""

    class State(models.TextChoices):
        RUNNING = "running", _("Läses in")
        DONE = "done", _("Inläst")
        REFUSED = "refused", _("Togs inte emot")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="deliveries")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes as they came.")
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    entries = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    replaced = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return str(self.id)


class DeliveryProblem(models.Model):
    """One entry that could not be taken in: where it stood and, in words, what to do about it."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="problems")
    place = models.CharField(max_length=120)
    message = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.place} of {self.delivery_id}"


class Resource(models.Model):
    """A FHIR resource of a source: its name there, and its newest version."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=64, help_text="FHIR resource type.")
    key = models.CharField(max_length=255, help_text="The id or full URL by which the source knows it.")
    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="resources")
    version = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64)
    event_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "key"], name="resource_once_per_source")
        ]
        indexes = [models.Index(fields=["child", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


class ResourceVersion(models.Model):
    """The exact text of one version. Never changed, never deleted."""

    id = models.BigAutoField(primary_key=True)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="versions")
    body = models.TextField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "number"], name="resource_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.resource_id}"


class Reference(models.Model):
    """A reference in a resource's text, and the resource it was resolved to (empty while that has not
    come).
    """

    id = models.BigAutoField(primary_key=True)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="references")
    path = models.CharField(max_length=160)
    text = models.CharField(max_length=400)
    target = models.ForeignKey(Resource, models.PROTECT, null=True, related_name="referred_by")

    class Meta:
        indexes = [
            models.Index(fields=["text"], condition=Q(target__isnull=True), name="reference_unresolved")
        ]

    def __str__(self) -> str:
        return f"{self.path} of {self.resource_id}"
