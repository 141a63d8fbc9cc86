"""The extract as a job: it can be left, and bears being begun again."""

from typing import Any
from uuid import UUID

from kring import clock
from kring.access.actors import Actor, actor_from
from kring.jobs.registry import Progress, job
from kring.organisations.models import Person

from . import commands, queries


@job(queries.JOB)
def extract_from_kring(progress: Progress, *, by: str, assignment: str) -> dict[str, Any]:
    """In the name of whoever asked, in the assignment they had. PermissionError when that has ended."""
    made = commands.make_extract(by=_analyst(UUID(by), assignment), tells=progress)
    return {"extract": str(made.pk), "children": made.children, "touched": made.touched}


def _analyst(person_id: UUID, assignment: str) -> Actor:
    person = Person.objects.get(pk=person_id)
    found = actor_from(person, key=f"analyst:{assignment}", now=clock.now(), strong_auth=True)
    if found is None:
        raise PermissionError
    return found
