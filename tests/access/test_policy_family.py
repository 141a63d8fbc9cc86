"""Table 8.5: what a guardian and the child itself open on the net, row by row."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kring.access.policy.ages import Birth, Precision, standing
from kring.access.policy.decision import Need, Reveal
from kring.access.policy.family import FAMILY, Channel, Close, Family, HarmTest, Wants
from tests.access.policy_examples import TODAY, Example, allowed, refused, unnoticed

GUARDIAN = Family(
    who=Close.GUARDIAN,
    wants=Wants.E_SERVICES,
    channel=Channel.E_SERVICE,
    strong_auth=True,
    under_guardian_limit=True,
    adult=False,
    custody=True,
    child_protected=False,
    guardian_protected=False,
    other_guardian_protected=False,
    guardian_blocked=False,
    placed_by_order=False,
)
"""A guardian of a child under the limit, with nothing in the way."""
CHILD = Family(
    who=Close.CHILD,
    wants=Wants.E_SERVICES,
    channel=Channel.E_SERVICE,
    strong_auth=True,
    adult=False,
    for_the_youngest=True,
)
"""A child under every limit, logged in by itself. Everybody's protection is at its closed default."""


def guardian(**facts: Any) -> Family:
    return replace(GUARDIAN, **facts)


def guardian_13(**facts: Any) -> Family:
    return replace(GUARDIAN, under_guardian_limit=False, **facts)


def child(**facts: Any) -> Family:
    return replace(CHILD, **facts)


RECORD = Wants.RECORD
ORAL, PAPER = Channel.ORAL, Channel.PAPER
PASSED, FAILED = HarmTest.PASSED, HarmTest.FAILED

