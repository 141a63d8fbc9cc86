"""The pure rules: moments, names, references, descriptions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.care.record.rules import happenings, identity, moments, patients, references, structure
from kring.care.record.rules.faults import Fault, Problem, Refused
from kring.care.record.rules.identity import NUMBER

TODAY = date(2026, 11, 16)
ANY = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8) | st.just(NUMBER + "1"),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=8), below, max_size=3),
    max_leaves=12,
)


@given(
    moment=st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2100, 1, 1)),
    hours=st.integers(-12, 14),
)
def test_a_whole_time_is_the_moment_it_names(moment, hours):
    zone = f"{'-' if hours < 0 else '+'}{abs(hours):02}:00"
    found = moments.moment_of(moment.isoformat() + zone)
    assert found.precision == "time"
    assert found.at == (moment - timedelta(hours=hours)).replace(tzinfo=UTC)


@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_date_begins_at_midnight_in_sweden_and_ends_that_day(day):
    found = moments.moment_of(day.isoformat())
    assert found.precision == "day"
    assert found.at.astimezone(moments.STOCKHOLM).date() == day
    assert moments.day_of(day.isoformat()) == moments.Day(day, "day")
    assert moments.day_of(f"{day}T10:00:00Z").last == day


@given(text=st.text(max_size=30) | st.from_regex(r"\d{4}(-\d\d){0,2}(T.*)?", fullmatch=True))
def test_whatever_stands_for_a_time_never_crashes(text):
    moments.moment_of(text)
    moments.day_of(text)


@pytest.mark.parametrize(
    "text", ["", "x", "2026-13", "2026-02-30", "0000", "20260101", "2026-1-1", "10:00", None, 7, []]
)
def test_what_is_no_date_is_none(text):
    assert moments.moment_of(text) is None
    assert moments.day_of(text) is None


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("Patient/7", ("Patient", "7")),
        ("https://x.example/fhir/Patient/7", ("Patient", "7")),
        ("Patient/7/_history/2", ("Patient", "7")),
        ("patient/7", None),
        ("Patient/", None),
        ("Patient/a b", None),
        ("urn:uuid:1", None),
        ("Patient/7?x=1", None),
    ],
)
def test_the_tail_of_an_address(address, found):
    assert identity.tail_of(address) == found
    assert identity.tail_of(address, "Observation") is None


@pytest.mark.parametrize(
    ("system", "value", "stored"),
    [
        ("http://electronichealth.se/identifier/personnummer", "170101-2393", "201701012393"),
        ("http://electronichealth.se/identifier/personnummer", "not one", "not one"),
        ("urn:oid:1.2.3", "170101-2393", "170101-2393"),
    ],
)
def test_numbers_have_one_form_for_comparing(system, value, stored):
    row = {"system": system, "value": value}
    assert identity.pair_of(row, TODAY) == (system, stored)
    assert identity.identifiers_of({"identifier": [row, row]}, TODAY) == [(system, stored)]
    assert identity.identifiers_of({"identifier": row}, TODAY) == [(system, stored)]


@pytest.mark.parametrize(
    "row", [{}, {"value": ""}, {"value": NUMBER + "7"}, {"value": "7", "use": "old"}, {"value": "\x07"}]
)
def test_an_identifier_without_a_value_of_today_is_none(row):
    assert identity.pair_of(row, TODAY) is None


@given(text=st.text(max_size=80), longest=st.integers(1, 60))
def test_cleaned_text_can_be_stored_and_shown(text, longest):
    cleaned = identity.clean(text, longest)
    assert len(cleaned) <= longest
    assert "\x00" not in cleaned
    assert cleaned == cleaned.strip()
    cleaned.encode()


SCOPE = {"urn:uuid:1": ("Patient", "p"), "https://x.example/Patient/9": ("Patient", "9")}


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        ("urn:uuid:1", "Patient/p"),
        ("urn:uuid:2", "urn:uuid:2"),
        ("https://x.example/Patient/9/_history/1", "Patient/9"),
        ("Patient/4/_history/2", "Patient/4"),
        ("Patient?identifier=a|b|c", "Patient?identifier=a|b|c"),
        ("Patient?name=x", "Patient?name=x"),
        ("#part", "#part"),
    ],
)
def test_a_reference_has_one_form_for_finding(literal, text):
    assert references.findable(literal, SCOPE, TODAY) == text


def test_a_reference_is_read_with_its_path():
    tree = {
        "resourceType": "X",
        "a": [{"b": {"reference": "Patient/1"}}, {"b": {"reference": "#c"}}],
        "reference": "no",
    }
    assert references.links_of(tree, {}, TODAY) == [
        references.Link("a.b", "Patient/1"),
        references.Link("a.b", "#c", inside=True),
    ]


@given(
    tree=st.dictionaries(st.text(max_size=8), ANY, max_size=4),
    name=st.sampled_from(["reference", "identifier"]),
    value=ANY,
)
def test_any_tree_is_walked_for_references(tree, name, value):
    for link in references.links_of({"resourceType": "Basic", "x": tree | {name: value}}, SCOPE, TODAY):
        assert len(link.text) <= references.LONGEST
        link.text.encode()
        references.target_name(link.text)
        references.target_identifier(link.text)
        references.target_url(link.text)


TOLD = "code type class category title status valueQuantity component period start end onsetDateTime"
MORE = "verificationStatus effectiveTiming serviceType clinicalStatus description"
OF_A_PATIENT = "identifier name gender meta communication deceasedDateTime deceasedBoolean"


def any_fields(names: str):
    """Some of these fields, with anything in them."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names.split(), ANY))


@given(kind=st.sampled_from(sorted(happenings.EVENT_KINDS)), fields=any_fields(f"{TOLD} {MORE}"))
def test_any_resource_is_told_of_or_not_and_never_crashes(kind, fields):
    tree = {"resourceType": kind} | fields
    happenings.is_withdrawn(tree)
    for time in (
        "effectiveDateTime",
        "performedDateTime",
        "recordedDate",
        "created",
        "issued",
        "requestedPeriod",
    ):
        happening = happenings.happening_of({time: "2026-01-01"} | tree)
        if happening:
            assert happening.title
            assert len(happening.title) <= happenings.TITLE
            assert all(isinstance(value, str) for value in happening.data.values())


@given(fields=any_fields(OF_A_PATIENT))
def test_any_patient_is_described_or_refused(fields):
    try:
        found = patients.described({"resourceType": "Patient", "birthDate": "2017-01-01"} | fields, TODAY)
    except patients.NotAChild:
        return
    assert len(found.given_name) <= 80
    assert len(found.family_name) <= 80
    assert len(found.language) <= 8
    assert found.fields["birth_date"] == date(2017, 1, 1)
    assert found.sex in {"female", "male", "unknown"}


def test_the_types_are_those_of_r4():
    assert len(structure.TYPES) == 146
    assert {"Patient", "Observation", "CarePlan", "MedicinalProduct"} < structure.TYPES
    assert not {"Resource", "DomainResource", "SubscriptionStatus", "NutritionProduct"} & structure.TYPES


def test_a_problem_fills_its_words_in():
    problem = Problem("entry[1]", Fault.DUPLICATE_FIELD, (("field", "name"),))
    assert "(name)" in problem.message
    assert not problem.is_note
    assert Problem("", Fault.OLDER).is_note
    refused = Refused(Fault.BROKEN_FILE, "rad 2", line=3, column=4).problem
    assert (refused.place, "rad 3, tecken 4" in refused.message) == ("rad 2", True)
