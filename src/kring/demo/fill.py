"""Fills an empty database: the organisation, the cast, and so many made-up children with all that is around
them.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction

from kring import clock
from kring.care.record.commands import register_source
from kring.care.record.importer import importer
from kring.children.models import ChildNumber
from kring.organisations.commands import load_region
from kring.organisations.models import Person, Unit
from kring.organisations.region_files import read_region
from synthetic import records, region

from . import blocking, cast, children, plans, readings, stories

CHUNK = 1000
SENDERS = (
    ("journal-habilitering", "Habiliteringens journalsystem", "hh-habilitering-boras"),
    ("journal-barnmedicin", "Barnmedicinens journalsystem", "sas-bum-boras"),
)


def fill(
    *, count: int, seed: int, now: datetime, told: Callable[[int], None], plans_per_child: float | None = None
) -> None:
    """Fill the database; `told` hears how many children are done. A number in use by the cast is not given
    out again.
    """
    load_region()
    cast.set_up(now)
    _senders(now)
    writers = children.Writer(), plans.Writer(_writer().pk, clock.day_of(now))
    done = 0
    for chunk in _chunks(_synthetic(count, seed, now, plans_per_child)):
        with transaction.atomic():
            writers[0].write(one.child for one in chunk)
            writers[1].write(chunk)
        done += len(chunk)
        told(done)
    stories.tell(now)
    blocking.tell(stories.Teller(now).at, now)
    readings.tell(now)


def _senders(now: datetime) -> None:
    """The systems that the administrator can read in files from, each with the unit that documents in it."""
    for key, name, unit_key in SENDERS:
        unit = Unit.objects.get(key=unit_key)
        register_source(by=importer(unit, now), key=key, name=name, unit=unit)


def _synthetic(
    count: int, seed: int, now: datetime, plans_per_child: float | None
) -> Iterator[records.Around]:
    facts = read_region()
    codes = [municipality.code for municipality in facts.municipalities]
    taken = ChildNumber.objects.filter(kind="personal").values_list("value", flat=True)
    return region.make(
        count,
        seed,
        clock.day_of(now),
        codes,
        children.places(facts),
        taken_numbers=list(taken),
        plans_per_child=plans_per_child,
    )


def _chunks(source: Iterator[records.Around]) -> Iterator[list[records.Around]]:
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _writer() -> Person:
    """The made-up person who stands as the writer of what nobody in the cast has written. Cannot log in."""
    names = {"given_name": "Påhittad", "family_name": "Personal", "is_active": False}
    return Person.objects.get_or_create(subject="synthetic-writer", defaults=names)[0]
