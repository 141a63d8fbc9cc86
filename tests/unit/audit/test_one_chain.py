"""One chain of the access log, without a database: whatever is done to its rows is found, and where."""

from dataclasses import FrozenInstanceError, dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.audit.chain import BOUND_FIELDS, Fault, content_of, digest_of, faults_in
from kring.audit.commands import CHAINS

KEY = b"k" * 50
BEGUN = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
SOMEBODY = UUID("00000000-0000-4000-8000-000000000001")
chains = st.integers(0, CHAINS - 1)


@dataclass(frozen=True)
class Row:
    """As much of a row as the chain looks at."""

    chain: int
    position: int
    at: datetime
    action: str = "read"
    outcome: str = "allowed"
    person_id: UUID | None = SOMEBODY
    role: str = "coordinator"
    unit_id: UUID | None = None
    child_id: UUID | None = SOMEBODY
    rule: str = "8.2.1"
    purpose: str = "care"
    what: str = "plan"
    object_id: str = ""
    reason: str = ""
    digest: str = ""


def bound(row: Row, previous: str) -> Row:
    return replace(row, digest=digest_of(KEY, previous, row.chain, row.position, content_of(row)))


def chain_of(length: int, chain: int = 0) -> list[Row]:
    """So many rows as they were written, one a second."""
    rows: list[Row] = []
    for position in range(1, length + 1):
        row = Row(chain, position, BEGUN + timedelta(seconds=position), object_id=str(position))
        rows.append(bound(row, rows[-1].digest if rows else ""))
    return rows


def head_of(rows: list[Row]) -> tuple[int, str]:
    return (rows[-1].position, rows[-1].digest) if rows else (0, "")


def told(rows: list[Row], head: tuple[int, str], chain: int = 0) -> list[str]:
    return [str(fault).removeprefix(f"chain {chain}, ") for fault in faults_in(KEY, chain, rows, head)]


WHOLE = chain_of(6)
HEAD = head_of(WHOLE)


# What was written is found whole


@given(chains, st.integers(0, 20))
def test_an_untouched_chain_has_no_fault(chain, length):
    rows = chain_of(length, chain)
    assert told(rows, head_of(rows), chain) == []


def test_a_chain_that_nothing_was_written_to_is_whole():
    assert told([], (0, "")) == []


# What was done to it is found, and where


ALTERED, REMOVED = "altered or moved", "removed"


