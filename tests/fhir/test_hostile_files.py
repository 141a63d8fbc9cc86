"""What cannot be read is told in words with its place; the rest is taken in; nothing ever crashes."""

import gzip
import json

import pytest

from kring.care.record.models import Delivery, Resource
from kring.care.record.rules.faults import MESSAGES, NOTES, Fault
from tests.fhir.deliveries import NUMBER, bundle, counts, observation, patient, raw, send, told

pytestmark = pytest.mark.django_db

GOOD = json.dumps(observation("good"))
DEEP = '{"resourceType":"Basic","id":"deep","x":' + "[" * 200_000 + "]" * 200_000 + "}"
WHOLE_FILES = [
    (b"", Fault.EMPTY),
    (b"  \n\t \r\n", Fault.EMPTY),
    (b"\xef\xbb\xbf", Fault.EMPTY),
    (gzip.compress(b""), Fault.EMPTY),
    (b"not json at all", Fault.NOT_JSON),
    (b"\x00\x00\x00\x00", Fault.NOT_UTF8),
    (b"\x89PNG\r\n\x1a\n", Fault.NOT_JSON),
    (b"[1, 2]", Fault.NOT_JSON),
    (b'"text"', Fault.NOT_JSON),
    (b"null", Fault.NOT_JSON),
    (b"<Bundle xmlns='http://hl7.org/fhir'/>", Fault.XML),
    (b"PK\x03\x04rest", Fault.ZIP),
    (b'{"resourceType":"Patient","name":"\xe5\xe4\xf6"}', Fault.NOT_UTF8),
    (json.dumps(patient()).encode("utf-16"), Fault.NOT_UTF8),
    (json.dumps(patient()).encode("utf-16-le"), Fault.NOT_UTF8),
    (gzip.compress(GOOD.encode())[:-9], Fault.BROKEN_GZIP),
    (gzip.compress(GOOD.encode())[:20], Fault.BROKEN_GZIP),
    (b"\x1f\x8b" + b"junk" * 9, Fault.BROKEN_GZIP),
    (gzip.compress(GOOD.encode()) + b"junk", Fault.BROKEN_GZIP),
    (gzip.compress(gzip.compress(GOOD.encode())), Fault.NOT_JSON),
    (b"{", Fault.BROKEN_FILE),
    (b"{}", Fault.NO_TYPE),
    (GOOD[:-1], Fault.BROKEN_FILE),
    (GOOD + "}", Fault.BROKEN_FILE),
    (json.dumps(bundle(observation()))[:-40], Fault.BROKEN_FILE),
    (json.dumps(bundle(observation()))[:-2], Fault.BROKEN_FILE),
    ('{"resourceType":"Bundle","type":"collection","entry":[,]}', Fault.BROKEN_FILE),
    ('{"resourceType":"Bundle" "type":"collection"}', Fault.BROKEN_FILE),
    ('{resourceType:"Bundle"}', Fault.BROKEN_FILE),
    ('{"resourceType":"Bundle","type":tru}', Fault.BROKEN_FILE),
    ({"resourceType": "Bundle", "entry": []}, Fault.BUNDLE_TYPE),
    ({"resourceType": "Bundle", "type": ["batch"]}, Fault.BUNDLE_TYPE),
    ({"resourceType": "Bundle", "type": "transaction-response"}, Fault.BUNDLE_TYPE),
    ({"resourceType": "Bundle", "type": "batch", "entry": {"resource": {}}}, Fault.BUNDLE_ENTRY),
    ({"resourceType": "Bundle", "type": "batch", "entry": None}, Fault.BUNDLE_ENTRY),
    (DEEP, Fault.TOO_DEEP),
]


@pytest.mark.parametrize(("content", "fault"), WHOLE_FILES, ids=lambda value: str(value)[:40])
def test_a_file_that_cannot_be_read_is_refused_in_words(cast, content, fault):
    delivery = send(content)
    assert delivery.state == Delivery.State.REFUSED
    assert [told_fault for _, told_fault in told(delivery)] == [fault]
    assert not Resource.objects.exists()


def entry_with(text: str) -> str:
    start = '{"resourceType":"Bundle","type":"collection","entry":[{"resource":'
    return f'{start}{text}}},{{"resource":{GOOD}}}]}}'


