"""Who a Patient says the child is: the number that holds, the name in use, the day, and the protection."""

from datetime import date
from types import SimpleNamespace as Row

import pytest

from kring.care.record.rules.faults import Fault
from kring.care.record.rules.identity import NUMBER
from kring.care.record.rules.moments import Day
from kring.care.record.rules.patients import NotAChild, described, differences, number_of
from tests.fhir.deliveries import COORDINATION, PERSONAL

TODAY = date(2026, 11, 16)
RESERVE = "http://electronichealth.se/identifier/nationelltReservnummer"
TEMPORARY = "http://electronichealth.se/identifier/LMA-nummer"


def who(**fields):
    whole = {"resourceType": "Patient", "birthDate": "2017-01-01"} | fields
    return described({name: value for name, value in whole.items() if value is not None}, TODAY)


def refused(**fields):
    with pytest.raises(NotAChild) as error:
        who(**fields)
    return error.value


def identifier(value, system=PERSONAL, **more):
    return {"system": system, "value": value} | more


# Numbers


@pytest.mark.parametrize(
    ("system", "value", "number"),
    [
        (PERSONAL, "170101-2393", ("personal", "", "201701012393")),
        ("urn:oid:1.2.752.129.2.1.3.1", "20170101-2393", ("personal", "", "201701012393")),
        (COORDINATION, "170161-2390", ("coordination", "", "201701612390")),
        # Which of the two kinds it is, the number says and not the sender.
        (COORDINATION, "170101-2393", ("personal", "", "201701012393")),
        (RESERVE, "99AB-0001", ("reserve", RESERVE, "99AB-0001")),
        (TEMPORARY, "50-1", ("temporary", TEMPORARY, "50-1")),
        ("urn:oid:1.2.3", "170101-2393", ("external", "urn:oid:1.2.3", "170101-2393")),
        ("", "mrn-1", ("external", "", "mrn-1")),
    ],
)
def test_each_number_is_of_its_kind(system, value, number):
    assert who(identifier=[identifier(value, system)]).numbers == (number,)


def test_the_coordination_number_of_these_tests_holds():
    assert number_of(COORDINATION, "201701612390", TODAY)[0] == "coordination"


@pytest.mark.parametrize("value", ["170101-2394", "201713012393", "Alva Berg", "1701012"])
@pytest.mark.parametrize("system", [PERSONAL, COORDINATION])
def test_a_number_that_does_not_hold_keeps_the_child_out_and_says_what(system, value):
    error = refused(identifier=[identifier(value, system)])
    assert error.fault == Fault.PERSONAL_NUMBER
    assert error.what.endswith(".")
    assert value not in error.what, "those who read it may not see the child"


def test_the_same_number_twice_is_one_and_an_old_one_is_none():
    same = [identifier("170101-2393"), identifier("201701012393")]
    assert len(who(identifier=same).numbers) == 1
    assert who(identifier=[identifier("170101-2393", use="old")]).numbers == ()


@pytest.mark.parametrize(("length", "kept"), [(64, 1), (65, 0)])
def test_a_number_too_long_to_be_one_is_left_out(length, kept):
    assert len(who(identifier=[identifier("7" * length, "urn:oid:1.2.3")]).numbers) == kept


# Birth


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("2017-01-01", Day(date(2017, 1, 1), "day")),
        ("2017-02", Day(date(2017, 2, 28), "month")),
        ("2017", Day(date(2017, 12, 31), "year")),
        ("2026-11-16", Day(TODAY, "day")),
        # «This month» and «this year» are not the future, though their last day is.
        ("2026-11", Day(TODAY, "month")),
        ("2026", Day(TODAY, "year")),
        ("2026-10", Day(date(2026, 10, 31), "month")),
        ("1876-01-01", Day(date(1876, 1, 1), "day")),
    ],
)
def test_a_birth_date_as_exactly_as_it_is_known(text, born):
    assert who(birthDate=text).born == born


