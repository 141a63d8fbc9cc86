"""What was sent stands on the child's one timeline, with source, time and unit; corrected, never changed."""

from datetime import UTC, datetime

import pytest

from kring.care.record.rules.faults import Fault
from kring.timeline.models import Event
from tests.fhir.deliveries import UNIT, bundle, observation, patient, send, stored, told

pytestmark = pytest.mark.django_db


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def of_patient(kind: str, **fields):
    who = {"participant": [{"actor": {"reference": "Patient/p1"}}]} if kind == "Appointment" else {}
    return {"resourceType": kind, "id": "x", "subject": {"reference": "Patient/p1"}} | who | fields


TOLD = [
    (of_patient("Encounter", status="finished", type=[{"text": "Besök"}],
                period={"start": "2026-03-01T10:00:00+01:00", "end": "2026-03-01T11:00:00+01:00"}),
     "encounter", "Besök", at(2026, 3, 1, 9), at(2026, 3, 1, 10), "time"),
    (of_patient("Encounter", **{"class": {"display": "Öppenvård"}}, period={"start": "2026-07"}),
     "encounter", "Öppenvård", at(2026, 6, 30, 22), None, "month"),
    (of_patient("Condition", code={"coding": [{"code": "F90", "display": "Adhd"}]}, onsetDateTime="2024"),
     "condition", "Adhd", at(2023, 12, 31, 23), None, "year"),
    (of_patient("Condition", code={"coding": [{"code": "F90.0"}]}, onsetString="i maj",
                recordedDate="2026-05-04"),
     "condition", "F90.0", at(2026, 5, 3, 22), None, "day"),
    (of_patient("Condition", code={"text": "Otit"}, onsetDateTime="2026-01-01",
                abatementPeriod={"end": "2026-02-01"}),
     "condition", "Otit", at(2025, 12, 31, 23), at(2026, 1, 31, 23), "day"),
    (of_patient("Procedure", code={"text": "Samtal"}, performedPeriod={"start": "2026-03-01T08:00:00Z"}),
     "procedure", "Samtal", at(2026, 3, 1, 8), None, "time"),
    (of_patient("Appointment", status="booked", serviceType=[{"text": "Logoped"}],
                start="2026-12-01T09:00:00Z", end="2026-12-01T09:45:00Z"),
     "appointment", "Logoped", at(2026, 12, 1, 9), at(2026, 12, 1, 9, 45), "time"),
    (of_patient("CarePlan", title="Vårdplan", period={"start": "2026-01-01", "end": "2026-06-30"}),
     "care_plan", "Vårdplan", at(2025, 12, 31, 23), at(2026, 6, 29, 22), "day"),
    (of_patient("CarePlan", category=[{"text": "assess-plan"}, {"text": "Egenvård"}],
                created="2026-01-01T00:00:00Z"),
     "care_plan", "Egenvård", at(2026, 1, 1), None, "time"),
    (of_patient("Observation", code={"text": "Längd"}, effectiveInstant="2026-03-01T10:00:00.123456789Z"),
     "observation", "Längd", at(2026, 3, 1, 10, 0, 0, 123456), None, "time"),
    (of_patient("Observation", code={}, effectiveTiming={"event": ["2026-03-01"]}),
     "observation", "Observation", at(2026, 2, 28, 23), None, "day"),
    (of_patient("Observation", code={"text": "Puls"}, issued="2026-06-30T23:59:60Z"),
     "observation", "Puls", at(2026, 6, 30, 23, 59, 59), None, "time"),
    (of_patient("Observation", code={"text": "x" * 900}, effectiveDateTime="2026-03-29T02:30:00"),
     "observation", "x" * 300, at(2026, 3, 29, 1, 30), None, "time"),
]  # fmt: skip


@pytest.mark.parametrize(("resource", "kind", "title", "start", "end", "precision"), TOLD)
def test_each_kind_is_told_with_its_own_time(cast, resource, kind, title, start, end, precision):
    assert send(bundle(patient(), resource)).refused == 0
    held = stored(resource["resourceType"], "x")
    event = Event.objects.get(pk=held.event_id)
    assert (event.kind, event.title, event.effective_at, event.ends_at) == (kind, title, start, end)
    assert event.data["precision"] == precision
    assert event.data["resource"] == held.pk
    assert (event.source, event.unit.key, event.child, event.subject) == ("journal", UNIT, held.child, None)
    assert (event.recorded_at, event.role) == (cast.now, "machine")


