"""Personal numbers: what holds for every number, not only for the examples."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.children import personal_numbers as pn

TODAY = date(2026, 11, 21)
births = st.dates(date(2002, 1, 1), TODAY)
kinds = st.sampled_from([pn.Kind.PERSONAL, pn.Kind.COORDINATION])
numbers = st.builds(
    lambda born, kind, which: list(pn.official_test_numbers(born, kind))[which],
    births,
    kinds,
    st.integers(0, 1),
)


@given(births, kinds)
def test_every_generated_test_number_is_valid_and_official(born, kind):
    for number in pn.official_test_numbers(born, kind):
        assert pn.parse(number.digits12, TODAY) == number
        assert number.birth_date == born
        assert pn.is_official_test_number(number.digits12)


@given(numbers, st.sampled_from(["{0}{1}", "{0}-{1}", " {0} {1} ", "{0}\u2011{1}"]), st.booleans())
def test_every_way_of_writing_leads_back_to_the_same_number(number, pattern, short):
    written = pattern.format(number.digits12[2 if short else 0 : 8], number.digits12[8:])
    assert pn.parse(written, TODAY) == number


@given(numbers)
def test_display_is_read_back(number):
    assert pn.parse(number.display, TODAY) == number


@given(numbers, st.integers(2, 11), st.integers(1, 9))
def test_one_mistyped_digit_is_always_caught(number, place, shift):
    digits = list(number.digits12)
    digits[place] = str((int(digits[place]) + shift) % 10)
    with pytest.raises(pn.PersonalNumberError):
        pn.parse("".join(digits), TODAY)


@given(st.text(max_size=40) | st.from_regex(r"\A[0-9+\- ]{0,16}\Z"))
def test_any_text_gives_a_number_that_reads_back_or_a_fault_with_words(text):
    number, fault = _attempt(text, TODAY)
    if number is None:
        assert fault in pn.MESSAGES
    else:
        assert number.digits12.isascii()
        assert pn.parse(number.digits12, TODAY) == number


@given(st.dates(date(1800, 1, 1), date(2026, 12, 31)), st.dates(date(2000, 1, 1), date(2026, 12, 31)))
def test_a_ten_digit_number_never_names_the_unborn(born, today):
    nine = f"{born:%y%m%d}238"
    for sign in ("-", "+", ""):
        number, _ = _attempt(f"{nine[:6]}{sign}{nine[6:]}{pn.check_digit(nine)}", today)
        if number is None:
            assert (born.month, born.day) == (2, 29)  # the century found has no leap day
            continue
        assert number.birth_date <= today
        assert sign != "+" or today.year - number.birth_date.year >= 100


def _attempt(text, today):
    try:
        return pn.parse(text, today), None
    except pn.PersonalNumberError as error:
        return None, error.fault
