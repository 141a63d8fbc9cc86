"""Versions: the same changes nothing, a newer one replaces and keeps, an older one comes in behind."""

import itertools
import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.care.record.models import Delivery, Resource, ResourceVersion
from kring.care.record.rules.faults import Fault
from kring.timeline.models import Event
from tests import cast as people
from tests.fhir.deliveries import body, bundle, counts, observation, patient, send, source, stored, told

pytestmark = pytest.mark.django_db


def dated(day: int, key: str = "o1", **more):
    """An observation that its source wrote on a day of 2026-03."""
    return observation(
        key, meta={"lastUpdated": f"2026-03-{day:02}T08:00:00Z"}, note=[{"text": str(day)}], **more
    )


def current() -> dict[str, str]:
    """What is current of everything, as one can compare."""
    return {
        f"{row.resource.kind}/{row.resource.key}": row.body
        for row in ResourceVersion.objects.select_related("resource")
        if row.number == row.resource.version
    }


def test_the_same_delivery_twice_changes_nothing(cast):
    file = bundle(patient(), observation(), observation("o2"), kind="transaction")
    send(file)
    before = (current(), Event.objects.count())
    again = send(file, now=people.NOW + timedelta(days=1))
    assert counts(again) == (0, 0, 0, 3, 0)
    assert (current(), Event.objects.count()) == before


def test_a_newer_version_replaces_and_the_old_is_kept(cast):
    send(bundle(patient(), dated(1)))
    assert counts(send(dated(2))) == (0, 1, 0, 0, 0)
    resource = stored("Observation", "o1")
    assert (resource.version, json.loads(body("Observation", "o1"))["note"]) == (2, [{"text": "2"}])
    assert [json.loads(one.body) for one in resource.versions.order_by("number")] == [dated(1), dated(2)]
    assert resource.last_updated.day == 2


def test_an_older_version_is_kept_behind_the_current(cast):
    send(bundle(patient(), dated(5)))
    delivery = send(dated(2))
    assert counts(delivery) == (0, 0, 1, 0, 0)
    assert told(delivery) == [("(Observation)", Fault.OLDER)]
    assert json.loads(body("Observation", "o1")) == dated(5)
    assert [
        json.loads(one.body)["note"][0]["text"]
        for one in stored("Observation", "o1").versions.order_by("number")
    ] == ["5", "2"]
    assert counts(send({**dated(2)})) == (0, 0, 0, 1, 0)
    assert counts(send(dated(7))) == (0, 1, 0, 0, 0)
    assert stored("Observation", "o1").version == 3


def test_without_a_date_what_came_last_is_current(cast):
    for text in ("a", "b"):
        send(observation(note=[{"text": text}]))
    assert json.loads(body("Observation", "o1"))["note"] == [{"text": "b"}]


def test_an_old_file_read_once_more_does_not_turn_the_clock_back(cast):
    old, new = observation(note=[{"text": "old"}]), observation(note=[{"text": "new"}])
    send(old)
    send(new)
    assert counts(send(old)) == (0, 0, 0, 1, 0)
    assert json.loads(body("Observation", "o1")) == new


def test_a_source_that_changes_its_mind_back_is_believed(cast):
    first, second = observation(note=[{"text": "1"}]), observation(note=[{"text": "2"}])
    send(first)
    send(second)
    delivery = send(bundle(first))
    assert counts(delivery) == (0, 1, 0, 0, 0)
    assert stored("Observation", "o1").version == 3
    assert json.loads(body("Observation", "o1")) == first


def test_several_versions_in_one_file(cast):
    delivery = send(bundle(patient(), dated(3), dated(1), dated(4), dated(3), dated(4)))
    assert counts(delivery) == (2, 1, 1, 2, 0)
    resource = stored("Observation", "o1")
    assert (resource.version, resource.versions.count()) == (3, 3)
    assert json.loads(body("Observation", "o1")) == dated(4)
    assert Event.objects.filter(child=resource.child).count() == 1


def test_each_source_has_its_own_names(cast):
    send(observation(note=[{"text": "a"}]))
    send(observation(note=[{"text": "b"}]), to=source("other", "bvc-hjo"))
    assert Resource.objects.filter(key="o1", version=1).count() == 2


CHANGES = [dated(day, key) for day in (1, 2, 3) for key in ("o1", "o2")]


