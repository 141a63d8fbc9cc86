"""What a family is not to learn was read: the list by words and the question to the database say the same."""

from datetime import UTC, datetime

import pytest

from kring.access.policy.extract import ExtractReader
from kring.audit.commands import Act, record
from kring.audit.models import AccessLogRow
from kring.log_review.queries.hidden import SOURCES, hidden_items, hidden_rows, tells_hidden_items
from kring.log_review.rules.hidden import HIDDEN, hidden_beginnings, touches_hidden

GUARDIAN, CHILD, OTHER = ExtractReader.GUARDIAN, ExtractReader.CHILD, ExtractReader.OTHER

CASES = [
    ("plan", GUARDIAN, False),
    ("plan.goal.edit", CHILD, False),
    ("concern.report", GUARDIAN, True),
    ("concern.report", CHILD, True),
    ("child.concern", GUARDIAN, True),
    ("child", GUARDIAN, False),
    ("internal_note.write", GUARDIAN, True),
    ("internal_note.write", CHILD, True),
    ("guardian_access.block", GUARDIAN, True),
    ("guardian_access.block", CHILD, False),
    ("block.set", GUARDIAN, True),
    ("block.set", CHILD, False),
    ("prem.answer", GUARDIAN, True),
    ("prem.answer", CHILD, False),
    ("own.talk_now", GUARDIAN, True),
    ("own.talk_now", CHILD, False),
    ("log_review.watch", GUARDIAN, True),
    ("log_review.watch", CHILD, False),
    ("log_review.start", GUARDIAN, False),
    ("concern.report", OTHER, False),
]


@pytest.mark.parametrize(("what", "reader", "hidden"), CASES)
def test_what_is_hidden_from_whom(what, reader, hidden):
    assert touches_hidden(what, "", reader) is hidden


def test_a_single_item_is_hidden_by_its_key():
    assert touches_hidden("plan", "item-1", GUARDIAN, {"item-1"})
    assert not touches_hidden("plan", "item-2", GUARDIAN, {"item-1"})
    assert not touches_hidden("plan", "", GUARDIAN, {""}), "a row that names nothing is not about an item"


def test_what_care_keeps_to_itself_is_hidden_from_both():
    for word, readers in HIDDEN.items():
        assert GUARDIAN in readers, word
    assert {"concern", "internal_note"} <= set(hidden_beginnings(CHILD))


@pytest.mark.parametrize("reader", list(ExtractReader))
def test_the_database_is_asked_the_same_question(db, reader):
    whats = sorted({what for what, _reader, _hidden in CASES} | {"record.text", "xconcern"})
    keys = ("", "item-1", "item-2")
    at = datetime(2026, 11, 16, tzinfo=UTC)
    record(
        [
            Act(at=at, action="read", person_id=None, rule="r", what=w, object_id=k)
            for w in whats
            for k in keys
        ]
    )
    rows = AccessLogRow.objects.filter(rule="r")
    found = set(rows.filter(hidden_rows(reader, {"item-1"})).values_list("what", "object_id"))
    assert found == {(w, k) for w in whats for k in keys if touches_hidden(w, k, reader, {"item-1"})}


def test_other_packages_tell_of_their_own_items(db):
    tells_hidden_items(lambda actor, child_id: [17, "abc"])
    try:
        assert hidden_items(None, None) == {"17", "abc"}
    finally:
        SOURCES.pop()
    assert hidden_items(None, None) == frozenset().union(*(map(str, one(None, None)) for one in SOURCES))