ENTRIES = [
    ("17", Fault.NOT_AN_OBJECT, ""),
    ("null", Fault.NOT_AN_OBJECT, ""),
    ("[]", Fault.NOT_AN_OBJECT, ""),
    ("{}", Fault.NO_TYPE, ""),
    ('{"resourceType":null}', Fault.NO_TYPE, ""),
    ('{"resourceType":"Pasient"}', Fault.UNKNOWN_TYPE, ""),
    ('{"resourceType":["Patient"]}', Fault.UNKNOWN_TYPE, ""),
    ('{"resourceType":"NutritionProduct"}', Fault.UNKNOWN_TYPE, ""),
    ('{"resourceType":"<b>1</b>"}', Fault.UNKNOWN_TYPE, ""),
    ('{"resourceType":"Basic","id":"with space"}', Fault.ID_FORMAT, " (Basic)"),
    ('{"resourceType":"Basic","id":""}', Fault.ID_FORMAT, " (Basic)"),
    ('{"resourceType":"Basic","id":7}', Fault.ID_FORMAT, " (Basic)"),
    ('{"resourceType":"Basic","id":null}', Fault.ID_FORMAT, " (Basic)"),
    (json.dumps({"resourceType": "Basic", "id": "x" * 65}), Fault.ID_FORMAT, " (Basic)"),
    ('{"resourceType":"Basic","id":"a","id":"b"}', Fault.DUPLICATE_FIELD, " (Basic)"),
    ('{"resourceType":"Basic","x":{"y":1,"y":2}}', Fault.DUPLICATE_FIELD, " (Basic)"),
    ('{"resourceType":"Basic","x":NaN}', Fault.NOT_A_NUMBER, " (Basic)"),
    ('{"resourceType":"Basic","x":-Infinity}', Fault.NOT_A_NUMBER, " (Basic)"),
    ('{"resourceType":"Basic","x":01}', Fault.BROKEN_ENTRY, ""),
    ('{"resourceType":"Basic","x":1,}', Fault.BROKEN_ENTRY, ""),
    ('{"resourceType":"Basic","x":"tab\there"}', Fault.BROKEN_ENTRY, ""),
    ('{"resourceType":"Basic","x":"\\q"}', Fault.BROKEN_ENTRY, ""),
    ('{"resourceType":"Basic","x":undefined}', Fault.BROKEN_ENTRY, ""),
    (DEEP, Fault.TOO_DEEP, ""),
    (json.dumps(patient(number=NUMBER[:-1] + "9")), Fault.PERSONAL_NUMBER, " (Patient)"),
    (json.dumps(patient(number="abc")), Fault.PERSONAL_NUMBER, " (Patient)"),
    ('{"resourceType":"Patient"}', Fault.NO_BIRTH_DATE, " (Patient)"),
    ('{"resourceType":"Patient","birthDate":"2019-02-30"}', Fault.BIRTH_DATE, " (Patient)"),
    ('{"resourceType":"Patient","birthDate":"01/02/2015"}', Fault.BIRTH_DATE, " (Patient)"),
    ('{"resourceType":"Patient","birthDate":["2015"]}', Fault.BIRTH_DATE, " (Patient)"),
    ('{"resourceType":"Patient","birthDate":"2027-01-01"}', Fault.BIRTH_DATE, " (Patient)"),
    ('{"resourceType":"Patient","birthDate":"1800"}', Fault.BIRTH_DATE, " (Patient)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fault", "named"), ENTRIES, ids=lambda value: str(value)[:50])
def test_a_bad_entry_is_told_by_its_place_and_the_rest_is_taken_in(cast, text, fault, named):
    delivery = send(entry_with(text))
    assert told(delivery) == [(f"entry[0].resource{named}", fault)]
    assert counts(delivery) == (1, 0, 0, 0, 1)
    assert delivery.state == Delivery.State.DONE
    assert Resource.objects.get().key == "good"


@pytest.mark.parametrize(("text", "fault", "named"), ENTRIES, ids=lambda value: str(value)[:50])
def test_a_bad_line_is_told_by_its_number_and_the_rest_is_taken_in(cast, text, fault, named):
    delivery = send("\n".join([GOOD, "", text, observation_line("last")]))
    assert told(delivery) == [(f"rad 3:{named}" if named else "rad 3", fault)]
    assert counts(delivery) == (2, 0, 0, 0, 1)


def observation_line(key: str) -> str:
    return json.dumps(observation(key))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", Fault.BROKEN_ENTRY),
        ('{"resourceType":"Basic","x":"', Fault.BROKEN_ENTRY),
        ("{}{}", Fault.BROKEN_ENTRY),
        ('{"resourceType":"Bundle","type":"x"}', Fault.BUNDLE_TYPE),
        (b'{"resourceType":"Basic","x":"\xff"}', Fault.NOT_UTF8),
    ],
)
def test_a_line_that_breaks_off_does_not_stop_the_next(cast, line, fault):
    delivery = send(b"\n".join([GOOD.encode(), raw(line), observation_line("last").encode()]))
    assert told(delivery) == [("rad 2", fault)]
    assert delivery.added == 2


REQUESTS = [
    (None, Fault.NO_REQUEST),
    ("POST Basic", Fault.NO_REQUEST),
    ({"method": "POST"}, Fault.NO_REQUEST),
    ({"url": "Basic"}, Fault.NO_REQUEST),
    ({"method": 1, "url": "Basic"}, Fault.NO_REQUEST),
    ({"method": "DELETE", "url": "Basic/b"}, Fault.DELETES),
    ({"method": "GET", "url": "Basic/b"}, Fault.ASKS),
    ({"method": "PATCH", "url": "Basic/b"}, Fault.METHOD),
    ({"method": "POST", "url": "Patient"}, Fault.OTHER_ADDRESS),
    ({"method": "PUT", "url": "Basic/other"}, Fault.OTHER_ADDRESS),
    ({"method": "PUT", "url": "Basic"}, Fault.OTHER_ADDRESS),
]