@pytest.mark.usefixtures("cast")
@given(
    order=st.permutations(CHANGES),
    again=st.lists(st.sampled_from(CHANGES), max_size=4),
    size=st.integers(1, 3),
)
@settings(max_examples=25)
def test_any_order_and_repetition_of_deliveries_ends_in_the_same_state(order, again, size):
    """Two fresh sources: one sends in order, the other in any order, some twice, in files of any size."""
    plain, mixed = (source(f"s{next(_turn)}") for _ in range(2))
    send(bundle(patient(), *CHANGES), to=plain)
    sent = [patient(), *order, *again]
    for start in range(0, len(sent), size):
        send(bundle(*sent[start : start + size]), to=mixed)
    assert state(plain) == state(mixed)


_turn = itertools.count()


def state(of) -> tuple:
    rows = ResourceVersion.objects.filter(resource__source=of).select_related("resource")
    held = sorted((row.resource.kind, row.resource.key, row.digest) for row in rows)
    now = sorted(
        (row.resource.kind, row.resource.key, row.digest, row.resource.child_id)
        for row in rows
        if row.number == row.resource.version
    )
    events = Event.objects.filter(pk__in=Resource.objects.filter(source=of).values("event_id"))
    return held, now, sorted(events.values_list("kind", "title", "effective_at"))


IDENTITIES = [
    ({"id": "x"}, {}, "x"),
    ({"id": "x"}, {"fullUrl": "https://a.example/Basic/y"}, "x"),
    ({}, {"fullUrl": "https://a.example/fhir/Basic/y"}, "y"),
    ({}, {"fullUrl": "https://a.example/fhir/Basic/y/_history/2"}, "y"),
    ({}, {"fullUrl": "urn:uuid:1"}, "urn:uuid:1"),
    ({}, {"request": {"method": "PUT", "url": "Basic/z"}}, "z"),
    ({}, {"request": {"method": "PUT", "url": "Basic?identifier=a|1"}}, "?identifier=a|1"),
    ({}, {"request": {"method": "POST", "url": "Basic", "ifNoneExist": "identifier=a|1"}}, "?identifier=a|1"),
    (
        {},
        {"request": {"method": "POST", "url": "Basic", "ifNoneExist": "Basic?identifier=a|1"}},
        "?identifier=a|1",
    ),
    ({"identifier": [{"system": "a", "value": "1"}]}, {"fullUrl": "urn:uuid:2"}, "urn:uuid:2"),
]


@pytest.mark.parametrize(("fields", "around", "key"), IDENTITIES)
def test_by_what_name_a_resource_is_known(cast, fields, around, key):
    entry = {
        "resource": {"resourceType": "Basic"} | fields,
        "request": {"method": "POST", "url": "Basic"},
    } | around
    send(bundle((entry,), kind="batch"))
    assert Resource.objects.get().key == key
    send(bundle((entry,), (entry,), kind="batch"))
    assert Resource.objects.count() == 1


@pytest.mark.parametrize("kind", ["Organization", "Practitioner", "Patient"])
def test_people_and_places_without_id_are_known_by_their_identifier(cast, kind):
    for turn in ("1", "2"):
        one = {
            "resourceType": kind,
            "identifier": [{"value": "x"}, {"system": "s", "value": "v"}],
            "birthDate": "2019",
        }
        entry = {"fullUrl": f"urn:uuid:{turn}", "resource": one | {"active": turn == "1"}}
        send(bundle((entry,)))
    assert (Resource.objects.get().key, Resource.objects.get().version) == ("s|v", 2)


def test_what_has_no_name_at_all_is_known_by_its_content(cast):
    nameless = {"resourceType": "Parameters", "parameter": [{"name": "n"}]}
    send(bundle(nameless, nameless, {**nameless, "parameter": []}))
    assert counts(send({**nameless})) == (0, 0, 0, 1, 0)
    assert Resource.objects.filter(kind="Parameters", key__startswith="sha256:").count() == 2


def test_a_very_long_name_is_kept_by_its_digest(cast):
    entry = {"fullUrl": "urn:uuid:" + "x" * 4000, "resource": {"resourceType": "Basic"}}
    send(bundle((entry,)))
    assert counts(send(bundle((entry,), (entry,)))) == (0, 0, 0, 2, 0)
    assert len(Resource.objects.get().key) == 71


def test_a_delivery_that_broke_off_is_marked_when_it_is_sent_again(cast):
    file = bundle(patient())
    first = send(file)
    Delivery.objects.filter(pk=first.pk).update(state="running")
    send(file)
    first.refresh_from_db()
    assert first.state == "interrupted"
