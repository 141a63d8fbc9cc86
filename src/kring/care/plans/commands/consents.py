"""What the family says about sharing, and what follows from it at once."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.answers import BOARD, CHILD, Cell, Signer
from kring.access.policy.consents import Decider
from kring.access.policy.recording import BOARD_WRITING, NOT_TREATING, Said
from kring.access.signing import may_sign
from kring.care.plans import queries
from kring.care.plans.models import Plan, PlanParty
from kring.care.plans.rules import Refusal
from kring.children import commands as children
from kring.children.models import Consent, ConsentScope

from .disclosures import settle_disclosures
from .telling import tell_in_charge
from .writing import leave_trace, plan_to_change


def answers(by: Actor) -> Permission:
    """What it takes: staff record somebody's answer, the family gives its own."""
    return Permission.RECORD_CONSENT if by.is_staff else Permission.ANSWER_AS_FAMILY


@transaction.atomic
def record_consent(
    *,
    by: Actor,
    plan_id: UUID,
    guardian_id: UUID | None,
    state: str,
    form: str,
    cells: Iterable[Cell] = (),
    starts_on: date | None = None,
    ends_on: date | None = None,
    judged_mature: bool = False,
    board: bool = False,
) -> Consent:
    """Store one person's answer to one plan: (unit, kind of information) cells, how it was given, from and
    through.

    `guardian_id` None is the child itself, or with `board` the social services board whose decision about a
    placed child says that it consents; `judged_mature`: a treating professional who writes it in has
    found the child mature for the question. A later answer takes over; the earlier stays as it was. What all
    required signers have said yes to is disclosed at once, and closed at once when one no longer does.

    Raises:
        Refusal: not_started, signer_unknown, someone_else_s_answer, child_decides, board_decides,
            yes_elsewhere, not_treating, board_unnamed, board_in_writing, choice_missing, form_missing,
            cells_missing, not_a_party, consent_starts_later, consent_ends_before, consent_over.
    """
    plan = plan_to_change(by=by, plan_id=plan_id, permission=answers(by), what="plan.consent")
    if plan.started_at is None:
        raise Refusal("not_started")
    starts_on = starts_on or by.today
    scope = set(cells) if state == "given" else set()
    signer: Signer = BOARD if board else guardian_id or CHILD
    _check_signer(by, plan, signer, state)
    _check_answer(by, plan, state, form, scope)
    judged_mature = judged_mature and signer == CHILD and state == "given"
    board_unit = queries.board_unit_of(by, plan) if board else None
    check_recorder(
        by=by, plan=plan, signer=signer, said=Said(state), judged_mature=judged_mature, board_unit=board_unit,
        in_writing=form == "written",
    )  # fmt: skip
    _check_period(by, starts_on, ends_on)
    consent = children.record_consent(
        child_id=plan.child_id, purpose=Consent.Purpose.PLAN, subject=plan.pk, guardian_id=guardian_id,
        board_unit_id=board_unit, state=state, form=form, starts_on=starts_on, ends_on=ends_on,
        documented_by_id=by.person_id, recorded_at=by.now, scope=scope, judged_mature=judged_mature,
    )  # fmt: skip
    _follow(by, plan, consent)
    return consent


def _check_signer(by: Actor, plan: Plan, signer: Signer, state: str) -> None:
    if not by.is_staff and signer != (by.guardian_id or CHILD):
        raise Refusal("someone_else_s_answer", about=plan.child_id)
    if signer == CHILD:
        return
    consent = queries.consent_of(by, plan)
    if signer == BOARD:
        if BOARD not in consent.requirement.signers:
            raise Refusal("board_unnamed")
        return
    if signer not in {row.signer for row in consent.signers if row.guardian}:
        raise Refusal("signer_unknown")
    # A no is heard from everyone with custody; a yes is for who decides to give (8.6 a).
    if state == "given":
        check_may_sign(by=by, child_id=plan.child_id, guardian_id=UUID(str(signer)), consent=consent)


@transaction.atomic
def check_may_sign(*, by: Actor, child_id: UUID, guardian_id: UUID, consent: queries.ConsentView) -> None:
    """Refuse the yes of a guardian who does not decide.

    Raises:
        Refusal: child_decides, board_decides, signer_unknown.
    """
    decider = consent.requirement.decider
    named = consent.requirement.named
    decision = may_sign(by, guardian_id=guardian_id, decider=decider, custody=True, named=named)
    if not decision.opens:
        code = NOT_DECIDING.get(decider, "signer_unknown")
        raise Refusal(code, rule=decision.rule_id, about=child_id)


