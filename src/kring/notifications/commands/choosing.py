"""How a person wants to be told outside Kring, and the code that shows that an address is its own."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.notices import CODE_SENT, Way, code_limits
from kring.audit.models import Action
from kring.notifications import codes, queries
from kring.notifications.models import AddressCode, ContactWay, Delivery
from kring.notifications.rules import CodeRefused, Topic
from kring.notifications.tasks import send_waiting
from kring.organisations.models import Person

DAY = timedelta(days=1)
WAYS, CODE = "notices.ways", "notices.code"


@transaction.atomic
def choose_ways(*, by: Actor, chosen: Mapping[Way, tuple[str, Iterable[Topic]]]) -> None:
    """Keep how the person wants to be told outside Kring: address and topics for each way; a way without
    topics is no longer used. What waits to leave by such a way is stopped when it comes to it.

    A new address gets a code, and nothing else before the code has been written here.

    Raises:
        CodeRefused: protected, young, shared, too_many_codes.
    """
    gate.demand(by, Permission.USE_SYSTEM, what=WAYS, action=Action.WRITE)
    _hold(by)
    wanted = {way.value: (to, sorted(topics)) for way, (to, topics) in chosen.items() if topics and to}
    before = queries.contact_ways(by.person_id)
    ContactWay.objects.filter(person_id=by.person_id).exclude(way__in=wanted).delete()
    for way, (address, topics) in wanted.items():
        row = before.get(way)
        same = row is not None and row.address == address
        kept = {"confirmed_at": row.confirmed_at if row and same else None, "chosen_at": by.now}
        ContactWay.objects.update_or_create(
            person_id=by.person_id, way=way, defaults={"address": address, "topics": topics, **kept}
        )
        if not same:
            _send_code(by, way, address)


@transaction.atomic
def ask_code(*, by: Actor, way: Way) -> None:
    """Send another code to the address of a way that is not confirmed; the ones before are no longer valid.
    There is nothing to send for a way that is not chosen, or is confirmed.

    Raises:
        CodeRefused: protected, young, shared, too_many_codes.
    """
    gate.demand(by, Permission.USE_SYSTEM, what=CODE, action=Action.WRITE)
    _hold(by)
    row = ContactWay.objects.filter(person_id=by.person_id, way=way.value, confirmed_at=None).first()
    if row:
        _send_code(by, row.way, row.address)


def _hold(by: Actor) -> None:
    """One at a time for each person: the codes of a day are counted."""
    Person.objects.select_for_update(no_key=True).filter(pk=by.person_id).first()


def _send_code(by: Actor, way: str, address: str) -> None:
    limits, mine = code_limits(by.today), AddressCode.objects.filter(person_id=by.person_id)
    asked = mine.filter(asked_at__gt=by.now - DAY).count()
    _refuse(by, (Way(way), address), too_many=asked >= limits.a_day)
    mine.filter(way=way, ended_at=None).update(ended_at=by.now)
    key = uuid4()
    code = AddressCode.objects.create(
        pk=key, person_id=by.person_id, way=way, address=address, asked_at=by.now,
        hashed=codes.hashed(key, address, codes.drawn(key, limits.digits)),
    )  # fmt: skip
    # Whoever asks for it waits for it, so there are no quiet hours.
    Delivery.objects.create(code=code, way=way, not_before=by.now)
    send_waiting.enqueue()


def _refuse(by: Actor, to: tuple[Way, str], *, too_many: bool) -> None:
    person = queries.people([by.person_id])[by.person_id]
    answer = CODE_SENT.decide(queries.code_facts(person, by.now, to, too_many=too_many), on=by.today)
    if not answer.opens:
        raise CodeRefused.because(answer.rule_id)


class Confirmed(StrEnum):
    """What came of writing a code. OVER: it cannot be used any more, or none was asked for."""

    YES = "yes"
    WRONG = "wrong"
    OVER = "over"


@transaction.atomic
def confirm_address(*, by: Actor, way: Way, written: str) -> Confirmed:
    """Write the code that was sent. A wrong one is counted, so it is an answer and no refusal, which would
    undo the counting. An address that is confirmed already stays so.
    """
    gate.demand(by, Permission.USE_SYSTEM, what=CODE, action=Action.WRITE)
    row = ContactWay.objects.select_for_update().filter(person_id=by.person_id, way=way.value).first()
    if row is None or row.confirmed_at:
        return Confirmed.YES if row else Confirmed.OVER
    code = queries.code_of(row)
    if code is None or codes.is_over(code, by.now):
        return Confirmed.OVER
    return _tried(by, row, code, written)


def _tried(by: Actor, row: ContactWay, code: AddressCode, written: str) -> Confirmed:
    mine = AddressCode.objects.filter(pk=code.pk)
    if not codes.fits(code, written):
        mine.update(tries=F("tries") + 1)
        code.refresh_from_db()
        return Confirmed.OVER if codes.is_over(code, by.now) else Confirmed.WRONG
    mine.update(ended_at=by.now)
    ContactWay.objects.filter(pk=row.pk).update(confirmed_at=by.now)
    gate.log(by, Action.WRITE, [None], what=CODE)
    return Confirmed.YES
