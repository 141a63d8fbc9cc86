"""The extract answers as `./kring decide` does: both are asked of the same ages, days and hidden things."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.http import Http404

from kring import clock
from kring.access import gate
from kring.access.actors import Actor
from kring.access.decide.answer import answered
from kring.audit.models import AccessLogRow
from kring.children.models import Child, MaturityAssessment
from kring.log_review.queries.extract import extract_for
from tests.cast import Cast

from .logged import opened

BORN = date(2012, 2, 29)
BIRTHDAYS = (date(2025, 2, 28), date(2028, 2, 29), date(2030, 2, 28))
"""Noa's 13th, 16th and 18th."""
DAYS = [date(2024, 6, 1), *(day + timedelta(days=more) for day in BIRTHDAYS for more in (-1, 0))]
TOUCHED = {"plan": None, "concern.report": "concern_report", "internal_note.read": "internal_note"}


def moment(day: date, hour: int = 0) -> datetime:
    return datetime.combine(day, time(hour), clock.STOCKHOLM).astimezone(UTC)


def decided(kind: str, at: datetime, touches: str | None, mature: date | None, protected: str) -> object:
    """What the table says over the counter."""
    child = {"born": BORN.isoformat(), "protected": protected}
    if mature:
        child["mature_for_record"] = mature.isoformat()
    question = {
        "id": "1",
        "subject": {"kind": kind, "key": "guardian_a" if kind == "guardian" else None},
        "action": "read_log_extract",
        "resource": {"kind": "log_extract", "touches": touches},
        "context": {"at": at.isoformat(), "child": child},
    }
    answer = answered(json.dumps(question))
    assert "error" not in answer, answer
    return answer["allow"]


def on_the_page(actor: Actor, child: Child) -> object:
    """What the page shows of the one row that is there: whole, masked, or not at all."""
    try:
        found = extract_for(actor, child.pk)
    except (gate.NotAllowed, Http404):
        return False
    if not found.readings:
        return False
    return "masked" if found.readings[0].masked else True


@pytest.fixture
def noa(cast: Cast) -> Child:
    """Born on a leap day, so that each birthday has something to get wrong."""
    AccessLogRow.objects.all()._raw_delete("default")
    child = cast.child("noa")
    Child.objects.filter(pk=child.pk).update(birth_date=BORN)
    child.custodies.update(starts_on=BORN)
    return cast.child("noa")


@pytest.mark.parametrize("what", TOUCHED)
@pytest.mark.parametrize(("subject", "kind"), [("anders", "guardian"), ("noa", "child")])
def test_at_every_birthday_the_page_is_as_decided(cast, noa, subject, kind, what):
    opened("david", noa.pk, moment(date(2024, 1, 1)), what=what)
    for day in DAYS:
        at = moment(day)
        wanted = decided(kind, at, TOUCHED[what], None, "none")
        assert on_the_page(cast.actor(subject, kind, now=at), noa) == wanted, (day, wanted)


@pytest.mark.parametrize("what", TOUCHED)
def test_a_child_judged_mature_has_it_as_decided(cast, noa, what):
    since = date(2025, 9, 1)
    opened("david", noa.pk, moment(date(2024, 1, 1)), what=what)
    MaturityAssessment.objects.create(
        child=noa, question="record", mature_from=since, grounds="Samtal",
        unit=cast.unit("sas-bup-boras"), assessed_by=cast.david, assessed_at=moment(date(2025, 8, 1)),
    )  # fmt: skip
    for day in (since - timedelta(days=1), since, *DAYS):
        at = moment(day, hour=23)
        wanted = decided("child", at, TOUCHED[what], since, "none")
        assert on_the_page(cast.actor("noa", "child", now=at), noa) == wanted, (day, wanted)


@pytest.mark.parametrize(("protection", "word"), [("flag", "flag"), ("registration", "registration")])
@pytest.mark.parametrize(("subject", "kind"), [("anders", "guardian"), ("noa", "child")])
def test_of_a_protected_child_as_decided(cast, noa, subject, kind, protection, word):
    Child.objects.filter(pk=noa.pk).update(protection=protection)
    opened("david", noa.pk, moment(date(2024, 1, 1)))
    for day in DAYS:
        at = moment(day)
        wanted = decided(kind, at, None, None, word)
        assert on_the_page(cast.actor(subject, kind, now=at), noa) == wanted, (day, wanted)


LOGS = [
    ("log_reviewer", True),
    ("administrator", False),
    ("coordinator", False),
    ("guardian", False),
    ("child", False),
]


@pytest.mark.parametrize(("kind", "opens"), LOGS)
def test_the_log_itself_is_for_its_reviewer_as_decided(kind, opens):
    question = {
        "id": "1",
        "subject": {"kind": kind},
        "action": "see_access_log",
        "resource": {"kind": "access_log"},
    }
    assert answered(json.dumps(question))["allow"] is opens
