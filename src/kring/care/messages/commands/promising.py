"""Within how long a unit promises to answer."""

from django.db import transaction

from kring import clock
from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.audit.models import Action
from kring.care.messages import rules
from kring.care.messages.models import AnswerTime
from kring.care.messages.rules import Refusal


@transaction.atomic
def set_answer_time(*, by: Actor, weekdays: int) -> AnswerTime:
    """Promise, for the actor's unit, an answer within so many working days; promises already given stand.

    Raises:
        gate.NotAllowed: somebody else than the unit's head.
        Refusal: time_out_of_range.
    """
    gate.demand(by, Permission.SET_ANSWER_TIME, what="message.time", action=Action.WRITE)
    if not 1 <= weekdays <= rules.LONGEST:
        raise Refusal("time_out_of_range", most=str(rules.LONGEST))
    known = {"unit_id": by.unit_id, "starts_on": clock.day_of(by.now)}
    chosen = {"weekdays": weekdays, "set_by_id": by.person_id, "set_at": by.now}
    return AnswerTime.objects.update_or_create(**known, defaults=chosen)[0]