@pytest.mark.parametrize(("request_", "fault"), REQUESTS)
def test_a_batch_says_what_to_do_with_each_entry(cast, request_, fault):
    odd = ({"resource": {"resourceType": "Basic", "id": "b"}, "request": request_},)
    delivery = send(bundle(odd, observation(), kind="batch"))
    assert told(delivery) == [("entry[0].resource (Basic)", fault)]
    assert counts(delivery) == (1, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("entry", "place", "fault"),
    [
        ({"fullUrl": "urn:uuid:1"}, "entry[0]", Fault.NO_RESOURCE),
        ({}, "entry[0]", Fault.NO_RESOURCE),
        (7, "entry[0]", Fault.NOT_AN_OBJECT),
        (None, "entry[0]", Fault.NOT_AN_OBJECT),
        ([], "entry[0]", Fault.NOT_AN_OBJECT),
        ({"request": {"method": "DELETE", "url": "Basic/b"}}, "entry[0]", Fault.DELETES),
    ],
)
def test_an_entry_without_a_resource_is_told(cast, entry, place, fault):
    delivery = send(bundle((entry,), observation()))
    assert told(delivery) == [(place, fault)]
    assert delivery.added == 1


def test_a_transaction_is_whole_or_nothing(cast):
    delivery = send(bundle(patient(), observation("bad id"), observation("o2"), kind="transaction"))
    assert told(delivery) == [
        ("", Fault.WHOLE_BUNDLE),
        ("entry[1].resource (Observation)", Fault.ID_FORMAT),
    ]
    assert (delivery.state, counts(delivery)) == ("refused", (0, 0, 0, 0, 3))
    assert not Resource.objects.exists()
    assert counts(send(bundle(patient(), observation("o1"), observation("o2"), kind="transaction")))[0] == 3


def test_a_transaction_is_not_stopped_by_what_is_only_noted(cast):
    delivery = send(bundle(patient(), observation(effectiveDateTime=None), kind="transaction"))
    assert told(delivery) == [("entry[1].resource (Observation)", Fault.NO_TIME)]
    assert (delivery.state, delivery.added) == ("done", 2)


def test_a_small_file_that_unpacks_to_a_large_one_is_stopped(cast, settings):
    settings.IMPORT_MAX_BYTES = 1024 * 1024
    bomb = gzip.compress(b'{"resourceType":"Basic","x":"' + b"a" * 50_000_000 + b'"}')
    assert len(bomb) < 100_000
    delivery = send(bomb)
    assert told(delivery) == [("", Fault.TOO_LARGE)]
    assert "1 MB" in delivery.problems.get().message


def test_what_came_before_a_break_in_ndjson_stays(cast):
    lines = "\n".join(json.dumps(observation(f"o{n}") | {"x": str(n) * 50}) for n in range(2500))
    delivery = send(gzip.compress(lines.encode())[:-200])
    assert delivery.state == Delivery.State.INTERRUPTED
    assert told(delivery) == [("", Fault.BROKEN_GZIP)]
    assert delivery.added == Resource.objects.count() == 1000
    assert counts(send(lines))[:4] == (1500, 0, 0, 1000)


def test_the_place_of_broken_text_is_told_by_line_and_column(cast):
    message = send('{\n  "resourceType": "Basic",\n  "x" 1\n}').problems.get().message
    assert "rad 3, tecken 7" in message


def test_no_message_repeats_what_the_entry_says(cast):
    hostile = '{"resourceType":"Patient","id":"p","<script>":1,"<script>":2}'
    problem = send(entry_with(hostile)).problems.get()
    assert "script" not in problem.message
    broken = send(bundle(patient(number="abc<b>"))).problems.get()
    assert "abc" not in broken.message
    assert "<b>" not in broken.message


def test_every_fault_says_what_to_do(cast):
    for fault in Fault:
        message = str(MESSAGES[fault])
        assert message.endswith("."), fault
        assert len(message.split()) >= 5, fault
    assert set(Fault) > NOTES


@pytest.mark.parametrize("cut", range(1, 400, 13))
def test_a_bundle_cut_off_anywhere_leaves_nothing(cast, cut):
    text = json.dumps(bundle(patient(), observation(), kind="transaction"))
    delivery = send(text[: -(cut % len(text)) or None])
    assert delivery.state == Delivery.State.REFUSED
    assert not Resource.objects.exists()


@pytest.mark.parametrize("url", ["urn:\x00x", "urn:\ud800x", "\x00", "urn:" + "å" * 5000])
def test_an_address_that_cannot_be_stored_stops_neither_its_entry_nor_the_others(cast, url):
    odd = ({"fullUrl": url, "resource": {"resourceType": "Basic"}},)
    delivery = send(bundle(odd, observation()))
    assert (counts(delivery), told(delivery)) == ((2, 0, 0, 0, 0), [])
