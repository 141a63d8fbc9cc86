"""By what name a source knows a resource, and what each reference in it points at."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.care.record.rules import identity, references, structure
from kring.care.record.rules.faults import Fault
from kring.care.record.rules.identity import NUMBER
from tests.fhir.deliveries import COORDINATION, PERSONAL

TODAY = date(2026, 11, 16)
URN = "urn:uuid:8d1c6a2e-0000-4000-8000-000000000001"


def key(kind="Basic", full_url="", request=None, **fields):
    tree = {"resourceType": kind} | fields
    return identity.key_of(tree, full_url=full_url, request=request or {}, digest="d1", today=TODAY)


NAMED = {"identifier": [{"system": "urn:oid:1.2.3", "value": "7"}]}
PUT = {"method": "PUT", "url": "Patient/put-1"}
CONDITION = {"method": "POST", "url": "Patient", "ifNoneExist": "identifier=a|1"}

# Everything a name can be taken from, the first one first. Each is tested with all the later ones beside it.
ORDER = [
    ("own", {"id": "own-1"}),
    ("put-1", {"request": PUT}),
    ("url-1", {"full_url": "https://x.example/fhir/Patient/url-1"}),
    ("?identifier=a|1", {"request": CONDITION}),
    ("urn:oid:1.2.3|7", NAMED),
    (URN, {"full_url": URN}),
    ("sha256:d1", {}),
]


@pytest.mark.parametrize("at", range(len(ORDER)))
def test_each_name_goes_before_those_after_it(at):
    fields = {}
    for _name, more in reversed(ORDER[at:]):
        fields |= more
    expected = "own-1" if at == 0 else ORDER[at][0]
    assert key("Patient", **fields) == expected


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        # A PUT with a condition is named by it, with or without the type before it.
        ({"request": {"method": "PUT", "url": "Patient?identifier=a|1"}}, "?identifier=a|1"),
        (
            {"request": {"method": "POST", "url": "Patient", "ifNoneExist": "Patient?identifier=a|1"}},
            "?identifier=a|1",
        ),
        (
            {"request": {"method": "POST", "url": "Patient", "ifNoneExist": "?identifier=a|1"}},
            "?identifier=a|1",
        ),
        # A POST to an address names nothing by it.
        ({"request": {"method": "POST", "url": "Patient/post-1"}}, "sha256:d1"),
        # An address of another type is another thing's.
        ({"full_url": "https://x.example/fhir/Observation/url-1"}, "sha256:d1"),
        ({"full_url": "https://x.example/fhir/Patient/url-1/_history/4"}, "url-1"),
        ({"request": {"method": "PUT", "url": "Patient/put-1?x=1"}}, "put-1"),
        # Only a name in a system is a name.
        ({"identifier": [{"value": "7"}]}, "sha256:d1"),
        ({"identifier": [{"value": "7"}, {"system": "s", "value": "8"}]}, "s|8"),
        ({"full_url": "urn:oid:1.2.3"}, "urn:oid:1.2.3"),
        ({"full_url": "nothing"}, "sha256:d1"),
    ],
)
def test_a_person_is_named_by_what_lasts(fields, name):
    assert key("Patient", **fields) == name


@pytest.mark.parametrize("kind", ["Observation", "Condition", "Basic", "CarePlan"])
def test_only_people_places_and_things_are_named_by_an_identifier(kind):
    """Two observations may share a business identifier; two patients may not."""
    assert key(kind, **NAMED) == "sha256:d1"


@pytest.mark.parametrize("kind", sorted(identity.NAMED_BY_IDENTIFIER))
def test_and_each_of_those_is(kind):
    assert key(kind, **NAMED) == "urn:oid:1.2.3|7"


@given(value=st.text("ab", min_size=400, max_size=900))
def test_a_name_always_fits_its_column_and_stays_the_same(value):
    named = {"identifier": [{"system": "s" * 200, "value": value}]}
    assert len(key("Patient", **named)) <= 255
    assert key("Patient", **named) == key("Patient", **named)


@pytest.mark.parametrize(("length", "kept"), [(254, True), (255, True), (256, False)])
def test_a_long_name_is_told_by_its_digest(length, kept):
    found = identity.short("x" * length)
    assert (found == "x" * length) is kept
    assert kept or found.startswith("sha256:")


@pytest.mark.parametrize(
    ("text", "longest", "said"),
    [
        ("  Alva  ", 80, "Alva"),
        ("a\x00b\x1fc\x7fd", 80, "a b c d"),
        ("half \ud800 char", 80, "half   char"),
        ("Alva Berg", 5, "Alva"),
        (NUMBER + "7", 80, ""),
        (7, 80, ""),
        (None, 80, ""),
    ],
)
def test_text_made_safe(text, longest, said):
    assert identity.clean(text, longest) == said


@pytest.mark.parametrize(
    ("meta", "at"),
    [
        ({"lastUpdated": "2026-03-02T12:00:00Z"}, datetime(2026, 3, 2, 12, tzinfo=UTC)),
        ({"lastUpdated": "soon"}, None),
        ({}, None),
        ("x", None),
        (None, None),
    ],
)
def test_when_the_source_says_it_was_written(meta, at):
    assert identity.last_updated({"meta": meta}) == at


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("a", True),
        ("A-1.b", True),
        ("x" * 64, True),
        ("x" * 65, False),
        ("", False),
        ("å", False),
        ("a b", False),
        (7, False),
    ],
)
def test_what_an_id_is(text, valid):
    assert (structure.fault_of({"resourceType": "Patient", "id": text}) is None) is valid


# References


@pytest.mark.parametrize(
    ("node", "text"),
    [
        ({"reference": "Patient/1"}, "Patient/1"),
        ({"reference": "Patient/1/_history/3"}, "Patient/1"),
        (
            {"identifier": {"system": PERSONAL, "value": "170101-2393"}},
            f"Patient?identifier={PERSONAL}|201701012393",
        ),
        (
            {"reference": f"Patient?identifier={PERSONAL}|170101-2393"},
            f"Patient?identifier={PERSONAL}|201701012393",
        ),
        (
            {"type": "Organization", "identifier": {"system": "s", "value": "7"}, "display": "Hab"},
            "Organization?identifier=s|7",
        ),
        # A reference goes before an identifier beside it.
        ({"reference": "Patient/1", "identifier": {"system": "s", "value": "7"}}, "Patient/1"),
    ],
)
def test_who_it_is_about_is_found_by_reference_or_identifier(node, text):
    (link,) = references.links_of({"resourceType": "Observation", "subject": node}, {}, TODAY)
    assert (link.path, link.text, link.inside) == ("subject", text, False)


@pytest.mark.parametrize(
    "node",
    [
        {"identifier": {"system": "s", "value": ""}},
        {"identifier": {"system": "s", "value": "7", "use": "old"}},
        {"identifier": "7"},
        {"display": "Alva"},
        {"reference": 7},
        # An object with more than a reference's fields is something else that has an identifier.
        {"identifier": {"system": "s", "value": "7"}, "status": "final"},
    ],
)
def test_what_points_at_nothing_is_no_reference(node):
    assert references.links_of({"resourceType": "Observation", "subject": node}, {}, TODAY) == []


def test_an_identifier_without_a_type_points_only_where_a_patient_stands():
    node = {"identifier": {"system": COORDINATION, "value": "170161-2390"}}
    found = references.links_of({"resourceType": "X", "patient": node, "performer": [node]}, {}, TODAY)
    assert [(link.path, link.text) for link in found] == [
        ("patient", f"Patient?identifier={COORDINATION}|201701612390")
    ]


def test_references_are_read_in_order_with_their_paths():
    tree = {
        "resourceType": "X",
        "contained": [{"resourceType": "Y", "of": {"reference": "Z/1"}}],
        "list": [{"reference": "A/1"}, [{"reference": "B/1"}], {"deep": {"er": {"reference": "#c"}}}],
        "last": {"reference": "C/1"},
    }
    found = references.links_of(tree, {}, TODAY)
    assert [(link.path, link.text) for link in found] == [
        ("contained.of", "Z/1"),
        ("list", "A/1"),
        ("list", "B/1"),
        ("list.deep.er", "#c"),
        ("last", "C/1"),
    ]
    assert [link.inside for link in found] == [False, False, False, True, False]


@pytest.mark.parametrize(("length", "whole"), [(400, True), (401, False)])
def test_a_very_long_reference_is_told_by_its_digest(length, whole):
    literal = "urn:x:" + "y" * (length - 6)
    (link,) = references.links_of({"a": {"reference": literal}}, {}, TODAY)
    assert (link.text == literal) is whole


@pytest.mark.parametrize(
    ("kind", "path", "about"),
    [
        ("Observation", "subject", True),
        ("Observation", "patient", True),
        ("Observation", "performer", False),
        ("Appointment", "participant.actor", True),
        ("Encounter", "participant.actor", False),
        ("Task", "for", True),
        ("Person", "link.target", True),
        ("Observation", "subject.subject", False),
    ],
)
def test_where_a_resource_says_which_child_it_is_about(kind, path, about):
    assert references.is_child_path(kind, path) is about


@pytest.mark.parametrize(
    ("text", "name", "by", "url"),
    [
        ("Patient/7", ("Patient", "7"), None, None),
        ("Patient?identifier=s|7", None, ("Patient", "s", "7"), None),
        ("Patient?identifier=7", None, None, None),
        ("Patient?identifier=s|", None, None, None),
        ("Patient?identifier=a|b|7", None, ("Patient", "a|b", "7"), None),
        (URN, None, None, URN),
        ("https://x.example/Patient/7", None, None, "https://x.example/Patient/7"),
        ("https://x.example/Patient?x=1", None, None, None),
        ("#part", None, None, None),
        ("#a:b", None, None, None),
        ("", None, None, None),
    ],
)
def test_each_form_of_reference_is_looked_up_in_one_way(text, name, by, url):
    assert references.target_name(text) == name
    assert references.target_identifier(text) == by
    assert references.target_url(text) == url


# What keeps a resource out


@pytest.mark.parametrize(
    ("tree", "fault"),
    [
        ({"resourceType": "Basic"}, None),
        ({"resourceType": "Basic", "id": "a-1.B"}, None),
        ([], Fault.NOT_AN_OBJECT),
        (None, Fault.NOT_AN_OBJECT),
        ({}, Fault.NO_TYPE),
        ({"resourceType": None}, Fault.NO_TYPE),
        ({"resourceType": "basic"}, Fault.UNKNOWN_TYPE),
        ({"resourceType": ["Basic"]}, Fault.UNKNOWN_TYPE),
        ({"resourceType": "Basic", "id": ""}, Fault.ID_FORMAT),
        ({"resourceType": "Basic", "id": None}, Fault.ID_FORMAT),
        ({"resourceType": "Basic", "id": 7}, Fault.ID_FORMAT),
        ({"resourceType": "Basic", "id": "x" * 65}, Fault.ID_FORMAT),
    ],
)
def test_the_first_thing_that_keeps_a_resource_out(tree, fault):
    assert structure.fault_of(tree) == fault


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        ({"method": "POST", "url": "Basic"}, None),
        ({"method": "PUT", "url": "Basic/1"}, None),
        ({"method": "DELETE", "url": "Basic/1"}, Fault.DELETES),
        ({"method": "GET", "url": "Basic/1"}, Fault.ASKS),
        ({"method": "HEAD", "url": "Basic/1"}, Fault.ASKS),
        ({"method": "PATCH", "url": "Basic/1"}, Fault.METHOD),
        ({"method": "post", "url": "Basic"}, Fault.METHOD),
        ({"method": "POST"}, Fault.NO_REQUEST),
        ({"url": "Basic"}, Fault.NO_REQUEST),
        ({"method": "POST", "url": ""}, Fault.NO_REQUEST),
        ({"method": "POST", "url": 7}, Fault.NO_REQUEST),
        ({"method": "POST", "url": "Ba\x00sic"}, Fault.NO_REQUEST),
        (None, Fault.NO_REQUEST),
        ("POST Basic", Fault.NO_REQUEST),
    ],
)
def test_how_an_entry_says_what_to_do_with_itself(request_, fault):
    assert structure.request_fault(request_) == fault


@pytest.mark.parametrize(
    ("method", "url", "own_id", "fits"),
    [
        ("POST", "Basic", None, True),
        ("POST", "/Basic/", None, True),
        ("POST", "Patient", None, False),
        ("PUT", "Basic/1", "1", True),
        ("PUT", "Basic/1", None, True),
        ("PUT", "Basic/1", "2", False),
        ("PUT", "Basic", "1", False),
        ("PUT", "Basic/1/2", "1", False),
        ("PUT", "Basic?identifier=a|1", "1", True),
        ("PUT", "Patient?identifier=a|1", "1", False),
    ],
)
def test_an_address_never_contradicts_what_is_put_there(method, url, own_id, fits):
    tree = {"resourceType": "Basic"} | ({"id": own_id} if own_id else {})
    fault = structure.address_fault({"method": method, "url": url}, tree)
    assert fault == (None if fits else Fault.OTHER_ADDRESS)
