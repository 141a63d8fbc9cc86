"""What a block closes: a unit's texts of its days, to other units or to other care providers, at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.access.policy.blocking import BlockKind, SetBlock
from kring.access.policy.staff import Block
from kring.children.commands import record_consent
from kring.children.models import AccessBlock
from kring.organisations.models import Controller
from kring.secrecy.queries.blocks import blocks_of, in_state, told_apart
from kring.secrecy.queries.standings import entries_about
from kring.secrecy.rules.choices import ActiveChoice
from kring.timeline.models import Event
from tests.cast import NOW
from tests.unit.secrecy.world import BUM, BUP, CHOSEN, HAB, PRIVATE, TODAY, at, connected, later

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOTHING = ActiveChoice()


def test_an_inner_block_hides_from_other_units_and_never_from_the_one_that_wrote(world, cast):
    entry = world.wrote(BUP)
    karin, david = cast.actor("karin"), cast.actor("david")
    assert entry.pk in world.seen(karin)
    world.blocked(BUP)
    assert world.seen(karin) == set()
    assert world.rules(karin) == {(BUP, "inner"): "8.2.3"}
    assert world.seen(david, NOTHING) == {entry.pk}
    assert world.rules(david, NOTHING) == {(BUP, "inner"): "8.2.1"}


def test_an_outer_block_hides_nothing_inside_the_care_provider(world, cast):
    entry = world.wrote(BUP)
    world.blocked(BUP, "outer")
    assert world.seen(cast.actor("karin")) == {entry.pk}
    assert world.rules(cast.actor("karin")) == {(BUP, "outer"): "8.2.2.outer"}


def share(world, cast, actor) -> None:
    """The private provider and the region are connected, and the child's guardian has said yes to sharing."""
    ids = [world.cast.unit(key).controller_id for key in (BUP, PRIVATE)]
    Controller.objects.filter(pk__in=ids).update(shares_across_providers=True)
    record_consent(
        scope=[(actor.unit_id, "record")], child=world.child, guardian=cast.guardian("anders"),
        purpose="across_providers", state="given", form="oral", starts_on=TODAY, documented_by=cast.karin,
        recorded_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "rule"), [(None, "8.3.1"), ("inner", "8.3.6.inner"), ("outer", "8.3.6")], ids=str
)
def test_to_another_care_provider_each_kind_of_block_closes(world, cast, kind, rule):
    entry, mona = world.wrote(BUP), connected(cast.actor("mona"))
    share(world, cast, mona)
    if kind:
        world.blocked(BUP, kind)
    assert world.seen(mona) == ({entry.pk} if kind is None else set())
    assert set(world.rules(mona).values()) == {rule}


def test_a_child_judged_unable_to_consent_is_not_asked(world, cast):
    """8.3 row 2: judged by whoever treats the child, and recorded; the latest judgement counts."""
    entry, mona = world.wrote(BUP), connected(cast.actor("mona"))
    share(world, cast, mona)
    world.child.consents.update(state="refused")
    assert world.seen(mona) == set()
    world.judged("consent", mature=False)
    assert world.rules(mona) == {(BUP, "none"): "8.3.2"}
    assert world.seen(mona) == {entry.pk}
    world.judged("consent")
    world.child.maturity_assessments.filter(mature_from=TODAY).update(assessed_at=NOW)
    assert world.seen(mona) == set()


def test_a_unit_may_be_blocked_for_some_days_only(world, cast):
    days = [TODAY - n * DAY for n in range(4)]
    entries = [world.wrote(BUP, day) for day in days]
    world.blocked(BUP, documented_from=days[2], documented_to=days[1])
    karin = cast.actor("karin")
    assert world.seen(karin) == {entries[0].pk, entries[3].pk}
    assert world.rules(karin) == {(BUP, "none"): "8.2.2", (BUP, "inner"): "8.2.3"}


