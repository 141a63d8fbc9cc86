"""Databases to measure on: so many children with six relations each, a plan a child and more, and the cast
among them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID
from zlib import crc32

from django.db import connection, transaction

from kring import clock
from kring.care.plans.models import Plan, PlanParty
from kring.children.models import Child, ChildNumber, Disclosure
from kring.demo import cast, children, stories
from kring.demo.children import id_of
from kring.demo.plans import at_noon
from kring.organisations.commands import load_region
from kring.organisations.models import Person
from kring.organisations.region_files import read_region
from kring.timeline.models import Task
from synthetic import records, region

CHUNK = 2000
PLANS_PER_CHILD = 1.08
SEED = 1


def fill(count: int) -> None:
    """Fill an empty database; one that already holds that many children is left as it is."""
    if Child.objects.count() >= count:
        return
    now = clock.now()
    load_region()
    cast.set_up(now)
    stories.tell(now)
    facts = read_region()
    codes = [municipality.code for municipality in facts.municipalities]
    taken = list(ChildNumber.objects.values_list("value", flat=True))
    today, places = clock.day_of(now), children.places(facts)
    made = region.make_children(count, SEED, today, codes, places, taken_numbers=taken)
    writer, plans = children.Writer(), PlanRows(today)
    while chunk := list(islice(made, CHUNK)):
        with transaction.atomic():
            writer.write(chunk)
            plans.write(chunk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class PlanRows:
    """Plans with only what lists and the gate read: plan, parties, disclosures and next step."""

    def __init__(self, today: date) -> None:
        self.today, self.units = today, children.Writer().units
        names = {"given_name": "Påhittad", "family_name": "Personal", "is_active": False}
        self.by = Person.objects.get_or_create(subject="bench", defaults=names)[0].pk
        self.owed = 0.0

    def write(self, chunk: list[records.SyntheticChild]) -> None:
        rows = [row for child in chunk for row in self._plans(child)]
        Plan.objects.bulk_create([plan for plan, _ in rows])
        PlanParty.objects.bulk_create([party for plan, units in rows for party in self._parties(plan, units)])
        Disclosure.objects.bulk_create(
            [one for plan, units in rows for one in self._disclosures(plan, units)]
        )
        Task.objects.bulk_create([self._task(plan) for plan, _ in rows])

    def _plans(self, child: records.SyntheticChild) -> Iterator[tuple[Plan, list[UUID]]]:
        self.owed += PLANS_PER_CHILD
        units = list(dict.fromkeys(self.units[relation.unit] for relation in child.relations))
        for number in range(int(self.owed)):
            self.owed -= 1
            if units:
                yield self._plan(child, number, units[number % len(units)]), units[:3]

    def _plan(self, child: records.SyntheticChild, number: int, unit: UUID) -> Plan:
        began = self.today - timedelta(days=1 + crc32(child.key.encode()) % 300)
        return Plan(
            id=id_of(f"{child.key}-b{number}"),
            child_id=id_of(child.key),
            unit_id=unit,
            status="established",
            need_identified_on=began,
            started_at=at_noon(began),
            follow_up_on=self.today + timedelta(days=crc32(child.key.encode()) % 90 - 20),
            changed_at=at_noon(began),
            changed_by_id=self.by,
        )

    def _parties(self, plan: Plan, units: list[UUID]) -> Iterator[PlanParty]:
        for unit in units:
            yield PlanParty(plan_id=plan.pk, unit_id=unit, joined_at=plan.started_at)

    def _disclosures(self, plan: Plan, units: list[UUID]) -> Iterator[Disclosure]:
        for unit in units:
            if unit != plan.unit_id:
                about: dict[str, Any] = {"category": "plan", "subject": plan.pk, "child_id": plan.child_id}
                yield Disclosure(unit_id=unit, starts_at=plan.started_at, **about)

    def _task(self, plan: Plan) -> Task:
        about: dict[str, Any] = {"subject": plan.pk, "child_id": plan.child_id, "unit_id": plan.unit_id}
        return Task(kind="follow_up", due_on=plan.follow_up_on, opened_at=plan.started_at, **about)
