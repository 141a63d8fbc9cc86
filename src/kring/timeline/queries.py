"""The worklist and the child's timeline.

A row of the worklist is one child with its most urgent open task. "Most urgent" is earliest due day, then
id, so the order is total and a page never shows a child twice. Counters and lists come from the same set.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from kring.access import gate
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.children.models import Disclosure
from kring.organisations.models import Municipality

from .models import BulkAction, Event, SavedView, Task

PAGE = 50
VIEWS = ("mine", "team", "waiting", "unassigned")
DUE = ("overdue", "today", "week", "waiting")
RECORD_KINDS = ("encounter", "condition", "procedure", "appointment", "care_plan", "observation")
"""What other systems tell of. Their titles are the record's own words, for those who read the record."""
PLAN_KINDS = (
    "sip_need_identified",
    "sip_started",
    "sip_summons_sent",
    "sip_summons_answered",
    "sip_meeting_held",
    "sip_meeting_cancelled",
    "sip_closed",
    "plan_established",
    "plan_version",
    "followed_up",
    "follow_up_planned",
)
# A protected child has no name in a list, and stands last in either order by name so that its place tells
# nothing.
UNNAMED_LAST = Case(When(child__protection="none", then=0), default=1)
ORDERS: dict[str, tuple[Any, ...]] = {
    "": ("due_on", "pk"),
    "due_last": ("-due_on", "pk"),
    "name": (UNNAMED_LAST, "child__given_name", "child__family_name", "pk"),
    "name_last": (UNNAMED_LAST, "-child__given_name", "-child__family_name", "pk"),
}
WAITING = (Task.Ball.OTHER, Task.Ball.FAMILY)


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
    first = _first_of_each_child(actor, filters)
    counters, views = _count(actor, first), _count_views(actor, filters)
    total = _total(counters, filters.due)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    tasks = _page(
        actor, first.filter(_due(actor, filters.due)).order_by(*ORDERS.get(filters.order, ORDERS[""])), page
    )
    others = _others(actor, filters, [task.child_id for task in tasks])
    gate.log(actor, Action.LIST, [task.child_id for task in tasks], what="worklist")
    kinds, municipalities = _choices(actor)
    return Worklist(
        rows=tuple(Row(task, others[task.child_id] - 1) for task in tasks),
        counters=counters,
        views=views,
        total=total,
        page=page,
        pages=pages,
        kinds=kinds,
        municipalities=municipalities,
    )


def _page(actor: Actor, tasks: "QuerySet[Task]", page: int) -> list[Task]:
    # The keys first: an index gives them in order, and only fifty rows are joined.
    start = (page - 1) * PAGE
    keys = list(tasks.values_list("pk", flat=True)[start : start + PAGE])
    people = Task.objects.select_related("child__municipality", "ball_unit", "assignee", "unit")
    found = people.in_bulk(keys)
    for task in found.values():
        hide(actor, task.child, task)
    return [found[key] for key in keys]


def _in_view(actor: Actor, view: str) -> Q:
    match view:
        case "mine":
            return Q(assignee_id=actor.person_id)
        case "waiting":
            return Q(ball__in=WAITING)
        case "unassigned":
            return Q(assignee__isnull=True)
    return Q()


def _first_of_each_child(actor: Actor, filters: Filters) -> "QuerySet[Task]":
    """The most urgent task of each child among those in the view, less what the filters leave out."""
    mine = _in_view(actor, filters.view)
    same_child = Task.objects.filter(
        mine, unit_id=actor.unit_id, done_at__isnull=True, child=OuterRef("child")
    )
    sooner = Q(due_on__lt=OuterRef("due_on")) | Q(due_on=OuterRef("due_on"), pk__lt=OuterRef("pk"))
    first = worklist_tasks(actor).filter(mine, ~Exists(same_child.filter(sooner)))
    if filters.kind:
        first = first.filter(kind=filters.kind)
    if filters.municipality:
        first = first.filter(child__municipality__code=filters.municipality, child__protection="none")
    return first


def _due(actor: Actor, due: str) -> Q:
    match due:
        case "overdue":
            return Q(due_on__lt=actor.today)
        case "today":
            return Q(due_on=actor.today)
        case "week":
            return Q(due_on__gt=actor.today, due_on__lte=actor.today + timedelta(days=7))
        case "waiting":
            return Q(ball__in=WAITING)
    return Q()


def _count(actor: Actor, first: "QuerySet[Task]") -> Counters:
    named = {name: Count("pk", filter=_due(actor, name)) for name in DUE}
    return Counters(**first.aggregate(children=Count("pk"), **named))


