"""What is shared now of a child's plans, and the answers it rests on, as the family may read them."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.children.models import Child, Consent, Disclosure

from .reach import whole_plans

Cell = tuple[UUID, str]
"""(unit, kind of information)."""

MOST_ANSWERS = 40


def opened_by(actor: Actor, plan_ids: Collection[UUID]) -> Mapping[UUID, Mapping[Cell, date | None]]:
    """For each plan that the actor has been given, what each unit sees of it now and its last day."""
    rows = Disclosure.objects.filter(subject__in=plan_ids, ended_at__isnull=True, starts_at__lte=actor.now)
    found: dict[UUID, dict[Cell, date | None]] = {}
    for row in rows:
        if row.last_day is None or row.last_day >= actor.today:
            found.setdefault(row.subject, {})[row.unit_id, row.category] = row.ends_on
    return found


def answers_about(actor: Actor, child: Child, *, untold: Collection[UUID] = ()) -> list[Consent]:
    """Answers about sharing of a child that the actor has been given, latest first, less those of guardians
    of whom nothing is told: about the plans that the actor reaches, and about the record for who may know
    whom the child meets.
    """
    told = Q(purpose=Consent.Purpose.PLAN, subject__in=whole_plans(actor, child_id=child.pk).values("pk"))
    if gate.among(actor, Permission.SEE_ACCESS_MATRIX, [child.pk]):
        told |= Q(purpose=Consent.Purpose.ACROSS_PROVIDERS)
    given = Consent.objects.filter(told, child=child, recorded_at__lte=actor.now)
    rows = given.exclude(state=Consent.State.NOT_ASKED)
    rows = rows.exclude(guardian_id__in=untold).select_related("guardian", "documented_by")
    return list(rows.prefetch_related("scopes__unit").order_by("-recorded_at", "pk")[:MOST_ANSWERS])
