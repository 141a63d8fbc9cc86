"""Times of the record in words, never more exact than they were written."""

from datetime import datetime
from typing import Any

from django.utils import dateformat

from kring.care.record.rules.moments import moment_of
from kring.design import days


def when(at: datetime, precision: str) -> str:
    """«tis 24 nov 2026 kl. 10.00», «tis 24 nov 2026», «november 2026» or «2026»."""
    here = days.local(at)
    if precision == "year":
        return f"{here:%Y}"
    if precision == "month":
        return dateformat.format(here, "F Y")
    return days.day(here.date()) if precision == "day" else days.day_and_time(at)


def written(value: Any) -> str:
    """A FHIR date or time in words; "" when it is none."""
    moment = moment_of(value)
    return when(moment.at, moment.precision) if moment else ""
