"""Counting every indicator as a job: it can be left, and bears being begun again.

The unguarded tables never leave the folder they were delivered in; what the job keeps has been guarded.
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kring import clock
from kring.jobs.registry import Progress, job

from . import commands, queries
from .delivery import OURS, Delivery, described


@job(queries.JOB)
def calculate_indicators(progress: Progress, *, by: str) -> dict[str, Any]:
    """From the region's own delivery. FileNotFoundError when nobody has said where it is."""
    folder = queries.data_folder()
    if folder is None:
        raise FileNotFoundError
    return calculate(progress, folder, source=folder.name, by=by)


def calculate(progress: Progress, folder: Path, *, source: str, by: str) -> dict[str, Any]:
    """Read, count, guard, keep; the answer names the calculation."""
    progress.step(_("Läser data"))
    delivery = described(folder, clock.today())
    known = _written_on(folder)
    years = years_of(delivery, known)
    with TemporaryDirectory(prefix="kring-figures-") as made:
        _count(progress, folder, Path(made), years, known)
        progress.step(_("Sparar"))
        kept = commands.keep_calculation(
            out=Path(made), delivery=delivery, source=source, years=years, by_id=UUID(by), now=clock.now()
        )
    return {"calculation": str(kept.pk), "indicators": kept.results.count()}


def _written_on(folder: Path) -> date:
    from indicators import loading  # here: pages shall not wait for NumPy

    return loading.written_on(folder, OURS)


def _count(progress: Progress, folder: Path, made: Path, years: tuple[int, int], known: date) -> None:
    from indicators import catalogue, runs  # here: pages shall not wait for NumPy

    told = iter(range(len(catalogue.slugs()) + 1))

    def tell(_text: str) -> None:
        progress.at(next(told, 0))

    progress.step(_("Räknar"), total=len(catalogue.slugs()))
    runs.run(folder, made, range(years[0], years[1] + 1), tell, known=known)


def years_of(delivery: Delivery, known: date) -> tuple[int, int]:
    """The years that can be told: those that the contacts cover and that had ended on the last day that the
    delivery knows of. ValueError when there are none.
    """
    contacts = [one for one in delivery.tables if one.name == "contact"]
    if not contacts or contacts[0].first_year is None or contacts[0].last_year is None:
        raise ValueError("leveransen har inga kontakter")
    last = min(contacts[0].last_year, known.year if known == date(known.year, 12, 31) else known.year - 1)
    if last < contacts[0].first_year:
        raise ValueError("leveransen har inget helt år")
    return contacts[0].first_year, last
