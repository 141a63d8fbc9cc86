"""When an answer that has been promised is reminded of: at a share of its time (ux.md c7). Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kring.clock import moment_on

ASKED = (
    "message_answer",
    "maturity_asked",
    "child_unclear",
    "child_wrong",
    "change_proposed",
    "visit_change_asked",
)
"""Tasks that answer what the family, or the young themselves, have asked."""
REMINDED = "promise_reminded"
"""The event that the unit and its head have been reminded of one of them."""


@dataclass(frozen=True)
class Reminder:
    """At so many hundredths of a promise's time whoever has it is reminded, and the head sees it."""

    rule: str
    percent: int
    valid_from: date
    needs_sign_off: bool = True


REMINDERS = (Reminder("PROMISE-80", 80, date(2023, 1, 1)),)


def reminds_at(opened_at: datetime, due_on: date) -> datetime:
    """The moment of the reminder for what was asked at one moment and promised through a Swedish day.

    Raises:
        ValueError: no rule was in force when it was asked.
    """
    rule = max(
        (one for one in REMINDERS if one.valid_from <= opened_at.date()), key=lambda one: one.valid_from
    )
    ends = moment_on(due_on + timedelta(days=1), time())
    return opened_at + (ends - opened_at) * rule.percent / 100
