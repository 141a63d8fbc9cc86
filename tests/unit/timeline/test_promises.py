"""When a promise is reminded of. No database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kring.clock import STOCKHOLM
from kring.timeline.promises import REMINDERS, reminds_at

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opened", "due", "at"),
    [
        # 110 hours from Monday 10.00 to the end of Friday: 88 of them.
        (MONDAY, date(2026, 11, 20), datetime(2026, 11, 20, 2, 0, tzinfo=STOCKHOLM)),
        (MONDAY, date(2026, 11, 16), datetime(2026, 11, 16, 21, 12, tzinfo=STOCKHOLM)),
        # Over the night in spring that is an hour short, and the one in autumn that is an hour long.
        (
            datetime(2027, 3, 26, 23, 0, tzinfo=UTC),
            date(2027, 3, 28),
            datetime(2027, 3, 28, 12, 36, tzinfo=UTC),
        ),
        (
            datetime(2027, 10, 29, 22, 0, tzinfo=UTC),
            date(2027, 10, 31),
            datetime(2027, 10, 31, 13, 12, tzinfo=UTC),
        ),
    ],
)
def test_at_eighty_hundredths_of_the_time_to_the_end_of_the_last_day(opened, due, at):
    assert abs(reminds_at(opened, due) - at) < timedelta(minutes=1)


def test_the_share_is_a_dated_rule_for_the_controller():
    (rule,) = REMINDERS
    assert (rule.rule, rule.percent, rule.needs_sign_off) == ("PROMISE-80", 80, True)
    with pytest.raises(ValueError, match="empty"):
        reminds_at(datetime(2022, 12, 31, tzinfo=UTC), date(2023, 1, 5))
