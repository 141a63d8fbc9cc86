"""Making a report as a job: it can be left, and bears being begun again."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kring import clock
from kring.jobs.registry import Progress, job

from . import making, queries
from .rules.contents import contents


@job(queries.JOB)
def make_report(progress: Progress, *, year: int, correction: str, by: str) -> dict[str, Any]:
    """Read the figures, write the chapters, look for what could be worked out, keep; the answer names it."""
    progress.step(_("Skriver kapitel"), total=len(contents().chapters))
    made = making.make(year=year, correction=correction, by_id=UUID(by), now=clock.now(), step=progress.at)
    return {"report": str(made.pk), "recovered": made.recovered}
