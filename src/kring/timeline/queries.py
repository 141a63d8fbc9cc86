"""The worklist and the child's timeline.

A row of the worklist is one child with its most urgent open task. "Most urgent" is earliest due day, then
id, so the order is total and a page never shows a child twice. Counters and lists come from the same set.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from kring.access import gate
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.children.models import Child, Disclosure
from kring.design.alphabet import Swedish

from . import urgency
from .models import BulkAction, Event, SavedView, Task

Fact = TypeVar("Fact", Task, Event)

PAGE = 50
RECORD_KINDS = (
    "encounter",
    "condition",
    "procedure",
    "appointment",
    "care_plan",
    "observation",
    "immunization",
    "allergy",
    "medication",
    "diagnostic_report",
)
"""What other systems tell of. Their titles are the record's own words, for those who read the record."""
WHEN = ("effective_at", "recorded_at")
"""What events are ordered by."""
WITHDRAWN = "record_withdrawn"
"""Something another system told of was a mistake. It takes its event away and is not shown itself."""
PLAN_KINDS = (
    "sip_need_identified",
    "sip_started",
    "sip_times_asked",
    "sip_times_answered",
    "sip_times_withdrawn",
    "sip_summons_sent",
    "sip_summons_answered",
    "sip_meeting_held",
    "sip_meeting_moved",
    "sip_meeting_cancelled",
    "sip_closed",
    "plan_established",
    "plan_version",
    "followed_up",
    "follow_up_planned",
)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a worklist shows. Unknown values show everything rather than nothing."""

    view: str = "mine"
    due: str = ""
    kind: str = ""
    municipality: str = ""
    order: str = ""


@dataclass(frozen=True)
class Row:
    """A child's most urgent task, and how many more the child has in the same view."""

    task: Task
    others: int


@dataclass(frozen=True)
class Counters:
    """How many children each counter's list holds."""

    children: int
    overdue: int
    today: int
    week: int
    waiting: int


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """One page of the worklist. `views` has the number of children in each tab."""

    rows: tuple[Row, ...]
    counters: Counters
    views: dict[str, int]
    total: int
    page: int
    pages: int
    kinds: tuple[str, ...]
    municipalities: tuple[tuple[str, str], ...]


def worklist_tasks(actor: Actor, child_id: UUID | None = None) -> "QuerySet[Task]":
    """The open tasks of the actor's unit about children the actor reaches, or about one of them."""
    tasks = Task.objects.filter(unit_id=actor.unit_id, done_at__isnull=True)
    if child_id is not None:
        return gate.rows_for(actor, Permission.SEE_WORKLIST, tasks, child_id)
    # Asked of the gate task by task: a page of fifty stops at the fiftieth, in index order.
    return tasks.filter(Exists(gate.children_for(actor, Permission.SEE_WORKLIST, OuterRef("child"))))


