"""Who writes in that a child is placed, row by row."""

from dataclasses import fields, replace
from datetime import timedelta
from itertools import product

import pytest

from kring.access.policy.decision import Need, Reveal
from kring.access.policy.placing import PLACING, Placing, PlacingAct
from kring.access.policy.sources import FIRST_DAY
from tests.access.policy_examples import TODAY as HOLDS
from tests.access.policy_examples import Example, allowed, refused, unnoticed

ORDER = Placing(
    act=PlacingAct.RECORD, strong_auth=True, assignment_active=True, social_services=True, takes_part=True,
    decided=True, by_order=True,
)  # fmt: skip
CHANGE = replace(ORDER, act=PlacingAct.CHANGE, own=True)
END = replace(ORDER, act=PlacingAct.END, own=True, by_order=False)
MISTAKE = replace(ORDER, act=PlacingAct.WITHDRAW, own=True, decided=False, by_order=False, reason=True)
CONSENTED = replace(ORDER, by_order=False, guardians_decide=True)

EXAMPLES: tuple[Example, ...] = (
    allowed("the social services write their board's order", ORDER, "8.6.place.record"),
    allowed(
        "the order leaves it to the guardians", replace(ORDER, guardians_decide=True), "8.6.place.record"
    ),
    allowed("placed with consent, and the guardians decide as before", CONSENTED, "8.6.place.record"),
    allowed("a new decision about the own placement", CHANGE, "8.6.place.record"),
    allowed("the end of the own placement", END, "8.6.place.end"),
    allowed("a mistake, with its reason", MISTAKE, "8.6.place.withdraw"),
    refused("a weak log-in", replace(ORDER, strong_auth=False), "staff.login"),
    refused("an assignment that has ended", replace(ORDER, assignment_active=False), "staff.assignment"),
    refused("a unit that is no social services", replace(ORDER, social_services=False), "8.6.place.board"),
    refused("a child that the unit does not meet", replace(ORDER, takes_part=False), "8.6.place.part"),
    refused("another board's placement changed", replace(CHANGE, own=False), "8.6.place.own"),
    refused("another board's placement ended", replace(END, own=False), "8.6.place.own"),
    refused("another board's placement taken away", replace(MISTAKE, own=False), "8.6.place.own"),
    refused(
        "taken away without a reason",
        replace(MISTAKE, reason=False),
        "8.6.place.reason",
        Reveal.NOTHING,
        Need.WRITTEN_REASON,
    ),  # fmt: skip
    refused("a decision to come", replace(ORDER, decided=False), "8.6.place.decision"),
    refused("a change that nobody has decided", replace(CHANGE, decided=False), "8.6.place.decision"),
    refused("an end that nobody has decided", replace(END, decided=False), "8.6.place.decision"),
    refused(
        "with consent, and yet not the guardians",
        replace(CONSENTED, guardians_decide=False),
        "8.6.place.consent",
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_every_row(example: Example) -> None:
    assert PLACING.decide(example.facts, on=HOLDS) == example.answer


def test_no_change_to_the_table_would_go_unnoticed() -> None:
    assert unnoticed(PLACING, EXAMPLES) == []


def test_every_rule_of_its_own_waits_for_a_lawyer() -> None:
    mine = [rule for rule in PLACING.rules() if rule.id.startswith("8.6.place.")]
    assert len(mine) == 10
    assert {rule.id for rule in mine if not rule.needs_sign_off} == {"8.6.place.none"}


def test_before_the_first_day_nobody_writes_anything() -> None:
    for facts in (ORDER, CHANGE, END, MISTAKE):
        assert PLACING.decide(facts, on=FIRST_DAY).opens
        assert not PLACING.decide(facts, on=FIRST_DAY - timedelta(days=1)).opens


def test_whatever_else_is_so_nobody_but_the_board_s_own_staff_gets_through() -> None:
    """Every combination of the facts: 4 acts and 9 yes-or-no facts, 2,048 cases."""
    yes_no = [field.name for field in fields(Placing) if field.name != "act"]
    tried = 0
    for act, *answers in product(PlacingAct, *([(False, True)] * len(yes_no))):
        facts = Placing(act=act, **dict(zip(yes_no, answers, strict=True)))
        tried += 1
        if not PLACING.decide(facts, on=HOLDS).opens:
            continue
        assert facts.strong_auth and facts.assignment_active and facts.social_services and facts.takes_part
        assert facts.own or act is PlacingAct.RECORD
        assert facts.decided or act is PlacingAct.WITHDRAW
        assert facts.by_order or facts.guardians_decide or act in {PlacingAct.END, PlacingAct.WITHDRAW}
    assert tried == 4 * 2**9