@pytest.mark.parametrize("text", ["2026-11-17", "2027", "1875", "0001-01-01", "x", "", 2017, [], "2017-13"])
def test_a_birth_date_that_cannot_be_one_keeps_the_child_out(text):
    assert refused(birthDate=text).fault == Fault.BIRTH_DATE


@pytest.mark.parametrize(
    ("numbers", "born"),
    [
        ([identifier("170101-2393")], Day(date(2017, 1, 1), "day")),
        ([identifier("170161-2390", COORDINATION)], Day(date(2017, 1, 1), "day")),
        ([identifier("mrn", "urn:oid:1.2.3"), identifier("170101-2393")], Day(date(2017, 1, 1), "day")),
    ],
)
def test_a_missing_birth_date_is_read_out_of_the_number(numbers, born):
    assert who(birthDate=None, identifier=numbers).born == born


@pytest.mark.parametrize("numbers", [[], [identifier("mrn", "urn:oid:1.2.3")], [identifier("99AB", RESERVE)]])
def test_without_date_and_number_nobody_is_born(numbers):
    assert refused(birthDate=None, identifier=numbers).fault == Fault.NO_BIRTH_DATE


# Name


OFFICIAL = {"use": "official", "given": ["Alva"], "family": "Berg"}
USUAL = {"use": "usual", "given": ["Ava"], "family": "B"}
BARE = {"given": ["Bar"], "family": "Namn"}
NICK = {"use": "nickname", "given": ["Nick"]}
OLD = {"use": "old", "given": ["Förr"]}


@pytest.mark.parametrize(
    ("names", "given", "family"),
    [
        ([OLD, NICK, BARE, USUAL, OFFICIAL], "Alva", "Berg"),
        ([OLD, NICK, BARE, USUAL], "Ava", "B"),
        ([OLD, NICK, BARE], "Bar", "Namn"),
        ([OLD, NICK], "Nick", ""),
        ([OLD], "Förr", ""),
        ([{"given": ["Alva", "Maria"], "family": "Berg"}], "Alva Maria", "Berg"),
        ([{"given": ["Alva", "", 7], "family": " Berg "}], "Alva", "Berg"),
        ([{"use": "official"}, USUAL], "Ava", "B"),
        ([{"text": "Alva Maria Berg"}], "Alva Maria", "Berg"),
        ([{"text": "Alva"}], "", "Alva"),
        ([{"text": "Hel Text", "family": "Berg"}], "", "Berg"),
        ([{"given": "Alva"}], "", ""),
        ([{"given": ["A" * 200], "family": "B" * 200}], "A" * 80, "B" * 80),
        (["x", None], "", ""),
        ("x", "", ""),
        (None, "", ""),
    ],
)
def test_the_name_in_use(names, given, family):
    found = who(name=names)
    assert (found.given_name, found.family_name) == (given, family)


# Sex, death, protection, language


@pytest.mark.parametrize(
    ("gender", "sex"),
    [("female", "female"), ("male", "male"), ("other", "unknown"), (7, "unknown"), (None, "unknown")],
)
def test_sex_is_one_of_two_or_not_known(gender, sex):
    assert who(gender=gender).sex == sex


@pytest.mark.parametrize(
    ("fields", "deceased", "on"),
    [
        ({}, False, None),
        ({"deceasedBoolean": False}, False, None),
        ({"deceasedBoolean": True}, True, None),
        ({"deceasedBoolean": "true"}, False, None),
        ({"deceasedDateTime": "2026-10-01"}, True, date(2026, 10, 1)),
        ({"deceasedDateTime": "2026"}, True, TODAY),
        ({"deceasedDateTime": "some day"}, True, None),
    ],
)
def test_whether_and_when_the_child_has_died(fields, deceased, on):
    found = who(**fields)
    assert (found.deceased, found.deceased_on) == (deceased, on)