@pytest.mark.parametrize(
    ("what", "rows", "head", "faults"),
    [
        ("the first row is gone", WHOLE[1:], HEAD, ["row 1: removed"]),
        ("one in the middle is gone", WHOLE[:2] + WHOLE[3:], HEAD, ["row 3: removed"]),
        ("two together are gone", WHOLE[:2] + WHOLE[4:], HEAD, ["row 3: removed", "row 4: removed"]),
        ("two apart are gone", [WHOLE[i] for i in (0, 2, 3, 5)], HEAD, ["row 2: removed", "row 5: removed"]),
        ("the last row is gone", WHOLE[:-1], HEAD, ["row 6: removed"]),
        ("the tail is gone", WHOLE[:3], HEAD, [f"row {n}: removed" for n in (4, 5, 6)]),
        ("everything is gone", [], HEAD, [f"row {n}: removed" for n in range(1, 7)]),
        ("first and last are gone", WHOLE[1:-1], HEAD, ["row 1: removed", "row 6: removed"]),
        ("only the last is left", WHOLE[-1:], HEAD, [f"row {n}: removed" for n in range(1, 6)]),
    ],
)
def test_every_removed_row_is_named_and_no_other(what, rows, head, faults):
    assert told(rows, head) == faults, what


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize(
    "change",
    [
        {"at": BEGUN - timedelta(microseconds=1)},
        {"action": "write"},
        {"outcome": "refused"},
        {"person_id": None},
        {"person_id": UUID(int=2)},
        {"role": ""},
        {"unit_id": SOMEBODY},
        {"child_id": UUID(int=2)},
        {"rule": "8.2.2"},
        {"purpose": "quality"},
        {"what": "record"},
        {"object_id": "annat"},
        {"reason": "x"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_one_changed_cell_is_found_at_its_row_alone(place, change):
    rows = [*WHOLE]
    rows[place] = replace(rows[place], **change)
    assert told(rows, HEAD) == [f"row {place + 1}: {ALTERED}"]


def test_the_table_above_changes_every_cell_that_is_bound():
    changed = {"at", "action", "outcome", "person_id", "role", "unit_id", "child_id"}
    changed |= {"rule", "purpose", "what", "object_id", "reason"}
    assert set(BOUND_FIELDS) == changed


@pytest.mark.parametrize("place", range(6))
def test_a_forged_digest_is_found_and_so_is_the_row_that_it_breaks(place):
    rows = [*WHOLE]
    rows[place] = replace(rows[place], digest="0" * 64)
    # The next row no longer fits, or for the last row the head.
    broken = min(place + 2, 6)
    assert told(rows, HEAD) == [f"row {place + 1}: {ALTERED}", f"row {broken}: {ALTERED}"]


@pytest.mark.parametrize("place", range(5))
def test_a_row_bound_anew_without_its_followers_is_found(place):
    """Somebody with the key, and without the patience to bind every later row again."""
    rows = [*WHOLE]
    before = rows[place - 1].digest if place else ""
    rows[place] = bound(replace(rows[place], what="record"), before)
    assert told(rows, HEAD) == [f"row {place + 2}: {ALTERED}"]


def test_the_last_row_bound_anew_does_not_fit_the_head():
    rows = [*WHOLE[:-1], bound(replace(WHOLE[-1], what="record"), WHOLE[-2].digest)]
    assert told(rows, HEAD) == [f"row 6: {ALTERED}"]


@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 4), (4, 5), (0, 5)])
def test_two_rows_that_changed_places_are_found(one, other):
    rows = [*WHOLE]
    rows[one] = replace(WHOLE[other], position=one + 1)
    rows[other] = replace(WHOLE[one], position=other + 1)
    found = told(rows, HEAD)
    assert {f"row {one + 1}: {ALTERED}", f"row {other + 1}: {ALTERED}"} <= set(found)


@pytest.mark.parametrize("place", range(1, 7))
def test_a_row_slipped_in_shows_even_when_the_others_make_room(place):
    """All later rows move one step; the copied row has no place of its own to hide in."""
    made_room = [replace(row, position=row.position + 1) for row in WHOLE[place - 1 :]]
    rows = [*WHOLE[: place - 1], replace(WHOLE[place - 1], what="record"), *made_room]
    assert f"row {place}: {ALTERED}" in told(rows, (7, HEAD[1]))


@pytest.mark.parametrize("position", [7, 8, 20])
def test_a_row_beyond_the_head_is_judged_like_any_other(position):
    forged = Row(0, position, BEGUN, digest="0" * 64)
    assert told([*WHOLE, forged], HEAD) != []


@pytest.mark.parametrize("head", [(6, "0" * 64), (6, ""), (5, WHOLE[4].digest), (7, HEAD[1])])
def test_a_head_that_was_set_back_or_forged_is_found_but_for_rows_written_since(head):
    """A head behind its rows is what another writer's unfinished moment looks like; rows ahead of it fit."""
    found = told(WHOLE, head)
    assert bool(found) == (head[0] >= 6)


def test_a_whole_chain_in_another_chains_name_is_found():
    rows = [replace(row, chain=1) for row in WHOLE]
    assert told(rows, HEAD, chain=1)[0] == f"row 1: {ALTERED}"


def test_after_a_gap_the_rows_are_judged_again():
    rows = [WHOLE[0], WHOLE[2], replace(WHOLE[3], reason="x"), *WHOLE[4:]]
    assert told(rows, HEAD) == ["row 2: removed", f"row 4: {ALTERED}"]


