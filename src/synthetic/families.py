"""Children and the people who have custody of them.

Guardians are people of their own: they may share a family name or not, have custody together or alone, and
have several children. Custody follows the law: it ends the day before the eighteenth birthday.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from .draw import Draw
from .numbers import TestSeries
from .population import Cell
from .records import SyntheticChild, SyntheticCustody, SyntheticGuardian
from .texts import Cluster, clusters, profile, profiles_at

MUCH_NEED = 0.2
"""A fifth of the children have much need and many contacts (Almgren and others, Läkartidningen 2020)."""
YOUNG_ADULTS = 0.01
"""The agreement on children's health in Västra Götaland goes through the twentieth year."""
_BABIES = 5
_PATTERNS = ("joint", "one", "one_after", "appointed", "placed")
_PATTERN_WEIGHTS = (0.875, 0.96, 0.985, 0.992, 1.0)


class Household(NamedTuple):
    """The people around the siblings of a family, and where they live."""

    municipality: str
    registered_in: str
    cluster: Cluster
    guardians: tuple[SyntheticGuardian, ...]
    pattern: str
    changed_on: date
    protection: str
    language: str
    room_for: int
    ages: tuple[int, ...]


class Home(NamedTuple):
    """A child without its units yet, and the municipality where it really lives."""

    child: SyntheticChild
    municipality: str
    age: int


def make(
    cells: Iterable[Cell], draw: Draw, today: date, series: TestSeries, codes: list[str]
) -> Iterator[Home]:
    """One child for each cell. Siblings follow each other and share their guardians."""
    guardian_keys = (f"g{number:07}" for number in count(1))
    household: Household | None = None
    for number, cell in enumerate(cells, 1):
        draw.start_over_for(1, number)
        age = cell.age
        if household is None or not _is_sibling(household, cell, draw):
            household = _household(cell.municipality, draw, today, guardian_keys, codes)
            age = draw.whole(18, 20) if draw.chance(YOUNG_ADULTS) else age
        household = household._replace(room_for=household.room_for - 1, ages=(*household.ages, age))
        child = _child(number, household, age, cell.sex, draw, today, series)
        yield Home(child, cell.municipality, age)


def _is_sibling(household: Household, cell: Cell, draw: Draw) -> bool:
    return (
        household.room_for > 0
        and household.municipality == cell.municipality
        and all(abs(cell.age - age) >= 2 for age in household.ages)
        and draw.chance(0.8)
    )


def _household(
    municipality: str, draw: Draw, today: date, keys: Iterator[str], codes: list[str]
) -> Household:
    cluster = draw.weighted(*clusters())
    pattern = draw.weighted(_PATTERNS, _PATTERN_WEIGHTS)
    protection = draw.weighted(("none", "flag", "registration"), (0.995, 0.999, 1.0))
    language = draw.pick(cluster.languages)
    how_many = {"one": 1, "appointed": 3}.get(pattern, 2)
    return Household(
        municipality=municipality,
        # With protected registration a person is registered elsewhere than where they live.
        registered_in=draw.pick(codes) if protection == "registration" else municipality,
        cluster=cluster,
        guardians=_guardians(how_many, cluster, language, protection != "none", draw, keys),
        pattern=pattern,
        changed_on=today - timedelta(days=draw.whole(60, 1500)),
        protection=protection,
        language=language,
        room_for=draw.weighted((1, 2, 3, 4), (0.35, 0.8, 0.95, 1.0)),
        ages=(),
    )


