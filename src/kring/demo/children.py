"""Writes the synthetic region (`src/synthetic`) into the database, in bulk and in the order it is drawn.

Used by the demo and, at the region's full size, by the measurements. Every figure and person here is
invented.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Model

from kring.children.models import CareRelation, Child, ChildNumber, Custody, Guardian
from kring.organisations.models import Municipality, Unit
from kring.organisations.region_files import RegionFile
from synthetic import records

CHUNK = 1000
NAMESPACE = UUID("6f1b6f5e-6c1e-4c0e-9d55-3a1d7f6e5a10")  # the same seed gives the same ids


def places(facts: RegionFile) -> list[records.Place]:
    """The units of a region file, as the synthetic region wants them."""
    return [
        records.Place(
            unit.key, unit.kind, unit.municipality, unit.controller, facts.served_by(unit), *unit.age_range
        )
        for unit in facts.units
    ]


def id_of(key: str) -> UUID:
    """The stable id of something synthetic."""
    return uuid5(NAMESPACE, key)


class Writer:
    """Turns synthetic records into rows, a chunk of children at a time."""

    def __init__(self) -> None:
        self.units: dict[str, Any] = dict(Unit.objects.values_list("key", "pk"))
        self.municipalities = dict(Municipality.objects.values_list("code", "pk"))
        self.known_guardians: set[str] = set()

    def write(self, children: Iterable[records.SyntheticChild]) -> int:
        """Write children with guardians, custody, numbers and relations; returns how many."""
        count = 0
        source = iter(children)
        while chunk := list(islice(source, CHUNK)):
            self._write_chunk(chunk)
            count += len(chunk)
        return count

    @transaction.atomic
    def _write_chunk(self, chunk: list[records.SyntheticChild]) -> None:
        _save(Child, (self._child(one) for one in chunk))
        _save(ChildNumber, (number for one in chunk for number in _numbers(one)))
        _save(Guardian, self._new_guardians(chunk))
        _save(Custody, (row for one in chunk for row in _custodies(one)))
        _save(CareRelation, (row for one in chunk for row in self._relations(one)))

    def _child(self, one: records.SyntheticChild) -> Child:
        same = {
            name: getattr(one, name)
            for name in ("given_name", "family_name", "birth_date", "sex", "protection", "language")
        }
        return Child(
            id=id_of(one.key),
            municipality_id=self.municipalities[one.municipality],
            interpreter_language=one.interpreter_language,
            communication=one.communication,
            **same,
        )

    def _new_guardians(self, chunk: list[records.SyntheticChild]) -> Iterator[Guardian]:
        for guardian in (guardian for one in chunk for guardian in one.guardians):
            if guardian.key not in self.known_guardians:
                self.known_guardians.add(guardian.key)
                yield _guardian(guardian)

    def _relations(self, one: records.SyntheticChild) -> Iterator[CareRelation]:
        for relation in one.relations:
            yield CareRelation(
                child_id=id_of(one.key),
                unit_id=self.units[relation.unit],
                kind=relation.kind,
                starts_on=relation.starts_on,
                ends_on=relation.ends_on,
            )


def _save(model: type[Model], rows: Iterable[Model]) -> None:
    model._default_manager.bulk_create(rows, batch_size=CHUNK)


def _numbers(one: records.SyntheticChild) -> Iterator[ChildNumber]:
    if one.number and one.number_kind:
        yield ChildNumber(child_id=id_of(one.key), kind=one.number_kind, value=one.number)


def _guardian(one: records.SyntheticGuardian) -> Guardian:
    return Guardian(
        id=id_of(one.key),
        given_name=one.given_name,
        family_name=one.family_name,
        phone=one.phone,
        language=one.language,
        interpreter_language=one.interpreter_language,
        protected_identity=one.protected,
    )


def _custodies(one: records.SyntheticChild) -> Iterator[Custody]:
    for custody in one.custodies:
        yield Custody(
            child_id=id_of(one.key),
            guardian_id=id_of(custody.guardian),
            starts_on=custody.starts_on,
            ends_on=custody.ends_on,
        )
