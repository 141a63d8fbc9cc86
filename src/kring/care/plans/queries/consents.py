"""How consent stands for plans: who must answer, what each has answered, what is open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from kring.access import facts, signing
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.policy.ages import Birth
from kring.access.policy.ages import standing as age_standing
from kring.access.policy.consents import Decider, Matter, Named
from kring.access.policy.decision import Decision
from kring.access.policy.recording import RECORDING, Recording, Said, Sayer
from kring.care.plans import rules
from kring.care.plans.models import Plan
from kring.care.plans.rules.consent import BOARD, CHILD, Signer
from kring.children.models import Child, Consent, ConsentScope, Guardian


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
    yet.
    """

    standing: rules.Standing
    requirement: rules.Requirement
    signers: tuple[SignerRow, ...]
    cells: frozenset[tuple[UUID, str]]

    @property
    def asked(self) -> bool:
        return any(row.latest for row in self.signers)

    @property
    def waiting_for(self) -> tuple[SignerRow, ...]:
        return tuple(row for row in self.signers if row.signer in self.standing.missing)


def consent_of(actor: Actor, plan: Plan) -> ConsentView:
    """How consent stands for one plan that the actor has been given."""
    return consents_of(actor, [plan])[plan.pk]


def consents_of(actor: Actor, plans: Sequence[Plan]) -> dict[UUID, ConsentView]:
    """How consent stands for each plan, in a constant number of questions."""
    guardians, decisions = _guardians(actor, {plan.child_id: plan.child for plan in plans})
    answers = _answers({plan.pk for plan in plans})
    views = {}
    for plan in plans:
        hide(actor, plan.child, answers[plan.pk])
        asked = Asked(plan.child, decisions[plan.child_id], guardians[plan.child_id], answers[plan.pk])
        views[plan.pk] = _view(actor, asked)
    return views


def across_of(actor: Actor, child: Child) -> ConsentView:
    """How consent stands for sharing across care providers: an everyday matter, where one yes is enough and
    any no a conflict (ruling 12). Of a child that the actor has been given.
    """
    given = Consent.objects.filter(child=child, purpose=Consent.Purpose.ACROSS_PROVIDERS)
    rows = given.select_related("guardian", "documented_by").prefetch_related(SCOPES)
    guardians, decisions = _guardians(actor, {child.pk: child})
    hide(actor, child, rows)
    asked = Asked(child, decisions[child.pk], guardians[child.pk], _in_order(rows), Matter.EVERYDAY)
    return _view(actor, asked)


def _guardians(
    actor: Actor, children: Mapping[UUID, Child]
) -> tuple[Mapping[UUID, list[Guardian]], Mapping[UUID, signing.Decided]]:
    """Those with custody of each child, and what has been decided about who signs, in one question; a child
    in nobody's custody costs another.
    """
    held: dict[UUID, list[Guardian]] = defaultdict(list)
    decided: dict[UUID, signing.Decided] = {}
    custodies = facts.custodies(actor).filter(child_id__in=children).select_related("guardian")
    custodies = custodies.annotate(**signing.decided_by(actor, "child"))
    for custody in custodies.order_by("guardian__given_name", "guardian_id"):
        decided[custody.child_id] = signing.decided_in(actor, custody)
        hide(actor, children[custody.child_id], custody)
        held[custody.child_id].append(custody.guardian)
    return held, decided | signing.decisions_about(actor, children.keys() - decided.keys())


# One question with a join, where naming both would be two.
SCOPES = Prefetch("scopes", ConsentScope.objects.select_related("unit"))


def _answers(plan_ids: Iterable[UUID]) -> Mapping[UUID, list[Consent]]:
    """Each plan's answers, latest last. Of two at the same moment the one that closes counts as the later."""
    given: dict[UUID, list[Consent]] = defaultdict(list)
    consents = Consent.objects.filter(purpose=Consent.Purpose.PLAN, subject__in=plan_ids)
    rows = consents.select_related("guardian", "documented_by").prefetch_related(SCOPES)
    for consent in _in_order(rows):
        given[consent.subject].append(consent)
    return given


def _in_order(rows: Iterable[Consent]) -> list[Consent]:
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


def _view(actor: Actor, asked: Asked) -> ConsentView:
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
    # Where not the child itself decides, a yes holds no longer than the order that says who does.
    until = None if requirement.decider is Decider.CHILD else asked.decided.order_until
    return ConsentView(
        standing=rules.standing(requirement, answers, actor.today).until(until),
        requirement=requirement,
        signers=tuple(rows),
        cells=rules.open_cells(requirement, answers, actor.today),
    )


def own_yes(own: Consent | None, actor: Actor) -> datetime | None:
    """When the child's own yes, judged by who wrote it in to be its own to give, was recorded; None when no
    such yes stands.
    """
    if own is None or not own.judged_mature or not answer_of(own).holds(actor.today):
        return None
    return own.recorded_at


def may_record(
    actor: Actor,
    plan: Plan,
    signer: Signer,
    said: Said,
    *,
    judged_mature: bool = False,
    board_unit: UUID | None = None,
    in_writing: bool = True,
) -> Decision:
    """Whether this member of staff may write in what somebody has said about a plan it sees as a whole.
    `board_unit`: the social services of the board that decides.
    """
    asked = Recording(
        said=said,
        sayer=_sayer(actor, plan, signer),
        own_board=board_unit is not None and board_unit == actor.unit_id,
        in_writing=in_writing,
        in_plan=actor.is_staff,
        keeps_plan=plan.unit_id == actor.unit_id,
        treats=facts.treats(actor),
        judged_mature=judged_mature,
    )
    return RECORDING.decide(asked, on=actor.today)


def _sayer(actor: Actor, plan: Plan, signer: Signer) -> Sayer:
    if signer == BOARD:
        return Sayer.BOARD
    own = Sayer.ADULT if is_adult(plan.child, actor) else Sayer.CHILD
    return own if signer == CHILD else Sayer.GUARDIAN


def may_write_yes(actor: Actor, plan: Plan, row: "SignerRow", *, judges: bool) -> bool:
    """Whether the form may offer a yes: where this actor could never write one in, it is no choice."""
    board = board_unit_of(actor, plan) if row.signer == BOARD else None
    return any(
        may_record(actor, plan, row.signer, Said.YES, judged_mature=mature, board_unit=board).opens
        for mature in {False, judges}
    )


def board_unit_of(actor: Actor, plan: Plan) -> UUID | None:
    """The social services whose board has decided about the plan's child; None when it is not placed."""
    return signing.decisions_about(actor, [plan.child_id])[plan.child_id].board_unit


def judges_maturity(actor: Actor, plan: Plan) -> bool:
    """Whether the actor may judge if the plan's child, not yet grown, is mature for the question."""
    return facts.treats(actor) and not is_adult(plan.child, actor)


def own_answer(consent: ConsentView) -> SignerRow | None:
    """The place of a child's own answer while nobody has asked; None when it stands among the signers."""
    there = any(row.signer == CHILD for row in consent.signers)
    return None if there else SignerRow(CHILD, None, required=False, latest=None, holds=False)


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
