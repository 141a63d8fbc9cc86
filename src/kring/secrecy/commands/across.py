"""Writing in what a family was told of sharing across care providers, and what it answered to somebody."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.consents import ConsentView, SignerRow, across_of, is_adult
from kring.access.permissions import Permission
from kring.access.policy.across import ACROSS_RECORDING, AcrossRecording
from kring.access.policy.answers import CHILD, Signer
from kring.access.policy.consents import Decider
from kring.access.policy.decision import Decision
from kring.access.policy.recording import Said, Sayer
from kring.access.signing import may_sign
from kring.audit.models import Action
from kring.children import commands as children
from kring.children.models import Child, Consent, ConsentScope
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