def _guardians(
    how_many: int, cluster: Cluster, language: str, protected: bool, draw: Draw, keys: Iterator[str]
) -> tuple[SyntheticGuardian, ...]:
    family_name = draw.pick(cluster.family)
    first = draw.pick(("female", "male"))
    people = []
    for place in range(how_many):
        same_sex = draw.chance(0.02)
        sex = first if place == 0 or same_sex else ("male" if first == "female" else "female")
        needs_interpreter = language != "sv" and draw.chance(0.45)
        own_name = draw.pick(cluster.family) if place and draw.chance(0.35) else family_name
        people.append(
            SyntheticGuardian(
                key=next(keys),
                given_name=draw.pick(cluster.adults[sex]),
                family_name=own_name,
                phone=f"070-174 06 {draw.whole(5, 99):02}",  # the regulator's numbers for fiction
                language=language if needs_interpreter else "sv",
                interpreter_language=language if needs_interpreter else "",
                protected=protected and place == 0,
            )
        )
    return tuple(people)


def _child(
    number: int, household: Household, age: int, sex: str, draw: Draw, today: date, series: TestSeries
) -> SyntheticChild:
    born = _birth_date(age, draw, today)
    coordination = household.language != "sv" and draw.chance(0.04)
    personal_number = series.give(born, sex, coordination)
    needs = _needs(age, draw)
    speaks_swedish = household.language == "sv" or age >= _BABIES or draw.chance(0.5)
    return SyntheticChild(
        key=f"c{number:07}",
        given_name=draw.pick(household.cluster.children[sex]),
        family_name=household.guardians[0].family_name,
        birth_date=born,
        sex=sex,
        municipality=household.registered_in,
        number=personal_number,
        number_kind=personal_number and ("coordination" if coordination else "personal"),
        protection=household.protection,
        language="sv" if speaks_swedish else household.language,
        interpreter_language="" if speaks_swedish else household.language,
        communication=draw.pick(profile(needs[0]).communication) if needs else "",
        placed=household.pattern == "placed",
        needs=needs,
        guardians=household.guardians,
        custodies=_custodies(household, born, today),
        relations=(),
    )


def _birth_date(age: int, draw: Draw, today: date) -> date:
    """A day on which somebody who is `age` today was born, each as likely."""
    last = _last_birth(age, today)
    first = _last_birth(age + 1, today) + timedelta(days=1)
    return date.fromordinal(draw.whole(first.toordinal(), last.toordinal()))


def _last_birth(age: int, today: date) -> date:
    """The latest birth of somebody who has turned `age`: on 28 February those of a leap day have too."""
    day = birthday(today, -age)
    day_after = day + timedelta(days=1)
    return day_after if birthday(day_after, age) <= today else day


def birthday(born: date, years: int) -> date:
    """The birthday after so many years; 28 February for those born on a leap day (lag 1930:173 1 §)."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 2, 28)


def _needs(age: int, draw: Draw) -> tuple[str, ...]:
    """No profile for most; one, two or three for children with much need. Young adults all have them."""
    if age < 18 and not draw.chance(MUCH_NEED):
        return ()
    profiles, weights = profiles_at(age)
    how_many = draw.weighted((1, 2, 3), (0.68, 0.94, 1.0))
    drawn = [draw.weighted(profiles, weights).key for _ in range(how_many)]
    return tuple(dict.fromkeys(drawn))


def _custodies(household: Household, born: date, today: date) -> tuple[SyntheticCustody, ...]:
    """Who has had custody of this child and when. No period starts before birth or ends before it starts."""
    day_before_adult = birthday(born, 18) - timedelta(days=1)
    last = day_before_adult if day_before_adult < today else None
    first, *others = household.guardians
    changed = household.changed_on
    before = changed - timedelta(days=1)
    if household.pattern not in ("one_after", "appointed"):
        return tuple(SyntheticCustody(person.key, born, last) for person in household.guardians)
    if last is not None and changed > last:
        return tuple(SyntheticCustody(person.key, born, last) for person in (first, *others[:1]))
    if household.pattern == "one_after":
        held = [SyntheticCustody(first.key, born, last)]
        ended = others if born < changed else []
    else:
        held = [SyntheticCustody(others[-1].key, max(born, changed), last)]
        ended = [first, *others[:-1]] if born < changed else []
    return (*held, *(SyntheticCustody(person.key, born, before) for person in ended))
