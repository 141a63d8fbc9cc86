"""Which child a Patient is: found by number or registered, and never changed behind anyone's back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kring.access import gate
from kring.access.permissions import Permission
from kring.audit.models import AccessLogRow
from kring.care.record.rules.faults import Fault
from kring.children.models import CareRelation, Child, ChildNumber
from kring.children.personal_numbers import Kind, official_test_numbers
from tests import cast as people
from tests.fhir.deliveries import (
    COORDINATION,
    NUMBER,
    OTHER_NUMBER,
    PERSONAL,
    UNIT,
    bundle,
    counts,
    observation,
    patient,
    send,
    source,
    stored,
    told,
)

pytestmark = pytest.mark.django_db
LABEL = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


def number_of(child: Child) -> str:
    return child.numbers.get(kind="personal").value


def test_a_new_child_is_registered_as_described(cast):
    send(
        patient(
            deceasedDateTime="2020-05-06T10:00:00Z",
            communication=[{"language": {"coding": [{"code": "ar-SY"}]}}],
        )
    )
    child = stored("Patient", "p1").child
    assert (child.given_name, child.family_name, child.sex) == ("Pim", "Prov", "female")
    assert (child.birth_date, child.birth_precision) == (date(2017, 1, 1), "day")
    assert (child.deceased_on, child.language, child.protection) == (date(2020, 5, 6), "ar", "none")
    assert list(child.numbers.values_list("kind", "system", "value")) == [("personal", "", NUMBER)]


@pytest.mark.parametrize(
    ("text", "born", "precision"),
    [
        ("2017", date(2017, 12, 31), "year"),
        ("2017-02", date(2017, 2, 28), "month"),
        ("2016-02", date(2016, 2, 29), "month"),
        ("2016-02-29", date(2016, 2, 29), "day"),
        ("2026", date(2026, 11, 16), "year"),
        ("2026-11", date(2026, 11, 16), "month"),
    ],
)
def test_a_partly_known_birth_date_is_the_latest_it_can_be(cast, text, born, precision):
    send(patient(number=None, birthDate=text))
    child = stored("Patient", "p1").child
    assert (child.birth_date, child.birth_precision) == (born, precision)


@pytest.mark.parametrize(
    "names",
    [
        [{"family": "Gammal", "use": "old"}, {"family": "Prov", "given": ["Pim"], "use": "official"}],
        [{"text": "Pim Prov"}],
        ["oddity", {"family": "Prov", "given": ["Pim", 7]}],
    ],
)
def test_the_name_is_the_official_one(cast, names):
    send(patient(name=names))
    assert stored("Patient", "p1").child.name == "Pim Prov"


def test_a_child_without_a_name_is_still_a_child(cast):
    send(patient(name=None))
    assert stored("Patient", "p1").child.name == ""


@pytest.mark.parametrize("written", ["201701012393", "20170101-2393", "170101-2393", " 170101 2393 "])
def test_a_child_is_found_by_personal_number_however_it_is_written(cast, written):
    send(patient("one"))
    send(patient("two", number=written), to=source("other", "bvc-hjo"))
    assert stored("Patient", "one").child == stored("Patient", "two").child


def test_a_child_of_kring_is_found_and_left_as_it_was(cast):
    alva = cast.child("alva")
    before = (alva.name, alva.birth_date, alva.sex)
    delivery = send(
        patient(number=number_of(alva), birthDate="2011-01-01", gender="male", deceasedBoolean=True)
    )
    assert stored("Patient", "p1").child == alva
    alva.refresh_from_db()
    assert (alva.name, alva.birth_date, alva.sex, alva.deceased_on) == (*before, None)
    assert [fault for _, fault in told(delivery)][:2] == [Fault.NAME_DIFFERS, Fault.BIRTH_DATE_DIFFERS]
    assert Fault.DECEASED in [fault for _, fault in told(delivery)]
    assert all(problem.is_note for problem in delivery.problems.all())
    assert (delivery.state, delivery.added, delivery.refused) == ("done", 1, 0)


def test_what_agrees_is_not_noted(cast):
    alva = cast.child("alva")
    name = [{"given": [alva.given_name.upper()], "family": f" {alva.family_name}"}]
    same = patient(number=number_of(alva), birthDate=alva.birth_date.isoformat(), gender=alva.sex, name=name)
    assert told(send(same)) == []


def test_a_coordination_number_is_one_whatever_the_sender_calls_it(cast):
    number = next(official_test_numbers(date(2017, 1, 1), Kind.COORDINATION)).digits12
    for key, system in (("a", COORDINATION), ("b", PERSONAL), ("c", "urn:oid:1.2.752.129.2.1.3.3")):
        send(patient(key, identifier=[{"system": system, "value": number}]))
    assert len({stored("Patient", key).child_id for key in "abc"}) == 1
    assert ChildNumber.objects.get(value=number).kind == "coordination"


def test_the_birth_date_may_be_read_from_the_number(cast):
    send(patient(birthDate=None))
    assert stored("Patient", "p1").child.birth_date == date(2017, 1, 1)


def test_a_number_of_the_sender_joins_only_with_the_same_birth_date(cast):
    mine = {"identifier": [{"system": "urn:oid:1.2.3", "value": "77"}]}
    send(patient("one", **mine))
    again = send(patient("two", **mine))
    twin = send(patient("three", **mine, birthDate="2017-01-02"))
    assert (
        stored("Patient", "one").child == stored("Patient", "two").child != stored("Patient", "three").child
    )
    assert told(again) == []
    assert [fault for _, fault in told(twin)] == [Fault.NUMBER_TAKEN]


def test_an_old_number_names_nobody(cast):
    send(patient("one"))
    send(patient("two", identifier=[{"system": PERSONAL, "value": NUMBER, "use": "old"}]))
    assert stored("Patient", "one").child != stored("Patient", "two").child


def test_numbers_of_two_children_in_one_patient_are_refused(cast):
    send(bundle(patient("one"), patient("two", number=OTHER_NUMBER, birthDate="2017-01-02")))
    both = [{"system": PERSONAL, "value": NUMBER}, {"system": PERSONAL, "value": OTHER_NUMBER}]
    delivery = send(patient("three", identifier=both))
    assert told(delivery) == [("(Patient)", Fault.TWO_CHILDREN)]
    assert not Child.objects.filter(resources__key="three").exists()


def test_a_patient_does_not_move_to_another_child(cast):
    send(bundle(patient("one"), patient("two", number=OTHER_NUMBER, birthDate="2017-01-02")))
    child = stored("Patient", "one").child
    delivery = send(patient("one", number=OTHER_NUMBER))
    assert told(delivery) == [("(Patient)", Fault.OTHER_CHILD)]
    assert stored("Patient", "one").child == child
    assert counts(delivery) == (0, 0, 0, 0, 1)


def test_a_second_personal_number_is_told_and_not_taken_over(cast):
    send(patient())
    delivery = send(patient(number=OTHER_NUMBER))
    assert [fault for _, fault in told(delivery)] == [Fault.NUMBER_DIFFERS]
    assert number_of(stored("Patient", "p1").child) == NUMBER


def test_a_child_without_personal_number_gets_one_when_the_birth_date_agrees(cast):
    send(patient(number=None))
    both = [{"system": "urn:oid:1.2.3", "value": "mrn-p1"}, {"system": PERSONAL, "value": NUMBER}]
    assert told(send(patient(identifier=both))) == []
    kinds = stored("Patient", "p1").child.numbers.values_list("kind", flat=True)
    assert sorted(kinds) == ["external", "personal"]


def test_the_same_new_child_twice_in_one_file_is_one_child(cast):
    before = Child.objects.count()
    send(bundle(patient("one"), patient("two"), kind="transaction"))
    assert Child.objects.count() == before + 1


def test_two_new_children_in_one_file_are_two(cast):
    send(bundle(patient("one", number=None), patient("two", number=None)))
    assert stored("Patient", "one").child != stored("Patient", "two").child


@pytest.mark.parametrize(
    ("code", "grade"), [("sekretessmarkering", "flag"), ("skyddadFolkbokforing", "registration")]
)
def test_protected_identity_takes_hold_at_once_and_never_lets_go(cast, code, grade):
    label = {"security": [{"system": LABEL, "code": code}]}
    send(patient("new", number=None, meta=label))
    assert stored("Patient", "new").child.protection == grade

    send(patient())
    delivery = send(patient(meta=label))
    child = stored("Patient", "p1").child
    assert child.protection == grade
    assert told(delivery) == [("(Patient)", Fault.PROTECTED)]
    send(patient(meta={"versionId": "3"}))
    child.refresh_from_db()
    assert child.protection == grade


def test_the_unit_that_sent_may_see_the_child_from_that_day(cast):
    send(bundle(patient(), observation()), now=people.NOW)
    child = stored("Patient", "p1").child
    relation = CareRelation.objects.get(child=child)
    assert (relation.unit.key, relation.kind, relation.starts_on) == (UNIT, "care", date(2026, 11, 16))
    karin = cast.actor("karin")
    sees = gate.children_for(karin, Permission.SEE_CHILD).filter(pk=child.pk).exists()
    assert sees is (karin.unit_id == relation.unit_id)


def test_an_ended_relation_is_opened_by_news_and_not_by_a_repetition(cast):
    send(patient())
    child = stored("Patient", "p1").child
    CareRelation.objects.filter(child=child).update(starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))
    later = people.NOW + timedelta(days=3)
    send(patient(), now=later)
    assert CareRelation.objects.filter(child=child).count() == 1
    send(patient(birthDate="2017-01-02"), now=later)
    assert CareRelation.objects.filter(child=child, starts_on=date(2026, 11, 19), ends_on=None).count() == 1


def test_the_import_is_logged_for_each_child_and_as_a_whole(cast):
    delivery = send(bundle(patient(), observation(), observation("o2")))
    rows = AccessLogRow.objects.filter(action="import", object_id=str(delivery.pk)).order_by("pk")
    child_id = stored("Patient", "p1").child_id
    assert [row.child_id for row in rows] == [None, child_id]
    assert {(row.what, row.rule, row.role) for row in rows} == {
        ("record.delivery", "import.source", "machine")
    }


def test_no_child_is_made_of_a_refused_file(cast):
    before = Child.objects.count()
    send(bundle(patient(), observation("bad id"), kind="transaction"))
    assert Child.objects.count() == before
    assert not ChildNumber.objects.filter(value=NUMBER).exists()


def test_the_moment_of_import_is_the_one_handed_in(cast):
    moment = datetime(2026, 12, 24, 23, 30, tzinfo=UTC)
    delivery = send(patient(), now=moment)
    assert delivery.received_at == moment
    assert CareRelation.objects.get(child=stored("Patient", "p1").child).starts_on == date(2026, 12, 25)
