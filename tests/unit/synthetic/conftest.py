"""A small made-up region for the tests: every municipality has its everyday units, all share specialists."""

from datetime import date

import pytest

from synthetic import population, region
from synthetic.records import Place

TODAY = date(2026, 11, 21)
EVERYDAY = {
    "child_health_centre": (0, 5),
    "primary_care": (0, 20),
    "dental": (0, 20),
    "preschool": (1, 5),
    "pupil_health_medical": (6, 20),
    "social_services": (0, 20),
    "lss": (0, 20),
}
SPECIAL = {
    "paediatric_outpatient": (0, 17),
    "child_psychiatry": (0, 17),
    "habilitation": (0, 20),
    "speech_language": (0, 17),
    "youth_mental_health": (6, 17),
    "hospital_ward": (0, 17),
}


def places_for(codes):
    """Everyday units in each municipality, two schools of two owners, and specialists for all of them."""
    for code in codes:
        for kind, ages in EVERYDAY.items():
            yield Place(f"{kind}-{code}", kind, code, f"owner-{code}", (code,), *ages)
        yield Place(f"school-{code}", "school", code, f"owner-{code}", (code,), 6, 15)
        yield Place(f"free-school-{code}", "school", code, "association", (code,), 6, 15)
        yield Place(f"free-nurse-{code}", "pupil_health_medical", code, "association", (code,), 6, 15)
        yield Place(f"gymnasium-{code}", "school", code, f"owner-{code}", tuple(codes), 16, 20)
    for kind, ages in SPECIAL.items():
        yield Place(kind, kind, codes[0], "region", tuple(codes), *ages)


@pytest.fixture(scope="session")
def today():
    return TODAY


@pytest.fixture(scope="session")
def codes():
    return sorted({cell.municipality for cell in population.base()})


@pytest.fixture(scope="session")
def places(codes):
    return list(places_for(codes))


@pytest.fixture(scope="session")
def by_key(places):
    return {place.key: place for place in places}


@pytest.fixture(scope="session")
def people(codes, places):
    """Three thousand children and what is around them."""
    return list(region.make(3000, 7, TODAY, codes, places))


@pytest.fixture(scope="session")
def children(people):
    return [one.child for one in people]


@pytest.fixture(scope="session")
def plans(codes, places):
    """Many plans with their children: every child has about one and a half."""
    made = region.make(1500, 8, TODAY, codes, places, plans_per_child=1.5)
    return [(one.child, plan) for one in made for plan in one.plans]
