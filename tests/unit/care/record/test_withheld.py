"""Readings of single entries in «Vem har läst»: of one that is withheld from the reader nothing is told."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.access import gate
from kring.access.actors import Actor
from kring.audit.models import AccessLogRow
from kring.care.record import queries
from kring.care.record.queries.withheld import SINGLE, withheld_entries
from kring.children.models import Child, ChildNumber
from kring.log_review.queries.extract import extract_for, reading_or_404
from kring.timeline.models import Event
from tests.cast import NOW
from tests.fhir.deliveries import UNIT, bundle, observation, patient, send, source, stored
from tests.own_pages import sign_in
from tests.unit.log_review.logged import key_of

pytestmark = pytest.mark.django_db
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
OPEN, MARKED = ("o1",), ("o2", "o3", "o4", "c1")


def marked(code: str) -> dict:
    return {"meta": {"security": [{"system": ACT, "code": code}]}}


def entries(*more: dict) -> list[dict]:
    return [
        observation("o1"),
        observation("o2", **marked("VIO")),
        observation("o3", **marked("SEX")),
        observation("o4", **marked("NOPAT")),
        {
            "resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p1"},
            "code": {"text": "Misstänkt adhd"}, "recordedDate": "2026-03-01",
            "verificationStatus": {"coding": [{"code": "provisional"}]},
        },
        *more,
    ]  # fmt: skip


def sent(child: Child, *rows: dict) -> None:
    number = ChildNumber.objects.get(child=child, kind="personal").value
    send(bundle(patient(number=number), *rows), to=source("journal", UNIT))


@pytest.fixture
def alva(cast) -> Child:
    """Alva with an open entry and four that are marked, and a log without any row."""
    child = cast.child("alva")
    sent(child, *entries())
    AccessLogRow.objects.all()._raw_delete("default")
    return child


def event_of(key: str):
    return stored("Condition" if key == "c1" else "Observation", key).event_id


def at(cast, minutes: int, who: str = "karin") -> Actor:
    return cast.actor(who, now=NOW - timedelta(minutes=minutes))


def told(actor: Actor, child: Child) -> list[tuple[str, str]]:
    """(what, key) of every row that the reader's extract is made of."""
    found = extract_for(actor, child.pk, most=500)
    return [(row.what, row.object_id) for one in found.readings for row in one.rows]


READINGS = {
    "read": lambda by, child, event: queries.one_entry(by, child.pk, event),
    "taken out as text": lambda by, child, event: queries.exact_text(by, child.pk, event),
}


@pytest.mark.parametrize("way", READINGS)
@pytest.mark.parametrize("key", [*OPEN, *MARKED])
def test_a_guardian_is_told_of_a_single_entry_s_reading_only_when_it_is_the_guardian_s_to_read(
    cast, alva, key, way
):
    event = event_of(key)
    READINGS[way](at(cast, 5), alva, event)
    assert AccessLogRow.objects.filter(object_id=str(event), outcome="allowed").exists()
    keys = [object_id for _what, object_id in told(cast.actor("maria"), alva)]
    assert (str(event) in keys) is (key in OPEN)
    assert not [key for key in keys if key and key != str(event_of("o1"))]


@pytest.mark.parametrize("key", MARKED)
def test_what_is_told_is_the_same_whichever_entry_was_opened(cast, alva, key):
    """That the record was opened is told, as for whoever looks through it: nothing of one entry by itself."""
    queries.one_entry(at(cast, 5), alva.pk, event_of(key))
    page = sign_in(Client(), cast.maria).get(reverse("family-readings", args=[alva.pk])).content.decode()
    assert page.count("Läste: journalen") == 1
    for word in ("Hämtade som fil", str(event_of(key)), "våld", "adhd", "Uppgiften visas inte"):
        assert word not in page


def test_no_question_can_be_put_about_a_row_that_is_hidden(cast, alva):
    queries.exact_text(at(cast, 5), alva.pk, event_of("o2"))
    row = AccessLogRow.objects.get(what="record.text")
    with pytest.raises(Http404):
        reading_or_404(cast.actor("maria"), alva.pk, key_of(row), what="log.question")


