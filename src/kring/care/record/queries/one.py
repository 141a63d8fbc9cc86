"""One entry: its content as the source wrote it, its versions, and what it belongs with."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.protected import ACTS, Act, ActAllowed, Grade
from kring.audit.models import Action
from kring.care.record.models import Reference, Resource, ResourceVersion
from kring.care.record.reading.exact import Reader
from kring.care.record.rules.happenings import happening_of, is_told
from kring.care.record.rules.versions import about_same_child
from kring.children.models import Child
from kring.secrecy.rules.choices import ActiveChoice
from kring.timeline.models import Event

from .entries import NOTHING_CHOSEN, Entries, Row, reached

WHAT, TEXT = "record.entry", "record.text"
AROUND = 40


@dataclass(frozen=True, kw_only=True)
class OneEntry:
    """An entry in one of its versions. `withheld`: versions that cannot be told to be about this child.
    `blocked`: there is some that the child has blocked.
    """

    child: Child
    event: Event
    kind: str
    source: str
    masked: bool
    may_export: bool
    tree: dict[str, Any]
    version: ResourceVersion
    versions: tuple[ResourceVersion, ...]
    withheld: int
    blocked: bool
    current: int
    around: tuple[Row, ...]


def one_entry(
    actor: Actor,
    child_id: UUID,
    event_id: UUID,
    *,
    number: int | None = None,
    choice: ActiveChoice = NOTHING_CHOSEN,
) -> OneEntry:
    """An entry's page, with the reading logged by the rule that opens it. `number`: an earlier version.

    An address of what has been corrected since leads to the current entry.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: no such child, entry or version, or not for the actor; all the
            same answer for what lies in a visible child's record.
    """
    found = reached(actor, child_id, choice, what=WHAT)
    event, resource = _resource(found, event_id)
    versions = _versions(found, event, resource)
    shown = next((one for one in versions.shown if one.number == (number or resource.version)), None)
    if shown is None:
        raise _refusal(found, event_id)
    rule = found.opens(event.unit, event.documented_on)
    gate.log(actor, Action.READ, [child_id], what=WHAT, object_id=str(event.pk), rule=rule)
    masked = found.masks(event.unit_id)
    return OneEntry(
        child=found.child,
        event=event,
        kind=resource.kind,
        source="" if masked else found.names_of_sources([event.source])[event.source],
        masked=masked,
        may_export=_may_export(found),
        tree=tree_of(shown),
        version=shown,
        versions=versions.shown,
        withheld=versions.withheld,
        blocked=versions.blocked,
        current=resource.version,
        around=_around(found, resource),
    )


def exact_text(
    actor: Actor,
    child_id: UUID,
    event_id: UUID,
    *,
    number: int | None = None,
    choice: ActiveChoice = NOTHING_CHOSEN,
) -> ResourceVersion:
    """The version whose `body` is the exact text that was sent, logged as taken out.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `one_entry`, and always for a child with protected identity.
    """
    found = reached(actor, child_id, choice, what=WHAT)
    event, resource = _resource(found, event_id)
    versions = _versions(found, event, resource)
    text = next((one for one in versions.shown if one.number == (number or resource.version)), None)
    if text is None or not _may_export(found):
        raise _refusal(found, event_id)
    rule = found.opens(event.unit, event.documented_on)
    gate.log(actor, Action.EXPORT, [child_id], what=TEXT, object_id=str(event.pk), rule=rule)
    return text


def tree_of(version: ResourceVersion) -> dict[str, Any]:
    """The version's data; numbers keep the text they had."""
    return Reader(version.body).value(0)[0].tree


def _may_export(found: Entries) -> bool:
    facts = ActAllowed(grade=Grade(found.child.protection), act=Act.EXPORT, in_group=True)
    return ACTS.decide(facts, on=found.actor.today).opens


def _refusal(found: Entries, event_id: UUID) -> Exception:
    more = {"what": WHAT, "object_id": str(event_id)}
    return gate.refusal(found.actor, Permission.SEE_RECORD, found.child.pk, **more)


def _resource(found: Entries, event_id: UUID) -> tuple[Event, Resource]:
    """The current entry that an event tells of, or told of before it was corrected, if it is shown."""
    told = Event.objects.filter(pk=event_id, child=found.child).first()
    key = told.data.get("resource") if told else None
    resource = Resource.objects.filter(pk=key, child=found.child).first() if key else None
    event = found.shown.filter(pk=resource.event_id).first() if resource else None
    if resource is None or event is None:
        raise _refusal(found, event_id)
    return event, resource


@dataclass(frozen=True)
class _Versions:
    """The versions that may be shown, newest first; how many are withheld, and whether any is blocked."""

    shown: tuple[ResourceVersion, ...]
    withheld: int
    blocked: bool


def _versions(found: Entries, event: Event, resource: Resource) -> _Versions:
    rows = resource.versions.select_related("delivery__source").order_by("-number")
    every = {one.number: (one, tree_of(one)) for one in rows}
    current = every[resource.version][1]
    alike = [
        (one, tree)
        for one, tree in every.values()
        if one.number == resource.version or about_same_child(current, tree, found.actor.today)
    ]
    open_ = [one for one, tree in alike if one.number == resource.version or _is_open(found, event, tree)]
    return _Versions(tuple(open_), len(every) - len(alike), len(open_) < len(alike))


def _is_open(found: Entries, event: Event, tree: dict[str, Any]) -> bool:
    """An earlier version was documented on a day of its own, which the child may have blocked."""
    told = happening_of(tree) if is_told(tree["resourceType"]) else None
    return event.unit is not None and bool(found.opens(event.unit, told.documented_on if told else None))


def _around(found: Entries, resource: Resource) -> tuple[Row, ...]:
    """What the entry points at and what points at it, of what the actor may see: a visit's measurements."""
    refers = Reference.objects.filter(resource=resource).values("target__event_id")
    referred = Reference.objects.filter(target=resource).values("resource__event_id")
    beside = found.shown.filter(Q(pk__in=refers) | Q(pk__in=referred)).exclude(pk=resource.event_id)
    return tuple(Row(one, "", found.masks(one.unit_id)) for one in beside[:AROUND])
