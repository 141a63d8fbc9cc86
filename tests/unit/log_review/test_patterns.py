"""Each pattern case by case: when it fits, and just when it does not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy import review
from kring.access.policy.catalogue import rules, sentence
from kring.access.policy.decision import Outcome
from kring.access.policy.other_provider import OTHER_PROVIDER
from kring.access.policy.review import HOURS, MUCH, PATTERNS, Much, hours_of
from kring.access.policy.same_provider import SAME_PROVIDER
from kring.access.policy.sources import FIRST_DAY
from kring.access.policy.staff import Step
from kring.log_review.queries.finding import FINDERS
from kring.log_review.rules.acts import EMERGENCY_RULES, NEIGHBOUR_RULES, NOT_REVIEWED, OPENINGS, is_emergency
from kring.log_review.rules.patterns import (
    TESTS,
    RowFacts,
    many_openers,
    patterns_in,
    reader_tells_the_child,
)
from kring.organisations.models import Unit

TODAY = date(2026, 11, 16)
MONDAY_TEN = datetime(2026, 11, 16, 9, tzinfo=UTC)
PLAIN = RowFacts(
    at=MONDAY_TEN, rule="8.2.1", unit_kind="habilitation", reader_family_name="Lund", child_family_name="Berg"
)


def stockholm(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A wall-clock time in Sweden, in winter or summer."""
    away = 1 if month in (11, 12, 1) else 2
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=away)


