"""What would carry a protected child's details out of its restricted group: papers, files, calendars (8.8 c).

Every way out asks here, whoever it is for: a paper in somebody's bag is read by others.
"""

from dataclasses import replace

from kring.children.models import Child

from . import gate
from .actors import Actor
from .permissions import Permission
from .policy.protected import ACTS, Act, ActAllowed, Grade


def stopped_by(actor: Actor, child: Child, act: Act) -> str:
    """The rule that stops an act with this child's details; empty when it may be done.

    A member of staff who has been given the child is in its group; the family is not.
    """
    facts = ActAllowed(grade=Grade(child.protection), act=act, in_group=actor.is_staff)
    decision = ACTS.decide(facts, on=actor.today)
    return "" if decision.opens else decision.rule_id


def stop(actor: Actor, child: Child, act: Act, permission: Permission, *, what: str, action: str) -> None:
    """Refuse it when it is stopped.

    Raises:
        gate.NotAllowed: with what the log is to say.
    """
    if rule := stopped_by(actor, child, act):
        refused = gate.refusal(actor, permission, child.pk, what=what)
        raise gate.NotAllowed(replace(refused.act, action=action, rule=rule))
