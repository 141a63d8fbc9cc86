"""What every command about a plan does: reach it, hold it, change it once, and leave a trace in one
transaction.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kring import clock
from kring.access import gate, items
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.visibility import review_by
from kring.access.refusals import EditConflict
from kring.audit.models import Action
from kring.care.plans import queries, rules
from kring.care.plans.models import Activity, Closure, Goal, Need, Plan, Summons
from kring.care.plans.rules import Refusal
from kring.care.plans.rules import shown as choice
from kring.children.models import ShownToFamily
from kring.timeline.by_hand import WITHHELD
from kring.timeline.commands import close_tasks, open_task, record_event, set_tasks


@transaction.atomic
def plan_to_change(
    *, by: Actor, plan_id: UUID, permission: Permission, what: str, also_over: bool = False
) -> Plan:
    """The plan, held until the transaction ends, for an actor that reaches it as a whole.

    Raises:
        gate.Invisible, gate.NotAllowed: out of reach, or not for this purpose.
        Refusal: plan_is_over.
    """
    plans = queries.whole_plans(by, permission, each=True).select_related("child", "unit")
    plan = plans.select_for_update(of=("self",)).filter(pk=plan_id).first()
    if plan is None:
        raise queries.refusal(by, plan_id, permission, what=what)
    if plan.is_over and not also_over:
        raise Refusal("plan_is_over")
    plan.is_whole = True
    return plan


@transaction.atomic
def readers_chosen(
    *, by: Actor, chosen: Mapping[str, Any], before: choice.Readers | None = None
) -> dict[str, Any]:
    """Who of the family reads a text, as its author chose, and when what is withheld is looked at again. What
    the family writes is the family's to read. `before`: how it stands; a choice that is left out stays so.

    Raises:
        Refusal: choice_missing, visible_from_missing, review_day.
    """
    if not by.is_staff:
        return {}
    known = {"visibilities": ShownToFamily.Visibility.values, "categories": ShownToFamily.Category.values}
    given = choice.checked(chosen, **known, today=by.today)
    if not given:
        return given
    after = replace(before or choice.Readers(), **given)
    hidden = items.withheld(after, by.today)
    day = choice.review_day(vars(after), withheld=hidden, today=by.today, latest=review_by(by.today))
    return given | {"review_on": day}


@transaction.atomic
def follow_review(*, by: Actor, plan: Plan, row: Any, unit_id: UUID | None) -> None:
    """Let the unit that wrote a text have its review to do on the day, for as long as something is withheld.
    The end of a plan is known by its plan.
    """
    subject = row.plan_id if isinstance(row, Closure) else row.pk
    if row.review_on is None or getattr(row, "removed_at", None):
        close_tasks(by=by, subject=subject, kinds=(WITHHELD,), result="shown")
    elif unit_id:
        about = {"child_id": plan.child_id, "subject": subject, "unit_id": unit_id}
        open_task(by=by, kind=WITHHELD, due_on=row.review_on, **about)


@transaction.atomic
def keep_in_charge(*, by: Actor, plan: Plan) -> None:
    """Refuse everyone but the unit that keeps the plan going."""
    if by.unit_id != plan.unit_id:
        raise Refusal("not_in_charge", about=plan.child_id)


@transaction.atomic
def change_once(*, by: Actor, row: Any, seen: int, **fields: Any) -> None:
    """Change a row that is still as the actor saw it.

    Raises:
        EditConflict: it has been changed since.
    """
    rows = type(row).objects.filter(pk=row.pk, revision=seen)
    stamp = {"revision": F("revision") + 1, "changed_at": by.now, "changed_by_id": by.person_id}
    if not rows.update(**stamp, **fields):
        raise EditConflict(type(row).objects.get(pk=row.pk))
    row.refresh_from_db(fields=[*fields, "revision", "changed_at"])


@transaction.atomic
def leave_trace(
    *,
    by: Actor,
    plan: Plan,
    what: str,
    event: str = "",
    on: date | datetime | None = None,
    object_id: UUID | None = None,
    **more: Any,
) -> None:
    """Log the write, record the event if it is one, and let the worklist show the plan's next step.

    `on` is when it happened (default now); `more` goes to the event: reason, title, data.
    """
    rule = queries.rule_for(by, plan)
    object_id = object_id or plan.pk
    gate.log(by, Action.WRITE, [plan.child_id], what=what, object_id=str(object_id), rule=rule)
    if event:
        more.setdefault("unit_id", by.unit_id or plan.unit_id)
        moment = _moment(on, by.now)
        record_event(by=by, kind=event, child_id=plan.child_id, effective_at=moment, subject=plan.pk, **more)
    show_next_step(by=by, plan=plan)


def _moment(on: date | datetime | None, now: datetime) -> datetime:
    if on is None or isinstance(on, datetime):
        return on or now
    # A day alone is that day in Stockholm; never later than the moment it is written.
    return min(datetime.combine(on, time(), tzinfo=clock.STOCKHOLM), now)


@transaction.atomic
def show_next_step(*, by: Actor, plan: Plan) -> None:
    """Let the worklist of the unit in charge hold what is to be done in the plan, and the plan's own clock
    while it runs.
    """
    state = queries.state_of(by, plan)
    steps = rules.open_steps(state, by.today)
    wanted: dict[str, Mapping[str, Any]] = {}
    if steps and (clock := rules.running_clock(state)):
        wanted[clock[0]] = {"due_on": clock[1], "assignee_id": plan.coordinator_id}
    for step in steps:
        ball = {"ball": step.ball.value, "ball_unit_id": step.ball_unit}
        wanted[step.kind] = {"due_on": step.due_on, "assignee_id": plan.coordinator_id, **ball}
    set_tasks(by=by, child_id=plan.child_id, unit_id=plan.unit_id, subject=plan.pk, wanted=wanted)


@transaction.atomic
def leave_nothing_to_do(*, by: Actor, plan: Plan, result: str) -> None:
    """Close what a plan that is over still asks anybody to do: answer its summonses, do its activities, look
    again at what nobody changes any more.
    """
    for model in (Summons, Need, Goal, Activity):
        for subject in model.objects.filter(plan=plan).values_list("pk", flat=True):
            close_tasks(by=by, subject=subject, result=result)