EXAMPLES = (
    refused("a guardian with a weak login", guardian(strong_auth=False), "8.5.login"),
    refused("a child with a weak login", child(strong_auth=False), "8.5.login"),
    # Guardian, child 0-12
    allowed("0-12: the child's pages", guardian(), "8.5.guardian.pages"),
    allowed("0-12: the record", guardian(wants=RECORD), "8.5.guardian.record"),
    allowed("0-12: by voice", guardian(channel=ORAL), "8.5.guardian.pages"),
    # What breaks the link
    refused("a step-parent", guardian(who=Close.NOT_GUARDIAN), "8.5.not_guardian"),
    refused(
        "a foster parent and the record", guardian(who=Close.NOT_GUARDIAN, wants=RECORD), "8.5.not_guardian"
    ),
    refused("the child is grown up", guardian_13(adult=True), "8.5.guardian.adult"),
    refused(
        "nor by paper when the child is grown up",
        guardian_13(adult=True, channel=PAPER, harm_test=PASSED),
        "8.5.guardian.adult",
    ),
    refused("custody has ended", guardian(custody=False), "8.5.custody"),
    refused("the child is protected", guardian(child_protected=True), "8.5.child_protected"),
    refused("the guardian is protected", guardian(guardian_protected=True), "8.5.guardian_protected"),
    refused("another guardian is protected", guardian(other_guardian_protected=True), "8.5.other_protected"),
    allowed(
        "another guardian is protected, and the unit head has decided anew",
        guardian(other_guardian_protected=True, unit_head_decided=True),
        "8.5.guardian.pages",
    ),
    refused("a unit has blocked this guardian", guardian(guardian_blocked=True), "8.5.blocked"),
    refused("placed by compulsory order", guardian(placed_by_order=True), "8.5.placed"),
    allowed(
        "placed, and the board has left the guardian its access",
        guardian(placed_by_order=True, board_decided=True),
        "8.5.guardian.pages",
    ),
    # By voice and on paper
    refused("0-12: by voice, after a failed harm test", guardian(channel=ORAL, harm_test=FAILED), "8.5.harm"),
    refused(
        "a copy on paper without a harm test",
        guardian(channel=PAPER, wants=RECORD),
        "8.5.paper.test",
        Reveal.NOTHING,
        Need.HARM_TEST,
    ),
    refused("a copy on paper that would harm", guardian(channel=PAPER, harm_test=FAILED), "8.5.harm"),
    allowed("a copy on paper after a harm test", guardian(channel=PAPER, harm_test=PASSED), "8.5.paper"),
    allowed(
        "13-17: on paper after a harm test",
        guardian_13(channel=PAPER, wants=RECORD, harm_test=PASSED),
        "8.5.paper",
    ),
    refused(
        "13-17: by voice without a harm test",
        guardian_13(channel=ORAL),
        "8.5.oral.test",
        Reveal.NOTHING,
        Need.HARM_TEST,
    ),
    allowed("13-17: by voice after a harm test", guardian_13(channel=ORAL, harm_test=PASSED), "8.5.oral"),
    refused("13-17: by voice, harmful", guardian_13(channel=ORAL, harm_test=FAILED), "8.5.harm"),
    refused("what was judged harmful is closed on the net too", guardian(harm_test=FAILED), "8.5.harm"),
    refused(
        "the child's own copy needs a harm test too",
        child(channel=PAPER),
        "8.5.paper.test",
        Reveal.NOTHING,
        Need.HARM_TEST,
    ),
    refused("the child's own copy would harm it", child(channel=PAPER, harm_test=FAILED), "8.5.harm"),
    allowed(
        "the child's own copy after a harm test",
        child(channel=PAPER, harm_test=PASSED),
        "8.5.child.own_pages",
    ),
    allowed(
        "a harm test that failed says nothing to the child on the net",
        child(harm_test=FAILED),
        "8.5.child.own_pages",
    ),
    allowed("the child by voice", child(channel=ORAL), "8.5.child.own_pages"),
    allowed("by voice, the child itself", child(channel=ORAL, harm_test=FAILED), "8.5.child.own_pages"),
    *(
        allowed(
            f"18 and over: own record on paper, harm test {test}",
            child(
                channel=PAPER,
                harm_test=test,
                adult=True,
                wants=RECORD,
                has_own_e_services=True,
                has_own_record=True,
            ),
            "8.5.child.record",
        )
        for test in HarmTest
    ),
    # Guardian, child from 13
    refused("13-17: the pages", guardian_13(), "8.5.guardian.older"),
    refused("13-17: the record", guardian_13(wants=RECORD), "8.5.guardian.older"),
    allowed(
        "13-15: extended access", guardian_13(wants=RECORD, extended_access=True), "8.5.guardian.extended"
    ),
    refused(
        "16-17: extended access has ended",
        guardian_13(wants=RECORD, extended_access=True, has_own_record=True),
        "8.5.guardian.older",
    ),
    refused(
        "13-17: extended access is for the record only",
        guardian_13(extended_access=True),
        "8.5.guardian.older",
    ),
    allowed(
        "13-17: what the young person shares", guardian_13(shared_by_the_young=True), "8.5.guardian.shared"
    ),
    refused(
        "13-17: sharing the pages is not sharing the record",
        guardian_13(wants=RECORD, shared_by_the_young=True),
        "8.5.guardian.older",
    ),
    # The child itself
    refused(
        "the child itself is never judged as a guardian",
        guardian(who=Close.CHILD, wants=RECORD),
        "8.5.child.too_young",
    ),
    allowed(
        "nor are its pages a guardian's",
        guardian(who=Close.CHILD, for_the_youngest=True),
        "8.5.child.own_pages",
    ),
    refused(
        "extended access is no right of the child's",
        child(wants=RECORD, extended_access=True),
        "8.5.child.too_young",
    ),
    allowed(
        "sharing with a guardian closes nothing for the child",
        child(shared_by_the_young=True),
        "8.5.child.own_pages",
    ),
    allowed("under 13: own pages", child(), "8.5.child.own_pages"),
    refused(
        "under 13: what is not its plan, answers or meetings",
        child(for_the_youngest=False),
        "8.5.child.own_only",
    ),
    allowed("from 13: own e-services", child(has_own_e_services=True), "8.5.child.e_services"),
    allowed(
        "from 13: all of them", child(has_own_e_services=True, for_the_youngest=False), "8.5.child.e_services"
    ),
    refused("under 16: own record", child(wants=RECORD, has_own_e_services=True), "8.5.child.too_young"),
    allowed(
        "13-15: own record when the unit head has decided it",
        child(wants=RECORD, has_own_e_services=True, mature_for_record=True),
        "8.5.child.mature",
    ),
    refused(
        "under 13: no decision opens the record",
        child(wants=RECORD, mature_for_record=True),
        "8.5.child.too_young",
    ),
    allowed("a maturity decision closes no page", child(mature_for_record=True), "8.5.child.own_pages"),
    allowed("from 16: own record", child(wants=RECORD, has_own_record=True), "8.5.child.record"),
    allowed(
        "from 16: the pages as before",
        child(has_own_e_services=True, has_own_record=True),
        "8.5.child.e_services",
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_row_decides(example: Example) -> None:
    assert FAMILY.decide(example.facts, on=TODAY) == example.answer


SPARE = {
    "8.5.guardian.record without wants",
    *(
        f"8.5.child.{row} without who"
        for row in ("e_services", "own_pages", "own_only", "record", "mature", "too_young")
    ),
    *(f"8.5.child.{row} without wants" for row in ("record", "mature", "too_young")),
}
"""What an earlier row has already settled, said again so that each row can be read alone."""


def test_no_row_or_condition_is_untested() -> None:
    assert set(unnoticed(FAMILY, EXAMPLES)) == SPARE


def test_who_fills_in_nothing_opens_nothing() -> None:
    assert not FAMILY.decide(Family(), on=TODAY).opens


def of_age(facts: Family, born: Birth, day: date) -> Family:
    """The same facts with the child's standing on a day."""
    now = standing(born, day)
    return replace(
        facts,
        under_guardian_limit=now.under_guardian_limit,
        has_own_e_services=now.has_own_e_services,
        has_own_record=now.has_own_record,
        adult=now.adult,
    )


BORN = Birth.of(date(2013, 11, 17))


def test_the_guardian_link_ends_on_the_thirteenth_birthday() -> None:
    before = FAMILY.decide(of_age(GUARDIAN, BORN, date(2026, 11, 16)), on=date(2026, 11, 16))
    after = FAMILY.decide(of_age(GUARDIAN, BORN, date(2026, 11, 17)), on=date(2026, 11, 17))
    assert (before.rule_id, after.rule_id) == ("8.5.guardian.pages", "8.5.guardian.older")


def test_own_record_opens_on_the_sixteenth_birthday() -> None:
    wants = child(wants=RECORD)
    before = FAMILY.decide(of_age(wants, BORN, date(2029, 11, 16)), on=date(2029, 11, 16))
    after = FAMILY.decide(of_age(wants, BORN, date(2029, 11, 17)), on=date(2029, 11, 17))
    assert (before.rule_id, after.rule_id) == ("8.5.child.too_young", "8.5.child.record")


def test_with_only_the_year_known_the_guardian_link_ends_with_the_year_the_limit_can_be_reached() -> None:
    sometime_2013 = Birth.of(date(2013, 12, 31), Precision.YEAR)
    on_new_years_eve = FAMILY.decide(
        of_age(GUARDIAN, sometime_2013, date(2025, 12, 31)), on=date(2025, 12, 31)
    )
    on_new_years_day = FAMILY.decide(of_age(GUARDIAN, sometime_2013, date(2026, 1, 1)), on=date(2026, 1, 1))
    assert on_new_years_eve.opens
    assert not on_new_years_day.opens


def test_while_nobody_knows_on_which_side_of_the_limit_the_child_still_has_its_own_pages() -> None:
    sometime_2013 = Birth.of(date(2013, 12, 31), Precision.YEAR)
    facts = of_age(CHILD, sometime_2013, TODAY)
    assert FAMILY.decide(facts, on=TODAY).rule_id == "8.5.child.own_pages"
