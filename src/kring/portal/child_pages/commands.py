"""What the child says on its own pages that is not an answer in the plan's own process."""

from uuid import UUID

from django.db import transaction

from kring.access import gate, leaving
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.protected import Act
from kring.audit.models import Action
from kring.children.models import Child
from kring.timeline.asked import CLEAR
from kring.timeline.commands import open_task, record_event

from . import queries
from .rules import answer_by

CLEAR_ANSWERS = ("yes", "little", "no")
SAID_MAX = 300
"""As long as an event's words may be."""


@transaction.atomic
def say_unclear(*, by: Actor, goal_id: UUID) -> bool:
    """«Jag förstår inte»: the unit that keeps the plan going gets it as a task. False when the goal is not
    the child's.

    Said again before somebody has answered, it is the same task.
    """
    plan = queries.going_plan(by)
    if plan is None or goal_id not in queries.goals_of(by, plan):
        return False
    gate.log(by, Action.WRITE, [by.child_id], what="own.unclear", object_id=str(goal_id))
    more = {"child_id": by.child_id, "subject": goal_id, "unit_id": plan.unit_id}
    record_event(by=by, kind="child_unclear", effective_at=by.now, **more)
    open_task(
        by=by, kind="child_unclear", due_on=answer_by(by.today), assignee_id=plan.coordinator_id, **more
    )
    return True


@transaction.atomic
def say_wrong(*, by: Actor, words: str) -> bool:
    """«Säg till om något är fel»: the child's unit gets it as a task, with the child's own words. False when
    no unit is there to read it.
    """
    child = gate.child_or_404(by, Permission.SEE_OWN_PAGES, queries.key_of(by), what="own.wrong")
    unit = queries.unit_that_listens(by, child)
    if unit is None:
        return False
    gate.log(by, Action.WRITE, [child.pk], what="own.wrong")
    about = {"child_id": child.pk, "unit_id": unit.pk, "kind": "child_wrong"}
    event = record_event(by=by, effective_at=by.now, reason=words.strip()[:SAID_MAX], **about)
    open_task(by=by, due_on=answer_by(by.today), subject=event.pk, **about)
    return True


@transaction.atomic
def say_clear(*, by: Actor, event_id: UUID, clear: str) -> bool | None:
    """«Blev det tydligt?» after an answer: `clear` is yes, little or no. What was not is asked anew at the
    same unit, with the child's own words, in Swedish as all that units answer. None when there is nothing to
    say it of, or it has been said already; otherwise whether somebody will explain again.
    """
    found = next((one for one in queries.said_by(by) if one.event.pk == event_id and one.answer), None)
    if found is None or clear not in CLEAR_ANSWERS or event_id in queries.judged_clear(by):
        return None
    about = {"child_id": found.event.child_id, "unit_id": found.event.unit_id}
    record_event(by=by, kind=CLEAR, effective_at=by.now, subject=event_id, data={"clear": clear}, **about)
    gate.log(by, Action.WRITE, [found.event.child_id], what="own.clear", object_id=str(event_id))
    if clear == "yes":
        return False
    words = f"Svaret blev inte tydligt: {found.words}"[:SAID_MAX]
    again = record_event(by=by, kind="child_wrong", effective_at=by.now, reason=words, **about)
    open_task(by=by, kind="child_wrong", due_on=answer_by(by.today), subject=again.pk, **about)
    return True


@transaction.atomic
def choose_look(*, by: Actor, child_id: UUID, look: str) -> bool:
    """Choose how the child's own pages look: the child itself, a guardian or its unit. Kept without any label
    and without telling anybody why. False when that look is not among those to choose.
    """
    child = queries.whose_look(by, child_id, what="child.look")
    if look not in queries.looks_of(by, child):
        return False
    child.page_mode = look
    child.save(update_fields=["page_mode"])
    gate.log(by, Action.WRITE, [child.pk], what="child.look")
    return True


@transaction.atomic
def print_paper(*, by: Actor, child: Child) -> None:
    """Write to the access log that the child took «Mitt papper» as a file.

    Raises:
        gate.NotAllowed: the child has protected identity, and nothing about it leaves on paper (8.8 c).
    """
    about = {"what": "own.paper.file", "action": Action.PRINT}
    leaving.stop(by, child, Act.PRINT, Permission.PREPARE_MEETING, **about)
    gate.log(by, Action.PRINT, [child.pk], what="own.paper.file")
