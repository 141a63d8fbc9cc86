"""Any log at all: the database and a plain reading of the rules agree, row by row and page by page.

Each seed makes its own log of a few dozen rows by many people about several children, at odd hours; what the
questions to the database answer is held against the same in a few lines of plain Python.
"""

from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from kring import clock
from kring.access.actors import Actor
from kring.access.policy import review as policy
from kring.access.policy.extract import ExtractReader
from kring.audit.commands import Act, record
from kring.audit.models import AccessLogRow
from kring.children.models import CareRelation
from kring.log_review.models import Review
from kring.log_review.presenters.words import ACTS
from kring.log_review.queries.around import around
from kring.log_review.queries.extract import PER_PAGE, Wanted, extract_for
from kring.log_review.queries.finding import FINDERS, readers_of_many
from kring.log_review.queries.scope import rows_of
from kring.log_review.rules.acts import FAMILY_ROLES, NOT_REVIEWED, OPENINGS
from kring.log_review.rules.hidden import touches_hidden
from kring.log_review.rules.patterns import patterns_in
from kring.organisations.commands import assign
from kring.organisations.models import Person
from tests.cast import NOW, Cast

SEEDS = [1, 4711, 20261122]
TODAY = date(2026, 11, 16)
STAFF = ["karin", "sara", "peter", "lena", "jonas", "eva", "david", "otto", "ulla", "fatima", "mona"]
FAMILY = [("maria", "guardian"), ("johan", "guardian"), ("alva", "child")]
CHILDREN = ["alva", "omar", "noa", "sigrid", "tuva"]
WHATS = [
    "plan",
    "child",
    "record.text",
    "concern.report",
    "own.home",
    "guardian.decision",
    "worklist",
    "block.set",
]
RULES = ["8.2.1", "plan.disclosed", "8.2.5.open", "8.3.4.reveal"]


def any_log(cast: Cast, seed: int, n: int = 70) -> None:
    """Rows over two months around the night when clocks go back; some share one request."""
    draw = Random(seed)  # noqa: S311
    AccessLogRow.objects.all()._raw_delete("default")
    people = [(getattr(cast, subject), None) for subject in STAFF]
    people += [(getattr(cast, subject), role) for subject, role in FAMILY]
    children = [cast.child(subject).pk for subject in CHILDREN]
    at = datetime(2026, 10, 1, tzinfo=UTC)
    acts = []
    for _n in range(n):
        at = at if draw.random() < 0.2 else at + timedelta(minutes=draw.randrange(2000))
        person, role = draw.choice(people)
        acts.append(_act(draw, person, role, children, at))
    record(acts)


def _act(draw: Random, person: Person, role: str | None, children: list[UUID], at: datetime) -> Act:
    held = None if role else person.assignments.select_related("unit").exclude(role="").first()
    return Act(
        at=at,
        action=draw.choice([*ACTS, "read", "read", "log_in"]),
        outcome="refused" if draw.random() < 0.1 else "allowed",
        person_id=person.pk,
        role=role or held.role,
        unit_id=held.unit_id if held else None,
        child_id=draw.choice(children),
        rule=draw.choice(RULES),
        what=draw.choice(WHATS),
        object_id=draw.choice(["", "a", "b"]),
    )


@pytest.fixture(params=SEEDS)
def seed(request, cast: Cast) -> int:
    """A log of this seed, relations that end in the middle of it, and a guardian who works there."""
    draw = Random(request.param)  # noqa: S311
    for relation in CareRelation.objects.all():
        day = TODAY - timedelta(days=draw.randrange(50))
        if draw.random() < 0.5:
            relation.ends_on = day
            relation.save()
    assign(person=cast.johan, unit=cast.unit("sas-bum-boras"), role="physician", starts_on=date(2026, 1, 1))
    any_log(cast, request.param)
    return request.param


# The reviewer's patterns.


def review_of(cast: Cast, seed: int) -> Review:
    return Review.objects.create(
        controller=cast.unit("hh-habilitering-boras").controller, starts_on=date(2026, 10, 10),
        ends_on=date(2026, 11, 10), size=20, seed=seed, drawn_before=NOW, started_by=cast.ann, started_at=NOW,
    )  # fmt: skip


def in_scope(cast: Cast, review: Review) -> set[int]:
    """What a review is about, said again in plain words."""
    own = set(review.controller.units.values_list("pk", flat=True))
    return {
        row.pk
        for row in AccessLogRow.objects.all()
        if row.outcome == "allowed"
        and row.action in OPENINGS
        and row.role not in NOT_REVIEWED
        and row.unit_id in own
        and review.starts_on <= clock.day_of(row.at) <= review.ends_on
        and row.at < review.drawn_before
    }


def test_a_review_is_about_what_it_says(cast, seed):
    review = review_of(cast, seed)
    assert set(rows_of(review).values_list("pk", flat=True)) == in_scope(cast, review)


def test_every_pattern_is_found_where_it_is_and_nowhere_else(cast, seed):
    review = review_of(cast, seed)
    rows = list(rows_of(review))
    known = around(review, rows, frozenset(readers_of_many(rows_of(review))))
    said = {(row.pk, rule) for row in rows for rule in patterns_in(known.facts_of(row), on=review.ends_on)}
    found = {
        (key, rule.id)
        for rule, find in FINDERS.items()
        for key in find(review, rows_of(review)).values_list("pk", flat=True)
    }
    assert found == said
    assert said, "a log without a single pattern tries nothing"


