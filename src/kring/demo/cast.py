"""Sets up the cast from `cast.toml`. Doing it again changes nothing."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from kring import clock
from kring.children import commands as children
from kring.children.models import Child, Guardian
from kring.children.personal_numbers import official_test_numbers
from kring.organisations.commands import assign
from kring.organisations.models import Municipality, Person, Unit

FACTS = tomllib.loads((Path(__file__).parent / "cast.toml").read_text(encoding="utf-8"))
RELATION_KINDS = {"school": "schooling", "social_services": "social_support", "lss": "social_support"}


@transaction.atomic
def set_up(now: datetime) -> None:
    """Make everyone in the cast, for an organisation that is already loaded."""
    today = clock.day_of(now)
    for row in FACTS["staff"]:
        _staff(row, today)
    for row in FACTS["guardian"]:
        _guardian(row)
    for row in FACTS["child"]:
        if not Child.objects.filter(person__subject=row["subject"]).exists():
            _child(row, now)


def _person(row: dict[str, Any], **more: str) -> Person:
    given, family = row["name"]
    fields = {"given_name": given, "family_name": family, "title": row.get("title", "")} | more
    return Person.objects.get_or_create(subject=row["subject"], defaults=fields)[0]


def _staff(row: dict[str, Any], today: date) -> None:
    person = _person(row)
    for role, unit in row["assignments"]:
        assign(
            person=person, unit=Unit.objects.get(key=unit), role=role, starts_on=today - timedelta(days=400)
        )


def _guardian(row: dict[str, Any]) -> None:
    given, family = row["name"]
    more = {name: row[name] for name in ("phone", "language") if name in row}
    Guardian.objects.get_or_create(
        person=_person(row), defaults={"given_name": given, "family_name": family} | more
    )


def birth_date_of(row: dict[str, Any], today: date) -> date:
    """The day that makes the child `years` old today."""
    month, day = map(int, row["born"].split("-"))
    had_birthday = (month, day) <= (today.month, today.day)
    return date(today.year - row["years"] - (0 if had_birthday else 1), month, day)


def _child(row: dict[str, Any], now: datetime) -> None:
    today = clock.day_of(now)
    born = birth_date_of(row, today)
    plain = ("sex", "protection", "language", "interpreter_language", "communication")
    number = next(official_test_numbers(born)).digits12
    child = children.register_child(
        numbers=[("personal", "", number)],
        person=_person(row, identity_number=number),
        given_name=row["name"][0],
        family_name=row["name"][1],
        birth_date=born,
        municipality=Municipality.objects.get(code=row["municipality"]),
        **{name: row[name] for name in plain if name in row},
    )
    _surround(child, row, now)


def _surround(child: Child, row: dict[str, Any], now: datetime) -> None:
    for subject in row["guardians"]:
        guardian = Guardian.objects.get(person__subject=subject)
        children.give_custody(child=child, guardian=guardian, starts_on=child.birth_date)
    for key in row["units"]:
        unit = Unit.objects.get(key=key)
        kind = RELATION_KINDS.get(unit.sector, "care")
        children.relate(child=child, unit=unit, kind=kind, starts_on=clock.day_of(now) - timedelta(days=300))
    head = Person.objects.get(subject="eva")
    for subject in row.get("restricted_group", []):
        person = Person.objects.get(subject=subject)
        children.add_to_restricted_group(
            child=child, person=person, added_by=head, now=now, reason="Vårdar barnet"
        )
