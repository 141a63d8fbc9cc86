"""The shared plan: who sees it and who starts, refuses and establishes one (rulings 11, 25, 30)."""

from dataclasses import replace
from typing import Any

import pytest

from kring.access.policy.decision import Need, Reveal
from kring.access.policy.parties import Sector
from kring.access.policy.plans import PLAN_ACTS, PLAN_VIEW, Act, ConsentState, Part, PlanAct, PlanView
from tests.access.policy_examples import TODAY, Example, allowed, refused, unnoticed

TEACHER = PlanView(
    strong_auth=True,
    assignment_active=True,
    profile_covers=True,
    takes_part=True,
    draft=False,
    disclosure_open=True,
    consent=ConsentState.IN_FORCE,
)
"""A teacher whose school takes part in an established plan that was disclosed to it with consent."""


def teacher(**facts: Any) -> PlanView:
    return replace(TEACHER, **facts)


def alone(part: Part, **facts: Any) -> PlanView:
    """A teacher whose school has no consent, no disclosure and no part in the plan any more."""
    return replace(
        PlanView(strong_auth=True, assignment_active=True, profile_covers=True, part=part), **facts
    )


NOTHING = Reveal.NOTHING

SEEN = (
    refused("weak login", teacher(strong_auth=False), "staff.login"),
    refused("the assignment has ended", teacher(assignment_active=False), "staff.assignment"),
    refused("the profile leaves plans out", teacher(profile_covers=False), "staff.profile"),
    allowed("disclosed with consent", teacher(), "plan.disclosed"),
    allowed("a draft disclosed with consent, to write in it together", teacher(draft=True), "plan.disclosed"),
    refused(
        "a draft before anybody has said yes",
        teacher(draft=True, consent=ConsentState.NONE, disclosure_open=False),
        "plan.draft",
        NOTHING,
        Need.CONSENT,
    ),
    refused(
        "a draft that something else has opened, without consent",
        teacher(draft=True, consent=ConsentState.NONE),
        "plan.draft",
        NOTHING,
        Need.CONSENT,
    ),
    refused(
        "a draft after the withdrawal",
        teacher(draft=True, consent=ConsentState.WITHDRAWN),
        "plan.withdrawn",
        NOTHING,
        Need.CONSENT,
    ),
    refused(
        "a draft after expiry",
        teacher(draft=True, consent=ConsentState.EXPIRED),
        "plan.expired",
        NOTHING,
        Need.CONSENT,
    ),
    refused(
        "withdrawn: closed at once",
        teacher(consent=ConsentState.WITHDRAWN),
        "plan.withdrawn",
        NOTHING,
        Need.CONSENT,
    ),
    refused("expired: closed", teacher(consent=ConsentState.EXPIRED), "plan.expired", NOTHING, Need.CONSENT),
    refused("nobody was asked", teacher(consent=ConsentState.NONE), "plan.not_disclosed"),
    refused("consent, but nothing was disclosed", teacher(disclosure_open=False), "plan.not_disclosed"),
    refused("a party that no longer takes part", teacher(takes_part=False), "plan.not_disclosed"),
    # Ruling 30: own contributions
    allowed(
        "own item, whatever happens to the plan",
        alone(Part.OWN_ITEM, contributed_by_own_unit=True),
        "plan.own_item",
    ),
    allowed(
        "own item in a draft that nobody has consented to any more",
        alone(Part.OWN_ITEM, contributed_by_own_unit=True, draft=True),
        "plan.own_item",
    ),
    allowed(
        "own item of a unit that has left",
        alone(Part.OWN_ITEM, contributed_by_own_unit=True, draft=False, takes_part=False),
        "plan.own_item",
    ),
    allowed(
        "own item after the withdrawal",
        alone(Part.OWN_ITEM, contributed_by_own_unit=True, consent=ConsentState.WITHDRAWN),
        "plan.own_item",
    ),
    allowed(
        "own item after expiry",
        alone(Part.OWN_ITEM, contributed_by_own_unit=True, consent=ConsentState.EXPIRED),
        "plan.own_item",
    ),
    refused("somebody else's item is not one's own", alone(Part.OWN_ITEM), "plan.not_disclosed"),
    refused(
        "somebody else's item after a withdrawal",
        alone(Part.OWN_ITEM, consent=ConsentState.WITHDRAWN),
        "plan.not_disclosed",
    ),
    refused(
        "somebody else's item after expiry",
        alone(Part.OWN_ITEM, consent=ConsentState.EXPIRED),
        "plan.not_disclosed",
    ),
    refused(
        "the shared plan does not open an item asked for as one's own",
        teacher(part=Part.OWN_ITEM),
        "plan.not_disclosed",
    ),
    refused(
        "having contributed opens only the contribution",
        alone(Part.SHARED_PLAN, contributed_by_own_unit=True, draft=False),
        "plan.not_disclosed",
    ),
    # Ruling 11: what was received before
    allowed("an earlier copy stays", alone(Part.RECEIVED_COPY, was_disclosed=True), "plan.received_copy"),
    allowed(
        "an earlier copy stays after the withdrawal",
        alone(Part.RECEIVED_COPY, was_disclosed=True, consent=ConsentState.WITHDRAWN),
        "plan.received_copy",
    ),
    refused("what was never received is no copy", alone(Part.RECEIVED_COPY), "plan.not_disclosed"),
    refused(
        "an earlier copy opens nothing new",
        alone(Part.SHARED_PLAN, was_disclosed=True, draft=False),
        "plan.not_disclosed",
    ),
)