def test_another_key_fits_no_row():
    assert len(list(faults_in(b"another", 0, WHOLE, HEAD))) == len(WHOLE)


@given(st.data(), chains, st.integers(2, 15))
def test_whatever_subset_is_removed_is_what_is_told(data, chain, length):
    rows = chain_of(length, chain)
    gone = data.draw(st.sets(st.sampled_from(range(1, length + 1)), min_size=1))
    left = [row for row in rows if row.position not in gone]
    found = list(faults_in(KEY, chain, left, head_of(rows)))
    assert found == [Fault(chain, position, REMOVED) for position in sorted(gone)]


@given(st.data(), chains, st.integers(1, 15))
def test_whatever_row_is_altered_is_the_one_told(data, chain, length):
    rows = chain_of(length, chain)
    place = data.draw(st.integers(0, length - 1))
    rows[place] = replace(rows[place], reason=data.draw(st.text(min_size=1, max_size=20)))
    assert list(faults_in(KEY, chain, rows, head_of(rows))) == [Fault(chain, place + 1, ALTERED)]


# The digest


def test_the_digest_is_hmac_sha256_over_the_digest_before_the_place_and_the_words():
    """Worked out apart from the code: `printf '["", 0, 1, {"a": "ö"}]' | openssl dgst -sha256 -hmac key`."""
    expected = "970335b059c9b35d0fedbf592785b80ac7c0e5f18a4017163c43573b2c59c375"
    assert digest_of(b"key", "", 0, 1, {"a": "ö"}) == expected


@pytest.mark.parametrize(
    "other",
    [
        (b"other", "p", 1, 2, {"a": "b"}),
        (KEY, "q", 1, 2, {"a": "b"}),
        (KEY, "p", 0, 2, {"a": "b"}),
        (KEY, "p", 1, 3, {"a": "b"}),
        (KEY, "p", 2, 1, {"a": "b"}),
        (KEY, "p", 1, 2, {"a": "c"}),
        (KEY, "p", 1, 2, {"c": "b"}),
        (KEY, "p", 1, 2, {"a": "b", "c": ""}),
        (KEY, "p", 12, 0, {"a": "b"}),
    ],
)
def test_everything_that_is_bound_changes_the_digest(other):
    assert digest_of(*other) != digest_of(KEY, "p", 1, 2, {"a": "b"})


def test_the_order_in_which_words_come_changes_nothing():
    assert digest_of(KEY, "", 0, 1, {"a": "1", "b": "2"}) == digest_of(KEY, "", 0, 1, {"b": "2", "a": "1"})


def test_words_that_run_into_each_other_are_told_apart():
    one = replace(WHOLE[0], role="ab", rule="c")
    assert content_of(one) != content_of(replace(one, role="a", rule="bc"))
    assert bound(one, "").digest != bound(replace(one, role="a", rule="bc"), "").digest


def test_a_moment_is_bound_to_the_microsecond_whatever_zone_it_is_read_in():
    elsewhere = replace(WHOLE[0], at=WHOLE[0].at.astimezone(timezone(timedelta(hours=2))))
    assert content_of(elsewhere) == content_of(WHOLE[0])
    assert content_of(WHOLE[0])["at"] == "1794819601.000000"
    later = replace(WHOLE[0], at=WHOLE[0].at + timedelta(microseconds=1))
    assert content_of(later)["at"] == "1794819601.000001"


def test_what_is_not_known_is_bound_as_nothing():
    content = content_of(WHOLE[0])
    assert content["unit_id"] == ""
    assert content["person_id"] == str(SOMEBODY)
    assert set(content) == set(BOUND_FIELDS)


def test_a_fault_is_told_in_words_and_never_changed():
    with pytest.raises(FrozenInstanceError):
        Fault(3, 17, REMOVED).kind = ALTERED
    assert str(Fault(3, 17, REMOVED)) == "chain 3, row 17: removed"