@pytest.mark.parametrize(
    ("labels", "protection"),
    [
        (["sekretessmarkering"], "flag"),
        (["skyddadFolkbokforing"], "registration"),
        # The stricter of the two.
        (["sekretessmarkering", "skyddadFolkbokforing"], "registration"),
        (["skyddadFolkbokforing", "sekretessmarkering"], "registration"),
        (["something"], ""),
        ([], ""),
    ],
)
def test_protection_is_heard_and_never_weakened(labels, protection):
    found = who(meta={"security": [{"code": code} for code in labels]})
    assert found.protection == protection
    assert found.fields["protection"] == (protection or "none")


@pytest.mark.parametrize("meta", [None, "x", {"security": "x"}, {"security": ["x", {}]}])
def test_whatever_stands_for_protection_never_crashes(meta):
    assert who(meta=meta).protection == ""


def speaks(*codes, preferred=()):
    return [
        {"language": {"coding": [{"code": code}]}, **({"preferred": True} if code in preferred else {})}
        for code in codes
    ]


@pytest.mark.parametrize(
    ("communication", "language"),
    [
        (speaks("so"), "so"),
        (speaks("sv", "ar", preferred=("ar",)), "ar"),
        (speaks("sv", "ar"), "sv"),
        (speaks("sv-SE"), "sv"),
        (speaks("AR"), "ar"),
        ([{"preferred": "true", "language": {"coding": [{"code": "ar"}]}}], "ar"),
        ([], ""),
        (["x"], ""),
        ([{"language": {"coding": []}}], ""),
        ([{"language": "sv"}], ""),
    ],
)
def test_the_language_to_speak(communication, language):
    found = who(communication=communication)
    assert found.language == language
    assert found.fields["language"] == (language or "sv")


# Where a delivery and Kring differ


def child(**fields):
    whole = {
        "name": "Pim Prov", "birth_date": date(2017, 1, 1), "birth_precision": "day", "sex": "female",
        "deceased_on": None,
    }  # fmt: skip
    return Row(**(whole | fields))


NAMED = {"name": [{"given": ["Pim"], "family": "Prov"}], "gender": "female"}


@pytest.mark.parametrize(
    ("held", "sent", "faults"),
    [
        ({}, {}, []),
        ({}, {"name": [{"given": ["PIM "], "family": "prov"}]}, []),
        ({}, {"name": [{"given": ["Pam"], "family": "Prov"}]}, [Fault.NAME_DIFFERS]),
        # A delivery without a name says nothing about it.
        ({}, {"name": None}, []),
        ({}, {"birthDate": "2017-01-02"}, [Fault.BIRTH_DATE_DIFFERS]),
        ({}, {"birthDate": "2017"}, [Fault.BIRTH_DATE_DIFFERS]),
        ({"birth_date": date(2017, 12, 31), "birth_precision": "year"}, {"birthDate": "2017"}, []),
        ({}, {"gender": "male"}, [Fault.SEX_DIFFERS]),
        ({}, {"gender": "unknown"}, []),
        ({"sex": "unknown"}, {"gender": "male"}, []),
        ({}, {"deceasedBoolean": True}, [Fault.DECEASED]),
        ({"deceased_on": TODAY}, {"deceasedBoolean": True}, []),
        (
            {},
            {
                "name": [{"given": ["Pam"]}],
                "birthDate": "2016-01-01",
                "gender": "male",
                "deceasedBoolean": True,
            },
            [Fault.NAME_DIFFERS, Fault.BIRTH_DATE_DIFFERS, Fault.SEX_DIFFERS, Fault.DECEASED],
        ),
    ],
)
def test_each_difference_is_told_and_nothing_else(held, sent, faults):
    assert differences(child(**held), who(**(NAMED | sent))) == faults


def test_a_number_s_text_is_no_name():
    assert who(name=[{"given": [NUMBER + "7"], "family": NUMBER + "8"}]).given_name == ""
