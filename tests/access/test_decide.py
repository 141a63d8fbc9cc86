"""`./kring decide`: the gate's answers as a table, case by case, and what holds whatever is asked."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from kring.access.decide.answer import answered, answers, decide
from kring.access.decide.question import CONTEXT, RESOURCE, SUBJECT, Unreadable, read
from kring.access.decide.words import KINDS, PARTIES
from kring.access.policy.catalogue import rules
from kring.access.policy.routes import Act, Thing
from tests.access.decide_cases import CASES
from tests.access.decide_cases.words import Case


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_answer_is_the_lawyers(case: Case) -> None:
    answer = answered(json.dumps(case.question()))
    assert "error" not in answer, answer
    assert (answer["allow"], answer["reveal"]) == (case.allow, case.reveal), answer


def test_every_answer_names_a_rule_and_says_it() -> None:
    for case in CASES:
        answer = answered(json.dumps(case.question()))
        assert answer["rule"] in rules()
        assert answer["reason"].endswith(".")
        assert answer["id"] == case.says


# Whatever is asked

WORDS = {
    "subject": st.fixed_dictionaries(
        {
            "kind": st.sampled_from(sorted(KINDS)),
            "party": st.sampled_from(sorted(PARTIES)),
            "key": st.sampled_from(["guardian_a", "guardian_b"]),
            "protected_group": st.booleans(),
            "scopes": st.just(["record_entry.read", "plan.read"]),
            "mandate": st.sampled_from(
                [None, {"from": "2026-01-01", "may_read": ["plan"], "may_summon_sip": True}]
            ),
        }
    ),
    "resource": st.fixed_dictionaries(
        {
            "kind": st.sampled_from(sorted(Thing)),
            "owner": st.sampled_from(sorted(PARTIES)),
            "visibility": st.sampled_from(["default", "all", "not_guardian", "not_child_until", "care_only"]),
            "category": st.sampled_from(["general", "violence", "sexual_health", "substance_use"]),
            "state": st.sampled_from(["published", "draft"]),
            "share_to": st.sampled_from([None, *sorted(PARTIES)]),
            "to": st.sampled_from(["child", "guardian_a", "unit_a", None]),
            "names_place": st.booleans(),
        }
    ),
    "context": st.fixed_dictionaries(
        {
            "child": st.fixed_dictionaries(
                {
                    "born": st.dates(read({"action": "read"}).today.replace(year=2004)).map(str),
                    "protected": st.sampled_from(["none", "flag", "registration"]),
                    "placed": st.sampled_from(["no", "voluntary", "care_order"]),
                    "ability": st.sampled_from(["normal", "temporary_lack", "lasting_lack"]),
                    "mature_for_record": st.sampled_from([None, "2026-01-01"]),
                }
            ),
            "relation": st.booleans(),
            "need": st.sampled_from(["care", "other_work", "none"]),
            "active_choice": st.booleans(),
            "block": st.sampled_from([None, {"kind": "inner"}, {"kind": "outer"}]),
            "emergency": st.sampled_from([None, {}, {"revealed": True}]),
            "consents": st.sampled_from([{}, {"guardian_a": {}}, {"guardian_a": {}, "guardian_b": {}}]),
            "channel": st.sampled_from(["e_service", "oral", "paper"]),
            "harm_test": st.sampled_from(["not_done", "passed", "failed"]),
        }
    ),
}
ANYTHING = st.fixed_dictionaries({"action": st.sampled_from(sorted(Act)), **WORDS})


def with_subject(question: dict[str, Any], **subject: Any) -> dict[str, Any]:
    return {**question, "subject": {**question["subject"], **subject}}


@given(ANYTHING)
def test_any_question_of_the_vocabulary_is_answered(question: dict[str, Any]) -> None:
    assert decide(read(question)).rule_id in rules()


@given(ANYTHING)
def test_a_refused_guardian_never_learns_that_something_exists(question: dict[str, Any]) -> None:
    for kind in ("guardian", "child", "parent_no_custody", "foster_parent", "other_child", "public"):
        answer = decide(read(with_subject(question, kind=kind)))
        assert answer.reveal.value == "nothing"


@given(ANYTHING)
def test_a_protected_child_is_nowhere_outside_its_group(question: dict[str, Any]) -> None:
    child = {**question["context"]["child"], "protected": "flag"}
    hidden = {**question, "context": {**question["context"], "child": child}}
    about = hidden["resource"]["kind"] not in {"access_log", *PROGRAMME_THINGS}
    if about and hidden["action"] in {
        "read",
        "list",
        "search",
        "print",
        "export",
        "write",
        "share",
        "emergency_open",
    }:
        answer = decide(read(with_subject(hidden, kind="staff", protected_group=False)))
        assert not answer.opens
        assert answer.reveal.value == "nothing"


PROGRAMME_THINGS = {
    "indicator", "small_cell", "pseudonymised_row", "pilot", "decision", "council_opinion", "council_member",
    "newsletter", "newsletter_subscribers",
}  # fmt: skip


@given(ANYTHING)
def test_no_guardian_ever_blocks_or_lifts(question: dict[str, Any]) -> None:
    for act in ("block", "lift_block"):
        assert not decide(read(with_subject({**question, "action": act}, kind="guardian"))).opens


@given(ANYTHING)
def test_the_programme_never_reaches_a_child(question: dict[str, Any]) -> None:
    if question["resource"]["kind"] in PROGRAMME_THINGS:
        return
    for kind in ("analyst", "process_leader", "steering_group", "council_contact"):
        assert not decide(read(with_subject(question, kind=kind))).opens


# What cannot be read


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("x", "inte JSON"),
        ("[]", "ska vara ett objekt"),
        ('{"id": 1}', "action"),
        ('{"action": "dance"}', "'dance'"),
        ('{"action": "read", "subject": {"kind": "wizard"}}', "'wizard'"),
        ('{"action": "read", "subject": {"party": "moon"}}', "'moon'"),
        ('{"action": "read", "subject": []}', "subject ska vara"),
        ('{"action": "read", "subject": {"knd": "staff"}}', "okänt fält knd"),
        ('{"action": "read", "resource": {"kind": "soul"}}', "'soul'"),
        ('{"action": "read", "resource": {"documented_at": "soon"}, "context": {"block": {}}}', "'soon'"),
        ('{"action": "read", "context": {"at": 7}}', "context.at"),
        ('{"action": "read", "context": {"guardians": {"uncle": {}}}}', "uncle"),
        ('{"action": "read", "context": {"need": "curiosity"}}', "curiosity"),
        ('{"action": "read", "context": {"child": {"protected": "maybe"}}}', "maybe"),
        (
            '{"action": "read", "context": {"child": {"born": null}}, "resource": {"owner": "private_svod"}}',
            "datum saknas",
        ),
        ('{"action": "read", "subject": {"kind": ["staff"]}}', "inte ett känt ord"),
        ('{"action": ["read"]}', "action"),
    ],
)
def test_a_line_that_cannot_be_read_is_answered_in_words(line: str, says: str) -> None:
    answer = answered(line)
    assert set(answer) == {"id", "error"}
    assert says in answer["error"]


def test_a_bad_line_stops_nothing_and_an_empty_one_is_no_question() -> None:
    found = list(answers(["x", "", "  \n", '{"id": 2, "action": "read"}']))
    assert [one["id"] for one in found] == [None, 2]
    assert found[1]["allow"] is True


@pytest.mark.parametrize("name", sorted({*SUBJECT, *RESOURCE, *CONTEXT}))
@pytest.mark.parametrize("value", [None, 7, "?", [], {}, [7]])
def test_a_value_of_the_wrong_kind_is_answered(name: str, value: Any) -> None:
    """Answered or told in words; never broken off, and the line's id is kept."""
    part = next(at for at, names in PLACES.items() if name in names)
    for action in ("read", "share", "block", "send_notification"):
        answer = answered(json.dumps({"id": 1, "action": action, part: {name: value}}))
        assert answer["id"] == 1


