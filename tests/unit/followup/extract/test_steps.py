"""The one table of what a happening is counted as: nothing that happens in Kring stands outside it."""

import ast
from datetime import date
from itertools import pairwise

import pytest

from indicators.tables import STEPS, TABLES
from kring.care.record.rules.happenings import EVENT_KINDS, WITHDRAWN
from kring.followup.extract.rules.steps import (
    ELSEWHERE,
    FROM_THE_START,
    LEFT_OUT,
    PLACEMENT,
    SIP,
    STEPS_OF_KRING,
    WITHDRAWALS,
    Step,
    table_on,
)
from kring.portal.staff.words import EVENTS
from tests.architecture import source

MAPPED = {one.kind for one in STEPS_OF_KRING}


def written_in_kring() -> set[str]:
    """Every kind of event that some command writes, as far as it stands as a word in the call."""
    named = {"kind", "event"}
    found = set()
    for path in source.code_files():
        if "demo" in path.parts:
            continue
        for node in ast.walk(source.tree_of(path)):
            if isinstance(node, ast.Call) and called(node) in {
                "record_event",
                "leave_trace",
                "_trace",
                "_note",
            }:
                words = [one.value for one in node.keywords if one.arg in named]
                words += node.args[-1:] if called(node) in {"_trace", "_note"} else []
                told = {one.value for one in words if isinstance(one, ast.Constant) and one.value}
                found |= {word for word in told if "." not in word}  # with a dot it is what the log says
    return found


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def test_every_kind_of_event_is_mapped_or_left_out_on_purpose():
    """A new kind makes this red: say which step it is, or why it is none."""
    kinds = {*EVENTS, *EVENT_KINDS.values(), WITHDRAWN, *written_in_kring()}
    assert len(kinds) > 80
    assert kinds - MAPPED - {*ELSEWHERE} - {*LEFT_OUT} == set()


def test_the_words_in_the_calls_are_found():
    found = written_in_kring()
    assert {
        "sip_summons_sent",
        "plan_established",
        "visit_booked",
        "young_share_started",
        "mood_asked",
    } <= found


def test_no_kind_stands_in_two_places():
    assert not MAPPED & {*ELSEWHERE}
    assert not MAPPED & {*LEFT_OUT}
    assert not {*ELSEWHERE} & {*LEFT_OUT}


def test_each_is_left_out_or_counted_elsewhere_for_a_reason():
    tables = set(TABLES)
    for kind, why in ELSEWHERE.items():
        assert why.split(":")[0] in tables, kind
    assert all(len(why.split()) >= 3 for kind, why in LEFT_OUT.items() if kind not in WITHDRAWALS)
    assert {*WITHDRAWALS} <= {*LEFT_OUT}


def test_every_step_is_one_of_the_schema_s_and_every_one_of_the_schema_s_has_its_event():
    made = {one.step for one in STEPS_OF_KRING} | {one.unless[2] for one in STEPS_OF_KRING if one.unless}
    assert made == set(STEPS)


def test_what_happens_around_a_plan_belongs_to_the_plan():
    sip = {one.kind for one in STEPS_OF_KRING if one.process == SIP}
    assert sip == {
        "sip_need_identified",
        "sip_summons_sent",
        "sip_meeting_held",
        "plan_established",
        "followed_up",
    }
    assert {one.kind for one in STEPS_OF_KRING if one.process == PLACEMENT} == {
        "placement_recorded",
        "health_examined",
    }


@pytest.mark.parametrize(
    ("part", "step"),
    [
        ("whole", "meeting_with_child"),
        ("a_while", "meeting_with_child"),
        ("before", "meeting_with_child"),
        ("picture", "meeting_with_child"),
        ("spokesperson", "meeting_without_child"),
        ("not_at_all", "meeting_without_child"),
        ("", "meeting_without_child"),
    ],
)
def test_a_meeting_is_with_the_child_when_it_was_there_or_had_its_say_itself(part, step):
    held = table_on(date(2026, 11, 16))["sip_meeting_held"]
    assert held.of({"child_took_part": part}) == step


def test_nothing_said_of_the_child_is_a_meeting_without_it():
    assert table_on(date(2026, 11, 16))["sip_meeting_held"].of({}) == "meeting_without_child"


def test_a_change_of_meaning_holds_from_its_day_and_leaves_the_years_before():
    rows = (Step("a", "placed"), Step("a", "health_examined", since=date(2027, 1, 1)), Step("b", "placed"))
    assert table_on(date(2026, 12, 31), rows)["a"].step == "placed"
    assert table_on(date(2027, 1, 1), rows)["a"].step == "health_examined"
    assert table_on(date(2027, 1, 1), rows)["b"].step == "placed"
    assert table_on(date(2011, 12, 31), rows) == {}


def test_no_kind_has_two_rows_from_the_same_day():
    days = sorted((one.kind, one.since) for one in STEPS_OF_KRING)
    assert all(one != other for one, other in pairwise(days))
    assert min(since for _, since in days) == FROM_THE_START
