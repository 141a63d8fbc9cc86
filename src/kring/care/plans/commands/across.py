"""The family's word about sharing across care providers (sammanhållen vårddokumentation, SVOD), given by
whoever decides for the child. Nobody can block by it: a no is a missing yes and nothing more (8.4).
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.care.plans import queries
from kring.care.plans.rules import Refusal
from kring.children import commands as children
from kring.children.models import Child, Consent

from .consents import check_may_sign

RECORD, GIVEN, REFUSED = "record", "given", "refused"


@transaction.atomic
def answer_across(
    *, by: Actor, child_id: UUID, state: str, unit_ids: Collection[UUID], ends_on: date | None = None
) -> Consent:
    """Say yes or no for oneself to certain units reading what other care providers have written.

    The newest answer is the one that counts, so it holds all the units.

    Raises:
        gate.Invisible: the child's pages are not open to the guardian.
        Refusal: choice_missing, cells_missing, consent_over, child_decides, board_decides, across_conflict.
    """
    child, consent = _asked(by, child_id)
    if state not in (GIVEN, REFUSED):
        raise Refusal("choice_missing")
    units = set(unit_ids) if state == GIVEN else set()
    if state == GIVEN:
        _check_yes(by, child, consent, units, ends_on)
    return _written(by, child, state, units, ends_on)


def _asked(by: Actor, child_id: UUID) -> tuple[Child, queries.ConsentView]:
    children.hold(child_id=child_id)
    child = gate.child_or_404(by, Permission.ANSWER_AS_FAMILY, child_id, what="consent.across")
    return child, queries.across_of(by, child)


def _check_yes(
    by: Actor, child: Child, consent: queries.ConsentView, units: Collection[UUID], ends_on: date | None
) -> None:
    if not units:
        raise Refusal("cells_missing")
    if ends_on and ends_on < by.today:
        raise Refusal("consent_over")
    assert by.guardian_id is not None  # noqa: S101  the permission is a guardian's here
    check_may_sign(by=by, child_id=child.pk, guardian_id=by.guardian_id, consent=consent)
    others = (row for row in consent.signers if row.signer != by.guardian_id)
    if any(row.latest and row.latest.state == "refused" and not row.latest.withdrawn_at for row in others):
        raise Refusal("across_conflict", rule="8.6.conflict", about=child.pk)


def _written(by: Actor, child: Child, state: str, units: Collection[UUID], ends_on: date | None) -> Consent:
    consent = children.record_consent(
        child_id=child.pk, purpose=Consent.Purpose.ACROSS_PROVIDERS, guardian_id=by.guardian_id,
        state=state, form=Consent.Form.PORTAL, starts_on=by.today, ends_on=ends_on,
        documented_by_id=by.person_id, recorded_at=by.now, scope={(unit_id, RECORD) for unit_id in units},
    )  # fmt: skip
    gate.log(by, Action.WRITE, [child.pk], what="consent.across", object_id=str(consent.pk))
    return consent


@transaction.atomic
def stop_across(*, by: Actor, child_id: UUID) -> None:
    """Stop it all at once: take one's own yes back, or say no to what somebody else has opened.

    Raises:
        gate.Invisible: the child's pages are not open to the guardian.
    """
    child, consent = _asked(by, child_id)
    mine = next((row for row in consent.signers if row.signer == by.guardian_id), None)
    if mine and mine.latest and mine.holds:
        children.withdraw_consent(consent=mine.latest, now=by.now)
        gate.log(by, Action.WRITE, [child.pk], what="consent.across", object_id=str(mine.latest.pk))
    others = any(row.holds for row in consent.signers if row.signer != by.guardian_id)
    if others or not (mine and mine.holds):
        _written(by, child, REFUSED, (), None)
