"""Each party's own needs, goals and activities. A unit writes its own, the family its own; nobody
another's.
"""

from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.access.items import explain
from kring.access.permissions import Permission
from kring.care.plans import queries
from kring.care.plans.models import Activity, Goal, Need, Plan, PlanParty
from kring.care.plans.rules import Refusal
from kring.care.plans.rules import shown as choice
from kring.care.plans.rules.own import is_own, says_how
from kring.timeline.commands import close_tasks, open_task

from .parties import own_party, works_at
from .telling import tell_in_charge
from .writing import change_once, follow_review, leave_trace, plan_to_change, readers_chosen

Item = TypeVar("Item", Need, Goal, Activity)


def writes(by: Actor) -> Permission:
    """What it takes to write in a plan: staff in their unit's parts, the family in its own."""
    return Permission.EDIT_PLAN if by.is_staff else Permission.WRITE_FAMILY_PART


@transaction.atomic
def contribute_need(*, by: Actor, plan_id: UUID, area: str, text: str, **shown: Any) -> Need:
    """Add a need. `shown`: who of the family reads it, see `rules.shown`.

    Raises:
        Refusal: words_missing, choice_missing, visible_from_missing, not_a_party.
    """
    plan = _plan(by, plan_id)
    _check_need(area=area, text=text)
    return _add(by, plan, Need, area=area, text=text.strip(), **readers_chosen(by=by, chosen=shown))


@transaction.atomic
def contribute_goal(
    *, by: Actor, plan_id: UUID, words: str, explanation: str = "", term: str = "short", **shown: Any
) -> Goal:
    """Add a goal in the child's own words. `shown` as for a need.

    Raises:
        Refusal: child_words_for_goal_missing, choice_missing, visible_from_missing.
    """
    plan = _plan(by, plan_id)
    _check_goal(words=words, term=term)
    said = {"words": words.strip(), "explanation": explanation.strip(), "term": term}
    return _add(by, plan, Goal, **said, **readers_chosen(by=by, chosen=shown))


@transaction.atomic
def contribute_activity(*, by: Actor, plan_id: UUID, what: str, **fields: Any) -> Activity:
    """Add who does what by when. `fields`: goal_id, responsible, responsible_unit_id, responsible_person_id,
    responsible_words, due_on, when_words, status; and who of the family reads it, see `rules.shown`. The
    family writes what it does itself, or somebody close to it; what a unit is to do it proposes.

    Raises:
        Refusal: what_missing, responsible_missing, not_a_party, person_not_at_unit, goal_of_another_plan,
            choice_missing, visible_from_missing, unit_writes_its_own.
    """
    plan = _plan(by, plan_id)
    clean = _activity_fields(by, plan, {"what": what, **fields})
    activity = _add(by, plan, Activity, **clean)
    _remind_of(by, plan, activity)
    return activity


def _plan(by: Actor, plan_id: UUID) -> Plan:
    plan = plan_to_change(by=by, plan_id=plan_id, permission=writes(by), what="plan.contribute")
    if by.is_staff:
        own_party(by, plan)
    return plan


def _add(by: Actor, plan: Plan, model: type[Item], **fields: Any) -> Item:
    stamp = {"created_at": by.now, "changed_at": by.now, "changed_by_id": by.person_id}
    whose = {"unit_id": by.unit_id, "by_child": by.child_id is not None}
    item = model.objects.create(plan=plan, **whose, **stamp, **fields)
    leave_trace(by=by, plan=plan, what=f"plan.{model.__name__.lower()}.add", object_id=item.pk)
    follow_review(by=by, plan=plan, row=item, unit_id=item.unit_id)
    _tell_of_family(by, plan)
    return item


def _tell_of_family(by: Actor, plan: Plan) -> None:
    """What the family writes is news to whoever keeps the plan going; what staff write is not."""
    if not by.is_staff:
        tell_in_charge(by=by, plan=plan, act="family_wrote")


