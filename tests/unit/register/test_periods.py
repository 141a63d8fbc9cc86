"""Which known period a file's line is about, and what it becomes."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.register.rules.faults import Wrong
from kring.register.rules.periods import Period, meant


@dataclass
class Known:
    starts_on: date
    ends_on: date | None = None


def day(n: int | None) -> date | None:
    return None if n is None else date(2026, 1, 1) + timedelta(days=n)


def period(first: int, last: int | None = None) -> Period:
    return Period(day(first), day(last))


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        ((0, None), (5, None), True),
        ((0, 4), (5, None), False),
        ((0, 5), (5, None), True),  # the last day counts
        ((6, 9), (0, 5), False),
        ((5, 9), (0, 5), True),
        ((2, 3), (0, 9), True),
        ((0, 0), (0, 0), True),
        ((10, None), (0, 9), False),
    ],
)
def test_periods_meet_when_they_share_a_day(one, other, meets):
    assert period(*one).meets(Known(day(other[0]), day(other[1]))) is meets
    assert period(*other).meets(Known(day(one[0]), day(one[1]))) is meets


@pytest.mark.parametrize(
    ("line", "known", "becomes"),
    [
        ((0, None), (0, None), (0, None)),
        ((0, 9), (0, None), (0, 9)),  # it has got a last day
        ((0, None), (0, 9), (0, None)),  # it goes on
        ((-5, 9), (0, 9), (-5, 9)),  # it had begun earlier
        ((5, 9), (0, None), (0, 9)),  # that it had begun is never taken away
    ],
)
def test_a_line_corrects_the_period_it_is_about(line, known, becomes):
    assert period(*line).corrects(Known(day(known[0]), day(known[1]))) == period(*becomes)


def test_several_at_once_are_no_guess():
    known = [Known(day(0), day(4)), Known(day(8), day(12))]
    assert meant(period(0, 6), known) is known[0]
    assert meant(period(5, 7), known) is None
    assert meant(period(9), known) is known[1]
    with pytest.raises(Wrong):
        meant(period(0), known)


spans = st.tuples(st.integers(-50, 50), st.none() | st.integers(0, 50)).map(
    lambda span: period(span[0], None if span[1] is None else span[0] + span[1])
)


@given(spans, spans)
def test_the_same_line_again_changes_nothing(line, known):
    """A corrected period is the one that the line is about, and corrected again it stays."""
    row = Known(known.starts_on, known.ends_on)
    if not line.meets(row):
        return
    kept = line.corrects(row)
    after = Known(kept.starts_on, kept.ends_on)
    assert line.meets(after)
    assert line.corrects(after) == kept
    assert kept.starts_on <= known.starts_on
