"""Which of several proposed times a meeting is to be: what may be asked about, and who can when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

FEWEST, MOST = 2, 5
"""One time is called to at once; more than five nobody answers with care."""


def may_propose(times: Sequence[datetime], now: datetime) -> str:
    """The code of the first thing that stops it, or an empty string."""
    if len(times) < FEWEST:
        return "too_few_times"
    if len(times) > MOST:
        return "too_many_times"
    if len(set(times)) < len(times):
        return "times_same"
    return "time_passed" if min(times) <= now else ""


@dataclass(frozen=True)
class Suits:
    """How one time suits those who are asked, each in the order they were given. `is_best`: at no other time
    can more come.
    """

    time: UUID
    can: tuple[UUID, ...]
    cannot: tuple[UUID, ...]
    silent: tuple[UUID, ...]
    is_best: bool


Said = Mapping[tuple[UUID, UUID], bool]
"""(who, time) -> whether it suits; what is not there is not answered."""


def who_can_when(times: Sequence[UUID], people: Sequence[UUID], said: Said) -> list[Suits]:
    """The table that a time is picked from. No time is best while nobody can come at any."""
    can = {time: tuple(one for one in people if said.get((one, time)) is True) for time in times}
    most = max((len(ones) for ones in can.values()), default=0)
    return [
        Suits(
            time,
            can=can[time],
            cannot=tuple(one for one in people if said.get((one, time)) is False),
            silent=tuple(one for one in people if (one, time) not in said),
            is_best=0 < len(can[time]) == most,
        )
        for time in times
    ]


def silent(times: Iterable[UUID], people: Iterable[UUID], said: Said) -> list[UUID]:
    """Who has not answered about every time."""
    times = list(times)
    return [one for one in people if any((one, time) not in said for time in times)]