def _check_need(*, area: str, text: str) -> None:
    if not text.strip():
        raise Refusal("words_missing")
    if area not in Need.Area.values:
        raise Refusal("choice_missing")


def _check_goal(*, words: str, term: str) -> None:
    if not words.strip():
        raise Refusal("child_words_for_goal_missing")
    if term not in Goal.Term.values:
        raise Refusal("choice_missing")


def _activity_fields(by: Actor, plan: Plan, fields: dict[str, Any]) -> dict[str, Any]:
    """Checked and tidied: a unit for what a unit does, words for what the family or somebody else does."""
    clean = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    chosen = {name: clean.pop(name) for name in choice.NOTHING_CHOSEN if name in clean}
    clean |= readers_chosen(by=by, chosen=chosen)
    if not clean.get("what"):
        raise Refusal("what_missing")
    goal_id = clean.get("goal_id")
    if goal_id and not Goal.objects.filter(pk=goal_id, plan=plan, removed_at__isnull=True).exists():
        raise Refusal("goal_of_another_plan")
    usual = Activity.Responsible.UNIT if by.is_staff else Activity.Responsible.FAMILY
    if clean.setdefault("responsible", usual) not in Activity.Responsible.values:
        raise Refusal("responsible_missing")
    if not by.is_staff and clean["responsible"] == Activity.Responsible.UNIT:
        raise Refusal("unit_writes_its_own", about=plan.child_id)
    return _of_unit(by, plan, clean) if clean["responsible"] == "unit" else _of_others(by, clean)


def _of_unit(by: Actor, plan: Plan, clean: dict[str, Any]) -> dict[str, Any]:
    unit_id = clean.setdefault("responsible_unit_id", by.unit_id)
    if unit_id is None:
        raise Refusal("responsible_missing")
    if not PlanParty.objects.filter(plan=plan, unit_id=unit_id, left_at__isnull=True).exists():
        raise Refusal("not_a_party")
    person_id = clean.get("responsible_person_id")
    if person_id and not works_at(by, person_id, unit_id):
        raise Refusal("person_not_at_unit")
    return clean | {"responsible_words": ""}


def _of_others(by: Actor, clean: dict[str, Any]) -> dict[str, Any]:
    if clean["responsible"] == "third_party" and not clean.get("responsible_words"):
        raise Refusal("responsible_missing")
    return clean | {"responsible_unit_id": None, "responsible_person_id": None}


@transaction.atomic
def edit_need(*, by: Actor, need_id: UUID, seen: int, area: str, text: str, **shown: Any) -> Need:
    """Change an own need. Raises Refusal and EditConflict."""
    need, plan = _own(by, Need, need_id)
    _check_need(area=area, text=text)
    return _edit(by, plan, need, seen, area=area, text=text.strip(), **readers_chosen(by=by, chosen=shown))


@transaction.atomic
def edit_goal(
    *,
    by: Actor,
    goal_id: UUID,
    seen: int,
    words: str,
    explanation: str = "",
    term: str = "short",
    **shown: Any,
) -> Goal:
    """Change an own goal. How it goes is said at a follow-up. Raises Refusal and EditConflict."""
    goal, plan = _own(by, Goal, goal_id)
    _check_goal(words=words, term=term)
    said = {"words": words.strip(), "explanation": explanation.strip(), "term": term}
    return _edit(by, plan, goal, seen, **said, **readers_chosen(by=by, chosen=shown))


@transaction.atomic
def edit_activity(*, by: Actor, activity_id: UUID, seen: int, **fields: Any) -> Activity:
    """Change an own activity; fields left out stay as they are. Raises Refusal and EditConflict."""
    activity, plan = _own(by, Activity, activity_id)
    now = {name: getattr(activity, name) for name in EDITABLE}
    _edit(by, plan, activity, seen, **_activity_fields(by, plan, now | fields))
    _remind_of(by, plan, activity)
    return activity


