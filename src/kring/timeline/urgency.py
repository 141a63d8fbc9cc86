"""The worklist worked out from the open tasks of a unit: which task stands for its child, what the counters
say, in which order, and what there is to filter on. Pure.

One question brings the tasks, and everything here is counted on the same ones, so counters and lists cannot
disagree.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from kring.design.alphabet import swedish

VIEWS = ("mine", "team", "waiting", "unassigned")
DUE = ("overdue", "today", "week", "waiting")
WAITING = ("other", "family")


class Open(NamedTuple):
    """An open task with what the worklist decides by. A `guarded` child's name and place are never used."""

    pk: UUID
    child_id: UUID
    kind: str
    due_on: date
    ball: str
    assignee_id: UUID | None
    guarded: bool
    given_name: str
    family_name: str
    place_code: str | None
    place: str | None


def in_view(task: Open, view: str, person_id: UUID) -> bool:
    """Whether a task belongs to a tab; a tab that is not known shows everything."""
    match view:
        case "mine":
            return task.assignee_id == person_id
        case "waiting":
            return task.ball in WAITING
        case "unassigned":
            return task.assignee_id is None
    return True


def first_of_each_child(tasks: Iterable[Open]) -> list[Open]:
    """The most urgent task of each child: the earliest due day, then the key."""
    first: dict[UUID, Open] = {}
    for task in tasks:
        known = first.get(task.child_id)
        if known is None or (task.due_on, task.pk) < (known.due_on, known.pk):
            first[task.child_id] = task
    return list(first.values())


def passes(task: Open, kind: str, municipality: str) -> bool:
    """Whether the filters leave a task in. No place is told, or found, of a guarded child."""
    if kind and task.kind != kind:
        return False
    return not municipality or (task.place_code == municipality and not task.guarded)


def is_due(task: Open, due: str, today: date) -> bool:
    """Whether a task belongs to a counter; a counter that is not known counts everything."""
    match due:
        case "overdue":
            return task.due_on < today
        case "today":
            return task.due_on == today
        case "week":
            return today < task.due_on <= today + timedelta(days=7)
        case "waiting":
            return task.ball in WAITING
    return True


def count_due(tasks: Iterable[Open], today: date) -> dict[str, int]:
    """How many each counter's list holds."""
    tasks = list(tasks)
    return {due: sum(is_due(task, due, today) for task in tasks) for due in DUE}


def count_views(tasks: Iterable[Open], person_id: UUID) -> dict[str, int]:
    """Children in each tab: a child is counted once."""
    tasks = list(tasks)
    return {view: len({t.child_id for t in tasks if in_view(t, view, person_id)}) for view in VIEWS}


def count_of_child(tasks: Iterable[Open]) -> Counter[UUID]:
    """How many tasks each child has."""
    return Counter(task.child_id for task in tasks)


def ordered(tasks: Iterable[Open], order: str) -> list[Open]:
    """By due day, or by name. A guarded child has no name in a list, and stands last in either order by name
    so that its place tells nothing.
    """
    rows = sorted(tasks, key=lambda task: task.pk)
    last = order.endswith("_last")
    if not order.startswith("name"):
        return sorted(rows, key=lambda task: task.due_on, reverse=order == "due_last")
    rows.sort(key=_name, reverse=last)
    return sorted(rows, key=lambda task: task.guarded)


def _name(task: Open) -> tuple[str, str]:
    return ("", "") if task.guarded else (swedish(task.given_name), swedish(task.family_name))


def kinds_of(tasks: Iterable[Open]) -> tuple[str, ...]:
    """The kinds that there is something to filter on."""
    return tuple(sorted({task.kind for task in tasks}))


def places_of(tasks: Iterable[Open]) -> tuple[tuple[str, str], ...]:
    """The municipalities that there is something to filter on, as (code, name), by name. A guarded child's is
    not even shown as something to choose.
    """
    found = {(t.place_code, t.place) for t in tasks if t.place_code and t.place and not t.guarded}
    return tuple(sorted(found, key=lambda place: swedish(place[1])))
