"""How long something may take, as dated settings."""

from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("guardian_review", 3, "house"),
        ("sip_meeting_opens", 0, "house"),
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
    ("rule", "clock", "kind", "days", "from_day"),
    [
        ("SIP-START-3", "sip_start_3", "warning", 3, date(2021, 1, 1)),
        ("SIP-MEETING-21", "sip_meeting_21", "agreement", 21, date(2021, 1, 1)),
        ("SUMMONS-ANSWER-7", "summons_answer_7", "warning", 7, date(2021, 1, 1)),
        ("SIP-CONSENT-7", "sip_consent_7", "warning", 7, date(2021, 1, 1)),
        ("SIP-ESTABLISH-7", "sip_establish_7", "warning", 7, date(2021, 1, 1)),
        ("DISCHARGE-SUMMONS-3", "discharge_summons_3", "statute", 3, date(2018, 1, 1)),
        ("GUARDIAN-REVIEW-3", "guardian_review", "house", 3, date(2023, 1, 1)),
        ("SIP-MEETING-OPENS-0", "sip_meeting_opens", "house", 0, date(2021, 1, 1)),
        ("UPLOAD-KEPT-7", "upload_kept", "house", 7, date(2021, 1, 1)),
    ],
)
def test_each_limit_holds_from_its_day_and_not_the_day_before(rule, clock, kind, days, from_day):
    limit = limits.limit_for(clock, from_day)
    assert (limit.rule, limit.kind, limit.days, limit.valid_from) == (rule, kind, days, from_day)
    assert limits.due_on(clock, from_day) == from_day + timedelta(days=days)
    with pytest.raises(LookupError, match=f"no limit for {clock} on {from_day - timedelta(days=1)}"):
        limits.limit_for(clock, from_day - timedelta(days=1))


def test_the_table_above_is_the_whole_table():
    assert len(limits.LIMITS) == 9
    assert [limit.rule for limit in limits.LIMITS if limit.needs_sign_off] == [
        "GUARDIAN-REVIEW-3",
        "SIP-MEETING-OPENS-0",
    ]


def test_a_limit_is_never_edited():
    with pytest.raises(FrozenInstanceError):
        limits.LIMITS[0].days = 4


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


@given(st.sampled_from(limits.LIMITS), st.dates(date(2023, 1, 1), date(2090, 1, 1)))
def test_the_due_day_is_so_many_dates_after_the_start_whatever_the_calendar(limit, start):
    assert (limits.due_on(limit.clock, start) - start).days == limit.days


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


def test_the_latest_row_in_force_holds_wherever_it_stands_in_the_table(monkeypatch):
    old = limits.limit_for("sip_meeting_21", date(2026, 1, 1))
    rows = [replace(old, days=days, valid_from=date(year, 1, 1)) for year, days in ((2030, 7), (2028, 14))]
    monkeypatch.setattr(limits, "LIMITS", (*rows, *limits.LIMITS))
    found = {
        year: limits.limit_for("sip_meeting_21", date(year, 6, 1)).days for year in (2027, 2028, 2029, 2031)
    }
    assert found == {2027: 21, 2028: 14, 2029: 14, 2031: 7}


@pytest.mark.parametrize("clock", sorted({limit.clock for limit in limits.LIMITS}))
def test_from_its_first_day_on_a_clock_always_has_a_limit(clock):
    first = limits.first_day(clock)
    assert limits.limit_for(clock, first).valid_from == first
    with pytest.raises(LookupError):
        limits.limit_for(clock, first - timedelta(days=1))