def test_a_text_whose_day_is_not_known_is_covered_by_every_block_of_its_unit(world, cast):
    world.wrote(BUP, None)
    world.blocked(BUP, documented_from=date(2001, 1, 1), documented_to=date(2001, 1, 1))
    assert world.seen(cast.actor("karin")) == set()


def test_it_is_lifted_from_its_instant_on(world, cast):
    entry, karin = world.wrote(BUP), cast.actor("karin")
    world.blocked(BUP, lifted_at=NOW)
    assert world.seen(later(karin, microseconds=-1)) == set()
    assert world.seen(karin) == {entry.pk}


def test_whoever_asked_before_it_was_set_is_not_shown_it_either(world, cast):
    """A request that has begun, and a job that carries its own older moment."""
    world.wrote(BUP)
    world.blocked(BUP, created_at=NOW + timedelta(minutes=5))
    assert world.seen(cast.actor("karin")) == set()


def test_another_childs_block_closes_nothing(world, cast):
    entry = world.wrote(BUP)
    AccessBlock.objects.filter(pk=world.blocked(BUP).pk).update(child=cast.child("alva"))
    assert world.seen(cast.actor("karin")) == {entry.pk}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
    ids=str,
)
def test_on_the_nights_when_the_clock_turns_a_day_is_a_swedish_day(cast, written, day):
    from kring.care.record.rules.happenings import happening_of

    tree = {"resourceType": "Observation", "issued": written.isoformat(), "effectiveDateTime": "2026-01-01"}
    assert happening_of(tree).documented_on == day
    block = SetBlock(BlockKind.INNER, day, day, NOW)
    assert block.covers(documented_on=day, now=NOW)


def test_an_entry_that_was_corrected_tells_nothing_of_its_old_day(world, cast):
    old = world.wrote(BUP, TODAY - 9 * DAY)
    new = world.wrote(BUP, TODAY)
    Event.objects.filter(pk=new.pk).update(corrects=old)
    world.blocked(BUP, documented_to=TODAY - 5 * DAY)
    karin = cast.actor("karin")
    assert world.seen(karin) == {new.pk}
    assert world.rules(karin) == {(BUP, "none"): "8.2.2"}


def test_any_number_of_units_blocks_and_days_asks_the_same_number_of_questions(
    world, cast, django_assert_num_queries
):
    karin = cast.actor("karin")
    world.wrote(BUP)
    with django_assert_num_queries(8):
        world.seen(karin)
    for n, key in enumerate((HAB, BUM, BUP, PRIVATE)):
        for days in range(4):
            world.wrote(key, TODAY - (n + days) * DAY)
            world.blocked(key, documented_to=TODAY - days * DAY)
            world.blocked(key, "outer", documented_from=TODAY - days * DAY)
    with django_assert_num_queries(8):
        world.seen(karin)


UNITS = (BUP, HAB, PRIVATE)
FIRST = TODAY - 6 * DAY
SOME_DAY = st.none() | st.integers(0, 6).map(lambda n: FIRST + n * DAY)
HOURS = st.integers(-3, 3).map(lambda n: NOW + timedelta(hours=n))
A_BLOCK = st.tuples(
    st.sampled_from(UNITS), st.sampled_from(["inner", "outer"]), SOME_DAY, SOME_DAY, HOURS, st.none() | HOURS
).filter(lambda b: b[2] is None or b[3] is None or b[2] <= b[3])
AN_ENTRY = st.tuples(st.sampled_from(UNITS), SOME_DAY)


