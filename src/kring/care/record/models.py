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
        INTERRUPTED = "interrupted", _("Avbröts")
        REFUSED = "refused", _("Togs inte emot")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="deliveries")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes as they came.")
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.RUNNING)
    entries = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    replaced = models.PositiveIntegerField(default=0)
    older = models.PositiveIntegerField(default=0, help_text="Kept as an earlier version.")
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    kinds = models.JSONField(
        default=dict, help_text="Entries of each FHIR resource type, refused ones left out."
    )

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["source", "digest"])]

    def __str__(self) -> str:
        return str(self.id)


class DeliveryProblem(models.Model):
    """One entry that could not be taken in (or, as a note, should be looked at): where, and in words what to
    do.

    Never anything of what the entry says: those who read this may not see the child.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="problems")
    place = models.CharField(max_length=120, blank=True, help_text="Empty: the whole file.")
    fault = models.CharField(max_length=24)
    message = models.CharField(max_length=500)
    is_note = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"problem of {self.delivery_id}"


class Resource(models.Model):
    """A FHIR resource of a source: its name there, and its current version.

    `version`, `digest` and `last_updated` are those of the current version, which is the one the source
    wrote last when it says when, else the one that came last. `event_id` is its row on the timeline.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=64, help_text="FHIR resource type.")
    key = models.CharField(max_length=255, help_text="By which the source knows it; see rules.identity.")
    url = models.CharField(
        max_length=255, blank=True, help_text="fullUrl, for references from other deliveries."
    )
    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="resources")
    version = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64)
    last_updated = models.DateTimeField(null=True)
    event_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "key"], name="resource_once_per_source")
        ]
        indexes = [
            models.Index(fields=["child", "kind"]),
            models.Index(fields=["url"], condition=~Q(url=""), name="resource_by_url"),
        ]

    def __str__(self) -> str:
        # A key may be made of a personal number (rules.identity), so it is not told.
        return f"{self.kind} {self.pk}"


class ResourceVersion(models.Model):
    """The exact text of one version. Never changed, never deleted."""

    id = models.BigAutoField(primary_key=True)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="versions")
    body = models.TextField()
    digest = models.CharField(max_length=64, help_text="Of what the text says, whatever its spacing.")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "number"], name="resource_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.resource_id}"


class ResourceIdentifier(models.Model):
    """A business identifier in a resource's current version, for references like
    `Patient?identifier=system|value`.
    """

    id = models.BigAutoField(primary_key=True)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="identifiers")
    system = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=400)

    class Meta:
        indexes = [models.Index(fields=["value"])]

    def __str__(self) -> str:
        return f"identifier of {self.resource_id}"


class Reference(models.Model):
    """A reference in a resource's text, and the resource it was resolved to (empty while that has not
    come).
    """

    id = models.BigAutoField(primary_key=True)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="references")
    path = models.CharField(max_length=160)
    text = models.CharField(max_length=400, help_text="In the one form by which the target is found.")
    target = models.ForeignKey(Resource, models.PROTECT, null=True, related_name="referred_by")

    class Meta:
        indexes = [
            models.Index(fields=["text"], condition=Q(target__isnull=True), name="reference_unresolved")
        ]

    def __str__(self) -> str:
        return f"reference of {self.resource_id}"
