"""What a unit has received of plans that are closed to it now: its copies, with their dates (ruling 11)."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from kring import clock
from kring.access.actors import Actor
from kring.care.plans.models import PlanVersion
from kring.children.models import Disclosure

from .explained import CATEGORY


def received_versions(actor: Actor) -> "QuerySet[PlanVersion]":
    """The versions that were disclosed to the actor's unit while they could be read, by a disclosure that has
    ended: taken back, or run out at the end of its last day.

    No door of its own: who uses it asks the gate for the plans.
    """
    told = Disclosure.objects.filter(
        Q(ended_at__gte=OuterRef("made_at"))
        | Q(ended_at__isnull=True, ends_on__lt=actor.today)
        | Q(ended_at__isnull=True, closes_on__lt=actor.today),
        Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("made_on")),
        Q(closes_on__isnull=True) | Q(closes_on__gte=OuterRef("made_on")),
        unit_id=actor.unit_id,
        category=CATEGORY,
        subject=OuterRef("plan_id"),
    )
    made_on = TruncDate("made_at", tzinfo=clock.STOCKHOLM)
    return PlanVersion.objects.alias(made_on=made_on).filter(Exists(told))