PLACES = {"subject": SUBJECT, "resource": RESOURCE, "context": CONTEXT}


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert "id" in answered(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda some: (
            st.lists(some, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "action", "subject", "resource", "context", "kind", "at"]),
                some,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_breaks_it(given_json: Any) -> None:
    assert "id" in answered(json.dumps(given_json))


def test_defaults_are_those_of_the_vocabulary() -> None:
    question = read({"action": "read"})
    assert {**question.subject} == dict(SUBJECT)
    assert {**question.resource} == dict(RESOURCE)
    assert set(question.context) == set(CONTEXT)


def test_filling_in_one_question_leaves_the_next_alone() -> None:
    first = read({"action": "read"})
    first.context["consents"]["child"] = {}
    first.subject["scopes"].append("everything")
    assert read({"action": "read"}).context["consents"] == {}
    assert read({"action": "read"}).subject["scopes"] == []


def test_a_question_with_an_unreadable_time_is_refused() -> None:
    with pytest.raises(Unreadable, match="går inte att läsa som en tid"):
        _ = read({"action": "read", "context": {"at": "yesterday"}}).now


def test_the_command_reads_a_file(tmp_path: Any) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": 1, "action": "read"}\n{"id": 2, "action": "block"}\n', encoding="utf-8")
    out = io.StringIO()
    call_command("decide", str(path), stdout=out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(one["id"], one["allow"]) for one in told] == [(1, True), (2, False)]
    assert list(told[0]) == ["id", "allow", "reveal", "reason", "rule"]


def test_the_command_reads_what_is_piped_in(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.TextIOWrapper(io.BytesIO('{"id": "å", "action": "read"}\n'.encode()))
    monkeypatch.setattr("sys.stdin", piped)
    out = io.StringIO()
    call_command("decide", stdout=out)
    assert json.loads(out.getvalue())["id"] == "å"
