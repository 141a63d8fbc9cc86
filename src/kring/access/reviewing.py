"""The door for those who review the log: they meet no child, and yet must know whom a row is about.

Here is all that they learn of a child: a name, and nothing at all of one with protected identity (8.8). The
set of the gate stays empty for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet

from kring.children.models import Child
from kring.organisations.models import Unit

from . import gate
from .actors import Actor
from .permissions import Permission
from .policy.decision import Decision
from .policy.lists import LISTS, ListFacts, Reader, Thing

PURPOSE = "log_review"
"""What a reviewer's own rows in the log say that the reading was for."""


@dataclass(frozen=True)
class ReviewedChild:
    """What a reviewer learns of a child; of a protected one neither name."""

    id: UUID
    given_name: str
    family_name: str
    protected: bool

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def decision(actor: Actor) -> Decision:
    """Whether this actor reads the log of its own care provider (ruling 26)."""
    reviewer = actor.may(Permission.REVIEW_LOG)
    facts = ListFacts(
        strong_auth=actor.strong_auth,
        assignment_active=actor.assignment_id is not None,
        reader=Reader.LOG_REVIEW if reviewer else Reader.OTHER,
        thing=Thing.ACCESS_LOG,
        own_provider=actor.controller_id is not None,
    )
    return LISTS.decide(facts, on=actor.today)


def reviewer(actor: Actor, *, what: str) -> Actor:
    """The actor as reviewer, whose own acts are logged as such.

    Raises:
        gate.NotAllowed: somebody who does not review logs.
    """
    answer = decision(actor)
    if not answer.opens:
        raise gate.not_allowed(actor, answer.rule_id, what=what, action="read")
    return replace(actor, purpose=PURPOSE)


def own_units(actor: Actor) -> "QuerySet[Unit]":
    """The units of the actor's care provider: whose readings the review is about."""
    return Unit.objects.filter(controller_id=actor.controller_id)


def children_named(child_ids: Iterable[UUID]) -> dict[UUID, ReviewedChild]:
    """What a reviewer may know of these children."""
    found = Child.objects.filter(pk__in=set(child_ids))
    return {row.pk: _as_reviewed(row) for row in found.only("given_name", "family_name", "protection")}


def family_names(child_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Family names to compare with, never to show."""
    return dict(Child.objects.filter(pk__in=set(child_ids)).values_list("pk", "family_name"))


def _as_reviewed(row: Child) -> ReviewedChild:
    if row.protection != Child.Protection.NONE:
        return ReviewedChild(row.pk, "", "", protected=True)
    return ReviewedChild(row.pk, row.given_name, row.family_name, protected=False)


def child_with_number(number: str) -> UUID | None:
    """The child to review openings of. One with protected identity is not found, as if there were none."""
    unprotected = Child.objects.filter(protection=Child.Protection.NONE)
    return unprotected.filter(numbers__value=number).values_list("pk", flat=True).first()


def all_children() -> "QuerySet[Child]":
    """Every child, to compare rows of the log with inside a question to the database; nothing is shown."""
    return Child.objects.all()
