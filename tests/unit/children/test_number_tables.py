"""Personal numbers by tables worked out by hand: check digits, centuries, days, words and kinds."""

from dataclasses import FrozenInstanceError
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.children import personal_numbers as pn
from kring.children.models import ChildNumber

TODAY = date(2026, 11, 21)


def read(text: str, today: date = TODAY) -> pn.PersonalNumber:
    return pn.parse(text, today)


def fault(text: str, today: date = TODAY) -> str:
    with pytest.raises(pn.PersonalNumberError) as caught:
        pn.parse(text, today)
    return caught.value.code


def numbered(eight: str, tail: str = "238") -> str:
    """Twelve digits of a date, right at the end."""
    return eight + tail + pn.check_digit((eight + tail)[2:])


# The check digit (Luhn)


@pytest.mark.parametrize(
    ("nine", "digit"),
    [
        # Doubled, then the digits added, then up to the next ten.
        ("000000000", "0"),
        ("000000001", "8"),  # 2
        ("000000005", "9"),  # 10 counts as 1
        ("000000006", "7"),  # 12 counts as 3
        ("000000009", "1"),  # 18 counts as 9
        ("000000010", "9"),  # the second from the right is not doubled
        ("500000000", "9"),
        ("010000000", "9"),
        ("999999999", "9"),  # 5 x 9 + 4 x 9 = 81
        ("170101239", "3"),  # the agency's example
        ("701063239", "1"),  # and its coordination number
        ("121212121", "2"),  # Tolvan Tolvansson
        ("811218987", "6"),
    ],
)
def test_the_check_digit_by_hand(nine, digit):
    assert pn.check_digit(nine) == digit


@given(st.from_regex(r"\A[0-9]{9}\Z"), st.integers(0, 7))
def test_two_neighbours_that_changed_places_are_caught_but_for_nought_and_nine(nine, at):
    one, other = nine[at], nine[at + 1]
    swapped = nine[:at] + other + one + nine[at + 2 :]
    same = one == other or {one, other} == {"0", "9"}
    assert (pn.check_digit(nine) == pn.check_digit(swapped)) == same


@given(st.from_regex(r"\A[0-9]{9}\Z"))
def test_each_nine_digits_have_one_check_digit(nine):
    assert pn.check_digit(nine) in "0123456789"
    assert len(pn.check_digit(nine)) == 1


# Ten digits: which century


@pytest.mark.parametrize(
    ("ten", "today", "year"),
    [
        # A day of 60 is a day not known: not in the future while its month is here.
        ("261160", date(2026, 11, 1), 2026),
        ("261260", date(2026, 11, 30), 1926),
        ("260060", date(2026, 1, 1), 2026),
        ("261161", date(2026, 11, 1), 2026),
        ("261162", date(2026, 11, 1), 1926),
        ("261191", date(2026, 11, 30), 1926),
        # Over the turn of a century.
        ("000101", date(2000, 1, 1), 2000),
        ("000102", date(2000, 1, 1), 1900),
        ("001231", date(2000, 1, 1), 1900),
        ("991231", date(2000, 1, 1), 1999),
        ("991231", date(1999, 12, 31), 1999),
        ("991231", date(1999, 12, 30), 1899),
        # The month decides before the day.
        ("261201", date(2026, 11, 21), 1926),
        ("261031", date(2026, 11, 21), 2026),
        ("261121", date(2026, 11, 21), 2026),
        ("261122", date(2026, 11, 21), 1926),
        # Last year, next year, and a hundred years.
        ("251231", date(2026, 11, 21), 2025),
        ("270101", date(2026, 11, 21), 1927),
    ],
)
@pytest.mark.parametrize("sign", ["-", ""])
def test_a_hyphen_or_nothing_means_the_latest_birth_that_is_not_ahead(ten, today, year, sign):
    digits12 = numbered(f"{year}{ten[2:]}")
    assert read(f"{ten}{sign}{digits12[8:]}", today).digits12 == digits12


@pytest.mark.parametrize(
    ("ten", "today", "year"),
    [
        ("260101", date(2026, 1, 1), 1926),
        ("261231", date(2026, 1, 1), 1926),  # turns a hundred this year
        ("270101", date(2026, 12, 31), 1827),
        ("251231", date(2026, 1, 1), 1925),
        ("000101", date(2026, 1, 1), 1900),
        ("990101", date(2026, 1, 1), 1899),
        ("000101", date(2000, 1, 1), 1900),
        ("991231", date(2000, 1, 1), 1899),
    ],
)
def test_a_plus_means_the_latest_year_of_those_who_turn_a_hundred(ten, today, year):
    digits12 = numbered(f"{year}{ten[2:]}")
    assert read(f"{ten}+{digits12[8:]}", today).digits12 == digits12


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 36_000))
def test_ten_digits_lead_back_to_everybody_under_a_hundred(born, days_later):
    today = min(born + timedelta(days_later), date(born.year + 99, 12, 31))
    digits12 = numbered(f"{born:%Y%m%d}")
    assert read(digits12[2:], today).digits12 == digits12


