"""Children as plain values, for the pure tests: whole by default, and what a test is about said by name."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from kring.followup.extract.rules.facts import Child, Coordinated, Happening, Person, Place, Relation, Terms
from kring.followup.extract.rules.pseudonyms import Pseudonyms
from kring.followup.extract.rules.rows import rows_of
from tests.unit.followup.extract.taking import KEY

NAMES = Pseudonyms(KEY)
TODAY = date(2026, 11, 16)
REGION, CITY, PRIVATE = 1, 2, 3


def key(word: str) -> UUID:
    return uuid5(UUID(int=7), word)


HABILITATION, PSYCHIATRY, PRIMARY, SCHOOL, SOCIAL, DOCTOR = (
    key(one) for one in ("habilitation", "psychiatry", "primary", "school", "social", "doctor")
)
PLACES = {
    HABILITATION: Place(REGION, "habilitation"),
    PSYCHIATRY: Place(REGION, "child_psychiatry"),
    PRIMARY: Place(REGION, "primary_care"),
    SCHOOL: Place(CITY, "school"),
    SOCIAL: Place(CITY, "social_services"),
    DOCTOR: Place(PRIVATE, "primary_care"),
}
BORAS, MARK = "1490", "1463"
TERMS = Terms(
    places=PLACES,
    own=REGION,
    agreed=frozenset(),
    municipalities=frozenset({"1401", MARK, BORAS}),
    today=TODAY,
)


def terms(**changed: Any) -> Terms:
    return Terms(**{name: getattr(TERMS, name) for name in Terms.__dataclass_fields__} | changed)


def person(word: str = "alva", **changed: Any) -> Person:
    known = {
        "id": key(word),
        "born": date(2016, 3, 12),
        "sex": "female",
        "municipality": BORAS,
        "protected": False,
        "ended": None,
        "relations": (Relation(HABILITATION, "care", date(2026, 1, 20), None),),
    }
    return Person(**known | changed)


def child(*events: Happening, who: dict[str, Any] | None = None, **more: Any) -> Child:
    return Child(person(**who or {}), events=list(events), **more)


def event(kind: str, day: date, unit: UUID | None = HABILITATION, hour: int = 12, **more: Any) -> Happening:
    at = datetime.combine(day, time(hour), tzinfo=UTC)
    known = {"id": key(f"{kind} {day} {more}"), "documented": day, "data": {}}
    return Happening(kind=kind, unit=unit, day=day, at=at, **known | more)


def plan(word: str = "plan", **changed: Any) -> Coordinated:
    known = {
        "id": key(word),
        "unit": HABILITATION,
        "kind": "sip",
        "by_staff": True,
        "need": date(2026, 3, 1),
        "declined": False,
        "over": None,
    }
    return Coordinated(**known | changed)


def table(one: Child, name: str, holds: Terms = TERMS, names: Pseudonyms = NAMES) -> list[tuple[Any, ...]]:
    """A table's rows of a child, without its key."""
    return [row[1:] for told, row in rows_of(one, holds, names) if told == name]


def word(kind: str, one: object) -> str:
    return NAMES.word(kind, one)


def days_later(day: date, number: int) -> date:
    return day + timedelta(days=number)
