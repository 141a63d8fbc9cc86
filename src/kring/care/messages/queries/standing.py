"""How threads stand: what is unread, who is to answer, and within how long the unit promises it."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef

from kring.access.actors import Actor
from kring.care.messages import rules
from kring.care.messages.models import AnswerTime, Message, Reading, Side, Thread
from kring.organisations.models import Person
from kring.timeline.models import Task

TASK = "message_answer"
"""The kind of the task that stands in the unit's worklist until somebody has answered."""


def owners_of(actor: Actor, threads: Collection[Thread]) -> dict[UUID, Person]:
    """Who at the actor's unit has the task of answering each thread."""
    tasks = Task.objects.filter(
        unit_id=actor.unit_id, kind=TASK, subject__in=[one.pk for one in threads], done_at__isnull=True
    ).filter(assignee__isnull=False)
    return {task.subject: task.assignee for task in tasks.select_related("assignee") if task.subject}


def unread(actor: Actor) -> Exists:
    """Whether the other side has written something in a thread that this person has not opened."""
    side, other = (Side.UNIT, Side.FAMILY) if actor.is_staff else (Side.FAMILY, Side.UNIT)
    seen = Reading.objects.filter(thread=OuterRef("thread"), person_id=actor.person_id, side=side)
    new = Message.objects.filter(thread=OuterRef("pk"), side=other)
    return Exists(new.filter(~Exists(seen.filter(seen__gte=OuterRef("number")))))


def answer_times(actor: Actor, unit_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """Within how many weekdays each unit answers today: its own setting, else that of the house."""
    rows = AnswerTime.objects.filter(unit_id__in=list(unit_ids), starts_on__lte=actor.today)
    own = dict(rows.order_by("starts_on").values_list("unit_id", "weekdays"))
    house = rules.house_time(actor.today)
    return {unit_id: own.get(unit_id, house) for unit_id in unit_ids}
