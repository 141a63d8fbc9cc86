"""From rows to facts: what the decision tables need to know about one actor and one child, read at the
moment of asking.
"""

from uuid import UUID

from django.db.models import Q, QuerySet

from kring.children.models import CareRelation, Child, Custody, ProtectedGroupMember

from .actors import Actor
from .permissions import INFORMATION, Permission
from .policy.ages import Birth, standing
from .policy.family import Channel, Close, Family, Wants
from .policy.own_unit import OwnUnit
from .policy.parties import PARTIES, Sector
from .policy.protected import Grade, Reach
from .policy.same_provider import SameProvider
from .policy.staff import WorkNeed
from .roles import ROLES, TREATS


def current(today: object) -> Q:
    """Rows whose period holds on a day; first and last day count."""
    return Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def relations_of(actor: Actor) -> "QuerySet[CareRelation]":
    """The relations by which the actor's unit, or the actor in person, takes part today."""
    at_unit = CareRelation.objects.filter(current(actor.today), unit_id=actor.unit_id)
    return at_unit.filter(Q(person__isnull=True) | Q(person_id=actor.person_id))


def custodies(actor: Actor) -> "QuerySet[Custody]":
    """Every custody that holds today."""
    return Custody.objects.filter(current(actor.today))


def works_in_care(actor: Actor) -> bool:
    """Whether patientdatalagen is the law that speaks of the actor's work (8.1)."""
    return bool(actor.sector) and PARTIES[Sector(actor.sector)].care_provider


def treats(actor: Actor) -> bool:
    """Whether the actor is a licensed professional who treats children, at a care provider."""
    return actor.role in TREATS and works_in_care(actor)


def profile_covers(actor: Actor, permission: Permission) -> bool:
    """Whether the role's profile covers the kind of information that the act meets (PDL 4:2)."""
    role = ROLES[actor.role]
    return role.meets_children and INFORMATION.get(permission) in {None, *role.covers}


def reach(actor: Actor, child: Child | None, child_id: UUID) -> Reach:
    """Facts on protected identity. A child that does not exist has the closed ones."""
    in_group = ProtectedGroupMember.objects.filter(child_id=child_id, person_id=actor.person_id).exists()
    return Reach(grade=Grade(child.protection), in_group=in_group) if child else Reach()


def same_unit(actor: Actor, permission: Permission, child_id: UUID) -> SameProvider:
    """Facts on reading what one's own care unit has about a child."""
    takes_part = relations_of(actor).filter(child_id=child_id).exists()
    return SameProvider(
        strong_auth=actor.strong_auth,
        assignment_active=actor.assignment_id is not None,
        need=WorkNeed.CARE if takes_part else WorkNeed.NONE,
        profile_covers=profile_covers(actor, permission),
        same_unit=True,
    )


def own_unit(actor: Actor, permission: Permission, child_id: UUID) -> OwnUnit:
    """Facts on a child among those of one's own school, social services or disability support."""
    return OwnUnit(
        strong_auth=actor.strong_auth,
        assignment_active=actor.assignment_id is not None,
        profile_covers=profile_covers(actor, permission),
        takes_part=relations_of(actor).filter(child_id=child_id).exists(),
    )


def family(actor: Actor, child: Child | None, child_id: UUID) -> Family:
    """Facts on a guardian or the child itself opening the child's own pages."""
    guardians = list(custodies(actor).filter(child_id=child_id).select_related("guardian"))
    mine = [custody.guardian for custody in guardians if custody.guardian_id == actor.guardian_id]
    others = [custody.guardian for custody in guardians if custody.guardian_id != actor.guardian_id]
    if child is None:
        return Family(strong_auth=actor.strong_auth)
    age = standing(Birth.of(child.birth_date, child.birth_precision), actor.today)
    return Family(
        who=Close.CHILD
        if actor.child_id == child_id
        else Close.GUARDIAN
        if actor.guardian_id
        else Close.NOT_GUARDIAN,
        wants=Wants.E_SERVICES,
        channel=Channel.E_SERVICE,
        strong_auth=actor.strong_auth,
        adult=age.adult,
        under_guardian_limit=age.under_guardian_limit,
        has_own_e_services=age.has_own_e_services,
        has_own_record=age.has_own_record,
        custody=bool(mine),
        child_protected=child.protection != Child.Protection.NONE,
        guardian_protected=any(guardian.protected_identity for guardian in mine),
        other_guardian_protected=any(guardian.protected_identity for guardian in others),
        # Kring keeps neither a unit's block on a guardian nor a placement yet.
        guardian_blocked=False,
        placed_by_order=False,
        for_the_youngest=True,
    )
