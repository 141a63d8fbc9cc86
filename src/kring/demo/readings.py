"""Openings of Alva's pages that her family, and a reviewer of the log, have reason to look at."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from kring import clock
from kring.audit.commands import Act, record
from kring.audit.models import AccessLogRow
from kring.children.models import Child
from kring.organisations.models import Assignment


@dataclass(frozen=True)
class Opening:
    """Who, how many days ago and when; `rule`: the one that opened, when it is not the usual one."""

    subject: str
    days_ago: int
    at: time
    what: str
    rule: str = ""
    reason: str = ""


OPENINGS = (
    Opening("peter", 2, time(23, 40), "record.text", "8.2.5.open", "Kramper, familjen gick inte att nå"),
    Opening("sara", 5, time(8, 14), "plan"),
    Opening("lena", 6, time(13, 2), "plan"),
    Opening("maja", 9, time(2, 17), "child"),
    Opening("otto", 12, time(11, 5), "child"),
    Opening("david", 15, time(15, 30), "plan"),
)
"""A night, an emergency, a reader with the child's own family name, a unit that does not meet the child."""


def tell(now: datetime) -> None:
    """Write them to the log, once."""
    alva = Child.objects.get(person__subject="alva").pk
    if not AccessLogRow.objects.filter(child_id=alva, what="record.text", rule="8.2.5.open").exists():
        record([_act(one, alva, now) for one in OPENINGS])


def _act(one: Opening, child_id: UUID, now: datetime) -> Act:
    job = Assignment.objects.select_related("person", "unit").filter(person__subject=one.subject)
    held = job.exclude(role="guardian").order_by("starts_on")[0]
    day = clock.day_of(now) - timedelta(days=one.days_ago)
    return Act(
        at=datetime.combine(day, one.at, clock.STOCKHOLM),
        action="read",
        person_id=held.person_id,
        role=held.role,
        unit_id=held.unit_id,
        child_id=child_id,
        rule=one.rule or "8.2.1",
        what=one.what,
        reason=one.reason,
    )
