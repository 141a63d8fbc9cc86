"""Where each task is done: one table from kind to page, for the worklist and for the child's page.

A step of a plan is done in the plan, a message is answered in its thread. So a unit without a plan, which has
been written to, comes to what was written and not to an offer to start a plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.design.addresses import address
from kring.timeline.models import Task


@dataclass(frozen=True)
class Doing:
    """A page where a kind of task is done: the name of its address, what that calls the task's subject and
    whether it names the child, and who may open it.
    """

    name: str
    permission: Permission
    subject: str = ""
    child: bool = False


def _of_plan(name: str, permission: Permission = Permission.EDIT_PLAN) -> Doing:
    return Doing(name, permission, "plan_id")


def _of_child(name: str, permission: Permission) -> Doing:
    return Doing(name, permission, child=True)


DOING: Mapping[str, Doing] = MappingProxyType(
    {
        "sip_start": _of_plan("plan-page"),
        "sip_consent": _of_plan("plan-consent"),
        "sip_party_consent": _of_plan("plan-consent"),
        "sip_consent_conflict": _of_plan("plan-consent"),
        "sip_summon": _of_plan("summon", Permission.SUMMON),
        "discharge_summons": _of_plan("plan-page"),
        "sip_times": _of_plan("plan-meetings"),
        "sip_pick_time": _of_plan("plan-meetings"),
        "summons_times": Doing("summons-times", Permission.ANSWER_SUMMONS, "summons_id"),
        "sip_answers": _of_plan("plan-meetings"),
        "sip_meeting": _of_plan("plan-meetings"),
        "sip_establish": _of_plan("plan-establish", Permission.ESTABLISH_PLAN),
        "follow_up": _of_plan("plan-follow-up", Permission.FOLLOW_UP_PLAN),
        "sip_close": _of_plan("plan-close", Permission.CLOSE_PLAN),
        "summons_answer": Doing("summons", Permission.ANSWER_SUMMONS, "summons_id"),
        "withheld_review": Doing("plan-review", Permission.EDIT_PLAN, "row_id"),
        "plan_activity": Doing("plan-activity", Permission.EDIT_PLAN, "activity_id"),
        "child_unclear": Doing("plan-goal", Permission.EDIT_PLAN, "goal_id"),
        "child_wrong": _of_child("child-events", Permission.SEE_CHILD),
        "change_proposed": _of_child("child-events", Permission.SEE_CHILD),
        "maturity_asked": _of_child("child-maturity", Permission.ASSESS_MATURITY),
        "mood_read": _of_child("child-mood-staff", Permission.ASK_MOOD),
        "message_answer": Doing("message-thread", Permission.ANSWER_MESSAGES, "thread_id"),
        "visit_change_asked": Doing("move-visit", Permission.BOOK_APPOINTMENT, "visit_id", child=True),
        "same_day_answer": Doing(
            "same-day-question", Permission.BOOK_APPOINTMENT, "same_day_request_id", child=True
        ),
        "lift_asked": _of_child("child-blocks", Permission.DOCUMENT_BLOCK),
        "guardian_review": _of_child("child-guardians", Permission.DECIDE_GUARDIAN_ACCESS),
    }
)
"""What the family or the child has said in words is read among what has happened."""


def task_href(actor: Actor, task: Task) -> str:
    """The page where a task is done; the child's page when the actor's role does not open it."""
    doing = DOING.get(task.kind)
    if doing is None or not actor.may(doing.permission) or (doing.subject and task.subject is None):
        return address("child", child_id=task.child_id)
    about = {"child_id": task.child_id} if doing.child else {}
    return address(doing.name, **about, **({doing.subject: task.subject} if doing.subject else {}))
