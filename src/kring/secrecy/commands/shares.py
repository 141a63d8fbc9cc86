"""A young person begins and stops letting a guardian see one kind of thing (ruling 20).

It holds from the next request on; chosen in the months before the 13th birthday, from the midnight when that
day begins, with no job that opens it. Nobody is told: no notice goes out, no task is opened, and the event
stands on the timeline without a unit, where neither guardians nor staff see it.
"""

from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.decision import Decision
from kring.access.policy.decision import Outcome as Answer
from kring.access.policy.family import SHARED
from kring.audit.models import Action
from kring.children.models import Child, YoungShare
from kring.secrecy.queries.shares import Cell, choosing, guardians_see
from kring.secrecy.rules.refusals import NotSo, closed
from kring.timeline.commands import record_event


@transaction.atomic
def start_sharing(*, by: Actor, child_id: UUID, guardian_id: UUID, thing: str) -> bool:
    """Let a guardian see a kind of thing from now on, or from the 13th birthday on. False when that is chosen
    already.

    Raises:
        gate.NotAllowed, gate.Invisible: whoever asks is not the child.
        Refusal: guardian_unknown (no custody today); closed (the young person's choice would open nothing).
    """
    child = gate.child_or_404(by, Permission.SHARE_WITH_GUARDIAN, child_id, what="own.share")
    at = choosing(by, child)
    cell = _cell(at, child, guardian_id, thing)
    if not cell.chosen_by_young:
        raise closed(Decision(Answer.DENY, cell.rule), child.pk)
    wanted = {"child": child, "guardian_id": guardian_id, "thing": thing}
    row, new = YoungShare.objects.get_or_create(**wanted, ended_at=None, defaults={"starts_at": at.now})
    # A birth date that was corrected: what was to begin on another day begins when it counts.
    sooner = row.starts_at > at.now
    if sooner:
        row.starts_at = at.now
        row.save(update_fields=["starts_at"])
    if new or sooner:
        _note(by, row, "young_share_started")
    return new or sooner


@transaction.atomic
def stop_sharing(*, by: Actor, child_id: UUID, guardian_id: UUID, thing: str) -> bool:
    """Let a guardian no longer see a kind of thing. False when nothing was shared. Always allowed, also of
    somebody who no longer has custody.

    Raises:
        gate.NotAllowed, gate.Invisible: whoever asks is not the child.
    """
    child = gate.child_or_404(by, Permission.SHARE_WITH_GUARDIAN, child_id, what="own.share")
    row = (
        YoungShare.objects.select_for_update()
        .filter(child=child, guardian_id=guardian_id, thing=thing, ended_at__isnull=True)
        .first()
    )
    if row is None:
        return False
    row.ended_at = by.now
    row.save(update_fields=["ended_at"])
    _note(by, row, "young_share_stopped")
    return True


def _cell(by: Actor, child: Child, guardian_id: UUID, thing: str) -> Cell:
    sees = next((one for one in guardians_see(by, child) if one.guardian.pk == guardian_id), None)
    found = sees.cell(thing) if sees else None
    if found is None:
        raise NotSo("guardian_unknown", about=child.pk)
    return found


def _note(by: Actor, row: YoungShare, kind: str) -> None:
    record_event(by=by, kind=kind, child_id=row.child_id, effective_at=by.now, data={"share": row.pk})
    more = {"what": "own.share", "object_id": str(row.pk), "rule": SHARED.id}
    gate.log(by, Action.WRITE, [row.child_id], **more)
