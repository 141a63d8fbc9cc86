"""From rows to facts: what the decision tables need to know about one actor and one child, read at the
moment of asking.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kring.children.models import (
    CareRelation,
    Child,
    Custody,
    Guardian,
    GuardianDecision,
    MaturityAssessment,
    Placement,
    ProtectedGroupMember,
    YoungShare,
)

from .actors import Actor
from .permissions import INFORMATION, InformationType, Permission
from .policy.ages import Birth, Standing, standing
from .policy.family import Channel, Close, Family, Wants
from .policy.own_unit import OwnUnit
from .policy.parties import PARTIES, Sector
from .policy.protected import Grade, Reach
from .policy.same_provider import SameProvider
from .policy.staff import Block, WorkNeed
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


def decisions_about(actor: Actor) -> "QuerySet[GuardianDecision]":
    """Unit heads' decisions about this guardian that hold now."""
    decided = GuardianDecision.objects.filter(current(actor.today), guardian_id=actor.guardian_id)
    return decided.filter(ended_at__isnull=True)


def care_orders(actor: Actor) -> "QuerySet[Placement]":
    """Compulsory placements that hold today."""
    orders = Placement.objects.filter(current(actor.today), kind=Placement.Kind.CARE_ORDER)
    return orders.filter(withdrawn_at__isnull=True)


def coming_orders(actor: Actor) -> "QuerySet[Placement]":
    """Compulsory placements that are decided and begin on a later day, and leave the guardians no say."""
    orders = Placement.objects.filter(starts_on__gt=actor.today, kind=Placement.Kind.CARE_ORDER)
    return orders.filter(withdrawn_at__isnull=True).exclude(signer=Placement.Signer.GUARDIANS)


def open_shares(actor: Actor) -> "QuerySet[YoungShare]":
    """What young people share with this guardian now."""
    return YoungShare.objects.filter(
        guardian_id=actor.guardian_id, starts_at__lte=actor.now, ended_at__isnull=True
    )


def maturities(actor: Actor, question: str) -> "QuerySet[MaturityAssessment]":
    """The latest assessments about a question, of the children who by them are mature for it today."""
    later = MaturityAssessment.objects.filter(
        child=OuterRef("child"), question=question, assessed_at__gt=OuterRef("assessed_at")
    )
    found = MaturityAssessment.objects.filter(question=question, mature_from__lte=actor.today)
    return found.filter(~Exists(later))


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


def another_unit(actor: Actor, permission: Permission, *, block: Block, chosen: WorkNeed) -> SameProvider:
    """Facts on reading what another unit of the own care provider holds of a child that the actor's unit
    takes part around. `block`: what covers it now; `chosen`: what it is wanted for, or NONE before the active
    choice (ruling 23).
    """
    return SameProvider(
        strong_auth=actor.strong_auth,
        assignment_active=actor.assignment_id is not None,
        need=WorkNeed.CARE if chosen is WorkNeed.NONE else chosen,
        profile_covers=profile_covers(actor, permission),
        same_unit=False,
        active_choice=chosen is not WorkNeed.NONE,
        block=block,
    )


def own_unit(actor: Actor, permission: Permission, child_id: UUID) -> OwnUnit:
    """Facts on a child among those of one's own school, social services or disability support."""
    return OwnUnit(
        strong_auth=actor.strong_auth,
        assignment_active=actor.assignment_id is not None,
        profile_covers=profile_covers(actor, permission),
        takes_part=relations_of(actor).filter(child_id=child_id).exists(),
    )


def age_of(actor: Actor, child: Child) -> Standing:
    """Where the child stands among the age limits today."""
    return standing(Birth.of(child.birth_date, child.birth_precision), actor.today)


def by_age(actor: Actor, child: Child) -> dict[str, Any]:
    """The age limits as 8.5 asks for them."""
    age = age_of(actor, child)
    return {
        "adult": age.adult,
        "under_guardian_limit": age.under_guardian_limit,
        "has_own_e_services": age.has_own_e_services,
        "has_own_record": age.has_own_record,
    }


def decided(child: Child, decisions: Collection[Any], placements: Collection[bool]) -> dict[str, Any]:
    """What has been decided of a guardian's way to a child, as 8.5 asks for it. `decisions`: the kinds that
    hold about this guardian; `placements`: of each care order, whether guardians keep their access.
    """
    return {
        "child_protected": child.protection != Child.Protection.NONE,
        "guardian_blocked": GuardianDecision.Kind.BLOCKED in decisions,
        "unit_head_decided": GuardianDecision.Kind.KEPT in decisions,
        "extended_access": GuardianDecision.Kind.EXTENDED in decisions,
        "placed_by_order": bool(placements),
        "board_decided": set(placements) == {True},
    }


def family(actor: Actor, permission: Permission, child: Child | None, child_id: UUID) -> Family:
    """Facts on a guardian or the child itself opening the child's own pages, or its record."""
    held = custodies(actor).filter(child_id=child_id).select_related("guardian")
    guardians = {custody.guardian_id: custody.guardian for custody in held}
    decisions = set(decisions_about(actor).filter(child_id=child_id).values_list("kind", flat=True))
    orders = care_orders(actor).filter(child_id=child_id)
    placements = set(orders.values_list("guardians_keep_access", flat=True))
    shared = set(open_shares(actor).filter(child_id=child_id).values_list("thing", flat=True))
    mature = maturities(actor, "record").filter(child_id=child_id).exists()
    if child is None:
        return Family(strong_auth=actor.strong_auth)
    return Family(
        **_who_and_what(actor, permission, child),
        **_guardianship(actor, guardians),
        **decided(child, decisions, placements),
        shared_by_the_young=_covers(permission, shared),
        mature_for_record=mature,
    )


def opened_family(actor: Actor, permission: Permission, child: Child) -> Family:
    """The same of somebody whom the set has let in: only age decides by which rule."""
    return Family(
        **_who_and_what(actor, permission, child),
        custody=True,
        child_protected=False,
        guardian_protected=False,
        other_guardian_protected=False,
        guardian_blocked=False,
        placed_by_order=False,
        extended_access=True,
        shared_by_the_young=True,
        mature_for_record=True,
    )


def _who_and_what(actor: Actor, permission: Permission, child: Child) -> dict[str, Any]:
    guardian = Close.GUARDIAN if actor.guardian_id else Close.NOT_GUARDIAN
    kind = INFORMATION.get(permission)
    return {
        "who": Close.CHILD if actor.child_id == child.pk else guardian,
        "wants": Wants.RECORD if kind is InformationType.RECORD else Wants.E_SERVICES,
        "channel": Channel.E_SERVICE,
        "strong_auth": actor.strong_auth,
        **by_age(actor, child),
        "for_the_youngest": kind is not InformationType.MESSAGE,
    }


def _guardianship(actor: Actor, guardians: Mapping[UUID, Guardian]) -> dict[str, Any]:
    mine = guardians.get(actor.guardian_id) if actor.guardian_id else None
    others = [guardian for key, guardian in guardians.items() if key != actor.guardian_id]
    return {
        "custody": mine is not None,
        "guardian_protected": mine is not None and mine.protected_identity,
        "other_guardian_protected": any(guardian.protected_identity for guardian in others),
    }


def _covers(permission: Permission, shared: Collection[str]) -> bool:
    """Whether what a young person shares holds the kind of thing; any kind opens the pages as such."""
    kind = INFORMATION.get(permission)
    return bool(shared) if kind is None else kind.value in shared
