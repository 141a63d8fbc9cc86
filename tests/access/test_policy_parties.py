"""Table 8.1, the log (8.7) and the session limits: what each row of data says."""

from datetime import date, timedelta

import pytest

from kring.access.policy.access_log import LOGGED_ACTS, extract_fields, kept_through, mandatory_fields
from kring.access.policy.parties import (
    PARTIES,
    Sector,
    Way,
    both_connected,
    can_be_connected,
    is_care_provider,
)
from kring.access.policy.sessions import limit_for
from kring.access.policy.sources import FIRST_DAY
from kring.access.roles import ROLES

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("sector", "care_provider", "reachable", "way"),
    [
        (Sector.REGION_CARE, True, True, Way.INNER_SECRECY),
        (Sector.DENTAL, True, True, Way.INNER_SECRECY),
        (Sector.PRIVATE_CARE, True, True, Way.ACROSS_PROVIDERS),
        (Sector.SCHOOL_HEALTH, True, True, Way.DISCLOSURE_WITH_CONSENT),
        (Sector.SCHOOL, False, False, Way.CONSENT_OR_HARM_TEST),
        (Sector.SOCIAL_SERVICES, False, False, Way.CONSENT_OR_DUTY_TO_REPORT),
        (Sector.LSS, False, True, Way.ACROSS_PROVIDERS),
    ],
)
def test_who_is_a_party(sector: Sector, care_provider: bool, reachable: bool, way: Way) -> None:
    party = PARTIES[sector]
    assert (party.care_provider, party.reachable, party.ordinary_way) == (care_provider, reachable, way)
    assert (is_care_provider(sector), can_be_connected(sector)) == (care_provider, reachable)


def test_every_sector_is_judged() -> None:
    assert set(PARTIES) == set(Sector)


def test_a_sector_nobody_has_judged_is_closed() -> None:
    assert not is_care_provider("police")
    assert not can_be_connected("police")


@pytest.mark.parametrize(
    ("asking", "asking_shares", "holding", "holding_shares", "reach"),
    [
        ("private_care", True, "region_care", True, True),
        ("lss", True, "region_care", True, True),
        ("private_care", False, "region_care", True, False),
        ("private_care", True, "region_care", False, False),
        ("school", True, "region_care", True, False),
        ("region_care", True, "school", True, False),
        ("social_services", True, "region_care", True, False),
        ("region_care", True, "social_services", True, False),
    ],
)
def test_who_reaches_whom(
    asking: str, asking_shares: bool, holding: str, holding_shares: bool, reach: bool
) -> None:
    answer = both_connected(
        asking=asking, asking_shares=asking_shares, holding=holding, holding_shares=holding_shares
    )
    assert answer is reach


def test_every_kind_of_act_is_logged() -> None:
    assert {one.action for one in LOGGED_ACTS} == {"read", "list", "search", "write", "print", "export"}


def test_the_log_must_have_act_unit_time_user_and_child() -> None:
    assert mandatory_fields() == {
        "action", "unit_id", "at", "person_id", "child_id", "outcome", "rule", "purpose",
    }  # fmt: skip


def test_the_extract_says_unit_and_time_and_never_who() -> None:
    assert extract_fields() == ("action", "unit_id", "at", "rule", "purpose", "role", "what")


@pytest.mark.parametrize(
    ("logged_on", "through"),
    [(date(2026, 11, 16), date(2031, 11, 16)), (date(2028, 2, 29), date(2033, 2, 28))],
)
def test_the_log_is_kept_five_years(logged_on: date, through: date) -> None:
    assert kept_through(logged_on, TODAY) == through


def test_without_a_rule_in_force_the_log_is_kept() -> None:
    assert kept_through(TODAY, FIRST_DAY - timedelta(days=1)) == date.max


MINUTES_AND_HOURS = {"guardian": (20, 18, 8), "child": (20, 18, 4), "": (15, 13, 4)}


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_how_long_each_role_stays_logged_in(role: str) -> None:
    idle, warning, hours = MINUTES_AND_HOURS.get(role, (15, 13, 10))
    limits = limit_for(role, TODAY)
    assert limits.idle == timedelta(minutes=idle)
    assert limits.warning == timedelta(minutes=warning)
    assert limits.absolute == timedelta(hours=hours)


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_the_warning_leaves_time_to_answer(role: str) -> None:
    limits = limit_for(role, TODAY)
    assert limits.idle - limits.warning >= timedelta(seconds=20)


def test_without_a_rule_in_force_the_shortest_limits_hold() -> None:
    assert limit_for("guardian", FIRST_DAY - timedelta(days=1)) == limit_for("", TODAY)
