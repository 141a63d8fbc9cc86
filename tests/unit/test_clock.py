"""One clock: UTC inside, Stockholm days at the edge."""

import threading
from datetime import UTC, date, datetime, time

import pytest

from kring import clock


def test_now_is_aware_and_in_utc():
    assert clock.now().tzinfo is UTC


def test_the_day_is_the_one_people_in_sweden_live():
    with clock.frozen(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)
    assert clock.day_of(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert clock.day_of(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("day", "utc"),
    [(date(2026, 11, 24), 9), (date(2026, 6, 24), 8), (date(2026, 3, 29), 8), (date(2026, 10, 25), 9)],
)
def test_a_day_and_a_time_of_day_are_read_as_clocks_in_sweden_show_them(day, utc):
    moment = clock.moment_on(day, time(10, 0))
    assert moment.astimezone(UTC) == datetime.combine(day, time(utc), tzinfo=UTC)
    assert clock.day_of(clock.moment_on(day, time(0, 0))) == day


def test_standing_still_holds_in_every_thread_and_ends():
    moment = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    seen: list[datetime] = []
    with clock.frozen(moment):
        with clock.frozen(moment.replace(hour=10)):
            assert clock.now().hour == 10
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen == [moment]
    assert clock.now() != moment
