"""The patterns in the database and as pure functions: the same answer for every row."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.access.policy import review as policy
from kring.access.policy.review import MUCH
from kring.audit.models import AccessLogRow
from kring.children.commands import give_custody, relate
from kring.children.models import CareRelation, Child, Custody
from kring.clock import STOCKHOLM
from kring.log_review import drawing, watching
from kring.log_review.models import Review, SampledRow, Watch
from kring.log_review.queries.around import around
from kring.log_review.queries.finding import FINDERS, readers_of_many
from kring.log_review.queries.scope import in_order_of, rows_of
from kring.log_review.rules.patterns import patterns_in
from kring.log_review.rules.sampling import Order
from kring.organisations.commands import assign
from kring.organisations.models import Person
from tests.cast import NOW, Cast

from .logged import opened

TODAY = date(2026, 11, 16)


def review_of(cast: Cast, **more: object) -> Review:
    """Ann's review of the region's log of the last month."""
    given = {"starts_on": TODAY - timedelta(days=30), "ends_on": TODAY, "size": 20, "seed": 4711} | more
    return Review.objects.create(
        controller=cast.unit("hh-habilitering-boras").controller,
        started_by=cast.ann,
        started_at=NOW,
        drawn_before=NOW,
        **given,
    )


def watched_hugo(cast: Cast) -> Child:
    """Hugo, under watch at the region for a week that is going on."""
    hugo = cast.child("hugo")
    days = {"starts_on": TODAY - timedelta(days=3), "ends_on": TODAY + timedelta(days=3)}
    watching.set_watch(by=cast.actor("ann"), child_id=hugo.pk, reason="Känd familj", **days)
    return hugo


def by_database(review: Review) -> dict[int, set[str]]:
    """Row -> the patterns that the questions to the database find."""
    rows = rows_of(review)
    found: dict[int, set[str]] = {key: set() for key in rows.values_list("id", flat=True)}
    for rule, find in FINDERS.items():
        for key in find(review, rows).values_list("id", flat=True):
            found[key].add(rule.id)
    return found


def by_functions(review: Review) -> dict[int, set[str]]:
    """Row -> the patterns that the pure functions find, from facts read in bulk."""
    rows = list(rows_of(review))
    known = around(review, rows, frozenset(readers_of_many(rows_of(review))))
    return {row.pk: set(patterns_in(known.facts_of(row), on=review.ends_on)) for row in rows}


@pytest.fixture
def odd(cast: Cast) -> dict[str, AccessLogRow]:
    """Openings of every kind, by a word for each."""
    alva, tuva = cast.child("alva"), cast.child("tuva")
    berg = Person.objects.create(subject="berg", given_name="Bo", family_name="Berg", title="Läkare")
    assign(person=berg, unit=cast.unit("hh-habilitering-boras"), role="physician", starts_on=date(2026, 1, 1))
    maria_works = cast.maria
    assign(person=maria_works, unit=cast.unit("sas-bum-boras"), role="physician", starts_on=date(2026, 11, 1))
    CareRelation.objects.filter(child=alva, unit=cast.unit("narhalsan-boras-1")).update(
        ends_on=TODAY - timedelta(days=10)
    )
    doctor = Person.objects.create(subject="doc", given_name="Dag", family_name="Ek", title="Läkare")
    assign(person=doctor, unit=cast.unit("narhalsan-boras-1"), role="physician", starts_on=date(2026, 1, 1))
    night = datetime(2026, 11, 12, 1, 30, tzinfo=UTC)
    return {
        "plain": opened("karin", alva.pk),
        "same_name": opened("berg", alva.pk),
        "own_child": opened("maria", alva.pk, role="physician"),
        "colleague": opened("peter", alva.pk),
        "no_relation": opened("david", alva.pk),
        "after_end": opened("doc", alva.pk, NOW - timedelta(days=3)),
        "before_end": opened("doc", alva.pk, NOW - timedelta(days=12)),
        "last_day": opened("doc", alva.pk, NOW - timedelta(days=10)),
        "night": opened("karin", alva.pk, night),
        "protected": opened("karin", cast.child("sigrid").pk),
        "watched": opened("david", watched_hugo(cast).pk),
        "emergency": opened("peter", tuva.pk, rule="8.2.5.open"),
        "neighbour": opened("karin", alva.pk, rule="8.2.2"),
        "family": opened("maria", alva.pk, role="guardian"),
        "other_provider": opened("lena", alva.pk, role="school_nurse"),
        "in_a_list": opened("karin", alva.pk, action="list"),
        "refused": opened("karin", alva.pk, outcome="refused"),
        "long_ago": opened("karin", alva.pk, NOW - timedelta(days=40)),
    }


def test_the_database_finds_what_the_functions_find(cast, odd):
    review = review_of(cast)
    assert by_database(review) == by_functions(review)


FOUND = [
    ("plain", set()),
    ("same_name", {"log.same_name"}),
    ("own_child", {"log.own_child", "log.same_name"}),
    ("colleague", {"log.colleague"}),
    ("no_relation", {"log.no_relation"}),
    ("after_end", {"log.after_end"}),
    ("before_end", set()),
    ("last_day", set()),
    ("night", {"log.night"}),
    ("protected", {"log.protected"}),
    ("watched", {"log.watched", "log.no_relation"}),
    ("emergency", {"log.emergency", "log.no_relation"}),
    ("neighbour", {"log.neighbour"}),
]


def test_each_opening_is_found_for_what_it_is(cast, odd):
    found = by_database(review_of(cast))
    assert {word: found[odd[word].pk] for word, _patterns in FOUND} == dict(FOUND)


@pytest.mark.parametrize("word", ["family", "other_provider", "in_a_list", "refused", "long_ago"])
def test_what_a_review_is_not_about(cast, odd, word):
    assert odd[word].pk not in by_database(review_of(cast))


def test_a_day_is_a_swedish_day(cast):
    alva = cast.child("alva").pk
    first = opened("karin", alva, datetime(2026, 10, 24, 22, 0, tzinfo=UTC))
    before = opened("karin", alva, datetime(2026, 10, 24, 21, 59, tzinfo=UTC))
    last = opened("karin", alva, datetime(2026, 10, 25, 22, 59, tzinfo=UTC))
    after = opened("karin", alva, datetime(2026, 10, 25, 23, 0, tzinfo=UTC))
    day = date(2026, 10, 25)
    keys = set(rows_of(review_of(cast, starts_on=day, ends_on=day)).values_list("id", flat=True))
    assert keys & {row.pk for row in (first, before, last, after)} == {first.pk, last.pk}


def test_a_person_s_own_relation_is_nobody_else_s(cast):
    omar, ida = cast.child("omar"), cast.ida
    relate(child=omar, unit=cast.unit("sas-bum-boras"), person=ida, starts_on=date(2026, 1, 1), kind="care")
    hers, his = opened("ida", omar.pk), opened("peter", omar.pk)
    found = by_database(review_of(cast))
    assert (found[hers.pk], found[his.pk]) == (set(), {"log.no_relation"})


def test_a_grown_child_that_works_there_is_a_colleague(cast):
    noa = cast.child("noa")
    assign(person=noa.person, unit=cast.unit("sas-bup-boras"), role="receptionist", starts_on=TODAY)
    row = opened("david", noa.pk)
    assert by_database(review_of(cast))[row.pk] == {"log.colleague"} == by_functions(review_of(cast))[row.pk]


def test_a_guardian_who_has_stopped_working_there_is_none(cast):
    alva = cast.child("alva")
    left = {"starts_on": date(2025, 1, 1), "ends_on": TODAY - timedelta(days=31)}
    assign(person=cast.johan, unit=cast.unit("sas-bum-boras"), role="physician", starts_on=left["starts_on"])
    cast.johan.assignments.update(**left)
    row = opened("peter", alva.pk)
    assert by_database(review_of(cast))[row.pk] == set() == by_functions(review_of(cast))[row.pk]


def test_very_many_openings(cast):
    unit = cast.unit("sas-bum-boras")
    alva = cast.child("alva").pk
    for number in range(MUCH.readers - 1):
        person = Person.objects.create(subject=f"reader{number}", given_name="R", family_name=f"R{number}")
        assign(person=person, unit=unit, role="physician", starts_on=date(2026, 1, 1))
        opened(f"reader{number}", alva)
    for _n in range(MUCH.least):
        opened("peter", alva)
    review = review_of(cast)
    assert readers_of_many(rows_of(review)) == {(unit.pk, cast.peter.pk)}
    found = by_database(review)
    assert found == by_functions(review)
    assert sum("log.many" in patterns for patterns in found.values()) == MUCH.least


def test_the_database_sorts_as_the_order_says(cast, odd):
    review = review_of(cast)
    order = Order.of(review.seed)
    keys = list(in_order_of(review.seed, rows_of(review)).values_list("id", flat=True))
    assert keys == sorted(keys, key=order.place)


def drawn_rows(review: Review) -> list[tuple[int, str]]:
    drawing.draw(review, now=NOW)
    return list(review.rows.values_list("row_id", "picked_by"))


def test_the_same_seed_draws_the_same_rows_again_also_when_the_log_has_grown(cast, odd):
    first = drawn_rows(review_of(cast))
    opened("peter", cast.child("alva").pk, NOW + timedelta(minutes=5))
    assert drawn_rows(review_of(cast)) == first
    assert drawn_rows(review_of(cast, seed=4712)) != first


def test_the_sample_has_every_pattern_and_rows_by_chance(cast, odd):
    for _n in range(20):
        opened("karin", cast.child("alva").pk)
    review = review_of(cast, size=25)
    drawing.draw(review, now=NOW)
    rows = list(review.rows.all())
    assert [row.place for row in rows] == list(range(1, 26))
    assert {rule for row in rows for rule in row.patterns} == {rule.id for rule in FINDERS} - {"log.many"}
    assert sum(row.picked_by == policy.RANDOM.id for row in rows) >= 9
    assert {row.row_id: row.related for row in rows}[odd["no_relation"].pk] is False
    assert Review.objects.get(pk=review.pk).rows_in_all == rows_of(review).count()


def test_drawing_again_changes_nothing(cast, odd):
    review = review_of(cast)
    n = drawing.draw(review, now=NOW)
    assert drawing.draw(review, now=NOW + timedelta(days=1)) == n
    assert SampledRow.objects.filter(review=review).count() == n


def test_a_log_without_openings_gives_an_empty_review(cast):
    AccessLogRow.objects.all()._raw_delete("default")
    assert drawing.draw(review_of(cast), now=NOW) == 0


def statements(cast: Cast, **more: object) -> int:
    review = review_of(cast, **more)
    with CaptureQueriesContext(connection) as asked:
        drawing.draw(review, now=NOW)
    return len(asked)


def test_the_number_of_questions_does_not_grow_with_the_log(cast, odd):
    few = statements(cast)
    for subject in ("karin", "peter", "sara", "maja", "eva"):
        for name in ("alva", "omar", "noa", "hugo", "tuva"):
            opened(subject, cast.child(name).pk)
    assert statements(cast, size=60) == few
    assert few < 45


@pytest.mark.parametrize("covers", ["unit", "person", "child"])
def test_a_review_of_one_thing_is_of_that_alone(cast, odd, covers):
    only = {"unit": cast.unit("sas-bum-boras"), "person": cast.peter, "child": cast.child("tuva")}[covers]
    review = review_of(cast, covers=covers, **{covers: only})
    keys = set(rows_of(review).values_list("id", flat=True))
    mine = {"unit": {"own_child", "colleague", "emergency"}, "person": {"colleague", "emergency"}}
    assert keys == {odd[word].pk for word in mine.get(covers, {"emergency"})}
    assert by_database(review) == by_functions(review)


def test_custody_that_has_ended_still_ties(cast):
    hugo = cast.child("hugo")
    give_custody(child=hugo, guardian=cast.guardian("lena"), starts_on=hugo.birth_date)
    Custody.objects.filter(guardian=cast.guardian("lena"), child=hugo).update(ends_on=TODAY)
    assign(person=cast.lena, unit=cast.unit("sas-bum-boras"), role="physician", starts_on=TODAY)
    row = opened("lena", hugo.pk, role="physician")
    assert "log.own_child" in by_database(review_of(cast))[row.pk] & by_functions(review_of(cast))[row.pk]


EDGES = [
    ("the day before its first", -4, 12, False),
    ("the first minute of its first day", -3, 0, True),
    ("its last day, late", 3, 23, True),
    ("the day after", 4, 0, False),
]


@pytest.mark.parametrize(("says", "days", "hour", "found"), EDGES, ids=[one[0] for one in EDGES])
def test_a_watch_counts_on_swedish_days_first_and_last_included(cast, says, days, hour, found):
    hugo = watched_hugo(cast)
    at = datetime(2026, 11, 16 + days, hour, tzinfo=STOCKHOLM).astimezone(UTC)
    row = opened("karin", hugo.pk, at)
    review = review_of(cast, ends_on=TODAY + timedelta(days=9), starts_on=TODAY - timedelta(days=30))
    Review.objects.filter(pk=review.pk).update(drawn_before=NOW + timedelta(days=30))
    review.refresh_from_db()
    assert ("log.watched" in by_database(review)[row.pk]) is found
    assert by_database(review) == by_functions(review)


def test_a_watch_of_another_care_provider_is_no_reason_here(cast):
    hugo = watched_hugo(cast)
    elsewhere = cast.unit("elevhalsa-boras").controller
    Watch.objects.update(controller=elsewhere)
    row = opened("karin", hugo.pk)
    review = review_of(cast)
    assert "log.watched" not in by_database(review)[row.pk]
    assert by_database(review) == by_functions(review)
