"""What would carry a protected child's details out of its restricted group: papers, files, calendars (8.8 c).

Every way out asks here, whoever it is for: a paper in somebody's bag is read by others. And what takes time
to make is asked for once more when it is made, so that what was closed meanwhile does not leave.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from kring.children.models import Child

from . import gate
from .actors import Actor
from .permissions import Permission
from .policy.protected import ACTS, Act, ActAllowed, Grade

Said = TypeVar("Said")
Made = TypeVar("Made")
TRIES = 5
"""How often something is made anew because what it tells has changed; then it is given up."""


class NeverStill(Exception):
    """What was to leave changed each time while it was made; nothing has left."""


def still_open(actor: Actor, said: Said, ask: Callable[[Actor], Said], make: Callable[[Said], Made]) -> Made:
    """Make something of what the actor has been given, and ask the gate again before it leaves: it is what is
    open when it is done. `said` is the first answer; `ask` gets the actor without what the gate has noted,
    and what it raises is raised here.

    Raises:
        NeverStill: it changed every time.
    """
    for _try in range(TRIES):
        made = make(said)
        again = ask(replace(actor))
        if again == said:
            return made
        said = again
    raise NeverStill


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
