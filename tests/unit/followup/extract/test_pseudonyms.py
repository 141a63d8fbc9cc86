"""Pseudonyms: the same for one key, nothing alike for two, and nothing of the one they stand for."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.followup.extract.rules.pseudonyms import Pseudonyms
from tests.unit.followup.extract.taking import KEY

ONE, OTHER = Pseudonyms(KEY), Pseudonyms(KEY[:-1] + "q")
KEYS = st.uuids()


@given(KEYS)
def test_the_same_one_has_the_same_pseudonym_and_another_key_gives_another(key):
    assert ONE.number("child", key) == Pseudonyms(KEY).number("child", key)
    assert ONE.number("child", key) != OTHER.number("child", key)
    assert ONE.word("unit", key) != OTHER.word("unit", key)


@given(KEYS)
def test_a_child_a_case_and_a_unit_of_the_same_id_have_nothing_in_common(key):
    numbers = {ONE.number(kind, key) for kind in ("child", "case", "mark")}
    assert len(numbers) == 3
    assert ONE.word("unit", key)[1:] != ONE.word("staff", key)[1:]


@given(KEYS)
def test_a_pseudonym_fits_its_column_and_holds_nothing_of_the_id(key):
    number, word = ONE.number("child", key), ONE.word("unit", key)
    assert 0 <= number < 1 << 63
    assert len(word) == 17
    assert word[0] == "u"
    assert word[1:] not in key.hex


@pytest.mark.parametrize("key", ["", "short", "x" * 49])
def test_a_key_that_keeps_nothing_secret_is_refused(key):
    with pytest.raises(ValueError, match="key"):
        Pseudonyms(key)


def test_two_keys_are_told_apart_without_telling_them():
    assert ONE.fingerprint() != OTHER.fingerprint()
    assert ONE.fingerprint() == Pseudonyms(KEY).fingerprint()
    assert KEY not in ONE.fingerprint()
    assert len({ONE.number("child", UUID(int=at)) for at in range(2000)}) == 2000
