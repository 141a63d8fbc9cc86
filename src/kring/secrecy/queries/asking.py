"""A young person's own questions to care: to read its record before the age for it (ruling 15).

The answer is a `MaturityAssessment` about the record, written on the unit head's page, which closes the task.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.children.models import Child, MaturityAssessment
from kring.clock import day_of
from kring.organisations.models import Unit
from kring.organisations.queries import colleagues_at
from kring.secrecy.rules.asking import answer_by
from kring.timeline.models import Event

MATURITY_ASKED = "maturity_asked"
"""The kind of the event, and of the unit head's task; the task's subject is the child."""
WELCOMED = "young_welcomed"
"""The event that a young person has been told who sees what on its own pages."""
HEAD = frozenset({"unit_head"})


@dataclass(frozen=True)
class Asked:
    """An asking without an answer yet: which unit, when, the last day to answer, and what was written."""

    unit: Unit
    at: datetime
    words: str

    @property
    def answer_by(self) -> date:
        return answer_by(day_of(self.at))


def waiting_for_answer(actor: Actor, child: Child) -> Asked | None:
    """The child's latest asking that nobody has answered. The gate has let the actor in: staff see their own
    unit's alone.
    """
    answered = MaturityAssessment.objects.filter(
        child=OuterRef("child"), question="record", assessed_at__gte=OuterRef("recorded_at")
    )
    asked = (
        Event.objects.filter(child=child, kind=MATURITY_ASKED)
        .filter(~Exists(answered))
        .select_related("unit")
    )
    if actor.is_staff:
        asked = asked.filter(unit_id=actor.unit_id)
    row = asked.order_by("-recorded_at").first()
    return Asked(row.unit, row.recorded_at, row.reason) if row else None


def latest_answer(actor: Actor, child: Child) -> MaturityAssessment | None:
    """The latest judgement of whether the child may read its record early; the child's own to ask about."""
    judged = MaturityAssessment.objects.filter(child=child, question="record").select_related("unit")
    return judged.order_by("-assessed_at").first() if actor.child_id == child.pk else None


def reads_record(actor: Actor, child: Child) -> bool:
    """Whether the child reads its own record on the net today."""
    return gate.children_for(actor, Permission.SEE_OWN_RECORD, child.pk).exists()


def head_of(actor: Actor, unit_id: UUID) -> UUID | None:
    """The unit's head today."""
    heads = colleagues_at(unit_id, actor.today, HEAD)
    return heads[0].pk if heads else None


def was_welcomed(actor: Actor) -> bool:
    """Whether the child has been told who sees what."""
    return Event.objects.filter(child_id=actor.child_id, kind=WELCOMED).exists()
