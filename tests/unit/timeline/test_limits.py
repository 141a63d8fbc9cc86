"""How long something may take, as dated settings."""

from dataclasses import replace
from datetime import date

import pytest

from kring.timeline import limits


@pytest.mark.parametrize(
    ("clock", "days", "kind"),
    [
        ("sip_start_3", 3, "warning"),
        ("sip_meeting_21", 21, "agreement"),
        ("summons_answer_7", 7, "warning"),
        ("sip_consent_7", 7, "warning"),
        ("sip_establish_7", 7, "warning"),
        # The only one of these that is law (2017:612 4 kap.).
        ("discharge_summons_3", 3, "statute"),
        ("upload_kept", 7, "house"),
    ],
)
def test_each_limit_says_what_kind_it_is(clock, days, kind):
    limit = limits.limit_for(clock, date(2026, 11, 16))
    assert (limit.days, limit.kind) == (days, kind)


def test_every_limit_has_its_own_rule_id():
    rules = [limit.rule for limit in limits.LIMITS]
    assert len(rules) == len(set(rules))


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 11, 16), date(2026, 12, 7)),
        # Weekends, holidays and the leap day move nothing (clocks.md rulings 1 and 2).
        (date(2026, 12, 10), date(2026, 12, 31)),
        (date(2028, 2, 10), date(2028, 3, 2)),
    ],
)
def test_the_last_day_that_keeps_it(start, due):
    assert limits.due_on("sip_meeting_21", start) == due


@pytest.mark.parametrize(
    ("clock", "on"), [("sip_meeting_21", date(2020, 12, 31)), ("no_such", date(2026, 1, 1))]
)
def test_without_a_limit_in_force_nothing_is_guessed(clock, on):
    with pytest.raises(LookupError, match=clock):
        limits.limit_for(clock, on)


def test_a_later_row_takes_over_and_the_earlier_still_says_what_held_then(monkeypatch):
    old = limits.limit_for("sip_meeting_21", date(2026, 1, 1))
    new = replace(old, rule="SIP-MEETING-14", days=14, valid_from=date(2027, 1, 1))
    monkeypatch.setattr(limits, "LIMITS", (*limits.LIMITS, new))
    assert limits.due_on("sip_meeting_21", date(2026, 12, 31)) == date(2027, 1, 21)
    assert limits.due_on("sip_meeting_21", date(2027, 1, 1)) == date(2027, 1, 15)
