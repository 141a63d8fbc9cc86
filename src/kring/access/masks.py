"""What is hidden around a child with protected identity, also from its restricted group (8.8 b, ruling 10).

Whatever queries read about such a child passes `hide` on its way to pages and papers: names of other units
and their people, phones, places, times and guardians are replaced in the rows themselves. A page cannot
forget what it never gets. Commands read their own rows, unhidden.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import ForeignObject, Model, QuerySet
from django.utils.translation import gettext as _

from kring import clock
from kring.children.models import Child, Guardian
from kring.organisations.models import Controller, Municipality, Person, Unit

from .actors import Actor
from .facts import works_in_care
from .policy.decision import Decision, Outcome
from .policy.protected import FIELDS, Field, FieldShown, Grade, Viewer

PERSON_AT = {"responsible_person": "responsible_unit_id"}
"""Where a person on a row works when it is not the row's own unit."""


@dataclass(frozen=True)
class Mask:
    """What one reader sees of the places around one child."""

    actor: Actor
    grade: Grade

    @classmethod
    def of(cls, actor: Actor, child: Child) -> "Mask":
        return cls(actor, Grade(child.protection))

    def decision(self, field: Field, unit_id: UUID | None = None, *, reason: bool = False) -> Decision:
        """Whether a field may be shown; `unit_id`: the unit it is about; `reason`: written for it, now."""
        facts = FieldShown(grade=self.grade, field=field, viewer=self._viewer(unit_id), reason=reason)
        return FIELDS.decide(facts, on=self.actor.today)

    def shows(self, field: Field, unit_id: UUID | None = None) -> bool:
        return self.decision(field, unit_id).outcome is Outcome.ALLOW

    def _viewer(self, unit_id: UUID | None) -> Viewer:
        actor = self.actor
        if not actor.is_staff:
            return Viewer.CHILD_ITSELF if actor.child_id else Viewer.GUARDIAN
        if unit_id is not None and unit_id == actor.unit_id:
            return Viewer.UNIT_CONCERNED
        return Viewer.OTHER_CARE if works_in_care(actor) else Viewer.MUNICIPALITY

    @property
    def hides(self) -> bool:
        """Whether anything at all is hidden from this reader."""
        return not self.shows(Field.PLACE)


def hide(actor: Actor, child: Child, *things: Any) -> None:
    """Hide, in rows read for a page, what this reader is not to see. Nothing is asked of the database for an
    unprotected child. The rows are for showing: what is saved is read anew.
    """
    mask = Mask.of(actor, child)
    if mask.hides:
        _Hiding(mask).all(things)


class _Hiding:
    """One walk through rows and what has been read with them."""

    def __init__(self, mask: Mask) -> None:
        self.mask = mask
        self.done: dict[int, Any] = {}

    def all(self, things: Iterable[Any]) -> None:
        for thing in things:
            self.one(thing)

    def one(self, thing: Any) -> None:
        if isinstance(thing, Model):
            if id(thing) not in self.done:
                self.done[id(thing)] = thing
                self.row(thing)
        elif isinstance(thing, list | tuple | set | frozenset | QuerySet):
            self.all(thing)
        elif isinstance(thing, Mapping):
            self.all(thing.values())
        elif is_dataclass(thing):
            self.all(getattr(thing, field.name) for field in fields(thing))

    def row(self, row: Model) -> None:
        if isinstance(row, Person | Guardian | Unit | Controller | Municipality):
            return  # stands for itself: whatever points at it decides
        for field in row._meta.concrete_fields:
            if isinstance(field, ForeignObject) and getattr(row, field.attname) is not None:
                self.relation(row, field)
        self.attributes(row)
        self.all(list(row._state.fields_cache.values()))
        self.all(getattr(row, "_prefetched_objects_cache", {}).values())

    def relation(self, row: Model, field: ForeignObject) -> None:
        key = getattr(row, field.attname)
        known = field.get_cached_value(row, default=None)
        hidden = self.instead(row, field, key, known)
        if hidden is not None:
            field.set_cached_value(row, hidden)

    def instead(self, row: Model, field: ForeignObject, key: Any, known: Any) -> Model | None:
        """What stands in place of what a row points at; None to leave it as it is."""
        kind = field.related_model
        if kind is Unit:
            return None if self.mask.shows(Field.UNIT, key) else hidden_unit(key, known)
        if kind is Person:
            return self._person(row, field, key, known)
        if kind is Controller:
            own = key == self.mask.actor.controller_id
            return None if own else Controller(pk=key, name=_("Dolt"))
        if kind is Guardian:
            return None if self.mask.shows(Field.GUARDIANS) else hidden_guardian(key)
        if kind is Municipality and not self.mask.shows(Field.MUNICIPALITY):
            return Municipality(pk=key, name=_("Dolt"))
        return None

    def _person(self, row: Model, field: ForeignObject, key: Any, known: Any) -> Model | None:
        unit_id = getattr(row, PERSON_AT[field.name]) if field.name in PERSON_AT else unit_of(row)
        # Somebody's name tells where they work. A child's own log-in is no colleague.
        if isinstance(row, Child) or key == self.mask.actor.person_id or self.mask.shows(Field.UNIT, unit_id):
            return None
        return Person(pk=key, title=known.title if known else "", protected_identity=True)

    def attributes(self, row: Model) -> None:
        for name, kind in getattr(row, "TELLS", {}).items():
            value = getattr(row, name)
            if value and not self.mask.shows(Field(kind), unit_of(row)):
                setattr(row, name, hidden_value(value, Field(kind)))


def unit_of(row: Any) -> UUID | None:
    """The unit a row is about: its own, or the one that keeps its plan going."""
    if hasattr(row, "unit_id"):
        return row.unit_id
    plan = getattr(row, "plan", None)
    return plan.unit_id if plan else None


def hidden_value(value: date | str, field: Field) -> date | str:
    """What stands in place of a time, a place, or a phone or name, which is left out."""
    if isinstance(value, datetime):
        return clock.HiddenMoment.of(value)
    return _("Dolt") if field is Field.PLACE else ""


def hidden_unit(key: UUID, known: Unit | None = None) -> Unit:
    """A unit by its kind alone."""
    if known is None:
        return Unit(pk=key, name=_("Dolt"), controller=Controller(name=_("Dolt")))
    name = _("Dolt (%(kind)s)") % {"kind": known.get_kind_display()}
    controller = Controller(pk=known.controller_id, name=_("Dolt"))
    return Unit(pk=key, name=name, kind=known.kind, sector=known.sector, controller=controller)


def hidden_guardian(key: UUID) -> Guardian:
    return Guardian(pk=key, given_name=_("Vårdnadshavare"), protected_identity=True)
