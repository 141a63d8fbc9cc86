"""The record as the family reads it: the guardian of a young child, the young person itself, and after the
13th birthday a guardian with extended access to one unit (8.5), less what is withheld from the reader (8.5
b).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from kring.access import facts, gate, items
from kring.access.actors import Actor
from kring.access.masks import Mask
from kring.access.permissions import Permission
from kring.access.policy.protected import Field
from kring.audit.models import Action
from kring.care.record.models import ResourceVersion
from kring.care.record.rules.marks import Marks, marks_in
from kring.children.models import Child, GuardianDecision
from kring.secrecy.queries.standings import entries_about
from kring.timeline.models import Event

from .one import tree_of

WHAT, ENTRY = "record.family", "record.family.entry"
PAGE = 30


@dataclass(frozen=True)
class Shown:
    """One entry that the reader may see. `masked`: where and when are hidden from this reader."""

    event: Event
    masked: bool


@dataclass(frozen=True, kw_only=True)
class FamilyRecord:
    """A page of the record. `units`: the only units that are opened; empty when all are."""

    child: Child
    rows: tuple[Shown, ...]
    total: int
    page: int
    pages: int
    units: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FamilyEntry:
    """One entry: its latest version as data; `tree` is empty where nothing but the line was sent."""

    child: Child
    event: Event
    masked: bool
    tree: dict[str, Any]


@dataclass(frozen=True)
class _Text:
    """An entry as the items' table reads it."""

    visibility: str
    category: str
    unit_id: UUID | None
    visible_to_child_from: date | None = None


def family_record(actor: Actor, child_id: UUID, *, page: int = 1) -> FamilyRecord:
    """A page of the record, newest first, with the reading logged.

    What is withheld is not there and not counted, so that a page tells nothing of it.

    Raises:
        gate.Invisible: no such child, or its record is not open to this reader; the two cannot be told apart.
    """
    child = gate.child_or_404(actor, Permission.SEE_OWN_RECORD, child_id, what=WHAT)
    opened = _opened_units(actor, child)
    shown = _shown(actor, child, opened)
    pages = max(1, -(-len(shown) // PAGE))
    page = min(max(1, page), pages)
    rows = shown[(page - 1) * PAGE : page * PAGE]
    return FamilyRecord(
        child=child,
        rows=tuple(Shown(event, _masked(actor, child, event)) for event in rows),
        total=len(shown),
        page=page,
        pages=pages,
        units=tuple(sorted(unit for unit in opened.values())) if opened is not None else (),
    )


def family_entry(actor: Actor, child_id: UUID, event_id: UUID) -> FamilyEntry:
    """One entry of the record, with the reading logged.

    Raises:
        gate.Invisible: as for the record, and for an entry that is withheld, corrected or of another child.
    """
    child = gate.child_or_404(actor, Permission.SEE_OWN_RECORD, child_id, what=WHAT)
    found = _entries(child, _opened_units(actor, child)).filter(pk=event_id).first()
    version = _versions(child).filter(resource__event_id=event_id).first()
    marks = marks_in(version.body, actor.today) if version else Marks()
    if found is None or not may_see(actor, marks, found.unit_id):
        refused = {"what": ENTRY, "object_id": str(event_id)}
        raise gate.refusal(actor, Permission.SEE_OWN_RECORD, child_id, **refused)
    gate.log(actor, Action.READ, [child_id], what=ENTRY, object_id=str(event_id))
    return FamilyEntry(
        child=child,
        event=found,
        masked=_masked(actor, child, found),
        tree=tree_of(version) if version else {},
    )


def _opened_units(actor: Actor, child: Child) -> Mapping[UUID, str] | None:
    """The units that extended access opens to a guardian, by name; None when the whole record is open."""
    if not actor.guardian_id or facts.age_of(actor, child).under_guardian_limit:
        return None
    decisions = facts.decisions_about(actor).filter(child=child, kind=GuardianDecision.Kind.EXTENDED)
    return dict(decisions.values_list("unit_id", "unit__name"))


def _entries(child: Child, opened: Mapping[UUID, str] | None) -> "QuerySet[Event]":
    entries = entries_about(child).select_related("unit").order_by("-effective_at", "-pk")
    return entries if opened is None else entries.filter(unit_id__in=opened)


def _shown(actor: Actor, child: Child, opened: Mapping[UUID, str] | None) -> list[Event]:
    marks = _marks(actor, child)
    plain = Marks()
    entries = _entries(child, opened)
    return [one for one in entries if may_see(actor, marks.get(one.pk, plain), one.unit_id)]


def may_see(actor: Actor, marks: Marks, unit_id: UUID | None) -> bool:
    """Whether somebody of the family who is let in to the record sees an entry with these marks."""
    return items.explain(actor, _Text(marks.visibility, marks.category, unit_id)).opens


def _versions(child: Child) -> "QuerySet[ResourceVersion]":
    """The current version of everything that was sent about the child."""
    return ResourceVersion.objects.filter(resource__child=child, number=F("resource__version"))


def _marks(actor: Actor, child: Child) -> dict[UUID, Marks]:
    """The marks of each entry that has any, by its event."""
    told = _versions(child).filter(resource__event_id__isnull=False)
    rows = told.values_list("resource__event_id", "body")
    found = {event_id: marks_in(body, actor.today) for event_id, body in rows}
    return {event_id: marks for event_id, marks in found.items() if marks.rule}


def _masked(actor: Actor, child: Child, event: Event) -> bool:
    """Whether where and when is hidden: a protected child's, whoever reads over the child's shoulder."""
    return not Mask.of(actor, child).shows(Field.UNIT, event.unit_id)
