"""Every resource is kept as the very text it was, whatever stands in it and however it came."""

import gzip
import io
import itertools
import json

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.care.record.models import ResourceVersion
from tests.fhir.deliveries import body, bundle, counts, observation, patient, raw, send, source, told

pytestmark = pytest.mark.django_db

PECULIAR = [
    '{"resourceType":"Basic","id":"b1","x":1.10}',
    '{"resourceType":"Basic","id":"b1","x":1.0E-7,"y":0.1000000000000000055511151231257827}',
    '{"id":"b1","resourceType":"Basic","zzz":{"b":1,"a":2}}',
    '{"resourceType":"Basic","id":"b1","big":' + "9" * 5000 + "}",
    '{"resourceType":"Basic","id":"b1","far":1e400,"minus":-0.0}',
    '{"resourceType":"Basic","id":"b1","escaped":"\\u00e5\\/\\ud83d\\ude00","plain":"å😀"}',
    '{"resourceType":"Basic","id":"b1","half":"\\ud800","zero":"\\u0000"}',
    '{ "resourceType" :\t"Basic",\r\n  "id":"b1" ,"extension":[ ],"nothing":null }',
    '{"resourceType":"Basic","id":"b1","\\u2028":"\u2028","":""}',
    '{"resourceType":"Basic","id":"b1","unknown":[[[[{"_a":{"extension":[{"url":"x"}]}}]]]]}',
]
IN_A_BUNDLE = '{"resourceType":"Bundle","type":"collection","entry":[{"resource":%s}]}'
LATE_TYPE = '{"entry":[{"search":{"mode":"match"},"resource":%s}],"type":"searchset","resourceType":"Bundle"}'


@pytest.mark.parametrize("text", PECULIAR)
@pytest.mark.parametrize("around", ["%s", IN_A_BUNDLE, LATE_TYPE, "\n\n  %s \n"])
@pytest.mark.parametrize("packed", [False, True])
def test_the_text_is_kept_to_the_letter(cast, text, around, packed):
    delivery = send(around % text, packed=packed)
    assert counts(delivery) == (1, 0, 0, 0, 0)
    assert body("Basic", "b1") == text
    assert counts(send(around % text, packed=packed)) == (0, 0, 0, 1, 0)


def test_a_line_of_ndjson_is_kept_to_the_letter(cast):
    lines = [text.replace('"b1"', f'"b{n}"') for n, text in enumerate(PECULIAR) if "\n" not in text]
    assert send("\n".join(lines)).added == len(lines)
    assert sorted(ResourceVersion.objects.values_list("body", flat=True)) == sorted(lines)


def test_spacing_and_field_order_make_no_new_version_but_precision_does(cast):
    send('{"resourceType":"Basic","id":"b","x":1.1,"y":[1,2]}')
    assert counts(send('{ "y": [1, 2], "x": 1.1, "id": "b", "resourceType": "Basic" }')) == (0, 0, 0, 1, 0)
    assert counts(send('{"resourceType":"Basic","id":"b","x":1.10,"y":[1,2]}')) == (0, 1, 0, 0, 0)
    assert counts(send('{"resourceType":"Basic","id":"b","x":1.10,"y":[2,1]}')) == (0, 1, 0, 0, 0)


def test_a_number_and_the_same_digits_as_text_are_two_things(cast):
    send('{"resourceType":"Basic","id":"b","x":1}')
    assert send('{"resourceType":"Basic","id":"b","x":"1"}').replaced == 1


@pytest.mark.parametrize(
    "kind", ["collection", "batch", "transaction", "searchset", "document", "message", "history"]
)
def test_every_kind_of_bundle_is_read(cast, kind):
    delivery = send(bundle(patient(), observation(), kind=kind))
    assert counts(delivery) == (2, 0, 0, 0, 0)
    assert delivery.kinds == {"Observation": 1, "Patient": 1}
    assert delivery.state == "done"


def test_a_bundle_may_stand_on_a_line_of_ndjson(cast):
    lines = [
        bundle(patient(), observation()),
        observation("o2"),
        bundle({"resourceType": "Basic", "id": "b"}),
    ]
    assert counts(send("\n".join(json.dumps(line) for line in lines))) == (4, 0, 0, 0, 0)


def test_an_empty_bundle_is_taken_in_and_holds_nothing(cast):
    for nothing in ({"entry": []}, {}):
        delivery = send({"resourceType": "Bundle", "type": "collection", **nothing})
        assert (delivery.state, delivery.entries) == ("done", 0)


def test_a_bundle_of_many_entries_is_taken_in_whole(cast):
    many = [observation(f"o{n}") for n in range(2300)]
    assert counts(send(bundle(patient(), *many))) == (2301, 0, 0, 0, 0)


def test_a_list_has_entries_and_is_no_bundle(cast):
    text = '{"resourceType":"List","id":"l","entry":[{"item":{"display":"Bundle"}}],"x":"Bundle"}'
    assert send(text).added == 1
    assert body("List", "l") == text
    named_so = text.replace('"x":"Bundle"', '"x":["Bundle"]')
    assert send(named_so).replaced == 1
    assert body("List", "l") == named_so


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(), below, max_size=4),
    max_leaves=25,
)


_turn = itertools.count()


@pytest.mark.usefixtures("cast")
@given(value=anything, plain=st.booleans(), indented=st.booleans())
@settings(max_examples=60)
def test_any_json_in_an_extension_survives(value, plain, indented):
    key = f"any-{next(_turn)}"
    resource = {
        "resourceType": "Observation",
        "id": key,
        "status": "final",
        "extension": [{"url": "https://example.org/x", "valueAnything": value}],
        "code": value,
        "subject": value,
        "effectiveDateTime": value,
        "identifier": value,
        "contained": value,
        "meta": value,
    }
    text = json.dumps(resource, ensure_ascii=not plain, indent=2 if indented else None)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(resource)
    delivery = send(IN_A_BUNDLE % text)
    assert delivery.refused == 0, told(delivery)
    held = body("Observation", key)
    assert held == text or json.loads(held) == resource
    assert counts(send(IN_A_BUNDLE % text)) == (0, 0, 0, 1, 0)


def test_a_file_may_begin_with_a_byte_order_mark(cast):
    assert send(b"\xef\xbb\xbf" + raw(patient())).added == 1
    lines = b"\xef\xbb\xbf" + raw(observation("o1")) + b"\r\n" + raw(observation("o2")) + b"\r\n"
    assert send(lines).added == 2


def test_parts_of_a_gzip_file_are_read_as_one(cast):
    two = gzip.compress(raw(observation("o1")) + b"\n") + gzip.compress(raw(observation("o2")))
    assert counts(send(two)) == (2, 0, 0, 0, 0)


def test_what_is_piped_in_is_read(cast, monkeypatch):
    source()
    piped = io.TextIOWrapper(io.BytesIO(raw(patient())))
    monkeypatch.setattr("sys.stdin", piped)
    out = io.StringIO()
    call_command("import_record", "-", source="journal", stdout=out)
    assert "Nya 1," in out.getvalue()
