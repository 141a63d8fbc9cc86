"""Noa, 15, has blocked some days of what child psychiatry wrote: a visitor can see that something is blocked,
and what the unit itself sees. Nobody's access is decided about here: that would not be for a visitor to see.
"""

import io
import json
from datetime import datetime, timedelta
from typing import Any

from kring import clock
from kring.access.actors import Actor
from kring.access.policy.blocking import BlockKind
from kring.access.policy.deciding import Question
from kring.care.record import commands as record
from kring.care.record.importer import importer
from kring.children.commands import relate
from kring.children.models import AccessBlock, Child, ChildNumber
from kring.organisations.models import Unit
from kring.secrecy.commands.blocks import set_block
from kring.secrecy.commands.maturity import assess_maturity

BUP, EMERGENCY = "sas-bup-boras", "sas-bum-boras"
PERSONAL = "http://electronichealth.se/identifier/personnummer"
TALKS = (
    (96, "Första samtalet"),
    (40, "Samtal om sömn"),
    (33, "Samtal om kompisar"),
    (12, "Samtal om skolan"),
)
"""How many days ago each was, and what it was called. The second and third are blocked."""
BLOCKED = (45, 30)


def tell(at: Any, now: datetime) -> None:
    """Tell it once. `at(subject, days)` gives somebody of the cast so many days from now."""
    noa = Child.objects.get(person__subject="noa")
    if AccessBlock.objects.filter(child=noa).exists():
        return
    _record(noa, now)
    david = at("david", -28)
    assess_maturity(
        by=david,
        child_id=noa.pk,
        question=Question.BLOCK,
        mature_from=david.today,
        grounds="Noa förstår vilka som inte längre ser anteckningarna och vad det kan betyda i vården.",
    )
    _block(at("noa", -27), noa, now)
    # The ward's officer can be asked to lift, and to open in an emergency.
    relate(child=noa, unit=Unit.objects.get(key=EMERGENCY), starts_on=clock.day_of(now) - timedelta(days=20))


def _block(by: Actor, noa: Child, now: datetime) -> None:
    unit, today = Unit.objects.get(key=BUP), clock.day_of(now)
    first, last = (today - timedelta(days=days) for days in BLOCKED)
    days = {"documented_from": first, "documented_to": last}
    set_block(by=by, child_id=noa.pk, kind=BlockKind.INNER, unit_id=unit.pk, **days)


def _record(noa: Child, now: datetime) -> None:
    """What child psychiatry has sent: a patient and its visits."""
    unit = Unit.objects.get(key=BUP)
    number = ChildNumber.objects.get(child=noa, kind=ChildNumber.Kind.PERSONAL).value
    by = importer(unit, now)
    source = record.register_source(by=by, key="journal-bup", name="Psykiatrins journalsystem", unit=unit)
    patient = {
        "resourceType": "Patient",
        "id": "noa",
        "identifier": [{"system": PERSONAL, "value": number}],
        "name": [{"use": "official", "family": noa.family_name, "given": [noa.given_name]}],
        "birthDate": noa.birth_date.isoformat(),
        "gender": noa.sex,
    }
    visits = [_visit(n, what, now - timedelta(days=days)) for n, (days, what) in enumerate(TALKS)]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": one} for one in (patient, *visits)],
    }
    record.take_in(by=by, source_id=source.pk, file=io.BytesIO(json.dumps(bundle).encode()))


def _visit(n: int, what: str, moment: datetime) -> dict[str, Any]:
    start, end = moment.isoformat(), (moment + timedelta(minutes=45)).isoformat()
    return {
        "resourceType": "Encounter",
        "id": f"samtal-{n}",
        "status": "finished",
        "class": {"code": "AMB"},
        "type": [{"text": what}],
        "subject": {"reference": "Patient/noa"},
        "period": {"start": start, "end": end},
    }
