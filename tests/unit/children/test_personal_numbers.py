"""What a person may type where a number is asked for, and which group the answer points at."""

from datetime import date

import pytest

from kring.children import personal_numbers as pn

TODAY = date(2026, 11, 21)


# Ways of writing


@pytest.mark.parametrize(
    "text",
    [
        "201603122381",
        "20160312-2381",
        "160312-2381",
        "1603122381",
        " 20160312 2381 ",
        "20160312\u20132381",  # an en dash, from a word processor
        "2016\u00a00312-2381",  # a no-break space, from a PDF
    ],
)
def test_the_same_child_is_found_however_the_number_is_written(text):
    number = pn.parse(text, TODAY)
    assert number.digits12 == "201603122381"
    assert number.display == "20160312-2381"
    assert number.kind is pn.Kind.PERSONAL


def test_the_agencys_documented_examples_are_valid():
    personal = pn.parse("201701012393", TODAY)
    assert (personal.kind, personal.birth_date) == (pn.Kind.PERSONAL, date(2017, 1, 1))
    coordination = pn.parse("701063-2391", TODAY)
    assert (coordination.kind, coordination.birth_date) == (pn.Kind.COORDINATION, date(1970, 10, 3))
    assert coordination.display == "19701063-2391"


# Coordination numbers: birth dates that nobody could verify


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("191401682396", (1914, 1, 8)),
        ("191500722390", (1915, None, 12)),  # month not known
        ("191711602399", (1917, 11, None)),  # day not known
        ("198000602394", (1980, None, None)),  # neither
        ("192004912388", (1920, 4, None)),  # the 31st of April: issued, but no such day
        ("193002902397", (1930, 2, None)),
    ],
)
def test_every_officially_issued_coordination_number_is_valid(text, parts):
    number = pn.parse(text, TODAY)
    assert number.kind is pn.Kind.COORDINATION
    assert number.birth_parts == parts
    assert (number.birth_date is None) == (None in parts)


def test_a_partly_unknown_birth_date_keeps_its_century_in_the_short_form():
    assert pn.parse("800060-2394", TODAY).digits12 == "198000602394"
    assert pn.parse("150072+2390", TODAY).digits12 == "191500722390"


# The century of ten digits


@pytest.mark.parametrize(
    ("text", "today", "year"),
    [
        ("260131-2388", date(2026, 1, 31), 2026),  # born today
        ("260131-2388", date(2026, 1, 30), 1926),  # tomorrow's child does not exist yet
        ("170101-2393", TODAY, 2017),
        ("170101+2393", TODAY, 1917),
        ("170101+2393", date(2016, 12, 31), 1817),  # in 2016 nobody born in 1917 was a hundred
        ("170101+2393", date(2017, 1, 1), 1917),  # the plus comes with the year, not the birthday
        ("260161-2381", date(2026, 1, 15), 2026),  # a coordination day of 61 is the first, not the future
    ],
)
def test_ten_digits_get_the_century_of_the_latest_possible_birth(text, today, year):
    assert pn.parse(text, today).birth_parts[0] == year


def test_twelve_digits_say_the_century_themselves():
    assert pn.parse("191701012393", TODAY).birth_date == date(1917, 1, 1)
    # The agency's series of a year is published before the year is over.
    assert pn.parse("202612312385", TODAY).birth_date == date(2026, 12, 31)


def test_a_leap_day_needs_a_leap_year():
    assert pn.parse("20040229-2387", TODAY).birth_date == date(2004, 2, 29)
    with pytest.raises(pn.PersonalNumberError) as caught:
        pn.parse("20050229-2386", TODAY)
    assert caught.value.fault is pn.Fault.DAY


