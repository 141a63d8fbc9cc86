"""The one clock. Time enters the house here and is handed on as an argument (`now=`, `today=`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, tzinfo
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


def moment_on(day: date, hour: time) -> datetime:
    """The moment of a day and a time of day as clocks in Sweden show them."""
    return datetime.combine(day, hour, tzinfo=STOCKHOLM)


class HiddenDay(date):
    """A day that decisions are taken by and that no page tells: in words it is nothing."""

    def isoformat(self) -> str:
        return ""

    def strftime(self, format: str) -> str:
        return ""

    def __format__(self, format: str) -> str:
        return ""

    __str__ = isoformat


class HiddenMoment(datetime):
    """A moment like that. What is counted from it is hidden too."""

    @classmethod
    def of(cls, moment: datetime) -> "HiddenMoment":
        parts = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
        return cls(*parts, moment.microsecond, moment.tzinfo, fold=moment.fold)

    def astimezone(self, tz: tzinfo | None = None) -> "HiddenMoment":
        return HiddenMoment.of(super().astimezone(tz))

    def date(self) -> HiddenDay:
        return HiddenDay(self.year, self.month, self.day)

    def isoformat(self, sep: str = "", timespec: str = "") -> str:
        return ""

    def strftime(self, format: str) -> str:
        return ""

    def __format__(self, format: str) -> str:
        return ""

    def __str__(self) -> str:
        return ""


def is_hidden(value: date | None) -> bool:
    """Whether a day or a moment may not be told."""
    return isinstance(value, HiddenDay | HiddenMoment)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Let tests stand still at an aware moment, in every thread (a live server answers from its own)."""
    global _standing_still
    before, _standing_still = _standing_still, moment
    try:
        yield
    finally:
        _standing_still = before
