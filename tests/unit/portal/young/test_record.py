"""S94 «Min journal»: to whom it opens, and that what is somebody else's or not there answers alike."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from kring import clock
from kring.children.models import ChildNumber, MaturityAssessment
from tests.fhir.deliveries import UNIT, bundle, observation, patient, send, source, stored
from tests.own_pages import days_on, sign_in, texts_of

RECORD = "/min-sida/min-journal/"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


@pytest.fixture
def written(cast):
    number = ChildNumber.objects.get(child=cast.child("noa"), kind="personal").value
    violence = {"meta": {"security": [{"system": ACT, "code": "VIO"}]}, "code": {"text": "Samtal om våld"}}
    send(
        bundle(patient(number=number), observation("o1"), observation("o2", **violence)),
        to=source("journal", UNIT),
    )
    return lambda name: stored("Observation", name).event_id


def words(client, path) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return " ".join(texts_of(answer.content.decode()))


def test_before_it_is_open_one_is_led_to_where_one_asks(noa, written):
    assert noa.get(RECORD).headers["Location"] == "/min-sida/las-mer/"
    assert noa.get(f"{RECORD}{written('o1')}/").status_code == 404


def test_it_opens_at_midnight_on_the_sixteenth_birthday(cast, written, born):
    born("noa", date(2010, 11, 17))
    assert sign_in(Client(), cast.noa).get(RECORD).status_code == 302
    with clock.frozen(days_on(1)):
        client = sign_in(Client(), cast.noa)
        assert "Längd" in words(client, RECORD)
        assert "Värde" in words(client, f"{RECORD}{written('o1')}/")
        assert (
            sign_in(Client(), cast.anders).get(f"/mina-sidor/{cast.child('noa').pk}/journal/").status_code
            == 404
        )


def test_earlier_when_the_unit_head_has_decided_so(cast, noa, written):
    MaturityAssessment.objects.create(
        child=cast.child("noa"),
        question="record",
        mature_from=clock.today(),
        grounds="Samtal",
        unit=cast.unit("sas-bup-boras"),
        assessed_by=cast.eva,
        assessed_at=cast.now,
    )
    assert "Längd" in words(noa, RECORD)
    assert 'href="/min-sida/min-journal/"' in noa.get("/min-sida/").content.decode()


def test_what_is_withheld_from_guardians_is_one_s_own_to_read(born, noa, written):
    born("noa", date(2010, 11, 16))
    assert "Samtal om våld" in words(noa, RECORD)


def test_somebody_else_s_entry_is_not_there(cast, born, noa, written):
    born("noa", date(2010, 11, 16))
    number = ChildNumber.objects.get(child=cast.child("alva"), kind="personal").value
    send(bundle(patient("p2", number=number), observation("o9", of="Patient/p2")), to=source("annan", UNIT))
    missing = noa.get(f"{RECORD}{uuid4()}/")
    other = noa.get(f"{RECORD}{written('o9')}/")
    assert (other.status_code, other.content) == (404, missing.content)


@pytest.mark.parametrize("who", ["anders", "karin", "alva"])
def test_nobody_else_opens_it(cast, written, who):
    assert sign_in(Client(), getattr(cast, who)).get(RECORD).status_code == 403
