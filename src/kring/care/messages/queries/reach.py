"""Which threads an actor reaches, and the door to one of them."""

from uuid import UUID

from django.db.models import Q, QuerySet

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.decision import Decision
from kring.access.policy.visibility import FamilyReader, Visibility
from kring.audit.models import Action
from kring.care.messages import rules
from kring.care.messages.models import Thread
from kring.log_review.queries.hidden import tells_hidden_items

SEE = Permission.SEE_MESSAGES
SHOWN_AT_MOST = 100
AROUND = ("child", "unit", "guardian")


def threads_for(actor: Actor, child_id: UUID | None = None, *, each: bool = False) -> "QuerySet[Thread]":
    """The threads an actor may read: staff those of their own unit, the family what `rules.to_family` opens.

    The set-valued reading of that rule; a test holds the two together.
    """
    rows = gate.rows_for(actor, SEE, Thread.objects.all(), child_id, each=each)
    if actor.is_staff:
        return rows.filter(unit_id=actor.unit_id)
    for_all = Q(visibility=Visibility.ALL)
    if actor.child_id:
        return rows.filter(Q(guardian__isnull=True) | for_all)
    of_the_young = Q(guardian__isnull=True, visibility=Visibility.DEFAULT)
    return rows.filter(Q(guardian_id=actor.guardian_id) | for_all | of_the_young)


def is_own(actor: Actor, thread: Thread) -> bool:
    """Whether the actor is the one of the family whose thread it is."""
    return not actor.is_staff and thread.guardian_id == actor.guardian_id


def decision_on(actor: Actor, thread: Thread) -> Decision:
    """By which rule somebody of the family who is let in to messages sees, or does not see, a thread."""
    return rules.to_family(
        FamilyReader.CHILD if actor.child_id else FamilyReader.GUARDIAN,
        mine=is_own(actor, thread),
        of_guardian=thread.guardian_id is not None,
        visibility=thread.visibility,
        on=actor.today,
    )


@tells_hidden_items
def hidden_threads(actor: Actor, child_id: UUID) -> list[UUID]:
    """The threads about a child that somebody of the family does not see: no reading of them is told of."""
    threads = Thread.objects.filter(child_id=child_id)
    return [one.pk for one in threads if not actor.is_staff and not decision_on(actor, one).opens]


def thread_or_404(
    actor: Actor, thread_id: UUID, *, act: str, permission: Permission = SEE, child_id: UUID | None = None
) -> Thread:
    """One thread, with the reading logged by the rule that opened it; `act`: what for. With `child_id` only
    that child's.

    Raises:
        gate.Invisible: it does not exist or is hidden; the two cannot be told apart.
        gate.NotAllowed: the actor's role does not do this.
        gate.ReasonNeeded: as for every page about a protected child.
    """
    what = rules.told_as(act, kept=False)
    gate.demand(actor, permission, what=what)
    rows = threads_for(actor, each=True).filter(pk=thread_id)
    rows = rows.filter(child_id=child_id) if child_id else rows
    found = rows.select_related(*AROUND).first()
    if found is None:
        raise _unseen(actor, thread_id, permission, what)
    gate.reason_first(actor, found.child)
    log(actor, Action.READ, found, act, rule=_rule(actor, found))
    return found


def log(actor: Actor, action: str, thread: Thread, act: str, *, rule: str = "") -> None:
    """Write what an actor did with a thread to the access log."""
    what = rules.told_as(act, kept=rules.is_kept(thread.visibility))
    gate.log(actor, action, [thread.child_id], what=what, object_id=str(thread.pk), rule=rule)


def _unseen(actor: Actor, thread_id: UUID, permission: Permission, what: str) -> gate.Invisible:
    # The same is asked whether the thread exists or not, so that neither answer nor time tells.
    about = Thread.objects.filter(pk=thread_id).values_list("child_id", flat=True).first()
    refused = gate.refusal(actor, permission, about or thread_id, what=what, object_id=str(thread_id))
    return gate.Invisible(refused.act)


def _rule(actor: Actor, thread: Thread) -> str:
    if actor.is_staff or is_own(actor, thread):
        return gate.rule_for(actor, SEE, thread.child)
    return decision_on(actor, thread).rule_id