# What is wrong, told so that it can be put right


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("2031011223", "month"),  # twelve digits with two missing look like ten
        ("20160312-238", "length"),
        ("20160312-23815", "length"),
        ("0312-2381", "length"),
        ("20160312-238X", "characters"),
        ("2016O312-2381", "characters"),  # the letter O
        ("٢٠١٦٠٣١٢٢٣٨١", "characters"),  # registers hold only the digits 0-9
        ("2016-03122381", "sign"),
        ("16-0312-2381", "sign"),
        ("21160312-2381", "year"),
        ("16556601-6399", "year"),  # a company's number
        ("20161312-2381", "month"),
        ("20160012-2381", "month"),
        ("20160332-2384", "day"),
        ("20160300-2384", "day"),
        ("20160392-2384", "day"),  # a coordination day ends at 91
        ("20161361-2384", "month"),
        ("20160312-0004", "birth_number"),
        ("20160312-2385", "check_digit"),
    ],
)
def test_the_error_names_the_group_that_seems_wrong(text, fault):
    with pytest.raises(pn.PersonalNumberError) as caught:
        pn.parse(text, TODAY)
    assert caught.value.code == fault


def test_the_words_tell_the_fix_and_never_repeat_the_number():
    with pytest.raises(pn.PersonalNumberError) as caught:
        pn.parse("20160312-2385", TODAY)
    assert str(caught.value.message) == ("Kontrollsiffran (sista siffran) stämmer inte. Kontrollera numret.")
    assert "2385" not in str(caught.value)
    assert "2385" not in repr(caught.value)


def test_every_fault_has_words_and_none_uses_a_forbidden_one():
    assert set(pn.MESSAGES) == set(pn.Fault)
    for message in pn.MESSAGES.values():
        assert not {"ogiltig", "felaktig", "vänligen", "tyvärr"} & set(str(message).lower().split())


def test_a_number_in_a_traceback_shows_nothing_of_the_person():
    number = pn.parse("20160312-2381", TODAY)
    for text in (repr(number), str(number), f"{number}"):
        assert "2381" not in text
        assert "0312" not in text


# Kinds


def test_a_number_typed_under_the_wrong_kind_is_refused():
    assert pn.normalise(pn.Kind.PERSONAL, "160312-2381", TODAY) == "201603122381"
    with pytest.raises(pn.PersonalNumberError) as caught:
        pn.normalise(pn.Kind.COORDINATION, "160312-2381", TODAY)
    assert caught.value.fault is pn.Fault.KIND


@pytest.mark.parametrize("kind", [pn.Kind.RESERVE, pn.Kind.TEMPORARY])
def test_reserve_and_temporary_ids_keep_their_own_pattern(kind):
    assert pn.normalise(kind, "  SU 20260312\u00a0K-07 ", TODAY) == "SU 20260312 K-07"
    with pytest.raises(pn.PersonalNumberError) as caught:
        pn.normalise(kind, "\t", TODAY)
    assert caught.value.fault is pn.Fault.EMPTY


def test_calc_answers_with_the_legal_names():
    assert pn.describe("201701012393", TODAY) == {"valid": True, "kind": "personnummer"}
    assert pn.describe("701063-2391", TODAY) == {"valid": True, "kind": "samordningsnummer"}
    assert pn.describe("701063-2392", TODAY) == {"valid": False, "kind": None}


# The test series


@pytest.mark.parametrize(
    ("digits", "official"),
    [
        ("201701012393", True),
        ("200201012382", True),
        ("200112312387", False),  # before 2002 other people share the birth numbers
        ("201701612390", True),  # coordination numbers likewise
        ("20170101" + "2377", False),
        ("19121212" + "1212", False),  # Tolvan Tolvansson is a habit, not official
    ],
)
def test_only_numbers_that_can_belong_to_nobody_are_official_test_numbers(digits, official):
    assert pn.is_official_test_number(digits) is official


def test_each_date_has_two_test_numbers_of_each_kind():
    day = date(2017, 1, 1)
    assert [n.digits12 for n in pn.official_test_numbers(day)] == ["201701012385", "201701012393"]
    assert [n.digits12[6:11] for n in pn.official_test_numbers(day, pn.Kind.COORDINATION)] == [
        "61238",
        "61239",
    ]
    assert list(pn.official_test_numbers(date(2001, 12, 31))) == []