def worklist(actor: Actor, filters: Filters | None = None, *, page: int = 1) -> Worklist:
    """A page of the actor's worklist; every child on it is logged as listed."""
    filters = filters or Filters()
    found = _open_tasks(actor)
    shown = [task for task in found if urgency.in_view(task, filters.view, actor.person_id)]
    of_child = urgency.count_of_child(shown)
    first = urgency.first_of_each_child(shown)
    first = [task for task in first if urgency.passes(task, filters.kind, filters.municipality)]
    due = [task for task in first if urgency.is_due(task, filters.due, actor.today)]
    pages = max(1, -(-len(due) // PAGE))
    page = min(max(1, page), pages)
    keys = [task.pk for task in urgency.ordered(due, filters.order)[(page - 1) * PAGE : page * PAGE]]
    tasks = _rows(actor, keys)
    gate.log(actor, Action.LIST, [task.child_id for task in tasks], what="worklist")
    return Worklist(
        rows=tuple(Row(task, of_child[task.child_id] - 1) for task in tasks),
        counters=Counters(children=len(first), **urgency.count_due(first, actor.today)),
        views=urgency.count_views(found, actor.person_id),
        total=len(due),
        page=page,
        pages=pages,
        kinds=urgency.kinds_of(found),
        municipalities=urgency.places_of(found),
    )


def _open_tasks(actor: Actor) -> list[urgency.Open]:
    """Every open task of the unit about a child the actor reaches, with only what the worklist decides by."""
    guarded = Case(When(child__protection="none", then=False), default=True)
    told = (
        "child__given_name",
        "child__family_name",
        "child__municipality__code",
        "child__municipality__name",
    )
    tasks = worklist_tasks(actor).order_by()
    rows = tasks.values_list("pk", "child_id", "kind", "due_on", "ball", "assignee_id", guarded, *told)
    return [urgency.Open(*row) for row in rows]


def _rows(actor: Actor, keys: list[UUID]) -> list[Task]:
    """Tasks that have been let through the gate, with the people around them, in this order."""
    people = Task.objects.select_related("child__municipality", "ball_unit", "assignee", "unit")
    found = people.in_bulk(keys)
    for task in found.values():
        hide(actor, task.child, task)
    return [found[key] for key in keys]


def known_tasks(actor: Actor, task_ids: Iterable[UUID]) -> list[Task]:
    """Tasks of the actor's unit with these ids, open or done, about children the actor reaches."""
    here = Task.objects.filter(unit_id=actor.unit_id, pk__in=list(task_ids))
    tasks = gate.rows_for(actor, Permission.SEE_WORKLIST, here)
    found = list(
        tasks.select_related("child__municipality", "ball_unit", "assignee").order_by("due_on", "pk")
    )
    for task in found:
        hide(actor, task.child, task)
    return found


def out_of_reach(actor: Actor, task_ids: Iterable[UUID]) -> dict[UUID, UUID | None]:
    """Those of the ids that are no task of the actor's unit about a child it reaches, with their child; None
    when there is no such task. As much is asked whether there is or not.
    """
    asked = set(task_ids)
    here = Task.objects.filter(unit_id=actor.unit_id, pk__in=asked)
    known = gate.rows_for(actor, Permission.SEE_WORKLIST, here, each=True)
    rest = asked - set(known.values_list("pk", flat=True))
    children = dict(Task.objects.filter(pk__in=rest).values_list("pk", "child_id"))
    return {key: children.get(key) for key in rest}


def bulk_action(actor: Actor, action_id: UUID) -> BulkAction | None:
    """What the actor itself did here, or None."""
    mine = BulkAction.objects.filter(person_id=actor.person_id, unit_id=actor.unit_id)
    return mine.filter(pk=action_id).first()


def saved_views(actor: Actor) -> list[SavedView]:
    """The actor's own saved views at this unit, and those of the whole team, by name."""
    here = SavedView.objects.filter(unit_id=actor.unit_id)
    return list(here.filter(Q(person_id=actor.person_id) | Q(for_team=True)).order_by(Swedish("name"), "pk"))


def tasks_of(actor: Actor, child: Child) -> list[Task]:
    """The open tasks about a child in the actor's own unit, soonest first. The page has logged the
    reading.
    """
    tasks = worklist_tasks(actor, child.pk).select_related("ball_unit", "assignee")
    return _about(actor, child, sorted(tasks, key=lambda task: (task.due_on, task.pk)))


def _about(actor: Actor, child: Child, rows: Iterable[Fact]) -> list[Fact]:
    """Rows about one child, each with the child at hand and without what is not to be shown."""
    found = list(rows)
    for row in found:
        row.child = child
    hide(actor, child, found)
    return found


def events_of(
    actor: Actor,
    child: Child,
    *,
    kinds: Iterable[str] = (),
    limit: int = 200,
    always: Iterable[str] = (),
) -> list[Event]:
    """What has happened around a child, latest first: the own unit's events, and those of plans disclosed to
    it. What has been corrected since is left out. Of kinds in `always` each is there, however long ago.

    The family sees every event of its shared plans. The page has logged the reading.
    """
    events = gate.rows_for(actor, Permission.SEE_PLAN, Event.objects.all(), child.pk)
    if actor.is_staff:
        events = events.filter(Q(unit_id=actor.unit_id) | Q(kind__in=PLAN_KINDS, subject__in=_shared(actor)))
    else:
        events = events.filter(kind__in=PLAN_KINDS)
    corrected = Exists(Event.objects.filter(corrects=OuterRef("pk")))
    hidden = (WITHDRAWN,) if actor.may(Permission.SEE_RECORD) else (WITHDRAWN, *RECORD_KINDS)
    events = events.filter(~corrected).exclude(kind__in=hidden)
    if kinds:
        events = events.filter(kind__in=list(kinds))
    events = events.select_related("unit")
    latest = _latest(events, limit, always) if always else events.order_by(*map("-{}".format, WHEN))[:limit]
    return _about(actor, child, latest)


def _latest(events: "QuerySet[Event]", limit: int, always: Iterable[str]) -> list[Event]:
    """So many of them, and every one of some kinds, in one question."""
    numbered = events.annotate(nth=Window(RowNumber(), order_by=[F(name).desc() for name in WHEN]))
    found = numbered.filter(Q(nth__lte=limit) | Q(kind__in=tuple(always)))
    return sorted(found, key=attrgetter(*WHEN), reverse=True)


def _shared(actor: Actor) -> "QuerySet[Disclosure]":
    until = Disclosure.holding(actor.today)
    going = Disclosure.objects.filter(until, starts_at__lte=actor.now, ended_at__isnull=True)
    return going.filter(unit_id=actor.unit_id, category="plan").values("subject")
