"""What a young person asks care for, and that it has been told how its pages work."""

from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.facts import age_of
from kring.access.permissions import Permission
from kring.access.policy.decision import Decision
from kring.access.policy.decision import Outcome as Answer
from kring.access.policy.family import TOO_YOUNG
from kring.audit.models import Action
from kring.secrecy.queries import asking
from kring.secrecy.queries.around import units_around
from kring.secrecy.rules.asking import answer_by
from kring.secrecy.rules.refusals import NotSo, closed
from kring.timeline.commands import open_task, record_event
from kring.timeline.owners import owner_of

WORDS_MAX = 300
"""As long as an event's words may be."""


@transaction.atomic
def ask_for_record(*, by: Actor, child_id: UUID, unit_id: UUID, words: str = "") -> bool:
    """Ask to read one's record before the age for it: a task for the head of the chosen care unit. False when
    it is read already, or an asking waits for its answer. No guardian is told.

    Raises:
        gate.NotAllowed, gate.Invisible: whoever asks is not the child.
        Refusal: closed (under the age from which it can be decided), unit_unknown.
    """
    child = gate.child_or_404(by, Permission.SHARE_WITH_GUARDIAN, child_id, what="own.record.ask")
    if not age_of(by, child).has_own_e_services:
        raise closed(Decision(Answer.DENY, TOO_YOUNG.id), child.pk)
    if unit_id not in {unit.pk for unit in units_around(by, child.pk)}:
        raise NotSo("unit_unknown", about=child.pk)
    if asking.reads_record(by, child) or asking.waiting_for_answer(by, child):
        return False
    about = {"kind": asking.MATURITY_ASKED, "child_id": child.pk, "unit_id": unit_id}
    event = record_event(by=by, effective_at=by.now, reason=words.strip()[:WORDS_MAX], **about)
    head = owner_of(by=by, child_id=child.pk, unit_id=unit_id, first=asking.head_of(by, unit_id))
    open_task(by=by, due_on=answer_by(by.today), subject=child.pk, assignee_id=head, **about)
    gate.log(by, Action.WRITE, [child.pk], what="own.record.ask", object_id=str(event.pk))
    return True


@transaction.atomic
def note_welcome(*, by: Actor, child_id: UUID) -> None:
    """Note that the child has been told who sees what; once."""
    child = gate.child_or_404(by, Permission.SEE_OWN_PAGES, child_id, what="own.welcome")
    if not asking.was_welcomed(by):
        record_event(by=by, kind=asking.WELCOMED, child_id=child.pk, effective_at=by.now)
        gate.log(by, Action.WRITE, [child.pk], what="own.welcome")
