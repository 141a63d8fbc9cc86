"""Sending what waits: one at a time, asked of the gate again, and noted before and after.

A worker can die at any moment. Before a letter is handed over it is noted as taken, and that note is kept
whatever happens; so no other worker takes it, and what is found taken long afterwards was lost with its
worker and is sent again. The one letter that was in somebody's hands at the moment of death may then be
handed over twice; it carries the same id both times. None is lost.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kring import clock
from kring.access.policy.notices import CODE_SENT, NOTICES, Receiver, Way, earliest

from . import codes, queries
from .models import AddressCode, Delivery, Notice
from .rules import LOST_AFTER, TELLINGS, receiver_of, try_again_at
from .senders import Refused, Sender, ways_out

logger = logging.getLogger(__name__)
State = Delivery.State
CODE_OVER = "code_over"


def pick_up_lost(now: datetime) -> bool:
    """Let what was lost with its worker wait again; returns whether anything may leave now."""
    lost = Delivery.objects.filter(state=State.TAKEN, taken_at__lt=now - LOST_AFTER)
    lost.update(state=State.WAITING, not_before=now)
    return _due(now).exists()


def _due(now: datetime) -> "QuerySet[Delivery]":
    return Delivery.objects.filter(state=State.WAITING, not_before__lte=now)


def send_due(now: Callable[[], datetime], senders: dict[str, Sender] | None = None) -> int:
    """Send everything that may leave; returns how many did."""
    out, sent = ways_out() if senders is None else senders, 0
    while delivery := _take(now()):
        sent += _send(delivery, out, now())
    return sent


def _take(now: datetime) -> Delivery | None:
    """The next one, noted as in our hands; of several workers one gets it."""
    for key in _due(now).order_by("not_before", "id").values_list("pk", flat=True)[:20]:
        mine = Delivery.objects.filter(pk=key, state=State.WAITING)
        if mine.update(state=State.TAKEN, taken_at=now) and (taken := _with_people(key)):
            return taken
    return None


def _with_people(key: UUID) -> Delivery | None:
    """None when it was taken back while it was taken: somebody no longer sees what it was about."""
    whose = [f"{what}__person__{who}" for what in ("notice", "code") for who in ("as_guardian", "as_child")]
    rows = Delivery.objects.select_related("notice__child", *whose)
    return rows.filter(pk=key).first()


@dataclass(frozen=True)
class Letter:
    """What is handed over: to where, in which language, whether to the child itself, and a code's digits."""

    address: str
    language: str
    to_child: bool
    code: str = ""


def _send(delivery: Delivery, senders: dict[str, Sender], now: datetime) -> int:
    if (leaves := _earliest(delivery, now)) > now:
        _note(delivery, state=State.WAITING, not_before=leaves)
        return 0
    letter, stopped = _code(delivery.code, now) if delivery.code else _notice(delivery, now)
    if stopped:
        _note(delivery, state=State.STOPPED, reason=stopped, ended_at=now)
        return 0
    # Asked last of all: what was closed while this was asked about has taken its notice with it.
    if not Delivery.objects.filter(pk=delivery.pk).exists():
        return 0
    return _hand_over(delivery, letter, senders.get(delivery.way), now)


def _earliest(delivery: Delivery, now: datetime) -> datetime:
    if delivery.notice is None:
        return now
    return earliest(_receiver(delivery.notice), now)


def _receiver(notice: Notice) -> Receiver:
    return receiver_of(notice.child.person_id, notice.person_id, notice.unit_id)


def _code(code: AddressCode, now: datetime) -> tuple[Letter | None, str]:
    """The letter with a code, and what stops it now, or ""."""
    facts = queries.code_facts(code.person, now, (Way(code.way), code.address))
    answer = CODE_SENT.decide(facts, on=clock.day_of(now))
    stopped = "" if answer.opens else answer.rule_id
    if codes.is_over(code, now):
        stopped = CODE_OVER
    to_child = getattr(code.person, "as_child", None) is not None
    return Letter(code.address, code.person.language, to_child, codes.letters_of(code)), stopped


def _notice(delivery: Delivery, now: datetime) -> tuple[Letter | None, str]:
    """The letter about a notice, and the rule that stops it now, or ""."""
    notice = delivery.notice
    if notice.read_at:
        return None, "read"
    way = queries.contact_ways(notice.person_id).get(delivery.way)
    telling = TELLINGS[notice.act]
    facts = queries.facts_of(telling, notice.child, notice.person, notice.unit_id, now)
    asked = queries.post_facts(facts, notice.child, way, telling.topic, Way(delivery.way))
    answer = NOTICES.decide(asked, on=clock.day_of(now))
    to_child = facts.receiver == Receiver.CHILD
    letter = Letter(way.address, notice.person.language, to_child) if way else None
    return letter, "" if answer.opens else answer.rule_id


def _hand_over(delivery: Delivery, letter: Letter | None, sender: Sender | None, now: datetime) -> int:
    try:
        if sender is None or letter is None:
            raise Refused
        more: dict[str, Any] = {"code": letter.code} if letter.code else {}
        more |= {"to_child": True} if letter.to_child else {}
        sender.send(delivery.pk, letter.address, letter.language, **more)
    except Refused:
        _note(delivery, state=State.GIVEN_UP, reason=Refused.__name__, ended_at=now)
        return 0
    except Exception as problem:  # a server may fail in any way; the letter must be tried again
        logger.warning("delivery %s: %s", delivery.pk, type(problem).__name__)
        _later(delivery, type(problem).__name__, now)
        return 0
    _note(delivery, state=State.SENT, attempts=delivery.attempts + 1, reason="", ended_at=now)
    return 1


def _later(delivery: Delivery, fault: str, now: datetime) -> None:
    tries = delivery.attempts + 1
    again = try_again_at(tries, now)
    if again is None:
        _note(delivery, state=State.GIVEN_UP, attempts=tries, reason=fault, ended_at=now)
    else:
        _note(delivery, state=State.WAITING, attempts=tries, reason=fault, not_before=again)


def _note(delivery: Delivery, **fields: object) -> None:
    """Note the outcome, unless somebody has taken it over as lost."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.TAKEN, taken_at=delivery.taken_at)
    mine.update(**fields)
