"""Units that can be named when something around a child is blocked."""

from uuid import UUID

from django.db.models import Q

from kring.access.actors import Actor
from kring.access.facts import current
from kring.access.policy.parties import PARTIES
from kring.children.models import CareRelation
from kring.design.alphabet import Swedish
from kring.organisations.models import Unit
from kring.timeline.models import Event
from kring.timeline.queries import RECORD_KINDS

CARE = sorted(sector.value for sector, party in PARTIES.items() if party.care_provider)


def units_around(actor: Actor, child_id: UUID) -> list[Unit]:
    """Care units whose texts the actor may have blocked: to staff their own, to the child every one that
    meets it or has written about it.
    """
    units = Unit.objects.filter(sector__in=CARE).select_related("controller").order_by(Swedish("name"))
    if actor.is_staff:
        return list(units.filter(pk=actor.unit_id))
    meets = CareRelation.objects.filter(current(actor.today), child_id=child_id).values("unit")
    wrote = Event.objects.filter(child_id=child_id, kind__in=RECORD_KINDS).values("unit")
    return list(units.filter(Q(pk__in=meets) | Q(pk__in=wrote)))