VALUES = [
    ({"valueQuantity": {"value": 1.10, "unit": "m"}}, "1.1 m"),
    ({"valueQuantity": {"value": 7, "code": "kg"}}, "7 kg"),
    ({"valueQuantity": {"value": "7", "unit": "kg"}}, "kg"),
    ({"valueCodeableConcept": {"text": "Ja"}}, "Ja"),
    ({"valueString": "fritt"}, "fritt"),
    ({"component": [{"code": {"text": "Över"}, "valueQuantity": {"value": 90}}, "x",
                    {"code": {"text": "Under"}, "valueQuantity": {"value": 60}}]}, "Över 90, Under 60"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "value"), VALUES)
def test_a_measure_is_told_with_its_value(cast, fields, value):
    plain = {"valueQuantity": None} | fields
    send(bundle(patient(), observation(**plain)))
    assert Event.objects.get(pk=stored("Observation", "o1").event_id).data["value"] == value


def test_a_value_keeps_its_precision(cast):
    text = '{"resourceType":"Observation","id":"o9","status":"final","subject":{"reference":"Patient/p1"},'
    send(patient())
    send(text + '"effectiveDateTime":"2026-01-01","valueQuantity":{"value":1.10,"unit":"m"}}')
    assert Event.objects.get(pk=stored("Observation", "o9").event_id).data["value"] == "1.10 m"


@pytest.mark.parametrize(
    "time", [None, "i våras", "2026-13-01", "0000", "9999-12-31T23:59:59-14:00",
             "0001-01-01T00:00:00+14:00", "２０２６", 2026, {}, [], "\ud800"],
)  # fmt: skip
def test_what_has_no_time_is_kept_noted_and_not_shown(cast, time):
    delivery = send(bundle(patient(), observation(effectiveDateTime=time)))
    assert told(delivery) == [("entry[1].resource (Observation)", Fault.NO_TIME)]
    assert (delivery.added, stored("Observation", "o1").event_id) == (2, None)


def test_an_end_before_its_start_is_left_out(cast):
    odd = of_patient("Encounter", period={"start": "2026-03-02", "end": "2026-03-01"})
    send(bundle(patient(), odd))
    assert Event.objects.get(pk=stored("Encounter", "x").event_id).ends_at is None


def events_of(key: str) -> list[Event]:
    return list(Event.objects.filter(child=stored("Patient", "p1").child).order_by("recorded_at", "pk"))


def test_a_new_version_corrects_the_event_and_never_edits_it(cast):
    send(bundle(patient(), observation()))
    first = stored("Observation", "o1").event_id
    send(observation(effectiveDateTime="2026-03-02T10:00:00+01:00"))
    second = stored("Observation", "o1").event_id
    old, new = Event.objects.get(pk=first), Event.objects.get(pk=second)
    assert (new.corrects, old.corrects) == (old, None)
    assert (old.effective_at.day, new.effective_at.day) == (1, 2)


def test_a_new_version_that_tells_the_same_makes_no_new_event(cast):
    send(bundle(patient(), observation()))
    before = stored("Observation", "o1").event_id
    assert send(observation(meta={"versionId": "2"})).replaced == 1
    assert stored("Observation", "o1").event_id == before
    assert Event.objects.filter(source="journal").count() == 1


@pytest.mark.parametrize(
    "mistake",
    [{"status": "entered-in-error"}, {"verificationStatus": {"coding": [{"code": "entered-in-error"}]}}],
)
def test_what_was_entered_in_error_leaves_the_timeline(cast, mistake):
    send(bundle(patient(), observation()))
    first = stored("Observation", "o1").event_id
    assert told(send(observation(**mistake))) == []
    assert stored("Observation", "o1").event_id is None
    assert Event.objects.get(corrects=first).kind == "record_withdrawn"
    send(bundle(observation()))
    assert Event.objects.get(pk=stored("Observation", "o1").event_id).corrects is None


def test_a_mistake_from_the_start_is_never_shown(cast):
    send(bundle(patient(), observation(status="entered-in-error")))
    assert not Event.objects.filter(source="journal").exists()


def test_what_turned_out_to_be_about_another_child_moves(cast):
    send(bundle(patient(), patient("p2", number=None), observation()))
    first = stored("Observation", "o1").event_id
    send(observation(of="Patient/p2"))
    one, two = stored("Patient", "p1").child, stored("Patient", "p2").child
    assert Event.objects.get(corrects=first).child == one
    assert Event.objects.get(pk=stored("Observation", "o1").event_id).child == two


def test_other_kinds_are_kept_and_not_shown(cast):
    flag = of_patient("Flag", status="active", period={"start": "2026-01-01"})
    send(bundle(patient(), flag))
    assert stored("Flag", "x").child == stored("Patient", "p1").child
    assert not Event.objects.filter(source="journal").exists()
