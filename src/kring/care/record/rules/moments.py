"""FHIR dates and times, which may be partial: 2019, 2019-05, 2019-05-03, 2019-05-03T10:15:00+02:00."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from kring.clock import STOCKHOLM

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_LEAP_SECOND = re.compile(r"(T\d{2}:\d{2}):60")


@dataclass(frozen=True)
class Moment:
    """A moment in UTC and how exactly it is known: year, month, day or time. A partial one is its beginning
    in Sweden.
    """

    at: datetime
    precision: str


@dataclass(frozen=True)
class Day:
    """A birth date or other day: `last` is the latest day it can be."""

    last: date
    precision: str


def moment_of(text: Any) -> Moment | None:
    """A FHIR date, dateTime or instant; None when it is not one or lies outside what a calendar holds."""
    if not isinstance(text, str) or not text.isascii():
        return None
    try:
        if found := _PARTIAL.fullmatch(text):
            year, month, day = found.groups(default="")
            start = datetime(int(year), int(month or 1), int(day or 1), tzinfo=STOCKHOLM)
            return Moment(start.astimezone(UTC), _precision(month, day))
        if "T" not in text:
            return None
        moment = datetime.fromisoformat(_LEAP_SECOND.sub(r"\1:59", text))
        return Moment((moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)).astimezone(UTC), "time")
    except (ValueError, OverflowError):
        return None


def day_of(text: Any) -> Day | None:
    """A FHIR date as the latest day it can be; of a dateTime, its own date."""
    found = _PARTIAL.fullmatch(text.partition("T")[0]) if isinstance(text, str) and text.isascii() else None
    if not found:
        return None
    try:
        year, month, day = found.groups(default="")
        last_month = int(month or 12)
        last_day = int(day or calendar.monthrange(int(year), last_month)[1])
        return Day(date(int(year), last_month, last_day), _precision(month, day))
    except (ValueError, calendar.IllegalMonthError):
        return None


def _precision(month: str, day: str) -> str:
    return "day" if day else "month" if month else "year"
