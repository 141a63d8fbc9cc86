"""Which block covers which text, decided without a database."""

from datetime import date, timedelta
from types import SimpleNamespace as Row
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.access.policy.blocking import BlockKind
from kring.access.policy.staff import Block
from kring.secrecy.rules.blocks import Blocks, covers, of_kinds, reaches

HERE, THERE = UUID(int=1), UUID(int=2)
REGION, PRIVATE = 1, 2
DAY = date(2026, 11, 16)


def block(kind="inner", unit=HERE, controller=REGION, since=None, until=None):
    unit = unit if kind == "inner" else None
    return Row(kind=kind, unit_id=unit, controller_id=controller, documented_from=since, documented_to=until)


@pytest.mark.parametrize(
    ("row", "unit", "controller", "met"),
    [
        (block(), HERE, REGION, True),
        (block(), THERE, REGION, False),
        (block("outer"), HERE, REGION, True),
        (block("outer"), THERE, REGION, True),
        (block("outer"), HERE, PRIVATE, False),
    ],
)
def test_an_inner_block_is_a_units_and_an_outer_one_a_providers(row, unit, controller, met):
    assert reaches(row, unit, controller) is met


@pytest.mark.parametrize(
    ("since", "until", "met"),
    [
        (None, None, True),
        (0, 0, True),
        (0, None, True),
        (None, 0, True),
        (1, None, False),
        (None, -1, False),
        (-3, -1, False),
        (-3, 3, True),
    ],
)
def test_both_its_days_count(since, until, met):
    first, last = (None if n is None else DAY + timedelta(days=n) for n in (since, until))
    assert covers(block(since=first, until=last), DAY) is met
    assert covers(block(since=first, until=last), None), "a day that is not known is always covered"


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        ((), Block.NONE),
        ((BlockKind.INNER,), Block.INNER),
        ((BlockKind.OUTER, BlockKind.OUTER), Block.OUTER),
        ((BlockKind.OUTER, BlockKind.INNER), Block.BOTH),
    ],
)
def test_the_kinds_together(kinds, found):
    assert of_kinds(kinds) is found


DAYS = st.none() | st.integers(-5, 5).map(lambda n: DAY + timedelta(days=n))
ROWS = st.builds(
    block, kind=st.sampled_from(["inner", "outer"]), unit=st.sampled_from([HERE, THERE]),
    controller=st.sampled_from([REGION, PRIVATE]), since=DAYS, until=DAYS,
)  # fmt: skip


@given(st.lists(ROWS, max_size=6), ROWS, DAYS)
def test_another_block_never_opens_anything(rows, more, day):
    """Blocks add up: whatever is set beside, what was covered stays covered."""
    before = Blocks(tuple(rows)).over(HERE, REGION, day)
    after = Blocks((*rows, more)).over(HERE, REGION, day)
    assert before in {Block.NONE, after} or after is Block.BOTH


@given(st.lists(ROWS, max_size=6), DAYS)
def test_the_order_of_blocks_changes_nothing_and_an_unknown_day_is_the_strictest(rows, day):
    found = Blocks(tuple(rows)).over(HERE, REGION, day)
    assert found is Blocks(tuple(reversed(rows))).over(HERE, REGION, day)
    unknown = Blocks(tuple(rows)).over(HERE, REGION, None)
    assert found in {Block.NONE, unknown} or unknown is Block.BOTH
