"""The people, units and invitations that a plan's forms are about, and the child's number for its bar."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from kring.access.actors import Actor
from kring.access.masks import hide
from kring.access.permissions import Permission
from kring.access.roles import ROLES
from kring.care.plans.models import Invitation, Plan, PlanParty
from kring.children.models import Child, ChildNumber
from kring.design.alphabet import Swedish
from kring.organisations.models import Assignment, Unit

from .meetings import summons_or_404
from .reach import refusal

SHOWN_AT_MOST = 20
IN_PLANS = frozenset(key for key, role in ROLES.items() if Permission.SEE_PLAN in role.permissions)


def staff_of(actor: Actor, unit_ids: Iterable[UUID], *, child: Child) -> list[Assignment]:
    """Who works at some units around a child today, by unit and name: those whose role reads a plan, so that
    nobody who never meets a child is offered. Nor are people with protected identity.
    """
    going = Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today)
    rows = Assignment.objects.filter(going, unit_id__in=list(unit_ids), starts_on__lte=actor.today)
    rows = rows.filter(role__in=IN_PLANS, person__protected_identity=False).select_related("person", "unit")
    by_name = map(Swedish, ("unit__name", "person__given_name", "person__family_name"))
    found = list(rows.order_by(*by_name, "pk"))
    hide(actor, child, found)
    return found


def party_or_404(actor: Actor, plan: Plan, unit_id: UUID) -> PlanParty:
    """A party whose contact the actor names: the own unit, or any when the unit keeps the plan going. The
    page has logged the reading.

    Raises:
        gate.Invisible, gate.NotAllowed: as for a plan out of reach.
    """
    party = PlanParty.objects.filter(plan=plan, unit_id=unit_id, left_at=None).select_related("unit").first()
    if party is None or actor.unit_id not in (unit_id, plan.unit_id):
        raise refusal(actor, plan.pk, Permission.EDIT_PLAN, what="plan.party", part=True)
    hide(actor, plan.child, party)
    return party


def units_named(actor: Actor, words: str, plan: Plan) -> list[Unit]:
    """Units that are not in the plan yet and whose name, or municipality's name, holds every word."""
    # Letters are told from their capitals here: SQLite knows only the English ones.
    wanted = words.casefold().split()
    taken = plan.parties.filter(left_at__isnull=True).values("unit_id")
    units = Unit.objects.exclude(pk__in=taken).select_related("municipality", "controller")
    found = [unit for unit in units if all(word in _searched(unit) for word in wanted)]
    return found[:SHOWN_AT_MOST] if wanted else []


def _searched(unit: Unit) -> str:
    place = unit.municipality.name if unit.municipality else ""
    return f"{unit.name} {place} {unit.get_kind_display()}".casefold()


def number_of(actor: Actor, plan: Plan) -> str:
    """The number that the plan's child goes by now, for those who have been given the plan.

    `plan_or_404` has asked already.
    """
    if hasattr(plan, "child_number"):
        return plan.child_number or ""
    numbers = ChildNumber.objects.filter(child_id=plan.child_id).exclude(kind=ChildNumber.Kind.EXTERNAL)
    current = numbers.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today)).order_by(
        "-starts_on", "pk"
    )
    return current.values_list("value", flat=True).first() or ""


def invitation_or_404(actor: Actor, invitation_id: UUID, *, what: str) -> Invitation:
    """An invitation of a sent summons to a plan that the actor reaches, with the reading logged."""
    sent = Invitation.objects.filter(summons__sent_at__isnull=False)
    summons_id = sent.filter(pk=invitation_id).values_list("summons_id", flat=True).first()
    permission = Permission.ANSWER_SUMMONS
    summons = summons_or_404(actor, summons_id or invitation_id, what=what, permission=permission)
    return next(one for one in summons.invitations.all() if one.pk == invitation_id)
