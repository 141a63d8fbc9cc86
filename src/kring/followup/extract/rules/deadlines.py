"""What was promised to a day, and whether it was kept: a plan's follow-ups (ruling 21)."""

from collections.abc import Iterator, Sequence
from datetime import date

Set = tuple[date, date]
"""The day that was set, and the day it was set on."""
Held = tuple[date, date | None]
"""The day of a follow-up, and the day that it was for."""


def follow_ups(
    planned: Sequence[Set], held: Sequence[Held], over: date | None, today: date
) -> Iterator[tuple[date, bool]]:
    """Each day that has passed and whether the follow-up was held by then, each day once.

    A day that was moved before it came does not count, nor one that the plan's end came before. `planned` is
    in the order that the days were set in; `over`: the plan's last day.
    """
    told: set[date] = set()
    for place, (due, _) in enumerate(planned):
        if due in told or due >= today:
            continue
        done = [day for day, was_due in held if was_due == due]
        if done or not (_moved(planned, place) or (over is not None and over <= due)):
            told.add(due)
            yield due, bool(done) and min(done) <= due


def _moved(planned: Sequence[Set], place: int) -> bool:
    """Whether another day was set before that day had passed."""
    return place + 1 < len(planned) and planned[place + 1][1] <= planned[place][0]
