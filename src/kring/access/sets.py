"""The sets of children that the gate hands out: the tables of `policy`, read for a whole population at once.

`gate.explain` asks the same tables child by child, and a test holds the two together.
"""

from collections.abc import Callable
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from kring.children.models import Child, GuardianDecision, ProtectedGroupMember

from . import facts
from .actors import Actor
from .permissions import INFORMATION, InformationType, Permission
from .policy import ages

RECORD, MESSAGE = InformationType.RECORD.value, InformationType.MESSAGE.value
E_SERVICES = frozenset({"", *(kind.value for kind in InformationType)}) - {RECORD}
"""The scopes of a family's pages, less the record."""
FOR_THE_YOUNGEST = E_SERVICES - {MESSAGE}
"""What the smaller child opens of its own pages (ruling 19)."""


def scope_of(actor: Actor, permission: Permission) -> str:
    """What the family's set depends on: the kind of thing; empty for the pages as such. Staff have one
    set.
    """
    kind = INFORMATION.get(permission)
    return "" if actor.is_staff or kind is None else kind.value


@lru_cache(maxsize=256)
def reached(actor: Actor, scope: str = "", each: bool = False) -> "QuerySet[Child]":
    """The children an actor reaches. `each`: to be asked child by child.

    A page asks for the same set many times, and building the question costs more than asking it. Only the
    question is kept, never an answer: the actor carries its moment, and every caller makes its own copy.
    """
    return _FAMILY[actor.role](actor, scope) if actor.role in _FAMILY else _of_staff(actor, each)


def _of_staff(actor: Actor, each: bool) -> "QuerySet[Child]":
    """One set, put in two ways: gone through from the unit's relations, or asked of `each` child."""
    if actor.unit_id is None:
        return Child.objects.none()
    relations = facts.relations_of(actor)
    of_each = Exists(relations.filter(child=OuterRef("pk")))
    takes_part = Q(of_each) if each else Q(pk__in=relations.values("child"))
    in_group = Exists(ProtectedGroupMember.objects.filter(child=OuterRef("pk"), person_id=actor.person_id))
    reached_ = Q(protection=Child.Protection.NONE) | in_group
    return Child.objects.filter(takes_part, reached_)


def _of_guardian(actor: Actor, scope: str) -> "QuerySet[Child]":
    mine = facts.custodies(actor).filter(guardian_id=actor.guardian_id)
    children = Child.objects.filter(protection=Child.Protection.NONE, pk__in=mine.values("child"))
    return children.filter(_link_holds(actor), _under_guardian_limit(actor) | _opened_by(actor, scope))


def _link_holds(actor: Actor) -> Q:
    """No protection breaks the guardian's link, no unit has closed it, no board has the child placed."""
    custodies = facts.custodies(actor).filter(child=OuterRef("pk"), guardian__protected_identity=True)
    decisions = facts.decisions_about(actor).filter(child=OuterRef("pk"))
    own = Exists(custodies.filter(guardian_id=actor.guardian_id))
    others = Exists(custodies.exclude(guardian_id=actor.guardian_id))
    kept = Exists(decisions.filter(kind=GuardianDecision.Kind.KEPT))
    blocked = Exists(decisions.filter(kind=GuardianDecision.Kind.BLOCKED))
    placed = Exists(facts.care_orders(actor).filter(child=OuterRef("pk"), guardians_keep_access=False))
    return Q(~own) & (Q(~others) | Q(kept)) & Q(~blocked) & Q(~placed)


def _opened_by(actor: Actor, scope: str) -> Q:
    """What opens to a guardian from the age limit on: a share, or for the record an extended access."""
    if scope == RECORD:
        decisions = facts.decisions_about(actor).filter(child=OuterRef("pk"))
        extended = decisions.filter(kind=GuardianDecision.Kind.EXTENDED)
        return Q(Exists(extended)) & ~has_turned("own_record", actor)
    shares = facts.open_shares(actor).filter(child=OuterRef("pk"))
    if scope:
        shares = shares.filter(thing=scope)
    return Q(Exists(shares)) & ~has_turned("adult", actor)


def _under_guardian_limit(actor: Actor) -> Q:
    years = ages.limit("guardian_e_access", actor.today).years
    young = Q(pk__in=())
    for precision, born_after in ages.surely_under_after(years, actor.today).items():
        young |= Q(birth_precision=precision.value, birth_date__gt=born_after)
    return young


def has_turned(limit: str, actor: Actor) -> Q:
    """Children who surely have reached an age limit; a stored date is the latest possible one."""
    years = ages.limit(limit, actor.today).years
    return Q(birth_date__lte=ages.latest_birth(years, actor.today))


def _the_child_itself(actor: Actor, scope: str) -> "QuerySet[Child]":
    itself = Child.objects.filter(pk=actor.child_id)
    if scope == MESSAGE:
        return itself.filter(has_turned("own_e_services", actor))
    if scope != RECORD:
        return itself
    mature = Exists(facts.maturities(actor, "record").filter(child=OuterRef("pk")))
    return itself.filter(has_turned("own_record", actor) | (Q(mature) & has_turned("own_e_services", actor)))


_FAMILY: dict[str, Callable[[Actor, str], "QuerySet[Child]"]] = {
    "guardian": _of_guardian,
    "child": _the_child_itself,
}
