"""Reads that the worklist's pages compose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.roles import ROLES
from kring.audit.models import Action
from kring.care.contacts.queries import Counts, contact_counts
from kring.organisations.models import Person
from kring.organisations.queries import colleagues_at
from kring.timeline.commands import refuse_others
from kring.timeline.models import SavedView, Task
from kring.timeline.queries import PAGE, Worklist, known_tasks, saved_views, worklist, worklist_tasks

from .filters import Choice

ASSIGNABLE = frozenset(key for key, role in ROLES.items() if Permission.SEE_WORKLIST in role.permissions)


@dataclass(frozen=True)
class Page:
    """One page of the worklist. `contacts` are the coming visits of the children on it, by child."""

    worklist: Worklist
    contacts: Mapping[UUID, Counts]
    saved: list[SavedView]


def page_of(actor: Actor, choice: Choice, *, chosen: bool) -> tuple[Choice, Page]:
    """The page that is asked for. Who has no tasks of their own, and asked for no tab, gets the team's."""
    found = worklist(actor, choice.filters, page=choice.page)
    if not (chosen or found.views["mine"]) and found.views["team"]:
        return page_of(actor, Choice(view="teamet"), chosen=True)
    contacts = contact_counts(actor, [row.task.child_id for row in found.rows])
    return choice, Page(found, contacts, saved_views(actor))


@dataclass(frozen=True)
class Chosen:
    """What was ticked: every id that was asked for, and the open tasks among them that the actor reaches,
    soonest first.
    """

    asked: tuple[UUID, ...]
    tasks: tuple[Task, ...]

    @property
    def left_out(self) -> int:
        """How many are not among the tasks: another's, done meanwhile, or none at all."""
        return len(self.asked) - len(self.tasks)


def chosen_tasks(actor: Actor, texts: Iterable[str]) -> Chosen:
    """A page's worth of ids, each once; what is no id is passed over."""
    ids = tuple(dict.fromkeys(key for key in map(_uuid, texts) if key))[:PAGE]
    tasks = (
        worklist_tasks(actor)
        .filter(pk__in=ids)
        .select_related("child__municipality", "ball_unit", "assignee")
    )
    return Chosen(ids, tuple(tasks.order_by("due_on", "pk")))


def tasks_of_change(actor: Actor, asked: Iterable[str]) -> dict[str, Task]:
    """The tasks of a bulk action by id, as they stand now, open or done."""
    return {str(task.pk): task for task in known_tasks(actor, filter(None, map(_uuid, asked)))}


def tasks_to_print(actor: Actor, texts: Iterable[str]) -> Chosen:
    """The chosen tasks without those of protected children, which are never printed; logged as printed."""
    chosen = chosen_tasks(actor, texts)
    tasks = tuple(task for task in chosen.tasks if task.child.protection == "none")
    refuse_others(by=actor, task_ids=chosen.asked, what="worklist", action=Action.PRINT)
    gate.log(actor, Action.PRINT, [task.child_id for task in tasks], what="worklist")
    return Chosen(chosen.asked, tasks)


def colleagues(actor: Actor) -> list[Person]:
    """Those at the unit who can be given a task."""
    return colleagues_at(actor.unit_id, actor.today, ASSIGNABLE) if actor.unit_id else []


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