YOUNG = PlanAct(under_plan_limit=True)


def act(what: Act, sector: Sector = Sector.REGION_CARE, **facts: Any) -> PlanAct:
    return replace(YOUNG, act=what, sector=sector, **facts)


PRINCIPALS = (Sector.REGION_CARE, Sector.SCHOOL_HEALTH, Sector.SCHOOL, Sector.SOCIAL_SERVICES, Sector.LSS)
COMPLETE = {"four_items": True, "consent": ConsentState.IN_FORCE}

DONE = (
    allowed("anybody around the child asks for a plan", act(Act.REQUEST, Sector.DENTAL), "plan.request"),
    *(
        allowed(f"one party is enough: {sector}, {what}", act(what, sector), "plan.start")
        for sector in PRINCIPALS
        for what in (Act.START, Act.SUMMON)
    ),
    *(
        allowed(
            f"publicly funded private care: {what}",
            act(what, Sector.PRIVATE_CARE, publicly_funded=True),
            "plan.start_private",
        )
        for what in (Act.START, Act.SUMMON)
    ),
    refused("privately paid care starts nothing", act(Act.START, Sector.PRIVATE_CARE), "plan.none"),
    refused(
        "dental care does not start",
        act(Act.START, Sector.DENTAL, publicly_funded=True, invited=True),
        "plan.none",
    ),
    allowed(
        "dental care on invitation", act(Act.TAKE_PART, Sector.DENTAL, invited=True), "plan.take_part_dental"
    ),
    refused("dental care without invitation", act(Act.TAKE_PART, Sector.DENTAL), "plan.none"),
    *(
        allowed(
            f"who is summoned takes part: {sector}",
            act(Act.TAKE_PART, sector, invited=True),
            "plan.take_part",
        )
        for sector in (*PRINCIPALS, Sector.PRIVATE_CARE)
    ),
    allowed(
        "publicly funded private care takes part like the others",
        act(Act.TAKE_PART, Sector.PRIVATE_CARE, publicly_funded=True),
        "plan.take_part",
    ),
    refused("from the 21st birthday", PlanAct(act=Act.START, sector=Sector.REGION_CARE), "plan.age"),
    refused(
        "a refusal without a reason",
        act(Act.REFUSE),
        "plan.refusal_without_reason",
        NOTHING,
        Need.WRITTEN_REASON,
    ),
    allowed("a refusal with a documented reason", act(Act.REFUSE, documented_reason=True), "plan.refusal"),
    allowed(
        "a refusal at any age",
        PlanAct(act=Act.REFUSE, sector=Sector.SCHOOL, documented_reason=True),
        "plan.refusal",
    ),
    allowed("four items and a consent", act(Act.ESTABLISH, **COMPLETE), "plan.establish"),
    refused("an item is missing", act(Act.ESTABLISH, consent=ConsentState.IN_FORCE), "plan.four_items"),
    *(
        refused(
            f"consent is {state}",
            act(Act.ESTABLISH, four_items=True, consent=state),
            "plan.no_consent",
            NOTHING,
            Need.CONSENT,
        )
        for state in (ConsentState.NONE, ConsentState.EXPIRED, ConsentState.WITHDRAWN)
    ),
    refused(
        "a complete plan gives dental care no right to start",
        act(Act.START, Sector.DENTAL, **COMPLETE),
        "plan.none",
    ),
)

EXAMPLES = (*SEEN, *DONE)


@pytest.mark.parametrize("example", SEEN, ids=str)
def test_who_sees(example: Example) -> None:
    assert PLAN_VIEW.decide(example.facts, on=TODAY) == example.answer


@pytest.mark.parametrize("example", DONE, ids=str)
def test_who_acts(example: Example) -> None:
    assert PLAN_ACTS.decide(example.facts, on=TODAY) == example.answer


def test_no_row_or_condition_is_untested() -> None:
    assert not set(unnoticed(PLAN_VIEW, SEEN))
    assert set(unnoticed(PLAN_ACTS, DONE)) == {"plan.establish without four_items"}


@pytest.mark.parametrize("part", Part)
def test_who_fills_in_nothing_sees_nothing(part: Part) -> None:
    assert not PLAN_VIEW.decide(PlanView(part=part), on=TODAY).opens


@pytest.mark.parametrize("what", Act)
def test_who_fills_in_nothing_does_nothing(what: Act) -> None:
    assert not PLAN_ACTS.decide(PlanAct(act=what), on=TODAY).opens
