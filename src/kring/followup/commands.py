"""Keeping what has been counted, and asking for it to be counted."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from indicators import catalogue
from kring.access.actors import Actor
from kring.jobs import commands as jobs
from kring.jobs.models import Job

from . import reading
from .definitions import frozen
from .delivery import Delivery
from .models import Calculation, Cell, Result
from .queries import JOB

AT_A_TIME = 2000


@transaction.atomic
def keep_calculation(
    *, out: Path, delivery: Delivery, source: str, years: tuple[int, int], by_id: UUID | None, now: datetime
) -> Calculation:
    """Keep a run's guarded files as a calculation, all of it or nothing.

    Errors: NotGuardedError (reading.py) when a file has not been through disclosure control.
    """
    made = Calculation.objects.create(
        data_version=delivery.version,
        source=source,
        synthetic=delivery.synthetic,
        first_year=years[0],
        last_year=years[1],
        tables=delivery.as_rows(),
        made_at=now,
        started_by=by_id,
    )
    for path in sorted(out.glob("*.csv")):
        definition = catalogue.load(path.stem)
        result = Result.objects.create(
            calculation=made,
            slug=definition.slug,
            version=definition.version,
            definition=frozen(definition)
            | {"sensitivity": reading.sensitivity(out / "sensitivity" / path.name, years[1])},
        )
        _keep_cells(result, reading.cells(path))
    return made


def _keep_cells(result: Result, told: Iterable[reading.Told]) -> None:
    rest = iter(told)
    while some := list(islice(rest, AT_A_TIME)):
        Cell.objects.bulk_create(Cell(result=result, **asdict(one)) for one in some)


@transaction.atomic
def start_calculation(*, by: Actor) -> Job:
    """Count every indicator anew from the region's delivery, as a job."""
    return jobs.start(
        kind=JOB,
        title=_("Räkna alla mått"),
        by_id=by.person_id,
        now=by.now,
        arguments={"by": str(by.person_id)},
    )
