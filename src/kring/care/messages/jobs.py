"""What the family or the young have asked and nobody has answered: at 80 % of the promised time the unit is
reminded, and its head sees it. It acts as Kring itself, for the unit, and its log rows say so; each question
once.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from kring.access import gate
from kring.access.actors import Actor
from kring.audit.models import Action
from kring.jobs.registry import upkeep
from kring.notifications.commands import tell
from kring.organisations.commands import the_house
from kring.organisations.queries import colleagues_at
from kring.timeline.commands import record_event
from kring.timeline.models import Event, Task
from kring.timeline.promises import ASKED, REMINDED, reminds_at

HEAD = frozenset({"unit_head"})
EVERY = timedelta(minutes=15)
AT_MOST = 200
"""Questions at one look; the rest at the next."""
_last: list[datetime] = []


@upkeep
def look_at_promises(now: datetime) -> None:
    """Remind of what is due soon, at most once in a while in each process."""
    if _last and now - _last[-1] < EVERY:
        return
    _last[:] = [now]
    remind_of_promises(now)


def remind_of_promises(now: datetime) -> int:
    """Remind of every open question whose moment has come, once; returns how many."""
    nobody = Actor(person_id=the_house().pk, role="machine", now=now, strong_auth=True)
    ripe = [task for task in _unreminded() if reminds_at(task.opened_at, task.due_on) <= now][:AT_MOST]
    for task in ripe:
        place = {"unit_name": task.unit.name, "sector": task.unit.sector}
        unit = replace(nobody, unit_id=task.unit_id, controller_id=task.unit.controller_id, **place)
        remind(by=unit, task=task)
    return len(ripe)


def _unreminded() -> "QuerySet[Task]":
    reminded = Event.objects.filter(kind=REMINDED, subject=OuterRef("pk"))
    waiting = Task.objects.filter(kind__in=ASKED, ball=Task.Ball.OURS, done_at__isnull=True)
    return waiting.filter(~Exists(reminded)).select_related("unit").order_by("due_on", "pk")


@transaction.atomic
def remind(*, by: Actor, task: Task) -> None:
    """Tell whoever has the question, and the head of the unit; with its event and its row in the log. Where
    it has neither: whoever leads there.
    """
    heads = [person.pk for person in colleagues_at(task.unit_id, by.today, HEAD)]
    told = [task.assignee_id, *heads] if task.assignee_id else heads
    for person_id in told or [None]:
        about = {"act": "promise_near", "child_id": task.child_id, "about": task.pk}
        tell(by=by, units={task.unit_id: person_id}, **about)
    record_event(by=by, kind=REMINDED, child_id=task.child_id, effective_at=by.now, subject=task.pk)
    gate.log(by, Action.WRITE, [task.child_id], what="promise.remind", object_id=str(task.pk))
