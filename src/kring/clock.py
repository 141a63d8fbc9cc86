"""The one clock. Time enters the house here and is handed on as an argument (`now=`, `today=`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

_standing_still: datetime | None = None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _standing_still or datetime.now(UTC)


def today() -> date:
    """The present day as people in Sweden live it."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The Stockholm day that an aware moment falls on."""
    return moment.astimezone(STOCKHOLM).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Let tests stand still at an aware moment, in every thread (a live server answers from its own)."""
    global _standing_still
    before, _standing_still = _standing_still, moment
    try:
        yield
    finally:
        _standing_still = before
