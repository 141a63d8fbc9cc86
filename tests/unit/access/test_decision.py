"""The vocabulary of the decision tables, on a table small enough to see through."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pytest

from kring.access.policy.decision import (
    Decision,
    Facts,
    Need,
    Outcome,
    Reveal,
    Rule,
    Table,
    allow,
    deny,
    masked,
    require,
    strictest,
)

START = date(2025, 1, 1)
TODAY = date(2026, 11, 16)


class Light(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True)
class Crossing(Facts):
    light: Light = Light.RED
    looked: bool = False
    child: bool = True


def rule(rule_id: str, **dates: date) -> Rule:
    return Rule(rule_id, "En mening.", "Lag", **{"valid_from": START, **dates})


LOOK, GO, CAREFUL, STOP, NO = (rule(one) for one in ("look", "go", "careful", "stop", "no"))


def crossing(*rows: Any) -> Table[Crossing]:
    return Table("t", "En korsning", Crossing, NO, rows)


TABLE = crossing(
    require(LOOK, Need.ACTIVE_CHOICE, looked=True),
    allow(GO, light=Light.GREEN),
    masked(CAREFUL, Need.WRITTEN_REASON, light=Light.AMBER, child=False),
    deny(STOP, Reveal.EXISTS, Need.CONSENT, light={Light.AMBER, Light.RED}, child=True),
)


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        (
            Crossing(Light.GREEN),
            Decision(Outcome.DENY, "look", needs=frozenset({Need.ACTIVE_CHOICE})),
        ),
        (Crossing(Light.GREEN, looked=True), Decision(Outcome.ALLOW, "go")),
        (
            Crossing(Light.AMBER, looked=True, child=False),
            Decision(Outcome.MASKED, "careful", needs=frozenset({Need.WRITTEN_REASON})),
        ),
        (
            Crossing(Light.AMBER, looked=True),
            Decision(Outcome.DENY, "stop", Reveal.EXISTS, frozenset({Need.CONSENT})),
        ),
        (
            Crossing(Light.RED, looked=True),
            Decision(Outcome.DENY, "stop", Reveal.EXISTS, frozenset({Need.CONSENT})),
        ),
        (Crossing(Light.RED, looked=True, child=False), Decision(Outcome.DENY, "no")),
    ],
)
def test_the_first_row_that_speaks_decides(facts: Crossing, answer: Decision) -> None:
    assert TABLE.decide(facts, on=TODAY) == answer


def test_only_yes_and_masked_open() -> None:
    assert [Decision(outcome, "r").opens for outcome in Outcome] == [True, True, False]


def test_an_allowed_row_may_tell_more() -> None:
    table = crossing(allow(GO, Reveal.WHICH_UNIT))
    assert table.decide(Crossing(), on=TODAY).reveal is Reveal.WHICH_UNIT


@pytest.mark.parametrize(
    ("day", "rule_id"),
    [(START - timedelta(days=1), "no"), (START, "go"), (TODAY, "go"), (TODAY + timedelta(days=1), "no")],
)
def test_a_row_counts_only_while_its_rule_is_in_force(day: date, rule_id: str) -> None:
    table = crossing(allow(rule("go", valid_to=TODAY)))
    assert table.decide(Crossing(), on=day).rule_id == rule_id


def test_a_new_rule_takes_over_from_the_old_one() -> None:
    change = date(2026, 7, 1)
    table = crossing(
        allow(rule("old", valid_to=change - timedelta(days=1))), deny(rule("new", valid_from=change))
    )
    answers = [table.decide(Crossing(), on=day).outcome for day in (change - timedelta(days=1), change)]
    assert answers == [Outcome.ALLOW, Outcome.DENY]


@pytest.mark.parametrize("unknown", [None, "green and red", 2])
def test_a_fact_that_is_unknown_or_of_no_known_kind_is_refused(unknown: Any) -> None:
    table = crossing(allow(GO))
    assert table.decide(replace(Crossing(), light=unknown), on=TODAY) == Decision(Outcome.DENY, "no")


@pytest.mark.parametrize("facts", [None, object(), {"light": Light.GREEN}])
def test_what_is_no_facts_at_all_is_refused(facts: Any) -> None:
    assert crossing(allow(GO)).decide(facts, on=TODAY) == Decision(Outcome.DENY, "no")


@pytest.mark.parametrize(
    "conditions",
    [{"lihgt": Light.GREEN}, {"light": "mauve"}, {"light": {Light.GREEN, "mauve"}}, {"looked": "yes"}],
)
def test_a_misspelt_row_does_not_get_past_import(conditions: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="t, go"):
        crossing(allow(GO, **conditions))


def test_a_fact_is_a_bool_or_an_enum() -> None:
    @dataclass(frozen=True)
    class Loose(Facts):
        anything: str = ""

    with pytest.raises(TypeError, match="bool or an enum"):
        Table("t", "", Loose, NO, (allow(GO, anything="x"),))


@pytest.mark.parametrize(
    "dates", [{"valid_from": TODAY}, {"valid_to": TODAY}], ids=["starts later", "ends earlier"]
)
def test_a_requirement_must_hold_as_long_as_what_relies_on_it(dates: dict[str, date]) -> None:
    with pytest.raises(TypeError, match="look is not in force"):
        crossing(require(rule("look", **dates), looked=True), allow(GO, light=Light.GREEN))


def test_a_requirement_need_not_outlive_a_refusal() -> None:
    assert crossing(require(rule("look", valid_to=TODAY), looked=True), deny(STOP)).rows


def test_the_rules_of_a_table_come_once_in_reading_order() -> None:
    table = crossing(allow(GO, light=Light.GREEN), deny(STOP), allow(GO, light=Light.AMBER))
    assert [one.id for one in table.rules()] == ["go", "stop", "no"]


def test_several_locks_are_as_strict_as_the_strictest() -> None:
    yes, dark, no, another_no = (
        Decision(outcome, name)
        for outcome, name in (
            (Outcome.ALLOW, "yes"),
            (Outcome.MASKED, "dark"),
            (Outcome.DENY, "no"),
            (Outcome.DENY, "another no"),
        )
    )
    assert strictest(yes) is yes
    assert strictest(yes, dark) is dark
    assert strictest(dark, yes, no, another_no) is no
