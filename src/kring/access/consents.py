"""How consent stands around a child: who must answer, what each has answered, what is open.

One law for every matter where consent breaks secrecy (8.6): a plan, and what is read across care providers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch

from kring.children.models import Child, Consent, ConsentScope, Custody, Guardian
from kring.design.alphabet import swedish

from . import facts, signing
from .actors import Actor
from .masks import hide
from .policy import answers as rules
from .policy.ages import Birth, birthday, limit
from .policy.ages import standing as age_standing
from .policy.answers import BOARD, CHILD, Signer
from .policy.consents import Decider, Matter, Named


@dataclass(frozen=True)
class SignerRow:
    """One who is to answer, or has answered. `guardian` is None for the child itself, and for the board."""

    signer: Signer
    guardian: Guardian | None
    required: bool
    latest: Consent | None
    holds: bool

    @property
    def is_child(self) -> bool:
        return self.signer == CHILD


@dataclass(frozen=True)
class ConsentView:
    """`cells` are the (unit id, category) pairs that are open now; `asked` whether anyone has answered
    yet; `closes_on`: the last day of what is open, by what is decided and told to nobody.
    """

    standing: rules.Standing
    requirement: rules.Requirement
    signers: tuple[SignerRow, ...]
    cells: frozenset[tuple[UUID, str]]
    closes_on: date | None = None

    @property
    def asked(self) -> bool:
        return any(row.latest for row in self.signers)

    @property
    def waiting_for(self) -> tuple[SignerRow, ...]:
        return tuple(row for row in self.signers if row.signer in self.standing.missing)


def across_of(actor: Actor, child: Child) -> ConsentView:
    """How consent stands for sharing across care providers: an everyday matter, where one yes is enough and
    any no a conflict (ruling 12). Of a child that the actor has been given.
    """
    given = Consent.objects.filter(child=child, purpose=Consent.Purpose.ACROSS_PROVIDERS)
    rows = given.select_related("guardian", "documented_by").prefetch_related(SCOPES)
    guardians, decisions = custody_and_decisions(actor, {child.pk: child})
    hide(actor, child, rows)
    asked = Asked(child, decisions[child.pk], guardians[child.pk], in_order(rows), Matter.EVERYDAY)
    return view_of(actor, asked)


def custody_and_decisions(
    actor: Actor, children: Mapping[UUID, Child]
) -> tuple[Mapping[UUID, list[Guardian]], Mapping[UUID, signing.Decided]]:
    """Those with custody of each child, and what has been decided about who signs, in one question; a child
    in nobody's custody costs another.
    """
    held: dict[UUID, list[Guardian]] = defaultdict(list)
    decided: dict[UUID, signing.Decided] = {}
    custodies = facts.custodies(actor).filter(child_id__in=children).select_related("guardian")
    custodies = custodies.annotate(**signing.decided_by(actor, "child"))
    for custody in sorted(custodies, key=_by_name):
        decided[custody.child_id] = signing.decided_in(actor, custody)
        hide(actor, children[custody.child_id], custody)
        held[custody.child_id].append(custody.guardian)
    return held, decided | signing.decisions_about(actor, children.keys() - decided.keys())


def _by_name(custody: Custody) -> tuple[str, str]:
    return swedish(custody.guardian.given_name), str(custody.guardian_id)


# One question with a join, where naming both would be two.
SCOPES = Prefetch("scopes", ConsentScope.objects.select_related("unit"))


def in_order(rows: Iterable[Consent]) -> list[Consent]:
    """Answers, latest last. Of two at the same moment the one that closes counts as the later."""
    return sorted(rows, key=lambda row: (row.recorded_at, row.state == "refused", str(row.pk)))


def is_adult(child: Child, actor: Actor) -> bool:
    """Whether the child has surely turned 18 and so answers alone."""
    return age_standing(Birth.of(child.birth_date, child.birth_precision), actor.today).adult


@dataclass(frozen=True)
class Asked:
    """One question of consent: whom it is about, what has been decided about who signs, those with custody,
    the answers in order, and how much it weighs.
    """

    child: Child
    decided: signing.Decided
    guardians: Sequence[Guardian]
    answers: Sequence[Consent]
    matter: Matter = Matter.SIGNIFICANT


def view_of(actor: Actor, asked: Asked) -> ConsentView:
    """How consent stands in one question."""
    adult = is_adult(asked.child, actor)
    people = {} if adult else {guardian.pk: guardian for guardian in asked.guardians}
    latest = {signer_of(consent): consent for consent in asked.answers}
    # The board's yes is written in to a plan; for what is read across providers there is no way to give it.
    named = asked.decided.named if asked.matter is Matter.SIGNIFICANT else Named.NOBODY
    requirement = rules.required_signers(
        guardians=people,
        adult=adult,
        mature=asked.decided.mature_with(own_yes(latest.get(CHILD), actor)),
        placed_by_order=asked.decided.placed_by_order,
        matter=asked.matter,
        named=named,
    )
    # Only those who may answer today count: a former guardian's yes or no does not, nor a former board's.
    asks = dict.fromkeys((*people, CHILD, *requirement.signers))
    counted = {signer: latest[signer] for signer in asks if signer in latest}
    answers = [answer_of(consent) for consent in counted.values()]
    rows = [
        _row(actor, signer, people.get(signer), requirement, latest)
        for signer in _order(people, requirement, latest)
    ]
    until = _decides_until(actor, asked, requirement)
    return ConsentView(
        standing=rules.standing(requirement, answers, actor.today).until(until),
        requirement=requirement,
        signers=tuple(rows),
        cells=rules.open_cells(requirement, answers, actor.today),
        closes_on=_closes_on(asked, requirement),
    )


def _decides_until(actor: Actor, asked: Asked, requirement: rules.Requirement) -> date | None:
    """The last day on which those who decide now surely do. Where it is not the child itself: the day before
    it turns 18, and no longer than the order that says who does.
    """
    if requirement.decider is Decider.CHILD:
        return None
    birth = Birth.of(asked.child.birth_date, asked.child.birth_precision)
    grown = birthday(birth.latest, limit("adult", actor.today).years)
    return min(filter(None, (asked.decided.order_until, grown - timedelta(days=1))))


def _closes_on(asked: Asked, requirement: rules.Requirement) -> date | None:
    """The day before an order begins by which somebody else decides: what was opened closes at that midnight,
    whether or not anything wakes up. Apart from the last day, which is told: that a child is to be placed is
    not to be read from a date.
    """
    begins = asked.decided.order_from
    return begins - timedelta(days=1) if begins and requirement.decider is not Decider.CHILD else None


def own_yes(own: Consent | None, actor: Actor) -> datetime | None:
    """When the child's own yes, judged by who wrote it in to be its own to give, was recorded; None when no
    such yes stands.
    """
    if own is None or not own.judged_mature or not answer_of(own).holds(actor.today):
        return None
    return own.recorded_at


def _order(
    people: Mapping[UUID, Guardian], requirement: rules.Requirement, latest: Mapping[Signer, Consent]
) -> list[Signer]:
    child = [CHILD] if CHILD in requirement.signers or CHILD in latest else []
    board = [BOARD] if BOARD in requirement.signers else []
    return [*board, *people, *child]


def _row(
    actor: Actor,
    signer: Signer,
    guardian: Guardian | None,
    requirement: rules.Requirement,
    latest: Mapping[Signer, Consent],
) -> SignerRow:
    consent = latest.get(signer)
    holds = consent is not None and answer_of(consent).holds(actor.today)
    return SignerRow(signer, guardian, signer in requirement.signers, consent, holds)


def signer_of(consent: Consent) -> Signer:
    """Whose answer it is."""
    return consent.guardian_id or (BOARD if consent.board_unit_id else CHILD)


def answer_of(consent: Consent) -> rules.Answer:
    """A stored answer as the rules read it."""
    return rules.Answer(
        signer=signer_of(consent),
        state=consent.state,
        starts_on=consent.starts_on,
        ends_on=consent.ends_on,
        withdrawn=consent.withdrawn_at is not None,
        cells=frozenset((scope.unit_id, scope.category) for scope in consent.scopes.all()),
    )
