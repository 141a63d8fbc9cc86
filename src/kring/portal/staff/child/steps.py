"""«Vårdprocess»: the milestones of a child's way, read from its events. Pure: events in, steps out.

A milestone is there when one of its kinds has happened; the first such event counts. What was skipped on the
way is left out, and what has not come yet is shown as still to come. Days are counted from the first
milestone, as differences of Stockholm dates (clocks.md ruling 1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

MILESTONES = (
    (_("Upptäckt"), ("concern_raised", "contact_sought", "sip_need_identified")),
    (_("Första insatsen"), ("first_intervention_started",)),
    (_("SIP påbörjad"), ("sip_started",)),
    (_("Möte"), ("sip_meeting_held",)),
    (_("Plan"), ("plan_established",)),
    (_("Uppföljning"), ("followed_up",)),
)
KINDS = frozenset(kind for _label, kinds in MILESTONES for kind in kinds)
"""All that the steps are read from, however long ago it was."""
FOLLOW_UP = len(MILESTONES) - 1
ALWAYS_SHOWN = {"sip_started", "sip_meeting_held", "plan_established", "followed_up"}


@dataclass(frozen=True)
class Step:
    """One milestone: `day` when it happened, or when it is due; `days` since the first one."""

    label: str
    state: str
    day: date | None
    days: int | None


def steps_of(
    happened: Iterable[tuple[str, date]], next_on: date | None, follow_up_on: date | None = None
) -> list[Step]:
    """The milestones from (kind, day) pairs in any order. `next_on`: when the next one is due; the follow-up
    has its own day.
    """
    first = first_days(happened)
    reached = [
        min((first[kind] for kind in kinds if kind in first), default=None) for _label, kinds in MILESTONES
    ]
    if not any(reached):
        return []
    last = max(at for at, day in enumerate(reached) if day)
    start = min(day for day in reached if day)
    return [
        _step(str(label), day, at, last, start, follow_up_on if at == FOLLOW_UP else next_on)
        for at, ((label, kinds), day) in enumerate(zip(MILESTONES, reached, strict=True))
        if day or (at > last and ALWAYS_SHOWN & set(kinds))
    ]


def first_days(happened: Iterable[tuple[str, date]]) -> dict[str, date]:
    """The first day of each kind."""
    first: dict[str, date] = {}
    for kind, day in happened:
        first[kind] = min(day, first.get(kind, day))
    return first


def _step(label: str, day: date | None, at: int, last: int, start: date, next_on: date | None) -> Step:
    if day:
        return Step(label, "done", day, (day - start).days)
    is_next = at == last + 1 or (last == 0 and at == 2)
    return Step(label, "now" if is_next else "todo", next_on if is_next else None, None)
