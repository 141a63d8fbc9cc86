"""The hour, weekday and day of a moment in Sweden, counted by the database's own code.

Django's functions of local time are Python's on SQLite, called for every row of the log. Within a span of
time Sweden's distance from UTC is one number, and then the database can count by itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, DateField, Expression, Field, Func, IntegerField, When

from kring.clock import STOCKHOLM

HOUR = timedelta(hours=1)
Span = tuple[datetime, int]
"""Until when, and how many minutes before UTC's clocks Sweden's go."""


def spans(start: datetime, end: datetime) -> list[Span]:
    """The spans of one distance between two moments; clocks change on the hour."""
    found: list[Span] = []
    at, minutes = start, _minutes(start)
    while at < end:
        day = min(at + timedelta(days=1), end)
        if _minutes(day) != minutes:
            while _minutes(at) == minutes:
                at = at.replace(minute=0, second=0, microsecond=0) + HOUR
            found.append((at, minutes))
            minutes = _minutes(at)
        at = max(at, day)
    return [*found, (end, minutes)]


def _minutes(moment: datetime) -> int:
    away = moment.astimezone(STOCKHOLM).utcoffset()
    return int(away.total_seconds() // 60) if away else 0


class LocalHour(Func):
    """0-23."""

    sqlite, postgresql = (
        "CAST(strftime('%%%%H', {at}) AS INTEGER)",
        "CAST(EXTRACT(hour FROM {at}) AS INTEGER)",
    )
    output_field: "Field[Any, Any]" = IntegerField()

    def __init__(self, expression: str, minutes: int) -> None:
        super().__init__(expression)
        self.minutes = minutes

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        # To the second: SQLite would round the last half millisecond of an hour up.
        at = f"substr(%(expressions)s, 1, 19), '{self.minutes:+d} minutes'"
        return super().as_sql(compiler, connection, template=self.sqlite.format(at=at), **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        at = f"(%(expressions)s AT TIME ZONE 'UTC' + interval '{self.minutes:d} minutes')"
        return super().as_sql(compiler, connection, template=self.postgresql.format(at=at), **more)


class LocalWeekday(LocalHour):
    """0 is Sunday, 6 Saturday."""

    sqlite, postgresql = "CAST(strftime('%%%%w', {at}) AS INTEGER)", "CAST(EXTRACT(dow FROM {at}) AS INTEGER)"


class LocalDay(LocalHour):
    """The date."""

    sqlite, postgresql = "date({at})", "CAST({at} AS date)"
    output_field = DateField()


def local(part: type[LocalHour], within: Sequence[Span]) -> Expression:
    """A part of `at` in Swedish time, for rows within the spans."""
    last = part("at", within[-1][1])
    earlier = [When(at__lt=until, then=part("at", minutes)) for until, minutes in within[:-1]]
    return Case(*earlier, default=last) if earlier else last
