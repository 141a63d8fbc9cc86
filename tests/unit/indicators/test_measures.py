"""The vocabulary: only names that the schema has, and tests that the unknown never passes."""

import pytest

from indicators import measures
from indicators.measures import begins_with, is_in, rows


@pytest.mark.parametrize(
    ("test", "value", "passes"),
    [
        (is_in("form", "video"), "video", True),
        (is_in("form", "video", "visit"), "visit", True),
        (is_in("form", "video"), "visit", False),
        (is_in("form", "video"), None, False),
        (is_in("planned", True), True, True),
        (is_in("planned", True), False, False),
        (begins_with("code", "F90"), "F900", True),
        (begins_with("code", "F90"), "F9", False),
        (begins_with("code", "F84", "F90"), "F845", True),
        (begins_with("code", "F90"), None, False),
    ],
)
def test_what_passes(test: measures.Test, value: str | bool | None, passes: bool) -> None:
    assert test.passes(value) is passes


@pytest.mark.parametrize(
    ("table", "test", "says"),
    [
        ("visit", None, "tabellen visit finns inte"),
        ("contact", is_in("colour", "red"), "contact.colour går inte att pröva"),
        ("contact", is_in("day", "2024-01-01"), "contact.day går inte att pröva"),
        ("step", is_in("case", "1"), "step.case går inte att pröva"),
        ("contact", is_in("form", "vidoe"), "contact.form har aldrig värdet"),
        ("step", is_in("kind", "referral_sent", "lost"), "step.kind har aldrig värdet"),
    ],
)
def test_a_name_that_the_schema_lacks_is_refused_at_once(
    table: str, test: measures.Test | None, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        rows(table, *([test] if test else []))


@pytest.mark.parametrize("kind", [measures.Wait, measures.StillWaiting])
def test_a_wait_is_followed_within_one_table(kind: type) -> None:
    with pytest.raises(ValueError, match="samma tabell"):
        kind(rows("step"), rows("contact"), 30)


@pytest.mark.parametrize(("age", "band"), [(0, "0-5"), (5, "0-5"), (6, "6-12"), (13, "13-17"), (20, "18-20")])
def test_age_bands(age: int, band: str) -> None:
    assert measures.band_of(age) == band