def _total(counters: Counters, due: str) -> int:
    return getattr(counters, due) if due in DUE else counters.children


def _count_views(actor: Actor, filters: Filters) -> dict[str, int]:
    """Children in each tab, whatever the filters: a child is counted once."""
    named = {view: Count("child", filter=_in_view(actor, view), distinct=True) for view in VIEWS}
    return worklist_tasks(actor).aggregate(**named)


def _others(actor: Actor, filters: Filters, child_ids: list[UUID]) -> dict[UUID, int]:
    # These children have been let through the gate already.
    tasks = Task.objects.filter(_in_view(actor, filters.view), unit_id=actor.unit_id, done_at__isnull=True)
    tasks = tasks.filter(child_id__in=child_ids)
    return dict(tasks.values("child_id").annotate(n=Count("pk")).values_list("child_id", "n"))


def _choices(actor: Actor) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The kinds and the municipalities that there is something to filter on."""
    # A protected child's municipality is not even shown as something to choose.
    shown = Case(When(child__protection="none", then=F("child__municipality_id")), default=None)
    pairs = set(worklist_tasks(actor).order_by().values_list("kind", shown).distinct())
    places = Municipality.objects.filter(pk__in={place for _, place in pairs if place})
    kinds = tuple(sorted({kind for kind, _ in pairs}))
    return kinds, tuple(places.order_by("name").values_list("code", "name"))


def known_tasks(actor: Actor, task_ids: Iterable[UUID]) -> list[Task]:
    """Tasks of the actor's unit with these ids, open or done, about children the actor reaches."""
    here = Task.objects.filter(unit_id=actor.unit_id, pk__in=list(task_ids))
    tasks = gate.rows_for(actor, Permission.SEE_WORKLIST, here)
    found = list(tasks.select_related("child__municipality", "ball_unit", "assignee").order_by("due_on", "pk"))
    for task in found:
        hide(actor, task.child, task)
    return found


def bulk_action(actor: Actor, action_id: UUID) -> BulkAction | None:
    """What the actor itself did here, or None."""
    mine = BulkAction.objects.filter(person_id=actor.person_id, unit_id=actor.unit_id)
    return mine.filter(pk=action_id).first()


def saved_views(actor: Actor) -> list[SavedView]:
    """The actor's own saved views at this unit, and those of the whole team, by name."""
    here = SavedView.objects.filter(unit_id=actor.unit_id)
    return list(here.filter(Q(person_id=actor.person_id) | Q(for_team=True)).order_by("name", "pk"))


def tasks_of(actor: Actor, child_id: UUID) -> list[Task]:
    """The open tasks about a child in the actor's own unit, soonest first. The page has logged the
    reading.
    """
    tasks = worklist_tasks(actor, child_id)
    found = list(tasks.select_related("child", "ball_unit", "assignee").order_by("due_on", "pk"))
    for task in found:
        hide(actor, task.child, task)
    return found


def events_of(actor: Actor, child_id: UUID, *, kinds: Iterable[str] = (), limit: int = 200) -> list[Event]:
    """What has happened around a child, latest first: the own unit's events, and those of plans disclosed to
    it. What has been corrected since is left out.

    The family sees every event of its shared plans. The page has logged the reading.
    """
    events = gate.rows_for(actor, Permission.SEE_PLAN, Event.objects.all(), child_id)
    if actor.is_staff:
        events = events.filter(Q(unit_id=actor.unit_id) | Q(kind__in=PLAN_KINDS, subject__in=_shared(actor)))
    else:
        events = events.filter(kind__in=PLAN_KINDS)
    corrected = Exists(Event.objects.filter(corrects=OuterRef("pk")))
    hidden = (WITHDRAWN,) if actor.may(Permission.SEE_RECORD) else (WITHDRAWN, *RECORD_KINDS)
    events = events.filter(~corrected).exclude(kind__in=hidden)
    if kinds:
        events = events.filter(kind__in=list(kinds))
    found = list(events.select_related("child", "unit").order_by("-effective_at", "-recorded_at")[:limit])
    for event in found:
        hide(actor, event.child, event)
    return found


def _shared(actor: Actor) -> "QuerySet[Disclosure]":
    until = Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today)
    going = Disclosure.objects.filter(until, starts_at__lte=actor.now, ended_at__isnull=True)
    return going.filter(unit_id=actor.unit_id, category="plan").values("subject")
