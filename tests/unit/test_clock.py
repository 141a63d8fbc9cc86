"""One clock: UTC inside, Stockholm days at the edge."""

import threading
from datetime import UTC, date, datetime

from kring import clock


def test_now_is_aware_and_in_utc():
    assert clock.now().tzinfo is UTC


def test_the_day_is_the_one_people_in_sweden_live():
    with clock.frozen(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)
    assert clock.day_of(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert clock.day_of(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == date(2027, 1, 1)


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
