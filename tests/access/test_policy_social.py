"""What a child decides itself at the social services, row by row and birthday by birthday (8.6 f)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from kring.access.policy.ages import Birth
from kring.access.policy.family import Close
from kring.access.policy.social import SOCIAL, Social, SocialAct, by_age
from tests.access.policy_examples import TODAY as HOLDS
from tests.access.policy_examples import Example, allowed, refused, unnoticed

CHILD = Social(who=Close.CHILD, act=SocialAct.APPLY, certain=True)
TWELVE = replace(CHILD, may_apply=True)
FIFTEEN = replace(TWELVE, takes_itself=True)
GUARDIAN = Social(who=Close.GUARDIAN, act=SocialAct.APPLY, custody=True)
OLDER = replace(GUARDIAN, may_apply=True, takes_itself=True)

EXAMPLES: tuple[Example, ...] = (
    allowed("from 12, certain support", TWELVE, "8.6.social.apply_12"),
    allowed("from 15, the same", FIFTEEN, "8.6.social.apply_12"),
    refused("before 12", CHILD, "8.6.social.none"),
    refused("from 12, other support", replace(TWELVE, certain=False), "8.6.social.none"),
    refused("from 12, without a needs test", replace(TWELVE, act=SocialAct.TAKE), "8.6.social.none"),
    allowed("from 15, without a needs test", replace(FIFTEEN, act=SocialAct.TAKE), "8.6.social.take_15"),
    allowed(
        "from 15, whatever support", replace(FIFTEEN, act=SocialAct.TAKE, certain=False), "8.6.social.take_15"
    ),
    refused("from 12, as a party", replace(TWELVE, act=SocialAct.SPEAK), "8.6.social.none"),
    allowed("from 15, as a party", replace(FIFTEEN, act=SocialAct.SPEAK), "8.6.social.party_15"),
    refused("a placement, at 12", replace(TWELVE, act=SocialAct.PLACE), "8.6.social.place"),
    refused("a placement, at 15", replace(FIFTEEN, act=SocialAct.PLACE), "8.6.social.place"),
    allowed("the grown", replace(FIFTEEN, act=SocialAct.PLACE, adult=True), "8.6.social.adult"),
    allowed("a guardian of a young child applies", GUARDIAN, "8.6.social.guardian"),
    allowed("and speaks", replace(GUARDIAN, act=SocialAct.SPEAK), "8.6.social.guardian"),
    allowed("and consents to a placement", replace(GUARDIAN, act=SocialAct.PLACE), "8.6.social.guardian"),
    allowed("a guardian of a fifteen-year-old applies", OLDER, "8.6.social.guardian_15"),
    allowed("and a placement", replace(OLDER, act=SocialAct.PLACE), "8.6.social.guardian_15"),
    refused("but does not take for it", replace(OLDER, act=SocialAct.TAKE), "8.6.social.none"),
    refused("nor speak in its place", replace(OLDER, act=SocialAct.SPEAK), "8.6.social.none"),
    allowed(
        "a guardian, also of what the child may itself",
        replace(GUARDIAN, certain=True, may_apply=True),
        "8.6.social.guardian",
    ),
    refused("from 15, an application for other support", replace(FIFTEEN, certain=False), "8.6.social.none"),
    refused("without custody", replace(GUARDIAN, custody=False), "8.6.social.custody"),
    refused("of a grown child", replace(OLDER, adult=True), "8.6.social.adult_child"),
    refused("a foster parent", replace(GUARDIAN, who=Close.NOT_GUARDIAN), "8.6.social.stranger"),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_every_row(example: Example) -> None:
    assert SOCIAL.decide(example.facts, on=HOLDS) == example.answer


def test_no_change_to_the_table_would_go_unnoticed() -> None:
    assert unnoticed(SOCIAL, EXAMPLES) == []


BORN = date(2014, 3, 12)
LEAP = date(2016, 2, 29)


@pytest.mark.parametrize(
    ("born", "day", "facts"),
    [
        (BORN, date(2026, 3, 11), ()),
        (BORN, date(2026, 3, 12), ("may_apply",)),
        (BORN, date(2029, 3, 11), ("may_apply",)),
        (BORN, date(2029, 3, 12), ("may_apply", "takes_itself")),
        (BORN, date(2032, 3, 12), ("may_apply", "takes_itself", "adult")),
        (LEAP, date(2028, 2, 28), ()),
        (LEAP, date(2028, 2, 29), ("may_apply",)),
        (LEAP, date(2031, 2, 27), ("may_apply",)),
        (LEAP, date(2031, 2, 28), ("may_apply", "takes_itself")),
    ],
)
def test_each_birthday_turns_its_own_fact(born: date, day: date, facts: tuple[str, ...]) -> None:
    told = by_age(Birth.of(born), day)
    assert {name for name, holds in told.items() if holds} == set(facts)


def test_a_birth_date_that_is_not_sure_opens_on_its_latest_day() -> None:
    birth = Birth.of(BORN, "year")
    assert not by_age(birth, date(2026, 12, 30))["may_apply"]
    assert by_age(birth, date(2026, 12, 31))["may_apply"]


def test_before_the_act_took_effect_it_opens_nothing() -> None:
    before = date(2025, 6, 30)
    assert not by_age(Birth.of(date(2005, 1, 1)), before)["may_apply"]
    for who, act in product(Close, SocialAct):
        asked = replace(FIFTEEN, who=who, act=act, custody=True)
        assert not SOCIAL.decide(asked, on=before).opens
    assert SOCIAL.decide(FIFTEEN, on=before + timedelta(days=1)).opens


def test_every_row_waits_for_a_lawyer() -> None:
    assert all(rule.needs_sign_off and rule.source == "SoL 2025:400" for rule in SOCIAL.rules())
