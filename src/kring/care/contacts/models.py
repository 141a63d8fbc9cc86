"""Care contacts, mandates and booked visits."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kring.children.models import Child, ShownToFamily
from kring.organisations.models import Person, Unit


class CareContact(models.Model):
    """A named person (or a unit's team) that the family turns to, from one day through another."""

    TELLS: ClassVar = {"phone": "unit", "phone_hours": "unit"}
    """What of it tells where a protected child is, for `access.masks`."""

    class Role(models.TextChoices):
        NAMED_CARE_CONTACT = "named_care_contact", _("Fast vårdkontakt")
        NAMED_PHYSICIAN = "named_physician", _("Fast läkarkontakt")
        COORDINATOR = "coordinator", _("Samordnare")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="care_contacts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="The unit that appointed.")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: the team."
    )
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    phone_hours = models.CharField(max_length=80, blank=True)
    external_note = models.TextField(blank=True, help_text="May be shown to the family.")
    internal_note = models.TextField(blank=True, help_text="Never shown to the family.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1, help_text="Of the contact and its mandate together.")

    class Meta:
        indexes = [models.Index(fields=["child", "role", "ends_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "role", "unit"],
                condition=Q(ends_on__isnull=True),
                name="care_contact_open_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="care_contact_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.child_id}"


class Mandate(models.Model):
    """What a coordinator may do for one child, in words the family has agreed to."""

    contact = models.OneToOneField(CareContact, models.CASCADE, related_name="mandate")
    may_book = models.BooleanField(default=False)
    may_summon_sip = models.BooleanField(default=False)
    may_read = models.JSONField(default=list, blank=True, help_text="Kinds of information, beyond none.")
    may_speak_with = models.TextField(blank=True)
    escalates_to = models.CharField(max_length=160, blank=True)
    ends_when = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return f"mandate of {self.contact_id}"


class Appointment(ShownToFamily):
    """A booked visit, with its unit's choice of who in the family sees it. "Agreed" means that the family has
    said yes to the time.
    """

    TELLS: ClassVar = {"starts_at": "time", "ends_at": "time", "with_whom": "unit"}

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Föreslagen")
        BOOKED = "booked", _("Bokad")
        AGREED = "agreed", _("Överenskommen")
        CANCELLED = "cancelled", _("Avbokad")
        DONE = "done", _("Genomförd")
        MISSED = "missed", _("Uteblivet besök")

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("På plats")
        VIDEO = "video", _("Video")
        PHONE = "phone", _("Telefon")
        HOME = "home", _("Hemma eller i skolan")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="appointments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    what = models.CharField(max_length=160, blank=True)
    with_whom = models.CharField(max_length=160, blank=True)
    bring = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.ON_SITE)
    status = models.CharField(max_length=10, choices=Status, default=Status.BOOKED)
    source = models.CharField(max_length=80, default="kring")
    external_id = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta(ShownToFamily.Meta):
        abstract = False
        indexes = [models.Index(fields=["child", "starts_at"]), models.Index(fields=["unit", "starts_at"])]
        constraints = [
            *ShownToFamily.Meta.constraints,
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="appointment_once_per_source",
            ),
        ]

    def __str__(self) -> str:
        return f"visit of {self.child_id}"


class SameDayRequest(models.Model):
    """«Samla på samma dag»: a request to units and family to move visits to one day, and what they
    answered.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Frågan är skickad")
        AGREED = "agreed", _("Alla har sagt ja")
        DECLINED = "declined", _("Det gick inte")
        WITHDRAWN = "withdrawn", _("Återtagen")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="same_day_requests")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField()
    message = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"same-day request for {self.child_id}"


class SameDayVisit(models.Model):
    """One visit in such a request, and its unit's answer."""

    request = models.ForeignKey(SameDayRequest, models.CASCADE, related_name="visits")
    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=8, blank=True, help_text="yes, no or empty while unanswered")
    reason = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "appointment"], name="same_day_visit_once")]

    def __str__(self) -> str:
        return f"visit in {self.request_id}"
