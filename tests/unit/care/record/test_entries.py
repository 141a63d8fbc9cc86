"""From bytes to entries: what kind of file it is, where each entry stood, and what is told of the rest."""

import io
import json

import pytest

from kring.care.record.reading import entries
from kring.care.record.reading.entries import parcels
from kring.care.record.rules.faults import Fault, Refused
from tests.fhir.deliveries import bundle, raw

BASIC = {"resourceType": "Basic", "id": "b1"}
OBSERVATION = {"resourceType": "Observation", "id": "o1"}


def read(content):
    return list(parcels(io.BufferedReader(io.BytesIO(raw(content)))))


def refused(content):
    with pytest.raises(Refused) as error:
        read(content)
    return error.value.problem


def places(content):
    return [entry.place for parcel in read(content) for entry in parcel.entries]


def faults(content):
    return [(problem.place, problem.fault) for parcel in read(content) for problem in parcel.problems]


def lines(*rows):
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)


# What kind of file it is


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (json.dumps(BASIC), ["(Basic)"]),
        (json.dumps(BASIC, indent=2), ["(Basic)"]),
        ("\n\n" + json.dumps(BASIC), ["(Basic)"]),
        ("\ufeff" + json.dumps(BASIC), ["(Basic)"]),
        (json.dumps(BASIC) + "\n\n", ["(Basic)"]),
        (lines(BASIC, OBSERVATION), ["rad 1 (Basic)", "rad 2 (Observation)"]),
        (lines(BASIC, "", OBSERVATION), ["rad 1 (Basic)", "rad 3 (Observation)"]),
        (lines("", BASIC, OBSERVATION), ["rad 2 (Basic)", "rad 3 (Observation)"]),
        (bundle(BASIC, OBSERVATION), ["entry[0].resource (Basic)", "entry[1].resource (Observation)"]),
        (json.dumps(bundle(BASIC), indent=1), ["entry[0].resource (Basic)"]),
        (bundle(), []),
        ({"resourceType": "Bundle", "type": "collection"}, []),
        (lines(bundle(BASIC), OBSERVATION), ["rad 1: entry[0].resource (Basic)", "rad 2 (Observation)"]),
    ],
)
def test_each_kind_of_file_and_where_its_entries_stand(content, where):
    assert [place.replace(": (", " (") for place in places(content)] == where


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b" \n\t\n", Fault.EMPTY),
        (b"\xef\xbb\xbf", Fault.EMPTY),
        (b"<Bundle/>", Fault.XML),
        (b"\n  <?xml version='1.0'?>", Fault.XML),
        (b"\xff\xfe{\x00}\x00", Fault.NOT_UTF8),
        (b"\xfe\xff\x00{", Fault.NOT_UTF8),
        (b"{\x00}\x00", Fault.NOT_UTF8),
        (b'{"a":"\xe5"}', Fault.NOT_UTF8),
        (b"\x1f\x8b\x08", Fault.NOT_JSON),
        (b"[]", Fault.NOT_JSON),
        (b"resourceType;id", Fault.NOT_JSON),
        (b'"Basic"', Fault.NOT_JSON),
        (b'{"resourceType":"Basic"', Fault.BROKEN_FILE),
        (b'{"resourceType":"Basic"} and more', Fault.BROKEN_FILE),
        (b'{"resourceType":"Basic",}', Fault.BROKEN_FILE),
        (b'{"resourceType":"Bundle","type":"collection","entry":[{}', Fault.BROKEN_FILE),
        (b'{"resourceType":"Bundle"}', Fault.BUNDLE_TYPE),
        (b'{"resourceType":"Bundle","type":"pile"}', Fault.BUNDLE_TYPE),
        (b'{"resourceType":"Bundle","type":["collection"]}', Fault.BUNDLE_TYPE),
        (b'{"resourceType":"Bundle","type":"collection","entry":{}}', Fault.BUNDLE_ENTRY),
    ],
)
def test_what_is_no_delivery_is_refused_with_the_reason(content, fault):
    assert refused(content).fault == fault


def test_a_broken_file_says_where_it_breaks():
    problem = refused(b'{\n  "resourceType": "Basic",\n  "id" 7\n}')
    assert dict(problem.words) == {"line": "3", "column": "8"}


# Entries of a bundle


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("x", Fault.NOT_AN_OBJECT),
        ({}, Fault.NO_RESOURCE),
        ({"request": {"method": "DELETE", "url": "Basic/1"}}, Fault.DELETES),
        ({"request": "DELETE"}, Fault.NO_RESOURCE),
        ({"resource": None}, Fault.NOT_AN_OBJECT),
        ({"resource": {}}, Fault.NO_TYPE),
        ({"resource": {"resourceType": "Unheard"}}, Fault.UNKNOWN_TYPE),
    ],
)
def test_an_entry_that_cannot_be_taken_in_is_told_and_the_next_is_read(entry, fault):
    found = read(bundle((entry,), BASIC))
    assert [problem.fault for parcel in found for problem in parcel.problems] == [fault]
    assert [one.tree["id"] for parcel in found for one in parcel.entries] == ["b1"]


