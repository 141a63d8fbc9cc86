"""Sharing across care providers: what staff write in that a family was told and answered, what a child that
decides itself answers on its own page, and a guardian's yes taken back when the child's pages are closed.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.consents import ConsentView, SignerRow, across_of, is_adult
from kring.access.permissions import Permission
from kring.access.policy.across import ACROSS_RECORDING, AcrossRecording
from kring.access.policy.answers import CHILD, Signer
from kring.access.policy.consents import Decider, Signing
from kring.access.policy.decision import Decision
from kring.access.policy.recording import Said, Sayer
from kring.access.signing import may_sign
from kring.audit.models import Action
from kring.children import commands as children
from kring.children.models import Child, Consent, ConsentScope
from kring.secrecy.queries.across import yes_behind_age
from kring.secrecy.rules.refusals import NotSo, closed

RECORD = str(ConsentScope.Category.RECORD)


def may_record(by: Actor, child: Child, signer: Signer, said: Said, judged_mature: bool) -> Decision:
    """Whether the actor may write in this answer of this person (8.6 e)."""
    own = Sayer.ADULT if is_adult(child, by) else Sayer.CHILD
    asked = AcrossRecording(
        said=said,
        sayer=own if signer == CHILD else Sayer.GUARDIAN,
        strong_auth=by.strong_auth,
        assignment_active=by.assignment_id is not None,
        in_care=facts.works_in_care(by) and facts.profile_covers(by, Permission.SEE_RECORD),
        treats=facts.treats(by),
        judged_mature=judged_mature,
    )
    return ACROSS_RECORDING.decide(asked, on=by.today)


@transaction.atomic
def record_across(
    *,
    by: Actor,
    child_id: UUID,
    signer: Signer,
    said: Said,
    form: str,
    ends_on: date | None = None,
    judged_mature: bool = False,
) -> Consent:
    """Store what one person has said to the actor. A yes is to the actor's own unit, beside what the person
    has opened before, and holds no longer than that; `NOT_ASKED`: it has been told, and has not answered.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`.
        Refusal: signer_unknown, already_told, consent_over, or closed by 8.6 a or 8.6 e.
    """
    children.hold(child_id=child_id)
    child = gate.child_or_404(by, Permission.SEE_RECORD, child_id, what="consent.across")
    consent = across_of(by, child)
    row = _row_of(consent, signer)
    judged_mature = judged_mature and said is Said.YES and signer == CHILD
    decision = _allowed(by, child, consent, signer, said, judged_mature)
    if said is Said.NOT_ASKED and row and row.latest:
        raise NotSo("already_told")
    if ends_on and ends_on < by.today:
        raise NotSo("consent_over")
    made = children.record_consent(
        child_id=child.pk, purpose=Consent.Purpose.ACROSS_PROVIDERS,
        guardian_id=None if signer == CHILD else signer, state=said.value, form=form, starts_on=by.today,
        documented_by_id=by.person_id, recorded_at=by.now, judged_mature=judged_mature,
        **(_opened(by, row, ends_on) if said is Said.YES else {}),
    )  # fmt: skip
    about = {"what": "consent.across", "object_id": str(made.pk), "rule": decision.rule_id}
    gate.log(by, Action.WRITE, [child_id], **about)
    return made


def _row_of(consent: ConsentView, signer: Signer) -> SignerRow | None:
    rows = {row.signer: row for row in consent.signers}
    if signer != CHILD and (signer not in rows or rows[signer].guardian is None):
        raise NotSo("signer_unknown")
    return rows.get(signer)


def _allowed(
    by: Actor, child: Child, consent: ConsentView, signer: Signer, said: Said, judged_mature: bool
) -> Decision:
    decision = may_record(by, child, signer, said, judged_mature)
    if not decision.opens:
        raise closed(decision, child.pk, "said")
    if said is Said.YES:
        _check_decides(by, child, consent, signer, judged_mature)
    return decision


def _check_decides(
    by: Actor, child: Child, consent: ConsentView, signer: Signer, judged_mature: bool
) -> None:
    """A yes is for who decides to give (8.6 a)."""
    decides = Decider.CHILD if judged_mature else consent.requirement.decider
    who = None if signer == CHILD else UUID(str(signer))
    signs = may_sign(by, guardian_id=who, decider=decides, custody=who is not None)
    if not signs.opens:
        raise closed(signs, child.pk, "said")


def _opened(by: Actor, row: SignerRow | None, ends_on: date | None) -> Mapping[str, object]:
    """The newest answer is the one that counts, so it holds what the person has opened to others too; and
    nothing of it for longer than was said.
    """
    cells = {(by.unit_id, RECORD)}
    days = {ends_on}
    if row and row.latest and row.holds:
        cells |= {(one.unit_id, one.category) for one in row.latest.scopes.all()}
        days.add(row.latest.ends_on)
    return {"scope": cells, "ends_on": min((day for day in days if day), default=None)}


@transaction.atomic
def answer_for_oneself(
    *, by: Actor, child_id: UUID, said: Said, unit_ids: Collection[UUID] = (), ends_on: date | None = None
) -> Consent:
    """A child that decides itself (8.6 a) lets certain units read what other care providers have written, or
    says no. The newest answer is the one that counts, so it holds all the units.

    Raises:
        gate.Invisible, gate.NotAllowed: whoever asks is not the child.
        Refusal: choose_readers, consent_over, or closed by 8.6 a.
    """
    child, consent = _own(by, child_id)
    signs = may_sign(by, guardian_id=None, decider=consent.requirement.decider, custody=False)
    if not signs.opens:
        raise closed(signs, child.pk)
    if said is Said.YES and not unit_ids:
        raise NotSo("choose_readers")
    if ends_on and ends_on < by.today:
        raise NotSo("consent_over")
    opened = {"scope": {(one, RECORD) for one in unit_ids}, "ends_on": ends_on} if said is Said.YES else {}
    made = children.record_consent(
        child_id=child.pk, purpose=Consent.Purpose.ACROSS_PROVIDERS, guardian_id=None, state=said.value,
        form=Consent.Form.PORTAL, starts_on=by.today, documented_by_id=by.person_id, recorded_at=by.now,
        judged_mature=_stays_judged(consent), **opened,
    )  # fmt: skip
    about = {"what": "consent.across", "object_id": str(made.pk), "rule": signs.rule_id}
    gate.log(by, Action.WRITE, [child.pk], **about)
    return made


def _own(by: Actor, child_id: UUID) -> tuple[Child, ConsentView]:
    children.hold(child_id=child_id)
    child = gate.child_or_404(by, Permission.SHARE_WITH_GUARDIAN, child_id, what="consent.across")
    return child, across_of(by, child)


def _stays_judged(consent: ConsentView) -> bool:
    """Whether it is by its own yes, written in by who found it mature, that the child decides: that judgement
    is not undone by the child's changing its answer.
    """
    mine = next((row for row in consent.signers if row.is_child), None)
    return bool(mine and mine.holds and mine.latest and mine.latest.judged_mature)


@transaction.atomic
def take_back_own(*, by: Actor, child_id: UUID) -> None:
    """The child takes its own yes back, whoever decides today (8.6 a).

    Raises:
        gate.Invisible, gate.NotAllowed: whoever asks is not the child.
        Refusal: closed by 8.6 a: there is no yes of its own that holds.
    """
    child, consent = _own(by, child_id)
    mine = next((row for row in consent.signers if row.is_child), None)
    _take_back(by, child.pk, mine.latest if mine and mine.holds else None, None)


@transaction.atomic
def take_back_behind_age(*, by: Actor, consent_id: UUID) -> None:
    """A guardian takes its own earlier yes back from a child whose pages are closed to it by age. Whoever is
    shut out for another reason does so by staff (ruling 13), and is answered as for what does not exist.

    Raises:
        gate.Invisible: no such yes of the guardian's own.
    """
    found = next((row for row in yes_behind_age(by) if row.pk == consent_id), None)
    if found is None:
        raise gate.refusal(by, Permission.SEE_ACCESS_MATRIX, consent_id, what="consent.across")
    children.hold(child_id=found.child_id)
    _take_back(by, found.child_id, found, by.guardian_id)


def _take_back(by: Actor, child_id: UUID, given: Consent | None, guardian_id: UUID | None) -> None:
    about: dict[str, Any] = {"decider": Decider.NOBODY, "custody": False, "has_signed": given is not None}
    decision = may_sign(by, guardian_id=guardian_id, act=Signing.WITHDRAW, **about)
    if given is None or not decision.opens:
        raise closed(decision, child_id)
    children.withdraw_consent(consent=given, now=by.now)
    told = {"what": "consent.across", "object_id": str(given.pk), "rule": decision.rule_id}
    gate.log(by, Action.WRITE, [child_id], **told)