@given(st.lists(A_BLOCK, max_size=5), st.lists(AN_ENTRY, min_size=1, max_size=8))
@settings(max_examples=25)
def test_the_set_and_the_table_agree_for_any_blocks_and_entries(world, cast, blocks, entries):
    """Whatever is blocked: the question to the database, the decision by hand and the table's own block say
    the same of each entry.
    """
    AccessBlock.objects.all().delete()
    Event.objects.all().delete()
    for unit, kind, since, until, created, lifted in blocks:
        days = {"documented_from": since, "documented_to": until}
        world.blocked(unit, kind, created_at=created, lifted_at=lifted, **days)
    rows = [world.wrote(*entry) for entry in entries]
    found = blocks_of(world.child.pk, NOW)
    expected = {row.pk: by_the_table(row) for row in rows}
    assert expected == {
        row.pk: found.over(row.unit_id, row.unit.controller_id, row.documented_on) for row in rows
    }
    told = entries_about(world.child).annotate(**told_apart(found))
    assert expected == {pk: both(*flags) for pk, *flags in told.values_list("pk", "inner", "outer")}
    for block in Block:
        held = set(entries_about(world.child).filter(in_state(found, block)).values_list("pk", flat=True))
        assert held == {pk for pk, one in expected.items() if one is block}
    opened = {pk for pk, one in expected.items() if one in {Block.NONE, Block.OUTER}}
    own = {row.pk for row in rows if row.unit.key == HAB}
    region = {row.pk for row in rows if row.unit.key != PRIVATE}
    assert world.seen(cast.actor("karin")) == (opened | own) & region


def by_the_table(row: Event) -> Block:
    """Block by block with the policy's own `covers`; one set by a later request already holds."""
    kinds = set()
    for one in AccessBlock.objects.filter(child=row.child):
        mine = one.unit_id == row.unit_id if one.unit_id else one.controller_id == row.unit.controller_id
        known = SetBlock(
            BlockKind(one.kind), one.documented_from, one.documented_to, min(one.created_at, NOW),
            one.lifted_at,
        )  # fmt: skip
        days = (
            [row.documented_on] if row.documented_on else [one.documented_from or one.documented_to or TODAY]
        )
        if mine and any(known.covers(documented_on=day, now=NOW) for day in days):
            kinds.add(one.kind)
    return both("inner" in kinds, "outer" in kinds)


def both(inner: bool, outer: bool) -> Block:
    return {(0, 0): Block.NONE, (1, 0): Block.INNER, (0, 1): Block.OUTER, (1, 1): Block.BOTH}[inner, outer]


@pytest.mark.parametrize("minutes", [0, 59])
def test_an_officers_emergency_opens_what_it_names_while_it_lasts(world, cast, minutes):
    blocked, other = world.wrote(BUP), world.wrote(HAB)
    for key in (BUP, HAB):
        world.blocked(key)
    otto = cast.actor("otto")
    world.urgent(otto, units=[str(blocked.unit_id)])
    assert world.seen(later(otto, minutes=minutes), NOTHING) == {blocked.pk}
    assert world.rules(otto)[BUP, "inner"] == "8.2.5.open"
    assert other.pk not in world.seen(otto)


@pytest.mark.parametrize(
    ("change", "who"),
    [
        ({"ends_at": NOW + timedelta(minutes=60)}, "otto later"),
        ({}, "karin"),
        ({"indispensable": False}, "otto"),
        ({"consent_impossible": False}, "otto"),
        ({"kind": "outer"}, "otto"),
        ({"units": []}, "otto"),
        ({"opened_at": None, "ends_at": None}, "otto"),
    ],
    ids=str,
)
def test_nothing_else_is_opened_by_an_emergency(world, cast, change, who):
    entry, otto = world.wrote(BUP), cast.actor("otto")
    world.blocked(BUP)
    world.urgent(otto, **({"units": [str(entry.unit_id)]} | change))
    actor = cast.actor("karin") if who == "karin" else otto
    assert world.seen(at(actor, NOW + timedelta(minutes=60)) if who == "otto later" else actor) == set()


def test_the_choice_alone_opens_no_block(world, cast):
    world.wrote(BUP)
    world.blocked(BUP)
    for choice in (NOTHING, CHOSEN):
        assert world.seen(cast.actor("otto"), choice) == set()
