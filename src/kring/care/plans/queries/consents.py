"""How consent stands for plans: who must answer, what each has answered, what is open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from kring.access import facts, signing
from kring.access.actors import Actor
from kring.access.consents import (
    SCOPES,
    Asked,
    ConsentView,
    SignerRow,
    custody_and_decisions,
    in_order,
    is_adult,
    view_of,
)
from kring.access.masks import hide
from kring.access.policy.answers import BOARD, CHILD, Signer
from kring.access.policy.decision import Decision
from kring.access.policy.recording import RECORDING, Recording, Said, Sayer
from kring.care.plans.models import Plan
from kring.children.models import Consent


def consent_of(actor: Actor, plan: Plan) -> ConsentView:
    """How consent stands for one plan that the actor has been given."""
    return consents_of(actor, [plan])[plan.pk]


def consents_of(actor: Actor, plans: Sequence[Plan]) -> dict[UUID, ConsentView]:
    """How consent stands for each plan, in a constant number of questions."""
    guardians, decisions = custody_and_decisions(actor, {plan.child_id: plan.child for plan in plans})
    answers = _answers({plan.pk for plan in plans})
    views = {}
    for plan in plans:
        hide(actor, plan.child, answers[plan.pk])
        asked = Asked(plan.child, decisions[plan.child_id], guardians[plan.child_id], answers[plan.pk])
        views[plan.pk] = view_of(actor, asked)
    return views


def _answers(plan_ids: Iterable[UUID]) -> Mapping[UUID, list[Consent]]:
    """Each plan's answers, latest last."""
    given: dict[UUID, list[Consent]] = defaultdict(list)
    consents = Consent.objects.filter(purpose=Consent.Purpose.PLAN, subject__in=plan_ids)
    rows = consents.select_related("guardian", "documented_by").prefetch_related(SCOPES)
    for consent in in_order(rows):
        given[consent.subject].append(consent)
    return given


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
