"""Each submission is carried out once, however often it is sent."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import transaction

from kring.audit.models import Action, Outcome

from . import gate
from .actors import Actor
from .models import Submission
from .policy.doors import SUBMISSION
from .refusals import Refusal

FIELD = "submission"


def key_from(text: str) -> UUID:
    """The key a form carried; one that carries none, or nonsense, gets a key of its own and is carried
    out.
    """
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def answer_to(text: str, by: Actor) -> str:
    """Where a submission of the actor's that has been carried out already led; empty when there is none.

    Asked before the page looks at anything: after the work, the page may no longer offer what was sent.
    """
    try:
        done = Submission.objects.filter(key=UUID(text), person_id=by.person_id).first()
    except ValueError:
        return ""
    return done.answer if done else ""


def once(*, key: UUID, by: Actor, work: Callable[[], str]) -> str:
    """Carry out `work` and remember the address it answers with; the same key again gives that address.

    Key, work, events and log row are one transaction: a crash leaves all of them or none. A refusal because
    of who asks is logged after the rest has been rolled back.

    Raises:
        gate.NotAllowed: the key belongs to someone else's submission.
        Refusal: what `work` refuses.
    """
    try:
        return _carried_out(key, by, work)
    except Refusal as refused:
        log_refused(by, refused)
        raise


def log_refused(by: Actor, refused: Refusal) -> None:
    """Write to the log what was refused because of who asks; what is missing in a form leaves no row."""
    if refused.rule:
        more = {"what": "submission", "object_id": refused.code, "outcome": Outcome.REFUSED}
        gate.log(by, Action.WRITE, [refused.about], rule=refused.rule, **more)


@transaction.atomic
def _carried_out(key: UUID, by: Actor, work: Callable[[], str]) -> str:
    row, is_new = Submission.objects.get_or_create(
        key=key, defaults={"person_id": by.person_id, "at": by.now}
    )
    if row.person_id != by.person_id:
        raise gate.not_allowed(by, SUBMISSION.id, what="submission", object_id=str(key))
    if is_new:
        row.answer = work()
        row.save(update_fields=["answer"])
    return row.answer
