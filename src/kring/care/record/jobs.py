"""Taking a delivery in as a job, with steps and progress."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kring import clock
from kring.access.actors import Actor, actor_from
from kring.jobs.registry import Progress, job
from kring.organisations.models import Person

from . import commands, incoming
from .models import Delivery


class NoLongerAllowed(Exception):
    """The assignment of the person who started the job does not hold any more."""


@job(commands.JOB)
def import_record(
    progress: Progress, *, source_id: int, file: str, person_id: str, acting_as: str
) -> dict[str, Any]:
    """Read in what was uploaded, and throw the upload away when it has been read."""
    by = _actor(UUID(person_id), acting_as)
    progress.step(_("Läser data"))

    def tell(done: int, total: int) -> None:
        progress.step(_("Sparar"), total=total)
        progress.at(done)

    with incoming.find(UUID(file)) as content:
        delivery_id = commands.take_in(by=by, source_id=source_id, file=content, tell=tell)
    incoming.remove(UUID(file))
    delivery = Delivery.objects.get(pk=delivery_id)
    return {"delivery": str(delivery_id), "state": delivery.state, "entries": delivery.entries}


def _actor(person_id: UUID, acting_as: str) -> Actor:
    person = Person.objects.get(pk=person_id)
    actor = actor_from(person, key=acting_as, now=clock.now(), strong_auth=True)
    if actor is None:
        raise NoLongerAllowed(_("Uppdraget gäller inte längre. Logga in igen och starta om."))
    return actor
