"""The demo's figures: a made-up region's tables, counted by the same code as a real region's, as a job.

The demo does not wait for it: the worker begins when the pages already answer.
"""

from datetime import datetime
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
from kring.reports import making
from kring.reports import queries as reports
from kring.reports.commands import ask_for_publishing
from kring.reports.publishing import publish

from .stories import Teller

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
    made = calculate(progress, folder, source=_("Påhittad region"), by=by)
    progress.step(_("Skriver lägesrapporter"))
    tell_reports(clock.now())
    return made


def tell_reports(now: datetime) -> None:
    """A report that Agnes made and Sten published, and the next one as her draft; begun again, the rest."""
    if reports.published():
        return
    at = Teller(now).at
    agnes, sten = at("agnes", 0), at("sten", 0)
    by: dict[str, Any] = {"by_id": agnes.person_id, "now": now, "correction": ""}
    first = reports.unpublished(LAST_YEAR - 1)
    if first is None or not first.asked_at:
        made = making.make(year=LAST_YEAR - 1, **by)
        first = ask_for_publishing(by=agnes, report_id=made.pk)
    publish(by=sten, report_id=first.pk)
    making.make(year=LAST_YEAR, **by)
