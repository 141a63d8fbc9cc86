"""A child's entries through the gate and the tables: the whole set, a page of it, and one entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from kring import clock
from kring.access import gate
from kring.access.actors import Actor
from kring.access.masks import Mask
from kring.access.permissions import Permission
from kring.access.policy.protected import Field
from kring.audit.models import Action
from kring.care.record.models import Source
from kring.care.record.rules.happenings import EVENT_KINDS
from kring.care.record.rules.hidden import Hidden, told_of
from kring.children.models import Child
from kring.design.alphabet import swedish
from kring.organisations.models import Unit
from kring.secrecy.queries.standings import Standings, entries_about, standings
from kring.secrecy.rules.choices import ActiveChoice, Reach
from kring.timeline.models import Event

WHAT, CHOICE = "record.entries", "record.choice"
PAGE = 50
NOTHING_CHOSEN = ActiveChoice()


@dataclass(frozen=True)
class Entries:
    """A child's entries that an actor may see, newest first, and what may be said of the others."""

    actor: Actor
    child: Child
    standings: Standings

    @cached_property
    def shown(self) -> "QuerySet[Event]":
        """The current entries that are opened: of a unit all, or those that no block closes."""
        events = entries_about(self.child).filter(self.standings.shown())
        return events.select_related("unit").order_by("-effective_at", "-pk")

    @cached_property
    def hidden(self) -> Hidden:
        """What may be said of the rest."""
        return told_of((one.reach, one.decision) for one in self.standings.rows)

    def rules(self) -> set[str]:
        """The rules that opened something."""
        return {one.decision.rule_id for one in self.standings.opened}

    def opens(self, unit: Unit, documented_on: date | None) -> str:
        """The rule by which a unit's text of a day is opened; empty when it is not."""
        decision = self.standings.of(unit, documented_on)
        return decision.rule_id if decision.opens else ""

    def names_of_sources(self, keys: Iterable[str]) -> dict[str, str]:
        """The names of systems that sent something, by name; one that is not registered goes by its key."""
        asked = set(keys)
        names = dict(Source.objects.filter(key__in=asked).values_list("key", "name"))
        return dict(sorted(((key, names.get(key, key)) for key in asked), key=lambda pair: swedish(pair[1])))

    def masks(self, unit_id: UUID | None) -> bool:
        """Whether where and when a unit met the child is hidden: a protected child's, for all other units."""
        return not Mask.of(self.actor, self.child).shows(Field.UNIT, unit_id)


def entries_for(actor: Actor, child_id: UUID, *, choice: ActiveChoice = NOTHING_CHOSEN) -> Entries:
    """The entries of every source on the child's one timeline, with the reading logged by each rule.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`.
    """
    found = reached(actor, child_id, choice, what=WHAT)
    for rule in sorted(found.rules() - {gate.rule_of(actor)}):
        gate.log(actor, Action.READ, [child_id], what=WHAT, rule=rule)
    return found


def reached(actor: Actor, child_id: UUID, choice: ActiveChoice, *, what: str) -> Entries:
    """The same for a page that logs by itself what it shows; here only that the record was opened."""
    child = gate.child_or_404(actor, Permission.SEE_RECORD, child_id, what=what)
    return Entries(actor, child, standings(actor, child, choice))


def to_choose(actor: Actor, child_id: UUID, reach: Reach) -> Child:
    """The child, for the page where an active choice in this direction is made.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`; also when nothing may be told that the
            choice would be about.
    """
    found = reached(actor, child_id, NOTHING_CHOSEN, what=CHOICE)
    if not found.hidden.asks_for_choice(reach):
        raise gate.refusal(actor, Permission.SEE_RECORD, child_id, what=CHOICE, object_id=reach)
    return found.child


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a page of the record shows; empty is everything. Days are Swedish, first and last included."""

    kind: str = ""
    source: str = ""
    since: date | None = None
    until: date | None = None
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.source or self.since or self.until)

    @property
    def asks_where_or_when(self) -> bool:
        """Whether the answer by itself would tell whose an entry is, or from when."""
        return bool(self.source or self.since or self.until)


@dataclass(frozen=True)
class Row:
    """One entry of a page. `masked`: where and when are hidden from this reader."""

    event: Event
    source: str
    masked: bool


@dataclass(frozen=True, kw_only=True)
class RecordPage:
    """One page of a child's record, what there is to filter on, and what may be said of the rest."""

    child: Child
    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    kinds: tuple[str, ...]
    sources: dict[str, str]
    hidden: Hidden


def record_page(
    actor: Actor, child_id: UUID, wanted: Wanted, *, choice: ActiveChoice = NOTHING_CHOSEN
) -> RecordPage:
    """A page of the record, newest first, with the reading logged.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`.
    """
    found = entries_for(actor, child_id, choice=choice)
    kinds, sources = _offered(found)
    events = _narrowed(found, wanted)
    total = events.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, wanted.page), pages)
    rows = tuple(_row(found, one, sources) for one in events[(page - 1) * PAGE : page * PAGE])
    return RecordPage(
        child=found.child,
        rows=rows,
        total=total,
        page=page,
        pages=pages,
        kinds=kinds,
        sources=sources,
        hidden=found.hidden,
    )


def _offered(found: Entries) -> tuple[tuple[str, ...], dict[str, str]]:
    """The kinds and sources among what is shown; a hidden place's source is not even one to choose."""
    held = set(found.shown.order_by().values_list("kind", "source", "unit_id").distinct())
    kinds = tuple(kind for kind in EVENT_KINDS.values() if kind in {kind for kind, _, _ in held})
    return kinds, found.names_of_sources(key for _, key, unit_id in held if not found.masks(unit_id))


def _row(found: Entries, event: Event, sources: dict[str, str]) -> Row:
    masked = found.masks(event.unit_id)
    return Row(event, "" if masked else sources[event.source], masked)


def _narrowed(found: Entries, wanted: Wanted) -> "QuerySet[Event]":
    events = found.shown
    if wanted.asks_where_or_when and found.child.protection != Child.Protection.NONE:
        # Otherwise the filter would answer what the mask hides.
        events = events.filter(unit_id=found.actor.unit_id)
    if wanted.kind:
        events = events.filter(kind=wanted.kind)
    if wanted.source:
        events = events.filter(source=wanted.source)
    return events.filter(_within(wanted.since, wanted.until))


def _within(since: date | None, until: date | None) -> Q:
    """By Swedish days; something that lasts counts on every day it lasts."""
    within = Q()
    if since:
        start = _midnight(since)
        within &= Q(effective_at__gte=start) | Q(ends_at__gte=start)
    if until:
        within &= Q(effective_at__lt=_midnight(until + timedelta(days=1)))
    return within


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.STOCKHOLM)