def test_a_reading_on_a_holiday_is_outside_working_hours_in_the_database_as_in_the_rules(cast):
    """Karin reads at noon every day from 21 December to 8 January, when most days are working days."""
    AccessLogRow.objects.all()._raw_delete("default")
    days = [date(2026, 12, 21) + timedelta(days=n) for n in range(19)]
    alva, home = cast.child("alva").pk, cast.unit("hh-habilitering-boras").pk
    record(
        Act(
            at=datetime(day.year, day.month, day.day, 11, tzinfo=UTC), action="read", person_id=cast.karin.pk,
            role="care_coordinator", unit_id=home, child_id=alva, rule="8.2.1", what="plan",
        )
        for day in days
    )  # fmt: skip
    about = {"controller": cast.unit("hh-habilitering-boras").controller, "started_by": cast.ann}
    review = Review.objects.create(
        starts_on=days[0], ends_on=days[-1], size=20, seed=1, started_at=NOW,
        drawn_before=datetime(2027, 2, 1, tzinfo=UTC), **about,
    )  # fmt: skip
    found = FINDERS[policy.NIGHT](review, rows_of(review))
    off = sorted(clock.day_of(row.at).isoformat() for row in found)
    assert off == [
        "2026-12-24", "2026-12-25", "2026-12-26", "2026-12-27", "2026-12-31",
        "2027-01-01", "2027-01-02", "2027-01-03", "2027-01-06",
    ]  # fmt: skip
    known = around(review, list(rows_of(review)), frozenset())
    night = policy.NIGHT.id
    said = {row.pk for row in rows_of(review) if night in patterns_in(known.facts_of(row), on=days[-1])}
    assert said == {row.pk for row in found}


# The family's extract.


def expected(
    actor: Actor, child_id: UUID, wanted: Wanted
) -> list[tuple[datetime, str, bool, tuple[int, ...]]]:
    """The readings, newest first, as the rulings have them: (moment, role, masked, rows)."""
    reader = ExtractReader.GUARDIAN if actor.guardian_id else ExtractReader.CHILD
    requests = _with_something_hidden(child_id, reader)
    groups: dict[tuple[datetime, UUID | None, str, UUID | None, bool], list[int]] = {}
    for row in AccessLogRow.objects.filter(child_id=child_id).order_by("id"):
        hidden = touches_hidden(row.what, row.object_id, reader)
        if row.outcome != "allowed" or row.action not in ACTS or (row.action == "list" and not wanted.lists):
            continue
        if actor.guardian_id and (hidden or row.role == "child"):
            continue
        if (row.role in FAMILY_ROLES) is not wanted.family or wanted.unit_id not in (None, row.unit_id):
            continue
        day = clock.day_of(row.at)
        if not (wanted.starts_on or date.min) <= day <= (wanted.ends_on or date.max):
            continue
        masked = (row.at, row.person_id) in requests and not actor.guardian_id
        groups.setdefault((row.at, row.person_id, row.role, row.unit_id, masked), []).append(row.pk)
    newest_first = sorted(groups.items(), key=lambda one: (-one[0][0].timestamp(), one[1][0]))
    return [(key[0], key[2], key[4], tuple(rows)) for key, rows in newest_first]


def _with_something_hidden(child_id: UUID, reader: ExtractReader) -> set[tuple[datetime, UUID | None]]:
    """(moment, person) of requests of which the young see unit and time alone."""
    rows = AccessLogRow.objects.filter(child_id=child_id, outcome="allowed")
    return {(row.at, row.person_id) for row in rows if touches_hidden(row.what, row.object_id, reader)}


def shown(actor: Actor, child_id: UUID, wanted: Wanted) -> list[tuple[datetime, str, bool, tuple[int, ...]]]:
    """The same from every page of the extract."""
    first = extract_for(actor, child_id, wanted)
    pages = [first, *(extract_for(actor, child_id, wanted, page=n) for n in range(2, first.pages + 1))]
    assert all(len(page.readings) == PER_PAGE for page in pages[:-1])
    return [
        (one.at, one.role, one.masked, tuple(row.pk for row in one.rows))
        for page in pages
        for one in page.readings
    ]


def without_own_looks(rows: list, since: datetime) -> list:
    """Looking at the extract is logged as well, at the moment of looking."""
    return [one for one in rows if one[0] != since]


def all_wanted(cast: Cast) -> list[Wanted]:
    middle = date(2026, 10, 25)
    unit = cast.unit("hh-habilitering-boras").pk
    return [
        Wanted(),
        Wanted(lists=True),
        Wanted(family=True),
        Wanted(family=True, lists=True),
        Wanted(starts_on=middle, ends_on=middle, lists=True),
        Wanted(starts_on=middle + timedelta(days=1)),
        Wanted(ends_on=middle, lists=True),
        Wanted(unit_id=unit, lists=True),
    ]


def test_a_guardian_s_extract_is_what_the_rulings_say(cast, seed):
    maria, alva = cast.actor("maria"), cast.child("alva").pk
    for wanted in all_wanted(cast):
        before = without_own_looks(expected(maria, alva, wanted), maria.now)
        assert without_own_looks(shown(maria, alva, wanted), maria.now) == before, wanted


def test_a_young_person_s_extract_is_what_the_rulings_say(cast, seed):
    at_16 = datetime(2027, 6, 2, 8, tzinfo=UTC)
    noa = cast.actor("noa", "child", now=at_16)
    for wanted in all_wanted(cast):
        before = without_own_looks(expected(noa, cast.child("noa").pk, wanted), at_16)
        assert without_own_looks(shown(noa, cast.child("noa").pk, wanted), at_16) == before, wanted


def test_nothing_that_a_guardian_may_not_learn_is_in_any_page(cast, seed):
    maria, alva = cast.actor("maria"), cast.child("alva").pk
    seen = {
        row.what
        for wanted in all_wanted(cast)
        for one in extract_for(maria, alva, wanted, most=500).readings
        for row in one.rows
    }
    assert seen <= {"plan", "child", "record.text", "worklist", "log.extract"}