FITS = [
    ("nothing is odd", {}, []),
    ("reveal in an emergency", {"rule": "8.2.5.reveal"}, ["log.emergency"]),
    ("opened in an emergency", {"rule": "8.2.5.open"}, ["log.emergency"]),
    ("another provider in an emergency", {"rule": "8.3.4.open"}, ["log.emergency"]),
    ("a refused order is no emergency", {"rule": "8.2.5.order"}, []),
    ("one's own child", {"own_child": True}, ["log.own_child"]),
    ("the same family name", {"reader_family_name": "Berg"}, ["log.same_name"]),
    ("both without a name", {"reader_family_name": "", "child_family_name": ""}, []),
    ("a name that only begins alike", {"reader_family_name": "Bergman"}, []),
    ("a colleague's child", {"colleague": True}, ["log.colleague"]),
    ("never a relation", {"related": False}, ["log.no_relation"]),
    ("a relation that had ended", {"related": False, "was_related": True}, ["log.after_end"]),
    ("a relation that ended and began again", {"related": True, "was_related": True}, []),
    ("another unit's entries", {"rule": "8.2.2"}, ["log.neighbour"]),
    ("another unit's, blocked for other providers only", {"rule": "8.2.2.outer"}, ["log.neighbour"]),
    ("another care provider's with consent", {"rule": "8.3.1"}, ["log.neighbour"]),
    ("another care provider's of a small child", {"rule": "8.3.2"}, ["log.neighbour"]),
    ("asked for and not opened", {"rule": "8.2.2.choice"}, []),
    ("protected", {"child_protected": True}, ["log.protected"]),
    ("under watch", {"watched": True}, ["log.watched"]),
    ("both", {"child_protected": True, "watched": True}, ["log.protected", "log.watched"]),
    ("very many", {"opened_many": True}, ["log.many"]),
    (
        "one's own child at night, the gravest first",
        {"own_child": True, "reader_family_name": "Berg", "at": stockholm(16, 2)},
        ["log.own_child", "log.same_name", "log.night"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("says", "facts", "found"), FITS, ids=[one[0] for one in FITS])
def test_a_pattern_fits_when_its_facts_are_so(says, facts, found):
    assert patterns_in(replace(PLAIN, **facts), on=TODAY) == found


HOUR_BY_HOUR = [
    ("habilitation", stockholm(16, 6), False),
    ("habilitation", stockholm(16, 5, 59), True),
    ("habilitation", stockholm(16, 20, 59), False),
    ("habilitation", stockholm(16, 21), True),
    ("habilitation", stockholm(20, 12), False),
    ("habilitation", stockholm(21, 12), True),
    ("habilitation", stockholm(22, 12), True),
    ("habilitation", stockholm(1, 20, 59, month=7), False),
    ("habilitation", stockholm(1, 21, month=7), True),
    ("school", stockholm(16, 17, 59), False),
    ("school", stockholm(16, 18), True),
    ("hospital_ward", stockholm(16, 3), False),
    ("", stockholm(16, 3), False),
]


@pytest.mark.parametrize(("kind", "at", "night"), HOUR_BY_HOUR)
def test_night_is_outside_the_hours_of_the_kind_of_unit_in_swedish_time(kind, at, night):
    found = patterns_in(replace(PLAIN, unit_kind=kind, at=at), on=TODAY)
    assert ("log.night" in found) is night


def test_the_night_when_clocks_go_back_has_one_hour_more():
    twice = [datetime(2026, 10, 26, hour, 30, tzinfo=UTC) for hour in (4, 5)]
    nights = ["log.night" in patterns_in(replace(PLAIN, at=at), on=TODAY) for at in twice]
    assert nights == [True, False]


def test_a_kind_of_unit_has_its_hours_once():
    named = [kind for one in HOURS for kind in one.kinds]
    assert len(named) == len(set(named))
    assert set(named) == {kind.value for kind in Unit.Kind} - {"hospital_ward"}
    assert hours_of("habilitation", FIRST_DAY - timedelta(days=1)) is None


def test_before_its_first_day_a_rule_finds_nothing():
    odd = replace(PLAIN, own_child=True, colleague=True, child_protected=True, rule="8.2.5.open")
    assert patterns_in(odd, on=FIRST_DAY - timedelta(days=1)) == []
    assert len(patterns_in(odd, on=FIRST_DAY)) == 4


def test_every_pattern_has_a_test_a_question_to_the_database_and_a_sentence():
    assert list(TESTS) == list(FINDERS) == list(PATTERNS)
    for rule in review.rules():
        assert rules()[rule.id] == rule
        assert sentence(rule.id).endswith(".")
        assert rule.needs_sign_off, "what is suspicious is for the privacy officer to say"


def test_emergency_rules_are_those_of_the_tables():
    assert set(rules()) >= EMERGENCY_RULES
    assert not is_emergency("8.2.1")


def test_a_neighbour_unit_s_rules_are_those_that_open_after_a_choice():
    """Every row of 8.2 and 8.3 by which somebody reads, but the one of the own unit."""
    rows = [*SAME_PROVIDER.rows, *OTHER_PROVIDER.rows]
    read = {row.rule.id for row in rows if row.outcome is Outcome.ALLOW and Step.READ in row.wanted["step"]}
    assert read - {"8.2.1"} == NEIGHBOUR_RULES


def test_a_list_is_no_opening_and_a_family_is_not_reviewed():
    assert "list" not in OPENINGS
    assert {"guardian", "child", "machine", "log_reviewer"} == NOT_REVIEWED


TIES = [(["log.own_child"], True), (["log.same_name", "log.night"], True), (["log.colleague"], True),
        (["log.night", "log.protected"], False), ([], False)]  # fmt: skip


@pytest.mark.parametrize(("patterns", "tells"), TIES)
def test_a_tie_tells_who_a_protected_child_is(patterns, tells):
    assert reader_tells_the_child(patterns) is tells


UNIT, OTHER = uuid4(), uuid4()
READERS = [uuid4() for _n in range(6)]


def openings(*counts: int) -> dict[UUID, dict[UUID, int]]:
    return {UNIT: dict(zip(READERS, counts, strict=False))}


MANY = [
    ("five usual readers and one of many", (10, 10, 10, 10, 40), {4}),
    ("not so many at all", (2, 2, 2, 2, 29), set()),
    ("just as many as counts", (2, 2, 2, 2, 30), {4}),
    ("not three times the median", (15, 15, 15, 15, 44), set()),
    ("three times the median", (15, 15, 15, 15, 45), {4}),
    ("at a small unit nothing is unusual", (1, 1, 1, 90), set()),
    ("everybody opens much", (90, 90, 90, 90, 90), set()),
    ("two of six", (5, 5, 5, 5, 60, 60), {4, 5}),
]


@pytest.mark.parametrize(("says", "counts", "places"), MANY, ids=[one[0] for one in MANY])
def test_many_is_seen_against_the_units_own_median(says, counts, places):
    assert many_openers(openings(*counts)) == {(UNIT, READERS[place]) for place in places}


def test_units_are_not_compared_with_each_other():
    quiet = dict.fromkeys(READERS[:5], 2)
    busy = dict.fromkeys(READERS[:5], 200)
    assert many_openers({UNIT: quiet, OTHER: busy}) == set()


@given(st.lists(st.integers(1, 500), min_size=1, max_size=12))
def test_half_of_a_unit_is_never_unusual(counts):
    people = [uuid4() for _one in counts]
    found = many_openers({UNIT: dict(zip(people, counts, strict=True))}, Much(MUCH.rule, 1, 2, 1))
    assert len(found) <= len(counts) / 2