def test_an_entry_marked_since_takes_its_earlier_readings_with_it(cast, alva):
    """A correction gives the entry a new event; the old one's readings go by the entry as it stands."""
    before = event_of("o1")
    queries.one_entry(at(cast, 9), alva.pk, before)
    sent(alva, observation("o1", code={"text": "Samtal om våld"}, **marked("VIO")))
    after = event_of("o1")
    queries.one_entry(at(cast, 5), alva.pk, after)
    assert before != after
    keys = {key for _what, key in told(cast.actor("maria"), alva)}
    assert not {str(before), str(after)} & keys


def test_an_entry_whose_mark_was_taken_away_is_told_of_again(cast, alva):
    queries.one_entry(at(cast, 9), alva.pk, event_of("o2"))
    before = str(event_of("o2"))
    sent(alva, observation("o2", code={"text": "Längd"}))
    assert before in {key for _what, key in told(cast.actor("maria"), alva)}


def test_an_entry_withdrawn_since_is_told_of_to_nobody(cast, alva):
    event = event_of("o1")
    queries.one_entry(at(cast, 9), alva.pk, event)
    sent(alva, observation("o1", status="entered-in-error"))
    assert stored("Observation", "o1").event_id is None
    assert str(event) not in {key for _what, key in told(cast.actor("maria"), alva)}
    assert event in set(withheld_entries(cast.actor("maria"), alva.pk))


def grown(child: Child, years: int) -> None:
    Child.objects.filter(pk=child.pk).update(birth_date=date(2026 - years, 11, 16))


@pytest.mark.parametrize("key", ["o1", "o2", "o3", "c1"])
def test_the_young_person_itself_is_told_of_what_is_withheld_from_guardians(cast, alva, key):
    queries.one_entry(at(cast, 5), alva.pk, event_of(key))
    grown(alva, 16)
    found = extract_for(cast.actor("alva"), alva.pk, most=500)
    assert not [one for one in found.readings if one.masked]
    assert str(event_of(key)) in {row.object_id for one in found.readings for row in one.rows}


def test_of_what_is_for_care_only_the_young_person_gets_unit_and_time_and_no_line_beside_it(cast, alva):
    queries.one_entry(at(cast, 5), alva.pk, event_of("o4"))
    queries.one_entry(at(cast, 50, "eva"), alva.pk, event_of("o1"))
    grown(alva, 16)
    found = extract_for(cast.actor("alva"), alva.pk, most=500)
    by_staff = [one for one in found.readings if one.role != "child"]
    assert [(one.at, one.masked) for one in by_staff] == [
        (NOW - timedelta(minutes=5), True),
        (NOW - timedelta(minutes=50), False),
    ]


def test_a_key_that_is_none_and_one_of_nothing_hide_nothing(cast, alva):
    for key in ("", "p1/o1", str(uuid4())):
        gate.log(at(cast, 5), "read", [alva.pk], what="record.entry", object_id=key)
    assert list(withheld_entries(cast.actor("maria"), alva.pk)) == []
    assert len(told(cast.actor("maria"), alva)) == 3


def test_another_child_s_entries_are_none_of_this_child_s(cast, alva):
    queries.one_entry(at(cast, 5), alva.pk, event_of("o2"))
    assert list(withheld_entries(cast.actor("leila"), cast.child("omar").pk)) == []


def test_only_what_the_record_writes_of_single_entries_is_asked_about():
    assert set(SINGLE) == {"record.entry", "record.text", "record.family.entry"}


def test_the_questions_are_three_however_many_entries_were_opened(cast, alva):
    maria = cast.actor("maria")

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            list(withheld_entries(maria, alva.pk))
        return len(questions)

    queries.one_entry(at(cast, 3), alva.pk, event_of("o1"))
    few = asked()
    for n, key in enumerate([*OPEN, *MARKED] * 3):
        queries.one_entry(at(cast, 4 + n), alva.pk, event_of(key))
    assert asked() == few == 3


def test_an_event_that_tells_of_no_resource_is_hidden(cast, alva):
    """Nobody can say any more what it was: the answer that protects is no."""
    event = Event.objects.create(
        kind="observation", child=alva, effective_at=datetime(2026, 11, 1, tzinfo=UTC), recorded_at=NOW,
        unit=cast.unit(UNIT), title="?",
    )  # fmt: skip
    gate.log(at(cast, 5), "read", [alva.pk], what="record.entry", object_id=str(event.pk))
    assert list(withheld_entries(cast.actor("maria"), alva.pk)) == [event.pk]
