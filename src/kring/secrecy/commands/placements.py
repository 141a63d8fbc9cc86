"""What the social services board has decided about where a child lives and who consents for it. It acts at
once: the guardians' pages, their notices, and, by whoever calls this, the child's plans.
"""

from dataclasses import asdict, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.consents import Named
from kring.access.policy.decision import Decision
from kring.access.policy.parties import Sector
from kring.access.policy.placing import PLACING, Placing, PlacingAct
from kring.access.refusals import EditConflict
from kring.audit.models import Action
from kring.children.commands import hold
from kring.children.models import Child, Placement
from kring.clock import STOCKHOLM
from kring.notifications.commands import close_to_guardian
from kring.secrecy.queries.placements import WHAT, own_placements, placement_or_404
from kring.secrecy.rules.placements import CARE_ORDER, Proposed, overlaps, state_on
from kring.secrecy.rules.refusals import NotSo, closed
from kring.timeline.commands import record_event


@transaction.atomic
def record_placement(*, by: Actor, child_id: UUID, given: Proposed) -> Placement:
    """Write a placement in.

    Raises:
        Invisible, NotAllowed, ReasonNeeded: as `gate.child_or_404`.
        Refusal: placement_days, placement_overlaps, or closed by table 8.6 d.
    """
    child = gate.child_or_404(by, Permission.RECORD_PLACEMENT, child_id, what=WHAT)
    hold(child_id=child_id)
    rule = check_placement(by=by, child=child, given=given)
    made = Placement.objects.create(
        child=child, unit_id=by.unit_id, recorded_by_id=by.person_id, recorded_at=by.now, **asdict(given)
    )
    _follow(by, made, "placement_recorded", rule, made.starts_on)
    return made


def check_placement(*, by: Actor, child: Child, given: Proposed, placement: Placement | None = None) -> str:
    """The rule by which it may be written in, or stand instead of another; the preview asks it too.

    Raises:
        Refusal: placement_days, placement_overlaps, or closed by table 8.6 d.
    """
    act = PlacingAct.CHANGE if placement else PlacingAct.RECORD
    answer = _asked(by, act, placement, given)
    if not answer.opens:
        raise closed(answer, child.pk)
    if given.ends_on and given.ends_on < given.starts_on:
        raise NotSo("placement_days")
    others = own_placements(by).filter(child=child).exclude(pk=placement.pk if placement else None)
    if any(overlaps(given, other) for other in others):
        raise NotSo("placement_overlaps")
    return answer.rule_id


def _asked(
    by: Actor, act: PlacingAct, row: Placement | None, given: Proposed | None, reason: str = ""
) -> Decision:
    """What table 8.6 d says. The gate has let the actor in to the child, so its unit takes part."""
    decided = (given.end_decided_on if act is PlacingAct.END else given.decided_on) if given else None
    asked = Placing(
        act=act,
        strong_auth=by.strong_auth,
        assignment_active=by.assignment_id is not None,
        social_services=by.sector == Sector.SOCIAL_SERVICES,
        takes_part=True,
        own=row is not None and row.unit.controller_id == by.controller_id,
        decided=decided is not None and decided <= by.today,
        by_order=given is not None and given.kind == CARE_ORDER,
        guardians_decide=given is not None
        and given.guardians_keep_access
        and given.signer == Named.GUARDIANS,
        reason=bool(reason.strip()),
    )
    return PLACING.decide(asked, on=by.today)


@transaction.atomic
def change_placement(
    *, by: Actor, child_id: UUID, placement_id: UUID, seen: int, given: Proposed
) -> Placement:
    """Write in what the board has decided anew, or what was missing.

    Raises:
        Invisible, ReasonNeeded: no such placement of the own board.
        EditConflict: it has been changed since.
        Refusal: as `record_placement`.
    """
    row = _held(by, child_id, placement_id, seen)
    given = replace(given, end_decided_on=given.end_decided_on or row.end_decided_on)
    rule = check_placement(by=by, child=row.child, given=given, placement=row)
    return _written(by, row, asdict(given), "placement_changed", rule)


@transaction.atomic
def end_placement(
    *, by: Actor, child_id: UUID, placement_id: UUID, seen: int, ends_on: date, decided_on: date
) -> Placement:
    """Write in that it ends, with its last day.

    Raises:
        As `change_placement`.
    """
    row = _held(by, child_id, placement_id, seen)
    rule = check_end(by=by, row=row, ends_on=ends_on, decided_on=decided_on)
    fields = {"ends_on": ends_on, "end_decided_on": decided_on}
    return _written(by, row, fields, "placement_ended", rule, ends_on)


def check_end(*, by: Actor, row: Placement, ends_on: date, decided_on: date) -> str:
    """The rule by which it may be ended; the preview asks it too. Raises Refusal."""
    answer = _asked(
        by, PlacingAct.END, row, replace(as_proposed(row), ends_on=ends_on, end_decided_on=decided_on)
    )
    if not answer.opens:
        raise closed(answer, row.child_id, "decided_on")
    if ends_on < row.starts_on:
        raise NotSo("placement_days")
    return answer.rule_id


def as_proposed(row: Placement) -> Proposed:
    """A placement as it could have been written in; one without a decision's day has none to keep."""
    known = {name: getattr(row, name) for name in Proposed.__dataclass_fields__}
    return Proposed(**known)


@transaction.atomic
def withdraw_placement(*, by: Actor, child_id: UUID, placement_id: UUID, seen: int, reason: str) -> Placement:
    """Take away what was written in by mistake, from now; the row, the event and the log keep that it stood.

    Raises:
        As `change_placement`.
    """
    row = _held(by, child_id, placement_id, seen)
    answer = _asked(by, PlacingAct.WITHDRAW, row, None, reason)
    if not answer.opens:
        raise closed(answer, row.child_id, "reason")
    return _written(by, row, {"withdrawn_at": by.now}, "placement_withdrawn", answer.rule_id, reason=reason)


def _held(by: Actor, child_id: UUID, placement_id: UUID, seen: int) -> Placement:
    """The placement as it was seen, with its child held. Raises Invisible, EditConflict."""
    hold(child_id=child_id)
    row = placement_or_404(by, child_id, placement_id)
    if row.revision != seen:
        raise EditConflict(row)
    return row


def _written(
    by: Actor,
    row: Placement,
    fields: dict[str, Any],
    event: str,
    rule: str,
    on: date | None = None,
    reason: str = "",
) -> Placement:
    Placement.objects.filter(pk=row.pk).update(revision=F("revision") + 1, **fields)
    row.refresh_from_db()
    _follow(by, row, event, rule, on, reason)
    return row


def _follow(by: Actor, row: Placement, event: str, rule: str, on: date | None, reason: str = "") -> None:
    """Event and log row; and what is on its way to guardians whose pages are closed goes."""
    effective_at = datetime.combine(on, time(), tzinfo=STOCKHOLM) if on else by.now
    about = {"child_id": row.child_id, "subject": row.pk, "reason": reason.strip()[:300]}
    record_event(by=by, kind=event, effective_at=effective_at, **about)
    more = {"what": WHAT, "object_id": str(row.pk), "reason": reason.strip()[:200], "rule": rule}
    gate.log(by, Action.WRITE, [row.child_id], **more)
    if state_on(facts.care_orders(by).filter(child=row.child_id), by.today).closes:
        for guardian_id in (
            facts.custodies(by).filter(child=row.child_id).values_list("guardian_id", flat=True)
        ):
            close_to_guardian(child_id=row.child_id, guardian_id=guardian_id)
