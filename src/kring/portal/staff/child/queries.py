"""What the child's page is put together from."""

from dataclasses import dataclass
from uuid import UUID

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.contacts.queries import Card, Strip, strip_of, who_holds_together
from kring.care.plans.queries.overview import Overview, Plan, overview_of
from kring.children.models import Child
from kring.timeline.models import Event, Task
from kring.timeline.queries import events_of, tasks_of

from .steps import KINDS

KINDS_OF_NUMBER = ("personal", "coordination", "reserve", "temporary", "external")
SHOWN_EVENTS = 6
ALL_EVENTS = 200


@dataclass(frozen=True)
class ChildPage:
    """Everything on the page. `events`: the latest and every milestone; `number`: the one the child is known
    by now; no `strip` without the right to see visits.
    """

    child: Child
    number: str
    tasks: list[Task]
    overview: Overview | None
    events: list[Event]
    strip: Strip | None
    cards: list[Card]

    @property
    def plan(self) -> Plan | None:
        """The going plan itself; None for a former party, which sees its own items and no more."""
        return self.overview.plan if self.overview and self.overview.whole else None


def child_page(actor: Actor, child_id: UUID, *, what: str = "child") -> ChildPage:
    """The child's page, with the reading logged once.

    Raises:
        gate.Invisible, gate.NotAllowed, gate.ReasonNeeded: as `gate.child_or_404`.
    """
    child = gate.child_or_404(actor, Permission.SEE_CHILD, child_id, what=what)
    return ChildPage(
        child=child,
        number=number_of(child),
        tasks=tasks_of(actor, child),
        overview=overview_of(actor, child),
        events=events_of(actor, child, limit=SHOWN_EVENTS, always=KINDS),
        strip=strip_of(actor, child_id) if actor.may(Permission.SEE_APPOINTMENTS) else None,
        cards=who_holds_together(actor, child_id),
    )


def child_and_events(actor: Actor, child_id: UUID) -> tuple[Child, list[Event]]:
    """The child and all that has happened around it, latest first."""
    child = gate.child_or_404(actor, Permission.SEE_CHILD, child_id, what="child.events")
    return child, events_of(actor, child, limit=ALL_EVENTS)


def number_of(child: Child) -> str:
    """The number by which the child goes now, a personal number before any other; "" when it has none."""
    numbers = [one for one in child.numbers.all() if one.ends_on is None]
    numbers.sort(key=lambda one: KINDS_OF_NUMBER.index(one.kind))
    return numbers[0].value if numbers else ""
