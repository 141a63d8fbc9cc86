"""The record as the family reads it: who reaches it at which age, which unit, and what is not there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from kring.audit.models import AccessLogRow
from kring.care.record import queries
from kring.care.record.presenters.content import Field
from kring.care.record.presenters.family import entry_page, in_plain_words, record_page
from kring.children.models import Child, ChildNumber, GuardianDecision, MaturityAssessment
from kring.organisations.models import Unit
from tests.cast import NOW
from tests.fhir.deliveries import UNIT, bundle, observation, patient, send, source, stored

pytestmark = pytest.mark.django_db
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
OTHER = "sas-bum-boras"


def security(code):
    return {"meta": {"security": [{"system": ACT, "code": code}]}}


@pytest.fixture
def alva(cast) -> Child:
    """Alva with entries of two units, some of them marked."""
    child = cast.child("alva")
    number = ChildNumber.objects.get(child=child, kind="personal").value
    marked = (
        observation("o1"),
        observation("o2", code={"text": "Samtal om våld"}, **security("VIO")),
        observation("o3", code={"text": "Preventivmedel"}, **security("SEX")),
        observation("o4", code={"text": "Bara för vården"}, **security("NOPAT")),
        {
            "resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p1"},
            "code": {"text": "Misstänkt adhd"}, "recordedDate": "2026-03-01",
            "verificationStatus": {"coding": [{"code": "provisional"}]},
        },
    )  # fmt: skip
    send(bundle(patient(number=number), *marked), to=source("journal", UNIT))
    far = observation("o9", of="Patient/p9", code={"text": "Vikt"})
    send(bundle(patient("p9", number=number), far), to=source("annan", OTHER))
    assert stored("Observation", "o9").child == child
    return child


def born(child, years, *, days=0):
    today = date(2026, 11, 16)
    Child.objects.filter(pk=child.pk).update(
        birth_date=today.replace(year=today.year - years) + timedelta(days)
    )


def titles(actor, child):
    return {row.event.title for row in queries.family_record(actor, child.pk).rows}


SHOWN = {"Längd", "Vikt"}
WITHHELD = {"Samtal om våld", "Preventivmedel", "Misstänkt adhd"}


def test_a_guardian_of_a_young_child_reads_it_less_what_is_withheld(cast, alva):
    found = queries.family_record(cast.actor("maria"), alva.pk)
    assert {row.event.title for row in found.rows} == SHOWN
    assert (found.total, found.units) == (2, ())


def test_the_young_person_reads_what_is_withheld_from_guardians(cast, alva):
    born(alva, 16)
    assert titles(cast.actor("alva"), alva) == SHOWN | WITHHELD


def test_what_is_for_care_only_nobody_of_the_family_reads(cast, alva):
    event = stored("Observation", "o4").event_id
    born(alva, 16)
    with pytest.raises(Http404):
        queries.family_entry(cast.actor("alva"), alva.pk, event)


@pytest.mark.parametrize("key", ["o2", "o3", "o4"])
def test_a_withheld_entry_has_no_address_for_a_guardian(cast, alva, key):
    """Check 36 of ux.md: not in the list, and the direct address is as that of nothing."""
    with pytest.raises(Http404):
        queries.family_entry(cast.actor("maria"), alva.pk, stored("Observation", key).event_id)


@pytest.mark.parametrize(
    ("years", "days", "guardian", "young"),
    [
        (12, 0, True, False),
        (13, 1, True, False),  # the day before the 13th birthday
        (13, 0, False, False),
        (16, 1, False, False),
        (16, 0, False, True),
        (18, 0, False, True),
    ],
)
def test_it_opens_and_closes_on_the_very_day(cast, alva, years, days, guardian, young):
    """Check 35 of ux.md, for the record."""
    born(alva, years, days=days)
    assert reads(cast.actor("maria"), alva) is guardian
    assert reads(cast.actor("alva"), alva) is young


def reads(actor, child):
    try:
        return bool(queries.family_record(actor, child.pk).rows)
    except Http404:
        return False


def decided(cast, alva, kind, **more):
    karin = cast.actor("karin")
    fields = {"starts_on": karin.today, "reason": "Skäl", "unit_id": karin.unit_id} | more
    return GuardianDecision.objects.create(
        child=alva, guardian=cast.guardian("maria"), kind=kind,
        decided_by_id=karin.person_id, decided_at=karin.now, **fields,
    )  # fmt: skip


def test_extended_access_opens_one_unit_and_no_other(cast, alva):
    born(alva, 13)
    unit = Unit.objects.get(key=UNIT)
    until = NOW.date() + timedelta(days=90)
    decided(cast, alva, "extended", unit_id=unit.pk, ends_on=until, child_agreed=True)
    found = queries.family_record(cast.actor("maria"), alva.pk)
    assert {row.event.title for row in found.rows} == {"Längd"}
    assert found.units == (unit.name,)
    with pytest.raises(Http404):
        queries.family_entry(cast.actor("maria"), alva.pk, stored("Observation", "o9").event_id)
    assert not reads(cast.actor("johan"), alva)
    born(alva, 16)
    assert not reads(cast.actor("maria"), alva), "it ends at 16 whatever the decision says"


def test_a_blocked_guardian_reads_nothing(cast, alva):
    decided(cast, alva, "blocked")
    assert not reads(cast.actor("maria"), alva)
    assert reads(cast.actor("johan"), alva)


def test_maturity_opens_the_own_record_from_13(cast, alva):
    karin = cast.actor("karin")
    MaturityAssessment.objects.create(
        child=alva, question="record", mature_from=karin.today, grounds="Samtal", unit_id=karin.unit_id,
        assessed_by_id=karin.person_id, assessed_at=karin.now,
    )  # fmt: skip
    assert not reads(cast.actor("alva"), alva), "not before 13"
    born(alva, 13)
    assert reads(cast.actor("alva"), alva)


def test_staff_and_strangers_do_not_read_it_this_way(cast, alva):
    for who in ("karin", "petter"):
        with pytest.raises((Http404, PermissionDenied)):
            queries.family_record(cast.actor(who), alva.pk)


def test_every_reading_is_logged(cast, alva):
    maria = cast.actor("maria")
    queries.family_entry(maria, alva.pk, stored("Observation", "o1").event_id)
    rows = AccessLogRow.objects.filter(person_id=maria.person_id, what__startswith="record.family")
    assert [row.what for row in rows.order_by("pk")] == ["record.family", "record.family.entry"]
    assert rows.last().object_id == str(stored("Observation", "o1").event_id)


def test_another_child_s_entry_is_not_found_under_one_s_own(cast, alva):
    hugo = cast.child("hugo")
    with pytest.raises(Http404):
        queries.family_entry(cast.actor("petter"), hugo.pk, stored("Observation", "o1").event_id)


def test_many_entries_are_as_many_questions_as_few(cast, alva):
    maria = cast.actor("maria")

    def asked():
        with CaptureQueriesContext(connection) as caught:
            queries.family_record(maria, alva.pk)
        return len(caught)

    few = asked()
    number = ChildNumber.objects.get(child=alva, kind="personal").value
    more = [observation(f"m{n}") for n in range(40)]
    send(bundle(patient(number=number), *more))
    assert asked() <= few
    found = queries.family_record(maria, alva.pk, page=2)
    assert (found.total, found.page, found.pages, len(found.rows)) == (42, 2, 2, 12)
    assert queries.family_record(maria, alva.pk, page=99).page == 2


def test_the_words_of_an_entry_are_plain(cast, alva):
    page = entry_page(
        queries.family_entry(cast.actor("maria"), alva.pk, stored("Observation", "o1").event_id)
    )
    assert page.title == "Längd"
    assert [fact["label"] for fact in page.facts] == ["Slag", "När", "Enhet"]
    assert all(field.known for field in page.fields)


def test_elements_without_a_word_in_the_family_s_language_are_left_out():
    value = Field("Värde", True, ("2",))
    fields = [
        Field("Värde", True, ("1.1 m",)),
        Field("hasMember", False, ("x",)),
        Field("Beteckning", True, ("123",)),
        Field("Del", True, (), ((value, Field("odd", False, ("y",))), (Field("odd", False, ("z",)),))),
    ]  # fmt: skip
    plain = in_plain_words(fields)
    assert [field.label for field in plain] == ["Värde", "Del"]
    assert plain[1].parts == ((value,),)


class Row:
    def __init__(self, **fields):
        self.__dict__.update(fields)


def listed(**more):
    event = Row(
        pk=1, kind="observation", title="Längd", unit=Row(name="BUM"),
        data={"value": "1.1 m", "resource": 7}, effective_at=datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
    )  # fmt: skip
    row = Row(event=event, masked=more.pop("masked", False))
    return Row(rows=[row], total=61, page=2, pages=3, units=(), **more)


def test_a_line_says_what_when_and_where():
    page = record_page(listed(), lambda key: f"/{key}/")
    line = page.lines[0]
    assert (line.what, line.kind, line.value, line.unit, line.href) == (
        "Längd",
        "Mätning",
        "1.1 m",
        "BUM",
        "/1/",
    )
    assert line.when == "sön 1 mar 2026 kl. 10.00"
    assert (page.previous, page.following, page.place) == ("?sida=1", "?sida=3", "Sida 2 av 3")
    assert (page.count, page.only) == ("61 anteckningar.", "")


def test_around_a_protected_child_where_and_when_are_hidden():
    line = record_page(listed(masked=True), str).lines[0]
    assert (line.when, line.unit) == ("Dolt", "Dolt")
