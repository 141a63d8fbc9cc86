"""The active choice to read what other units of the own care provider hold (ruling 23)."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from kring.access import gate
from kring.access.actors import Actor
from kring.access.policy.staff import WorkNeed
from kring.audit.models import Action, Outcome
from kring.care.messages import queries, rules


@transaction.atomic
def choose_actively(*, by: Actor, child_id: UUID, purpose: WorkNeed) -> None:
    """Log that the actor asks to see what other units of the care provider hold, and for what; one row for
    each rule that then decides. The session keeps the choice.
    """
    found = queries.child_page(by, child_id, purpose)
    asking, what = replace(by, purpose=purpose), rules.told_as("choice", kept=False)
    for rule, opens in sorted({(one.decision.rule_id, one.decision.opens) for one in found.elsewhere}):
        outcome = Outcome.ALLOWED if opens else Outcome.REFUSED
        gate.log(asking, Action.READ, [child_id], what=what, rule=rule, outcome=outcome)
