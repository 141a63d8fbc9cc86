"""The doors of the demo's first page: who stands behind each, and three things to try there."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kring.organisations.models import Person


@dataclass(frozen=True)
class Door:
    """One person to log in as."""

    subject: str
    name: str
    title: str
    who: str
    tries: tuple[str, ...]


@dataclass(frozen=True)
class Hallway:
    """Doors that belong together."""

    key: str
    title: str
    lead: str
    doors: tuple[Door, ...]


def hallways() -> list[Hallway]:
    """Every group with the doors whose person is in the database, in the order of the file."""
    facts = _facts()
    subjects = [row["subject"] for row in facts["door"]]
    people = {
        person.subject: person for person in Person.objects.filter(subject__in=subjects, is_active=True)
    }
    return [_hallway(group, facts["door"], people) for group in facts["group"]]


def person_behind(subject: str) -> Person | None:
    """The person of a door; nobody else can be chosen."""
    if subject not in {row["subject"] for row in _facts()["door"]}:
        return None
    return Person.objects.filter(subject=subject, is_active=True).first()


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "doors.toml").read_text(encoding="utf-8"))


def _hallway(group: dict[str, str], rows: list[dict[str, Any]], people: dict[str, Person]) -> Hallway:
    mine = [row for row in rows if row["group"] == group["key"] and row["subject"] in people]
    found = tuple(_door(row, people[row["subject"]]) for row in mine)
    return Hallway(group["key"], _(group["title"]), _(group["lead"]), found)


def _door(row: dict[str, Any], person: Person) -> Door:
    title = row.get("title") or person.title
    tries = tuple(_(one) for one in row["tries"])
    return Door(row["subject"], person.name, _(title) if title else "", _(row["who"]), tries)
