"""The lists of names and words, read once."""

import tomllib
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "data"


class Cluster(NamedTuple):
    """Names and languages that go together in a family."""

    key: str
    languages: list[str]
    children: dict[str, list[str]]
    adults: dict[str, list[str]]
    family: list[str]


class Profile(NamedTuple):
    """What much need may be about, and what is then around the child."""

    key: str
    ages: tuple[int, int]
    units: list[str]
    communication: list[str]
    situation: list[str]
    needed: str


class Activity(NamedTuple):
    """Something to do for a goal. `by`: kinds of units, "family" or "third_party"."""

    what: str
    by: tuple[str, ...]
    words: str
    when: str


class Goal(NamedTuple):
    """A goal in a child's words; `needs` empty means that it suits any child."""

    words: str
    explanation: str
    area: str
    ages: tuple[int, int]
    needs: frozenset[str]
    term: str
    does: tuple[Activity, ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def words() -> dict[str, Any]:
    """Sentences for plans and visits."""
    return _read("words.toml")


@cache
def clusters() -> tuple[list[Cluster], list[float]]:
    """Name clusters and their cumulative weights."""
    rows = _read("names.toml")["cluster"]
    made = [
        Cluster(
            key=row["key"],
            languages=row["languages"],
            children={"female": row["girls"], "male": row["boys"]},
            adults={"female": row["women"], "male": row["men"]},
            family=row["family"],
        )
        for row in rows
    ]
    return made, list(accumulate(row["weight"] for row in rows))


@cache
def profiles_at(age: int) -> tuple[list[Profile], list[float]]:
    """Profiles that occur at this age, and their cumulative weights."""
    rows = [row for row in words()["profile"] if row["ages"][0] <= age <= row["ages"][1]]
    made = [
        Profile(
            row["key"],
            tuple(row["ages"]),
            row["units"],
            row["communication"],
            row["situation"],
            row["needed"],
        )
        for row in rows
    ]
    return made, list(accumulate(row["weight"] for row in rows))


@cache
def profile(key: str) -> Profile:
    """The profile of this name."""
    row = next(row for row in words()["profile"] if row["key"] == key)
    return next(made for made in profiles_at(row["ages"][0])[0] if made.key == key)


@cache
def goals() -> tuple[Goal, ...]:
    """Every goal."""
    return tuple(
        Goal(
            row["words"],
            row["explanation"],
            row["area"],
            tuple(row["ages"]),
            frozenset(row.get("needs", ())),
            row.get("term", "short"),
            tuple(activities()[key] for key in row["does"]),
        )
        for row in _read("goals.toml")["goal"]
    )


@cache
def activities() -> dict[str, Activity]:
    """Every activity by its key."""
    return {
        row["key"]: Activity(row["what"], tuple(row["by"]), row.get("words", ""), row.get("when", ""))
        for row in _read("activities.toml")["activity"]
    }
