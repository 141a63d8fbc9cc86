"""Nobody is found from a pseudonym, and the same one is the same next time."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.fhir.pseudonyms import LEAST, Pseudonyms, WeakSecretError, apart, same_number
from tests.unit.indicators.fhir.exports import SECRET

OURS, THEIRS = Pseudonyms(SECRET), Pseudonyms(SECRET[::-1])


@given(st.text(min_size=1))
def test_it_is_the_first_bits_of_a_keyed_hash(identity: str) -> None:
    whole = hmac.new(SECRET.encode(), f"child:{identity}".encode(), hashlib.sha256).hexdigest()
    assert OURS.child(identity) == int(whole[:16], 16) // 2 < 2**63
    assert OURS.child(identity) != THEIRS.child(identity)
    assert identity == "s" or OURS.staff(identity) != f"s{whole[:16]}"  # a child and a nurse are never alike


@pytest.mark.parametrize("length", [0, 1, LEAST - 1])
def test_a_short_secret_is_refused_in_words(length: int) -> None:
    with pytest.raises(WeakSecretError, match="minst 32 tecken"):
        Pseudonyms("x" * length)


@pytest.mark.parametrize(
    ("unit", "is_hidden"),
    [
        ("197503042380", True),
        ("750304-2380", True),
        ("19750364-2380", True),  # a coordination number
        ("SE750304-2380-001", True),
        ("5560125790", False),  # organisations have at least 20 for a month
        ("232100-0131", False),
        ("SE2321000131-E000000000123", False),
        ("bup-boras", False),
    ],
)
def test_a_unit_that_could_be_a_person_is_hidden(unit: str, is_hidden: bool) -> None:
    assert (OURS.unit(unit) != unit) is is_hidden
    assert OURS.unit(unit) == OURS.unit(unit)


@pytest.mark.parametrize(
    ("text", "same"),
    [("20120304-2383", "201203042383"), (" 20120304 2383 ", "201203042383"), ("a-1", "a-1"), ("٣", "٣")],
)
def test_a_number_however_it_is_written(text: str, same: str) -> None:
    assert same_number(text) == same


def test_two_children_never_share_one() -> None:
    apart([1, 2, 3])
    with pytest.raises(ArithmeticError, match="another secret"):
        apart([1, 2, 1])
