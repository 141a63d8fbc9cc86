"""Taking a delivery in as a job, with steps and progress, and what becomes of the uploaded file."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kring import clock
from kring.access.actors import Actor, actor_from
from kring.access.policy.doors import NOT_OWN_WAY
from kring.audit.commands import Act, record
from kring.audit.models import Action, Outcome
from kring.jobs.queries import jobs_with
from kring.jobs.registry import Progress, job, upkeep
from kring.organisations.models import Person

from . import commands, incoming
from .models import Delivery
from .rules.keeping import Upload, may_go


class NoLongerAllowed(Exception):
    """The assignment of the person who started the job does not hold any more."""


def throw_away(*, file: str, **_arguments: Any) -> None:
    """What has been read in is kept as records; the file it came in is not needed any more."""
    incoming.remove(UUID(file))


@job(commands.JOB, after=throw_away)
def import_record(
    progress: Progress, *, source_id: int, file: str, person_id: str, acting_as: str
) -> dict[str, Any]:
    """Read in what was uploaded. The upload stays until this is noted as done: until then it may be needed
    again.
    """
    by = _actor(UUID(person_id), acting_as)
    progress.step(_("Läser data"))

    def tell(done: int, total: int) -> None:
        # Asked again at every parcel: an assignment may end while a long delivery is taken in.
        _actor(UUID(person_id), acting_as)
        progress.step(_("Sparar"), total=total)
        progress.at(done)

    with incoming.find(UUID(file)) as content:
        delivery_id = commands.take_in(by=by, source_id=source_id, file=content, tell=tell)
    delivery = Delivery.objects.get(pk=delivery_id)
    return {"delivery": str(delivery_id), "state": delivery.state, "entries": delivery.entries}


def _actor(person_id: UUID, acting_as: str) -> Actor:
    person, now = Person.objects.get(pk=person_id), clock.now()
    actor = actor_from(person, key=acting_as, now=now, strong_auth=True)
    if actor is None:
        refused = Act(
            at=now,
            action=Action.IMPORT,
            outcome=Outcome.REFUSED,
            person_id=person_id,
            rule=NOT_OWN_WAY.id,
            what="record.delivery",
        )
        record([refused])
        raise NoLongerAllowed(_("Uppdraget gäller inte längre. Logga in igen och starta om."))
    return actor


@upkeep
def clear_uploads(now: datetime) -> int:
    """Throw away the uploads that nothing needs any more; returns how many."""
    kept = incoming.kept()
    jobs = jobs_with(commands.JOB, "file", map(str, kept)) if kept else {}
    gone = [
        name
        for name, put_aside_at in kept.items()
        if may_go(_upload(jobs.get(str(name)), put_aside_at), clock.day_of(now))
    ]
    for name in gone:
        incoming.remove(name)
    return len(gone)


def _upload(row: Any, put_aside_at: datetime) -> Upload:
    """What is known of an upload by its job; none was ever started when the request for it was undone."""
    if row is None:
        return Upload("", clock.day_of(put_aside_at))
    return Upload(row.state, clock.day_of(row.finished_at or put_aside_at))