# Years, months and days


@pytest.mark.parametrize(
    ("year", "told"),
    [("1700", "year"), ("1799", "year"), ("2100", "year"), ("0020", "year"), ("9999", "year")],
)
def test_no_register_holds_such_a_year(year, told):
    assert fault(numbered(f"{year}0312")) == told


@pytest.mark.parametrize("year", ["1800", "1899", "1900", "1999", "2000", "2099"])
def test_three_centuries_are_known(year):
    assert read(numbered(f"{year}0312")).birth_date == date(int(year), 3, 12)


DAYS_OF_MONTHS = [(1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30), (7, 31), (8, 31), (9, 30), (10, 31)]
DAYS_OF_MONTHS += [(11, 30), (12, 31)]


@pytest.mark.parametrize(("month", "last"), DAYS_OF_MONTHS)
def test_a_personal_number_has_a_day_of_the_calendar(month, last):
    for day in (1, last):
        assert read(numbered(f"2015{month:02}{day:02}")).birth_date == date(2015, month, day)
    assert fault(numbered(f"2015{month:02}{last + 1:02}")) == "day"
    assert fault(numbered(f"2015{month:02}00")) == "day"


@pytest.mark.parametrize(
    ("year", "is_leap"),
    [(2000, True), (2004, True), (1900, False), (2100, False), (2026, False), (2024, True)],
)
def test_leap_days_by_the_calendar_s_own_rule(year, is_leap):
    text = numbered(f"{year}0229")
    if year == 2100:
        assert fault(text) == "year"
    elif is_leap:
        assert read(text).birth_date == date(year, 2, 29)
    else:
        assert fault(text) == "day"


@pytest.mark.parametrize("month", range(13))
@pytest.mark.parametrize("day", [60, 61, 88, 90, 91])
def test_a_coordination_number_has_any_month_and_any_day_through_91(month, day):
    number = read(numbered(f"2015{month:02}{day:02}"))
    assert number.kind is pn.Kind.COORDINATION
    known_day = day - 60 if month == 0 or day - 60 <= DAYS_OF_MONTHS[month - 1][1] else 0
    assert number.birth_parts == (2015, month or None, known_day or None)


@pytest.mark.parametrize(
    ("eight", "told"),
    [
        ("20150392", "day"),
        ("20150399", "day"),
        ("20151361", "month"),
        ("20159961", "month"),
        ("20150359", "day"),  # between the two kinds
        ("20150332", "day"),
        ("20150012", "month"),
        ("20151312", "month"),
    ],
)
def test_what_no_number_has(eight, told):
    assert fault(numbered(eight)) == told


@pytest.mark.parametrize(
    ("tail", "told"),
    [("000", "birth_number"), ("001", None), ("999", None), ("238", None), ("980", None)],
)
def test_a_birth_number_is_anything_but_noughts(tail, told):
    text = numbered("20160312", tail)
    assert (fault(text) if told else read(text).digits12) == (told or text)


# Which fault is told first


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # From left to right: year, month, day, birth number, check digit.
        ("21161300-0001", "year"),
        ("20161300-0001", "month"),
        ("20161200-0001", "day"),
        ("20161201-0001", "birth_number"),
        ("20161201-0011", "check_digit"),
        ("", "empty"),
        (" \t\n", "empty"),
        ("\u200b\ufeff", "empty"),
        ("-", "length"),
        ("+", "length"),
        ("--", "length"),
        ("1", "length"),
        ("123456789", "length"),
        ("12345678901", "length"),
        ("1234567890123", "length"),
        ("160312--2381", "sign"),
        ("-1603122381", "sign"),
        ("1603122381-", "sign"),
        ("160312-+2381", "sign"),
        ("20160312238-1", "sign"),
        ("160312/2381", "characters"),
        ("160312.2381", "characters"),
        ("abc", "characters"),
        ("160312-238¹", "characters"),
    ],
)
def test_the_fault_that_a_person_can_mend_first(text, told):
    assert fault(text) == told


@pytest.mark.parametrize("dash", list("-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"))
def test_whatever_dash_a_word_processor_writes(dash):
    assert read(f"20160312{dash}2381").digits12 == "201603122381"


@pytest.mark.parametrize(
    "space", [" ", "\t", "\u00a0", "\u2009", "\u202f", "\u200b", "\u2060", "\ufeff", "\n"]
)
def test_whatever_space_comes_with_it(space):
    assert read(f"{space}2016{space}0312{space}-{space}2381{space}").digits12 == "201603122381"