NOT_RECORDED = {NOT_TREATING: "not_treating", BOARD_WRITING: "board_in_writing"}
NOT_DECIDING = {Decider.CHILD: "child_decides", Decider.BOARD: "board_decides"}


@transaction.atomic
def check_recorder(*, by: Actor, plan: Plan, signer: Signer, said: Said, **how: Any) -> None:
    """Refuse staff who may not write this in (8.6 c). The family answers for itself. `how`: judged_mature,
    board_unit, in_writing; see `queries.may_record`.

    Raises:
        Refusal: yes_elsewhere, not_treating, board_in_writing.
    """
    if not by.is_staff:
        return
    decision = queries.may_record(by, plan, signer, said, **how)
    if not decision.opens:
        code = NOT_RECORDED.get(decision.rule_id, "yes_elsewhere")
        raise Refusal(code, rule=decision.rule_id, about=plan.child_id)


def _check_answer(by: Actor, plan: Plan, state: str, form: str, scope: set[Cell]) -> None:
    if state not in Consent.State.values:
        raise Refusal("choice_missing")
    if form not in Consent.Form.values or (form == "portal") == by.is_staff:
        raise Refusal("form_missing")
    if state == "given" and not scope:
        raise Refusal("cells_missing")
    if not {category for _, category in scope} <= set(ConsentScope.Category.values):
        raise Refusal("cells_missing")
    parties = PlanParty.objects.filter(plan=plan, left_at__isnull=True).values_list("unit_id", flat=True)
    if not {unit_id for unit_id, _ in scope} <= set(parties):
        raise Refusal("not_a_party")


def _check_period(by: Actor, starts_on: date, ends_on: date | None) -> None:
    if starts_on > by.today:
        raise Refusal("consent_starts_later")
    if ends_on and ends_on < starts_on:
        raise Refusal("consent_ends_before")
    if ends_on and ends_on < by.today:
        raise Refusal("consent_over")


def _follow(by: Actor, plan: Plan, consent: Consent) -> None:
    # The trace first: a unit that closes the plan to itself was inside it when it wrote.
    leave_trace(by=by, plan=plan, what="plan.consent", object_id=consent.pk)
    tell_in_charge(by=by, plan=plan, act="consent_answered")
    settle_disclosures(by=by, plan=plan)


@transaction.atomic
def withdraw_consent(*, by: Actor, consent_id: UUID) -> None:
    """Take an answer back: from now on, at once, for every party it opened the plan to.

    Raises:
        gate.Invisible: the consent is not about a plan the actor reaches.
        Refusal: someone_else_s_answer, already_withdrawn.
    """
    consent = Consent.objects.filter(pk=consent_id, purpose=Consent.Purpose.PLAN).first()
    plan_id = consent.subject if consent and consent.subject else consent_id
    plan = plan_to_change(
        by=by, plan_id=plan_id, permission=answers(by), what="plan.consent.withdraw", also_over=True
    )
    if consent is None:
        raise queries.refusal(by, consent_id, answers(by), what="plan.consent.withdraw")
    consent.refresh_from_db()  # as it stands now that nobody else can change it
    signer = queries.signer_of(consent)
    if not by.is_staff and signer != (by.guardian_id or CHILD):
        raise Refusal("someone_else_s_answer", about=plan.child_id)
    check_recorder(by=by, plan=plan, signer=signer, said=Said.TAKEN_BACK)
    if consent.withdrawn_at:
        raise Refusal("already_withdrawn")
    # Every yes the person has given to this plan: none of them may stand when one is taken back.
    given = Consent.objects.filter(withdrawn_at__isnull=True, purpose=consent.purpose, subject=plan.pk)
    for answer in (one for one in given if queries.signer_of(one) == signer):
        children.withdraw_consent(consent=answer, now=by.now)
    leave_trace(by=by, plan=plan, what="plan.consent.withdraw", object_id=consent.pk)
    tell_in_charge(by=by, plan=plan, act="consent_withdrawn")
    settle_disclosures(by=by, plan=plan)
