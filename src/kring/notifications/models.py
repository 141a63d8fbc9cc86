"""Notices in a person's own list, what is on its way out, and which ways each person has chosen."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.children.models import Child
from kring.organisations.models import Person, Unit


class Notice(models.Model):
    """That something waits for a person, at a unit or (without one) as guardian or as the child itself.

    `act` is a row of `rules.TELLINGS`; `about` is what it leads to. The child is here for the gate alone,
    which is asked anew each time the notice is listed or about to leave.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, related_name="+")
    act = models.CharField(max_length=32)
    about = models.UUIDField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-made_at"]),
            models.Index(fields=["about"], condition=Q(read_at__isnull=True), name="notice_unread_about"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "act", "about"],
                condition=Q(read_at__isnull=True, unit__isnull=False),
                name="notice_unread_once_at_work",
            ),
            models.UniqueConstraint(
                fields=["person", "act", "about"],
                condition=Q(read_at__isnull=True, unit__isnull=True),
                name="notice_unread_once_in_family",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} to {self.person_id}"


class ContactWay(models.Model):
    """That a person has chosen to be told by mail or text message, where, and about what.

    Nothing but a code leaves for an address before it is confirmed: somebody else may have it.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="contact_ways")
    way = models.CharField(max_length=8)
    address = models.CharField(max_length=254)
    topics = models.JSONField(default=list)
    chosen_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "way"], name="contact_way_once")]

    def __str__(self) -> str:
        return f"{self.way} of {self.person_id}"


class AddressCode(models.Model):
    """A code asked for to confirm an address: it holds for a while and a few tries, and the latest counts.

    The code itself stands nowhere: it is drawn from `id` and the house's secret key when the letter leaves,
    and what somebody writes is compared with `hashed`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    way = models.CharField(max_length=8)
    address = models.CharField(max_length=254)
    hashed = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0, help_text="How many times a wrong code was written.")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Used, or another was asked for.")

    class Meta:
        indexes = [models.Index(fields=["person", "way", "-asked_at"])]

    def __str__(self) -> str:
        return f"code for {self.way} of {self.person_id}"


class Delivery(models.Model):
    """One notice, or the code that confirms an address, on its way out by mail or text message. It holds no
    text and no address: the text is the same for everything, and the address is looked up when it leaves.

    TAKEN is in somebody's hands now; one that has been there too long was lost with its worker.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Väntar")
        TAKEN = "taken", _("Skickas")
        SENT = "sent", _("Skickad")
        STOPPED = "stopped", _("Stoppad")
        GIVEN_UP = "given_up", _("Gick inte att skicka")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, blank=True, related_name="deliveries")
    code = models.OneToOneField(AddressCode, models.CASCADE, null=True, blank=True, related_name="delivery")
    way = models.CharField(max_length=8)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(
        max_length=60, blank=True, help_text="The rule that stopped it, or the kind of fault, never its text."
    )

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["notice", "way"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(notice__isnull=False, code__isnull=True)
                | Q(notice__isnull=True, code__isnull=False),
                name="delivery_of_one_thing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before", "id"], condition=Q(state="waiting"), name="delivery_waiting_by_time"
            ),
            models.Index(fields=["taken_at"], condition=Q(state="taken"), name="delivery_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.state}"
