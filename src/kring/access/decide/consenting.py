"""Facts on consent: who signs for this child, and what has been signed (8.4, 8.6)."""

from datetime import date

from kring.access.policy.blocking import Asker, BlockAct, Blocking, BlockKind
from kring.access.policy.consents import (
    SIGNATURES,
    Decider,
    Matter,
    Signature,
    Signatures,
    Signer,
    Signing,
    decider,
    how_many,
)
from kring.access.policy.family import Channel, Close
from kring.access.policy.plans import ConsentState
from kring.access.policy.protected import Grade
from kring.access.policy.routes import Thing

from .question import Question, day, moment
from .words import (
    CLOSE,
    PARTIES,
    ages,
    at_work,
    grade,
    has_custody,
    is_blocked,
    is_protected,
    mature,
    own_key,
    owner,
    party,
    placed_by_order,
)


def signature(q: Question, key: str) -> Signature | None:
    """The answer this person has given; none when the question names none."""
    stated = q.context["consents"].get(key)
    if stated is None:
        return None
    return Signature(
        stated["state"],
        frozenset(stated["parties"]),
        frozenset(stated["categories"]),
        day(stated["from"]) or date.min,
        day(stated["to"]),
        moment(stated["withdrawn_at"]) if stated["withdrawn_at"] else None,
    )


def who_decides(q: Question) -> Decider:
    return decider(adult=ages(q).adult, child_mature=mature(q, "consent"), placed_by_order=placed_by_order(q))


CATEGORY = {Thing.PLAN_ITEM: "plan", Thing.PLAN: "plan", Thing.CHILD: "plan"}


def signatures(q: Question, receiver: str | None) -> Signatures:
    """Of those who decide: how many said yes to this party and this kind, and whether any refused."""
    decides = who_decides(q)
    keys = (
        ["child"]
        if decides is Decider.CHILD
        else [key for key in q.context["guardians"] if has_custody(q, key)]
    )
    given = {key: signature(q, key) for key in keys}
    category = CATEGORY.get(Thing(q.resource["kind"]), q.resource["kind"])
    yes = {
        key: bool(one and one.covers(party=receiver, category=category, now=q.now, today=q.today))
        for key, one in given.items()
    }
    return Signatures(
        matter=Matter(q.context["matter"]),
        decider=decides,
        signed=how_many(yes),
        refused=any(one is not None and one.state == "refused" for one in given.values()),
    )


def signatures_are_there(q: Question, receiver: str | None) -> bool:
    return SIGNATURES.decide(signatures(q, receiver), on=q.today).opens


def consent_state(q: Question, receiver: str) -> ConsentState:
    """In force, or why it is not any more."""
    if signatures_are_there(q, receiver):
        return ConsentState.IN_FORCE
    given = [signature(q, key) for key in q.context["consents"]]
    if any(one and one.withdrawn_at and one.withdrawn_at <= q.now for one in given):
        return ConsentState.WITHDRAWN
    over = any(one and one.ends_on and one.ends_on < q.today for one in given)
    return ConsentState.EXPIRED if over else ConsentState.NONE


def signer(q: Question) -> Signer:
    key = own_key(q)
    mine = signature(q, key)
    return Signer(
        who=CLOSE.get(q.subject["kind"], Close.NOT_GUARDIAN),
        act=Signing(q.action),
        channel=Channel(q.context["channel"]),
        strong_auth=bool(q.subject["strong_auth"]),
        has_signed=mine is not None and mine.state == "given",
        decider=who_decides(q),
        custody=has_custody(q, key),
        link_closed=is_blocked(q, key) or is_protected(q, key) or grade(q) is not Grade.NONE,
    )


BLOCKERS = {"child": Asker.CHILD, "unlock_officer": Asker.OFFICER, "guardian": Asker.GUARDIAN}


def blocking(q: Question) -> Blocking:
    block = q.context["block"]
    holder = PARTIES[block["owner"]] if block else owner(q)
    return Blocking(
        asker=BLOCKERS.get(q.subject["kind"], Asker.OTHER),
        act=BlockAct(q.action),
        kind=BlockKind(block["kind"]) if block else BlockKind.INNER,
        mature=ages(q).adult or mature(q, "block"),
        is_set=block is not None,
        **at_work(q),
        own_provider=q.subject["party"] in PARTIES and party(q).provider == holder.provider,
        consents=bool(q.context["consent_now"]),
        asked_for=bool(q.context["documented_reason"] or q.context["consent_now"]),
    )
