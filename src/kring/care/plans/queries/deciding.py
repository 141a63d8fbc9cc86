"""Whether the child itself answers for its plan: the grown, and who is judged mature (8.6), of any age."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kring.access import facts, signing
from kring.access.actors import Actor
from kring.access.consents import is_adult
from kring.access.policy.answers import CHILD
from kring.care.plans.models import Plan
from kring.children.models import Child, Consent

from .consents import consent_of


def with_own_word(actor: Actor, rows: "QuerySet[Plan]") -> "QuerySet[Plan]":
    """Plans with `own_word`: whether the child has been judged mature for the question, in the same one."""
    judged = facts.maturities(actor, signing.QUESTION).filter(child=OuterRef("child"))
    own_yes = Consent.objects.filter(child=OuterRef("child"), judged_mature=True)
    return rows.annotate(own_word=Q(Exists(judged)) | Q(Exists(own_yes)))


def waits_for_the_child(actor: Actor, child: Child, plan: Any) -> bool:
    """Whether a plan, asked `with_own_word`, waits for the child's own answer; most children cost no
    question.
    """
    if plan is None or plan.started_at is None or not (plan.own_word or is_adult(child, actor)):
        return False
    plan.child = child
    return CHILD in consent_of(actor, plan).standing.missing
