"""The units around a child: those every child has by age, and those that follow from much need."""

from collections.abc import Iterable
from datetime import date, timedelta

from .draw import Draw
from .families import Home, birthday
from .records import Place, SyntheticRelation
from .texts import profile

SCHOOLING = frozenset({"school", "preschool"})
SOCIAL_SUPPORT = frozenset({"social_services", "lss"})
SPECIALISTS = frozenset(
    {
        "paediatric_outpatient",
        "child_psychiatry",
        "habilitation",
        "speech_language",
        "youth_mental_health",
        "hospital_ward",
    }
)
_ALSO = (("paediatric_outpatient", 0.22), ("social_services", 0.12), ("habilitation", 0.08), ("lss", 0.06))


class Neighbourhood:
    """The places, found by municipality, kind and age."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = {place.key: place for place in places}
        self._near: dict[tuple[str, str], list[Place]] = {}
        for place in self.places.values():
            for municipality in place.serves:
                self._near.setdefault((municipality, place.kind), []).append(place)
        self._fitting: dict[tuple[str, str, int, str], tuple[Place, ...]] = {}

    def fitting(self, municipality: str, kind: str, age: int, owner: str = "") -> tuple[Place, ...]:
        """Places of this kind that take children of this age from here (and belong to `owner`, if told)."""
        question = (municipality, kind, age, owner)
        if question not in self._fitting:
            self._fitting[question] = tuple(
                place
                for place in self._near.get((municipality, kind), ())
                if place.first_age <= age <= place.last_age and owner in ("", place.owner)
            )
        return self._fitting[question]

    def near(self, municipality: str, kind: str, age: int) -> tuple[Place, ...]:
        """Places for everyday care: those that serve this municipality alone, else any that take children."""
        question = (municipality, kind, age, "near")
        if question not in self._fitting:
            fitting = self.fitting(municipality, kind, age)
            local = tuple(place for place in fitting if place.serves == (municipality,))
            self._fitting[question] = local or fitting
        return self._fitting[question]


def make(home: Home, around: Neighbourhood, draw: Draw, today: date) -> tuple[SyntheticRelation, ...]:
    """The child's relations in the order they began; each unit once at a time, none in the future."""
    found = [*_everyday(home, around, draw, today), *_schools(home, around, draw, today)]
    if home.child.needs or home.child.placed:
        found += _special(home, around, draw, today, {relation.unit for relation in found})
    found.sort(key=lambda relation: (relation.starts_on, relation.unit))
    return tuple(found)


def kind_of(place: Place) -> str:
    """The kind of relation that a unit has to a child."""
    if place.kind in SCHOOLING:
        return "schooling"
    return "social_support" if place.kind in SOCIAL_SUPPORT else "care"


def _period(place: Place, starts_on: date, ends_on: date | None, today: date) -> Iterable[SyntheticRelation]:
    """The relation, unless it lies ahead; an end that lies ahead is not known yet."""
    if starts_on <= today:
        known_end = ends_on if ends_on and ends_on < today else None
        yield SyntheticRelation(place.key, kind_of(place), starts_on, known_end)


def _everyday(home: Home, around: Neighbourhood, draw: Draw, today: date) -> Iterable[SyntheticRelation]:
    """Child health centre through the sixth birthday, primary care always, dental care from about three."""
    born = home.child.birth_date
    for kind, age, first, last in (
        ("child_health_centre", 0, born + timedelta(days=10), birthday(born, 6)),
        ("primary_care", home.age, born + timedelta(days=30), None),
        ("dental", home.age, born + timedelta(days=800 + draw.whole(0, 300)), None),
    ):
        if places := around.near(home.municipality, kind, age):
            place = draw.pick(places)
            if last is None and len(places) > 1 and home.age > 2 and draw.chance(0.25):
                moved = born + timedelta(days=draw.whole(500, home.age * 365))
                other = draw.pick([candidate for candidate in places if candidate is not place])
                if moved > first:
                    yield from _period(other, first, moved - timedelta(days=1), today)
                    first = moved
            yield from _period(place, first, last, today)


def _schools(home: Home, around: Neighbourhood, draw: Draw, today: date) -> Iterable[SyntheticRelation]:
    """Preschool, school and upper secondary school, with the pupil health of the same owner."""
    born, year = home.child.birth_date, home.child.birth_date.year
    autumn, summer = (8, 15), (6, 12)
    preschools = around.fitting(home.municipality, "preschool", 3)
    if preschools and draw.chance(0.9):
        starts_on = born + timedelta(days=draw.whole(390, 800))
        yield from _period(draw.pick(preschools), starts_on, date(year + 6, 8, 14), today)
    stages = [(9, date(year + 6, *autumn), date(year + 16, *summer))]
    another = len(around.fitting(home.municipality, "school", 14)) > 1
    if draw.chance(0.45) and another:
        stages = [
            (9, date(year + 6, *autumn), date(year + 13, *summer)),
            (14, date(year + 13, *autumn), date(year + 16, *summer)),
        ]
    stages.append((17, date(year + 16, *autumn), date(year + 19, *summer)))
    periods: dict[Place, tuple[date, date]] = {}
    for age, starts_on, ends_on in stages:
        schools = [
            place
            for place in around.fitting(home.municipality, "school", age)
            if place not in periods and (age < 17 or place.first_age >= 16)
        ]
        if starts_on > today or not schools:
            continue
        school = draw.pick(schools)
        periods[school] = (starts_on, ends_on)
        # The medical part of pupil health belongs to whoever runs the school, where the school is.
        if units := around.fitting(school.municipality, "pupil_health_medical", 9, school.owner):
            unit = next((place for place in units if place in periods), None) or draw.pick(units)
            periods[unit] = (periods.get(unit, (starts_on,))[0], ends_on)
    for place, (starts_on, ends_on) in periods.items():
        yield from _period(place, starts_on, ends_on, today)


def _special(
    home: Home, around: Neighbourhood, draw: Draw, today: date, known: set[str]
) -> Iterable[SyntheticRelation]:
    kinds = [kind for need in home.child.needs for kind in profile(need).units]
    kinds = [kind for place, kind in enumerate(kinds) if place == 0 or draw.chance(0.7)]
    kinds += [kind for kind, share in _ALSO if draw.chance(share)]
    if home.child.placed:
        kinds.insert(0, "social_services")
    earliest = max(home.child.birth_date.toordinal() + 5, today.toordinal() - 1500)
    for kind in dict.fromkeys(kinds):
        places = around.fitting(home.municipality, kind, home.age)
        if not places or earliest > today.toordinal() - 3:
            continue
        place = draw.pick(places)
        if place.key in known:
            continue
        starts = draw.whole(earliest, today.toordinal() - 3)
        ends = draw.whole(starts, today.toordinal()) if draw.chance(0.15) else None
        yield from _period(place, date.fromordinal(starts), date.fromordinal(ends) if ends else None, today)