# Words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("empty", "Skriv ett personnummer, till exempel ÅÅÅÅMMDD-NNNN."),
        ("characters", "Numret innehåller annat än siffror. Skriv bara siffror, till exempel ÅÅÅÅMMDD-NNNN."),
        ("length", "Numret har fel antal siffror. Det ska vara 10 eller 12 siffror. Kontrollera numret."),
        ("sign", "Strecket står på fel plats. Det ska stå före de fyra sista siffrorna."),
        ("year", "Året (de fyra första siffrorna) stämmer inte. Kontrollera numret."),
        ("month", "Månaden (MM) stämmer inte. Kontrollera numret."),
        ("day", "Dagen (DD) stämmer inte. Kontrollera numret."),
        ("birth_number", "De fyra sista siffrorna stämmer inte. Kontrollera numret."),
        ("check_digit", "Kontrollsiffran (sista siffran) stämmer inte. Kontrollera numret."),
        ("kind", "Numret är av en annan sort än den du har valt. Kontrollera numret."),
    ],
)
def test_the_words_of_each_fault(told, words):
    error = pn.PersonalNumberError(pn.Fault(told))
    assert (str(error.message), error.code, str(error)) == (words, told, told)


def test_kinds_are_those_of_the_table_of_numbers():
    assert [kind.value for kind in pn.Kind] == ["personal", "coordination", "reserve", "temporary"]
    assert {kind.value for kind in pn.Kind} | {"external"} == set(ChildNumber.Kind.values)


# `kring calc` (calc.md, suite personnummer)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("201701012393", "personnummer"),
        ("20170101-2393", "personnummer"),
        ("170101-2393", "personnummer"),
        ("170101+2393", "personnummer"),
        ("1701012393", "personnummer"),
        ("19701063-2391", "samordningsnummer"),
        ("701063-2391", "samordningsnummer"),
        ("191500722390", "samordningsnummer"),
        ("191711602399", "samordningsnummer"),
        ("198000602394", "samordningsnummer"),
        ("201701012394", None),
        ("20171301-2393", None),
        ("hej", None),
        ("", None),
    ],
)
def test_what_is_valid_and_by_which_name(text, kind):
    assert pn.describe(text, TODAY) == {"valid": kind is not None, "kind": kind}


# A number as a value


def test_equal_numbers_are_one_and_numbers_come_in_order():
    one, same, other = read("201603122381"), read("160312-2381"), read("201603122399")
    assert one == same
    assert len({one, same, other}) == 2
    assert sorted([other, one]) == [one, other]
    assert one < read(numbered("20160313"))


def test_a_number_is_never_changed_or_added_to():
    number = read("201603122381")
    with pytest.raises(FrozenInstanceError):
        number.digits12 = "201603122399"
    assert not hasattr(number, "__dict__")


@pytest.mark.parametrize(
    ("kind", "text", "stored"),
    [
        (pn.Kind.PERSONAL, "160312-2381", "201603122381"),
        (pn.Kind.COORDINATION, "701063-2391", "197010632391"),
        (pn.Kind.RESERVE, " 8\u00a00312  K07\n", "8 0312 K07"),
        (pn.Kind.TEMPORARY, "T-1", "T-1"),
    ],
)
def test_the_stored_form_of_each_kind(kind, text, stored):
    assert pn.normalise(kind, text, TODAY) == stored
    assert pn.normalise(kind, stored, TODAY) == stored


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (pn.Kind.PERSONAL, "701063-2391", "kind"),
        (pn.Kind.COORDINATION, "160312-2381", "kind"),
        (pn.Kind.PERSONAL, "", "empty"),
        (pn.Kind.PERSONAL, "160312-2382", "check_digit"),
        (pn.Kind.RESERVE, " \u200b ", "empty"),
        (pn.Kind.TEMPORARY, "", "empty"),
    ],
)
def test_what_is_not_of_the_kind_asked_for(kind, text, told):
    with pytest.raises(pn.PersonalNumberError) as caught:
        pn.normalise(kind, text, TODAY)
    assert caught.value.code == told


@pytest.mark.parametrize(
    ("digits", "official"),
    [
        ("200201010239", False),  # 239 in the wrong place
        ("200112312380", False),
        ("200201012370", False),
        ("200201012400", False),
        ("200201612380", True),
        ("202611212389", True),
    ],
)
def test_the_pattern_of_test_numbers(digits, official):
    assert pn.is_official_test_number(digits) is official


@pytest.mark.parametrize(
    ("born", "count"), [(date(2001, 12, 31), 0), (date(2002, 1, 1), 2), (date(2024, 2, 29), 2)]
)
@pytest.mark.parametrize("kind", [pn.Kind.PERSONAL, pn.Kind.COORDINATION])
def test_two_test_numbers_of_each_kind_from_2002_on(born, count, kind):
    found = list(pn.official_test_numbers(born, kind))
    assert [number.digits12[8:11] for number in found] == ["238", "239"][:count]
    assert all((number.kind, number.birth_date) == (kind, born) for number in found)
