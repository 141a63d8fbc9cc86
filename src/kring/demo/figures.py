"""The demo's figures: a made-up region's tables, counted by the same code as a real region's, as a job.

The demo does not wait for it: the worker begins when the pages already answer.
"""

from pathlib import Path
from shutil import rmtree
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kring import clock
from kring.followup.jobs import calculate
from kring.followup.queries import DEMO_JOB
from kring.jobs import commands
from kring.jobs.models import Job
from kring.jobs.registry import Progress, job
from kring.organisations.models import Person

CHILDREN, FIRST_YEAR, LAST_YEAR, SEED = 37_132, 2012, 2024, 1


@transaction.atomic
def ask_for_figures() -> Job:
    """Put the work in the queue, in the analyst's name."""
    analyst = Person.objects.get(subject="agnes")
    return commands.start(
        kind=DEMO_JOB,
        title=_("Hitta på en region och räkna alla mått"),
        by_id=analyst.pk,
        now=clock.now(),
        arguments={"by": str(analyst.pk)},
    )


@job(DEMO_JOB)
def make_up_region(progress: Progress, *, by: str) -> dict[str, Any]:
    """Make the tables, then count them. Begun again, it makes the same tables anew."""
    from synthetic.flat.parquet import Asked, write  # here: no other process needs NumPy for it

    folder = Path(settings.FOLLOW_UP_DATA)
    rmtree(folder, ignore_errors=True)
    progress.step(_("Hittar på en region"))
    write(Asked(CHILDREN, FIRST_YEAR, LAST_YEAR, SEED), folder, lambda _text: None)
    return calculate(progress, folder, source=_("Påhittad region"), by=by)