EDITABLE = (
    "what",
    "goal_id",
    "responsible",
    "responsible_unit_id",
    "responsible_person_id",
    "responsible_words",
    "due_on",
    "when_words",
    "status",
)


@transaction.atomic
def set_activity_status(*, by: Actor, activity_id: UUID, seen: int, status: str) -> Activity:
    """Say how an activity goes: the unit that does it or wrote it; the family for its own.

    Raises:
        Refusal: choice_missing, not_your_item. EditConflict: somebody else changed it.
    """
    activity, plan = _item(by, Activity, activity_id)
    if status not in Activity.Status.values:
        raise Refusal("choice_missing")
    if not says_how(by, activity):
        raise Refusal("not_your_item", about=plan.child_id)
    _edit(by, plan, activity, seen, status=status)
    _remind_of(by, plan, activity)
    return activity


@transaction.atomic
def remove_need(*, by: Actor, need_id: UUID, seen: int) -> None:
    """Take an own need out of the plan; versions keep it."""
    need, plan = _own(by, Need, need_id)
    _edit(by, plan, need, seen, removed_at=by.now)


@transaction.atomic
def remove_goal(*, by: Actor, goal_id: UUID, seen: int) -> None:
    """Take an own goal out of the plan; its activities stay, without a goal."""
    goal, plan = _own(by, Goal, goal_id)
    _edit(by, plan, goal, seen, removed_at=by.now)


@transaction.atomic
def remove_activity(*, by: Actor, activity_id: UUID, seen: int) -> None:
    """Take an own activity out of the plan."""
    activity, plan = _own(by, Activity, activity_id)
    _edit(by, plan, activity, seen, removed_at=by.now)
    close_tasks(by=by, subject=activity.pk)


def _item(by: Actor, model: type[Item], item_id: UUID) -> tuple[Item, Plan]:
    """An item the actor sees. A unit that the plan is closed to still reaches what it wrote itself (ruling
    30).
    """
    item = model.objects.select_related("unit").filter(pk=item_id).first()
    plan_id = item.plan_id if item else item_id
    Plan.objects.select_for_update().filter(pk=plan_id).first()  # held before it is asked who reaches it
    plan = queries.plan_in_reach(by, plan_id, writes(by))
    reached = item and plan and (plan.is_whole or item.unit_id == by.unit_id)
    if item is None or plan is None or not reached or not explain(by, item).opens:
        raise queries.refusal(by, plan_id, writes(by), what="plan.contribute", part=True)
    if plan.is_over:
        raise Refusal("plan_is_over")
    if item.removed_at:
        raise Refusal("removed")
    return item, plan


def _own(by: Actor, model: type[Item], item_id: UUID) -> tuple[Item, Plan]:
    item, plan = _item(by, model, item_id)
    if not is_own(by, item):
        raise Refusal("not_your_item", about=plan.child_id)
    return item, plan


def _edit(by: Actor, plan: Plan, item: Item, seen: int, **fields: Any) -> Item:
    change_once(by=by, row=item, seen=seen, **fields)
    leave_trace(by=by, plan=plan, what=f"plan.{type(item).__name__.lower()}.edit", object_id=item.pk)
    follow_review(by=by, plan=plan, row=item, unit_id=item.unit_id)
    _tell_of_family(by, plan)
    return item


def _remind_of(by: Actor, plan: Plan, activity: Activity) -> None:
    """Let an activity with a day stand in the worklist of the unit that does it, until it is done."""
    close_tasks(by=by, subject=activity.pk, kinds=("plan_activity",))
    going = activity.status in (Activity.Status.PLANNED, Activity.Status.ONGOING)
    if not (going and activity.due_on and activity.responsible_unit_id):
        return
    about = {"child_id": plan.child_id, "subject": activity.pk, "unit_id": activity.responsible_unit_id}
    open_task(
        by=by,
        kind="plan_activity",
        due_on=activity.due_on,
        assignee_id=activity.responsible_person_id,
        **about,
    )
