"""Judging whether a child is mature for one kind of question (mognadsbedömning)."""

from datetime import date
from uuid import UUID

from django.db import transaction

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.deciding import MATURITY, Maturity, Question
from kring.access.policy.decision import Decision
from kring.audit.models import Action
from kring.children.models import Child, MaturityAssessment
from kring.notifications.commands import tell
from kring.secrecy.queries.asking import MATURITY_ASKED
from kring.secrecy.rules.refusals import NotSo, closed
from kring.timeline.commands import close_tasks


def may_assess(by: Actor, child: Child, question: Question, grounds: bool = True) -> Decision:
    """Whether the actor judges this question for this child."""
    asked = Maturity(
        question=question,
        strong_auth=by.strong_auth,
        assignment_active=by.assignment_id is not None,
        takes_part=True,
        treats=facts.treats(by),
        unit_head=by.may(Permission.DECIDE_GUARDIAN_ACCESS),
        grounds=grounds,
        has_turned_13=facts.age_of(by, child).has_own_e_services,
    )
    return MATURITY.decide(asked, on=by.today)


@transaction.atomic
def assess_maturity(
    *, by: Actor, child_id: UUID, question: Question, mature_from: date | None, grounds: str
) -> MaturityAssessment:
    """Write down a judgement; the latest counts. Without `mature_from`: not mature. One about the record
    answers this child's own request to read it, whichever unit it was put to, and nobody else's: then the
    child, and nobody else, is told that an answer has come.

    Raises:
        Invisible, NotAllowed: as `gate.child_or_404`.
        Refusal: starts_late, or closed by table 8.5 d.
    """
    child = gate.child_or_404(by, Permission.ASSESS_MATURITY, child_id, what="maturity")
    answer = may_assess(by, child, question, bool(grounds.strip()))
    if not answer.opens:
        raise closed(answer, child_id, "question")
    if mature_from and mature_from > by.today:
        raise NotSo("starts_late")
    made = MaturityAssessment.objects.create(
        child=child,
        question=question.value,
        mature_from=mature_from,
        grounds=grounds.strip()[:500],
        unit_id=by.unit_id,
        assessed_by_id=by.person_id,
        assessed_at=by.now,
    )
    if question is Question.RECORD:
        asked = close_tasks(by=by, subject=child.pk, kinds=(MATURITY_ASKED,))
        if asked:
            tell(by=by, act="record_answered", child_id=child_id, about=made.pk, family=True)
    gate.log(by, Action.WRITE, [child_id], what="maturity", object_id=str(made.pk), rule=answer.rule_id)
    return made
