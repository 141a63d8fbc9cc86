"""The access log finds any altered, removed or reordered row, and says which."""

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from kring.audit import queries
from kring.audit.commands import CHAINS, Act, record
from kring.audit.models import AccessLogRow, ChainHead
from tests.cast import NOW


def act(**changes) -> Act:
    same = Act(at=NOW, action="read", person_id=uuid4(), rule="8.2.1", what="plan", child_id=uuid4())
    return replace(same, **changes)


@pytest.fixture
def log(db):
    """Ten rows in one chain, written two at a time."""
    ChainHead.objects.create(chain=0)
    for second in range(0, 10, 2):
        record([act(at=NOW + timedelta(seconds=second + n), reason=f"row {second + n}") for n in range(2)])
    return AccessLogRow.objects.order_by("position")


def told() -> list[str]:
    return [str(fault) for fault in queries.faults()]


def change(sql: str, *values: object) -> None:
    """What someone with the database in their hands could do, past every model."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_untouched_log_is_whole(log):
    assert told() == []
    assert [row.position for row in log] == list(range(1, 11))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "something else"),
        ("action", "write"),
        ("outcome", "refused"),
        ("role", "physician"),
        ("rule", "8.3.1"),
        ("purpose", "quality"),
        ("what", "record"),
        ("object_id", "1"),
        ("digest", "0" * 64),
    ],
)
def test_a_changed_word_is_found_at_its_row(log, column, value):
    change(f"update audit_accesslogrow set {column} = %s where position = 4", value)
    assert "chain 0, row 4: altered or moved" in told()


@pytest.mark.parametrize("column", ["person_id", "child_id", "unit_id"])
def test_a_changed_person_child_or_unit_is_found(log, column):
    AccessLogRow.objects.filter(position=7).update(**{column: uuid4()})
    assert told() == ["chain 0, row 7: altered or moved"]


def test_a_time_moved_by_a_microsecond_is_found(log):
    AccessLogRow.objects.filter(position=2).update(at=log[1].at + timedelta(microseconds=1))
    assert told() == ["chain 0, row 2: altered or moved"]


def test_a_removed_row_is_named(log):
    change("delete from audit_accesslogrow where position = 5")
    assert told() == ["chain 0, row 5: removed"]


def test_removed_first_and_last_rows_are_named(log):
    change("delete from audit_accesslogrow where position in (1, 9, 10)")
    assert told() == ["chain 0, row 1: removed", "chain 0, row 9: removed", "chain 0, row 10: removed"]


def test_two_rows_that_changed_places_are_found(log):
    change("update audit_accesslogrow set position = 99 where position = 3")
    change("update audit_accesslogrow set position = 3 where position = 6")
    change("update audit_accesslogrow set position = 6 where position = 99")
    found = told()
    assert "chain 0, row 3: altered or moved" in found
    assert "chain 0, row 6: altered or moved" in found


def test_a_row_copied_into_another_chain_is_found(log):
    ChainHead.objects.create(chain=1, position=1, digest=log[9].digest)
    AccessLogRow.objects.filter(position=10).update(chain=1, position=1)
    assert told() == ["chain 0, row 10: removed", "chain 1, row 1: altered or moved"]


def test_a_row_forged_at_the_end_without_the_key_is_found(log, settings):
    ours, settings.AUDIT_KEY = settings.AUDIT_KEY, "the thief's own"
    record([act()])
    settings.AUDIT_KEY = ours
    assert told() == ["chain 0, row 11: altered or moved"]


def test_a_tail_cut_off_together_with_its_head_is_found_against_a_seal(log, tmp_path):
    seal = tmp_path / "seal.json"
    seal.write_text(json.dumps(queries.seal()))
    change("delete from audit_accesslogrow where position > 8")
    ChainHead.objects.update(position=8, digest=log[7].digest)
    assert told() == []
    assert [str(f) for f in queries.faults_against(seal)] == ["chain 0, row 10: not what the seal says"]


def test_a_seal_still_holds_when_the_log_has_grown(log, tmp_path):
    seal = tmp_path / "seal.json"
    seal.write_text(json.dumps(queries.seal()))
    record([act()])
    assert list(queries.faults_against(seal)) == []


def test_the_log_row_falls_with_the_change_it_tells_of(log):
    class Broken(Exception):
        pass

    with pytest.raises(Broken), transaction.atomic():
        record([act()])
        raise Broken
    assert log.count() == 10
    assert told() == []


def test_rows_are_never_saved_or_deleted_one_by_one(log):
    with pytest.raises(TypeError, match="never changed"):
        log[0].save()
    with pytest.raises(TypeError, match="never deleted"):
        log[0].delete()


def test_two_rows_cannot_have_the_same_place(log):
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessLogRow.objects.filter(position=2).update(position=1)


def test_the_first_writer_of_a_new_database_makes_the_chains(db):
    ChainHead.objects.all().delete()
    record([act()])
    assert ChainHead.objects.count() == CHAINS
    assert told() == []


def test_nothing_to_log_writes_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        record([])


def test_a_long_list_costs_as_many_queries_as_a_short_one(log, django_assert_num_queries):
    for length in (1, 60):
        with django_assert_num_queries(5):  # savepoint, head, rows, head, release
            record([act() for _ in range(length)])


def run(*words: str) -> str:
    out = StringIO()
    call_command("audit", *words, stdout=out)
    return out.getvalue()


def test_the_command_says_that_the_log_is_whole(log):
    assert "whole: 10 rows" in run("verify")


def test_the_command_fails_and_says_which_row(log):
    change("update audit_accesslogrow set reason = '' where position = 4")
    with pytest.raises(CommandError, match="NOT whole: 1 fault"):
        run("verify")


def test_the_command_writes_a_seal_and_checks_against_it(log, tmp_path):
    path = tmp_path / "seal.json"
    assert queries.seal_words(queries.seal()) in run("seal", "--seal", str(path))
    assert "whole" in run("verify", "--seal", str(path))
    change("delete from audit_accesslogrow where position = 10")
    with pytest.raises(CommandError, match="2 fault"):
        run("verify", "--seal", str(path))