@pytest.mark.parametrize("kind", ["transaction", "batch"])
@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        ({"method": "POST", "url": "Basic"}, None),
        ({"method": "PUT", "url": "Basic/b1"}, None),
        ({"method": "PUT", "url": "Basic/other"}, Fault.OTHER_ADDRESS),
        ({"method": "GET", "url": "Basic/b1"}, Fault.ASKS),
        ({"method": "DELETE", "url": "Basic/b1"}, Fault.DELETES),
        (None, Fault.NO_REQUEST),
    ],
)
def test_where_a_request_is_asked_for_it_has_to_fit(kind, request_, fault):
    entry = {"resource": BASIC} | ({"request": request_} if request_ else {})
    found = faults(bundle((entry,), kind=kind))
    assert [one for _place, one in found] == ([fault] if fault else [])


def test_elsewhere_a_request_is_only_something_written_there():
    """A search set or a history may carry requests; they ask nothing of us."""
    entry = {"resource": BASIC, "request": {"method": "DELETE", "url": "Patient/9"}}
    (parcel,) = read(bundle((entry,), kind="history"))
    assert (parcel.problems, parcel.entries[0].request) == ([], {})


def test_a_place_names_only_kinds_that_exist():
    """What a sender wrote for a type may be anything, and is not repeated."""
    (found,) = faults(bundle(({"resource": {"resourceType": "<b>Alva</b>"}},)))
    assert found == ("entry[0].resource", Fault.UNKNOWN_TYPE)


@pytest.mark.parametrize(
    ("url", "kept"),
    [("urn:uuid:1", "urn:uuid:1"), (7, ""), (None, ""), ("urn:\x00x", "urn: x"), ("urn:\ud800x", "urn: x")],
)
def test_the_full_url_is_text_that_can_be_stored_or_nothing(url, kept):
    """Half a character or a control character in it must not stop the whole delivery."""
    entry = {"resource": BASIC} | ({} if url is None else {"fullUrl": url})
    (parcel,) = read(bundle((entry,)))
    assert parcel.entries[0].full_url == kept


def test_a_field_that_stands_twice_in_an_entry_is_told():
    text = '{"resourceType":"Bundle","type":"collection","entry":[{"resource":%s,"resource":%s}]}'
    ((_place, fault),) = faults(text % (json.dumps(BASIC), json.dumps(BASIC)))
    assert fault == Fault.DUPLICATE_FIELD


# Parcels


def test_a_transaction_is_one_parcel_however_large(monkeypatch):
    monkeypatch.setattr(entries, "PARCEL", 2)
    many = [{"resourceType": "Basic", "id": f"b{n}"} for n in range(5)]
    (parcel,) = read(bundle(*many, kind="transaction"))
    assert (parcel.whole, len(parcel.entries), parcel.total) == (True, 5, 5)


@pytest.mark.parametrize(("n", "sizes"), [(0, [0]), (1, [1]), (2, [2]), (3, [2, 1]), (5, [2, 2, 1])])
def test_other_bundles_come_in_parcels_that_know_their_neighbours(monkeypatch, n, sizes):
    """A reference may point into another parcel, so each knows the whole bundle."""
    monkeypatch.setattr(entries, "PARCEL", 2)
    many = [{"resourceType": "Basic", "id": f"b{at}"} for at in range(n)]
    found = read(bundle(*many))
    assert [len(parcel.entries) for parcel in found] == sizes
    assert {len(parcel.neighbours) for parcel in found} == {n}
    assert {parcel.total for parcel in found} == {n}
    assert not any(parcel.whole for parcel in found)


def test_the_problems_of_a_bundle_come_with_its_first_parcel(monkeypatch):
    monkeypatch.setattr(entries, "PARCEL", 1)
    found = read(bundle(BASIC, ("x",), OBSERVATION))
    assert [len(parcel.problems) for parcel in found] == [1, 0]


@pytest.mark.parametrize(("n", "sizes"), [(2, [2]), (3, [2, 1]), (4, [2, 2])])
def test_lines_are_gathered_into_parcels(monkeypatch, n, sizes):
    monkeypatch.setattr(entries, "PARCEL", 2)
    many = [{"resourceType": "Basic", "id": f"b{at}"} for at in range(n)]
    assert [parcel.size for parcel in read(lines(*many))] == sizes


def test_a_broken_line_is_told_by_its_number_and_the_rest_is_read():
    found = read(lines(BASIC, '{"a":', "7", OBSERVATION))
    assert [(one.place, one.fault) for parcel in found for one in parcel.problems] == [
        ("rad 2", Fault.BROKEN_ENTRY),
        ("rad 3", Fault.NOT_AN_OBJECT),
    ]
    assert [entry.tree["id"] for parcel in found for entry in parcel.entries] == ["b1", "o1"]


def test_a_place_with_two_faults_is_counted_once():
    from kring.care.record.rules.faults import Problem

    parcel = entries.Parcel(
        [], [Problem("a", Fault.NO_TIME), Problem("a", Fault.OLDER), Problem("b", Fault.OLDER)]
    )
    assert parcel.size == 2


def test_the_exact_text_is_kept_with_its_spaces():
    text = '{ "resourceType" : "Basic",  "id":"b1" }'
    (parcel,) = read(f'{{"resourceType":"Bundle","type":"collection","entry":[{{"resource": {text} }}]}}')
    assert parcel.entries[0].text == text
