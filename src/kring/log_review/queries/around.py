"""The facts around drawn rows, read in bulk: how many rows there are changes no number of questions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kring import clock
from kring.access.reviewing import ReviewedChild, children_named, family_names
from kring.audit.models import AccessLogRow
from kring.children.models import CareRelation, Custody
from kring.log_review.models import Review, Watch
from kring.log_review.rules.patterns import RowFacts
from kring.organisations.models import Assignment, Person, Unit

from .finding import watches_of, working_in

Pair = tuple[UUID, UUID]


@dataclass(frozen=True)
class Around:
    """Everything about the people, units and children in some rows."""

    people: Mapping[UUID, Person]
    units: Mapping[UUID, Unit]
    children: Mapping[UUID, ReviewedChild]
    family_names: Mapping[UUID, str]
    own: frozenset[Pair]
    close_to: Mapping[UUID, frozenset[UUID]]
    works_at: Mapping[UUID, frozenset[UUID]]
    relations: Mapping[Pair, Sequence[CareRelation]]
    watches: Mapping[UUID, Sequence[Watch]]
    many: frozenset[Pair]

    def facts_of(self, row: AccessLogRow) -> RowFacts:
        """What the patterns are judged by."""
        person_id, unit_id, child_id = row.person_id, row.unit_id, row.child_id
        child, unit, person = self.children.get(child_id), self.units.get(unit_id), self.people.get(person_id)
        held, ended = self._relation(row)
        return RowFacts(
            at=row.at,
            rule=row.rule,
            unit_kind=unit.kind if unit else "",
            reader_family_name=person.family_name if person else "",
            child_family_name=self.family_names.get(child_id, ""),
            child_protected=child is not None and child.protected,
            watched=self._is_watched(row),
            own_child=(person_id, child_id) in self.own,
            colleague=self._has_colleague(row),
            related=held,
            was_related=ended,
            opened_many=(unit_id, person_id) in self.many,
        )

    def _has_colleague(self, row: AccessLogRow) -> bool:
        close = self.close_to.get(row.child_id, frozenset()) - {row.person_id}
        return any(row.unit_id in self.works_at.get(person_id, ()) for person_id in close)

    def _is_watched(self, row: AccessLogRow) -> bool:
        day = clock.day_of(row.at)
        return any(one.starts_on <= day <= one.ends_on for one in self.watches.get(row.child_id, ()))

    def _relation(self, row: AccessLogRow) -> tuple[bool, bool]:
        day = clock.day_of(row.at)
        found = self.relations.get((row.unit_id, row.child_id), ())
        mine = [one for one in found if one.person_id in (None, row.person_id)]
        held = any(one.starts_on <= day <= (one.ends_on or date.max) for one in mine)
        return held, any((one.ends_on or date.max) < day for one in mine)


def around(review: Review, rows: Sequence[AccessLogRow], many: frozenset[Pair] = frozenset()) -> Around:
    """Read it for these rows."""
    children = {row.child_id for row in rows}
    people, units = {row.person_id for row in rows}, {row.unit_id for row in rows}
    custodies = list(
        Custody.objects.filter(child_id__in=children, guardian__person__isnull=False).values_list(
            "guardian__person_id", "child_id"
        )
    )
    close = _close_to(custodies, children)
    return Around(
        people=Person.objects.in_bulk(people - {None}),
        units=Unit.objects.in_bulk(units - {None}),
        children=children_named(children),
        family_names=family_names(children),
        own=frozenset(custodies),
        close_to=close,
        works_at=_works_at(review, {one for group in close.values() for one in group}),
        relations=_relations(children, units),
        watches=_watches(review, children),
        many=many,
    )


def _close_to(custodies: Sequence[Pair], children: set[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The people who are a child, or its guardians, and may log in."""
    close: dict[UUID, set[UUID]] = defaultdict(set)
    for person_id, child_id in custodies:
        close[child_id].add(person_id)
    own = Person.objects.filter(as_child__in=children).values_list("pk", "as_child__pk")
    for person_id, child_id in own:
        close[child_id].add(person_id)
    return {child_id: frozenset(people) for child_id, people in close.items()}


def _works_at(review: Review, people: set[UUID]) -> dict[UUID, frozenset[UUID]]:
    places: dict[UUID, set[UUID]] = defaultdict(set)
    held = Assignment.objects.filter(working_in(review), person_id__in=people)
    for person_id, unit_id in held.values_list("person_id", "unit_id"):
        places[person_id].add(unit_id)
    return {person_id: frozenset(units) for person_id, units in places.items()}


def _relations(children: set[UUID], units: set[UUID]) -> dict[Pair, list[CareRelation]]:
    found: dict[Pair, list[CareRelation]] = defaultdict(list)
    for one in CareRelation.objects.filter(child_id__in=children, unit_id__in=units):
        found[one.unit_id, one.child_id].append(one)
    return found


def _watches(review: Review, children: set[UUID]) -> dict[UUID, list[Watch]]:
    found: dict[UUID, list[Watch]] = defaultdict(list)
    for one in watches_of(review).filter(child_id__in=children):
        found[one.child_id].append(one)
    return found
