"""THE GATE: every row about a child is reached through here, and nowhere else.

`children_for` answers with a set: *the children this actor may see for this purpose*. Lists, single objects, search,
exports and jobs all start from it, so they cannot disagree. `explain` gives the rule for one child, and its id is what
the access log says. Invisible is the same as missing; visible but not allowed is refused openly.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404

from kring.audit.commands import Act, record
from kring.audit.models import Action, Outcome
from kring.children.models import CareRelation, Child, Custody, Disclosure, ProtectedGroupMember

from .actors import Actor
from .permissions import Permission
from .policy import ages

Row = TypeVar("Row", bound=Model)


def current(today: object, prefix: str = "") -> Q:
    """Rows whose period holds on a day; first and last day count."""
    ends = Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": today})
    return Q(**{f"{prefix}starts_on__lte": today}) & ends


def children_for(actor: Actor, permission: Permission) -> QuerySet[Child]:
    """The children this actor may see for this purpose; none when the role does not hold the permission."""
    if not actor.may(permission):
        return Child.objects.none()
    return _REACH.get(actor.role, _of_staff)(actor)


def _of_staff(actor: Actor) -> QuerySet[Child]:
    if actor.unit_id is None or not actor.strong_auth:
        return Child.objects.none()
    relations = CareRelation.objects.filter(current(actor.today), unit_id=actor.unit_id)
    mine = relations.filter(Q(person__isnull=True) | Q(person_id=actor.person_id))
    in_group = Exists(ProtectedGroupMember.objects.filter(child=OuterRef("pk"), person_id=actor.person_id))
    unprotected = Q(protection=Child.Protection.NONE)
    return Child.objects.filter(Q(pk__in=mine.values("child")) & (unprotected | in_group))


def _of_guardian(actor: Actor) -> QuerySet[Child]:
    custody = Custody.objects.filter(current(actor.today), child=OuterRef("pk"))
    protected = Exists(custody.filter(guardian__protected_identity=True))
    born_after = ages.latest_birth(ages.limit("guardian_e_access", actor.today).years, actor.today)
    reached = Child.objects.filter(Exists(custody.filter(guardian_id=actor.guardian_id)), ~protected)
    return reached.filter(protection=Child.Protection.NONE, birth_date__gt=born_after)


def _the_child_itself(actor: Actor) -> QuerySet[Child]:
    return Child.objects.filter(pk=actor.child_id)


_REACH: dict[str, Callable[[Actor], QuerySet[Child]]] = {"guardian": _of_guardian, "child": _the_child_itself}


def rows_for(actor: Actor, permission: Permission, rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Rows that hang on a child by `child`, less those of children the actor does not see."""
    return rows.filter(child__in=children_for(actor, permission))


def shared_rows_for(
    actor: Actor, permission: Permission, rows: "QuerySet[Row]", category: str
) -> "QuerySet[Row]":
    """Rows with `child`, `unit` and a UUID key that parties share: one's own unit's, and those disclosed to it now.

    The family sees what is shared around its child; another party sees it only by an open disclosure.
    """
    reached = rows_for(actor, permission, rows)
    if not actor.is_staff:
        return reached
    return reached.filter(Q(unit_id=actor.unit_id) | Q(pk__in=_disclosed(actor, category)))


def _disclosed(actor: Actor, category: str) -> "QuerySet[Disclosure]":
    until = Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today)
    begun = Disclosure.objects.filter(until, starts_at__lte=actor.now, ended_at__isnull=True)
    return begun.filter(unit_id=actor.unit_id, category=category).values("subject")


def child_or_404(actor: Actor, permission: Permission, child_id: UUID, *, what: str) -> Child:
    """The child, with the reading logged.

    Raises:
        Http404: the child does not exist or is invisible to the actor; the two cannot be told apart.
        PermissionDenied: the child is visible to the actor, but not for this purpose.
    """
    child = children_for(actor, permission).select_related("municipality").filter(pk=child_id).first()
    if child is None:
        _refuse(actor, child_id, what)
        if permission != Permission.SEE_CHILD and children_for(actor, Permission.SEE_CHILD).filter(pk=child_id).exists():
            raise PermissionDenied
        raise Http404
    log(actor, Action.READ, [child.pk], what=what)
    return child


def _refuse(actor: Actor, child_id: UUID, what: str) -> None:
    # Also for a child that does not exist: what is written, and how long it takes, must not tell the two apart.
    log(actor, Action.READ, [child_id], what=what, outcome=Outcome.REFUSED)


def log(actor: Actor, action: str, child_ids: Iterable[UUID | None], *, what: str, **more: str) -> None:
    """Write what an actor did with each child's data to the access log. `more` may hold outcome, object_id, reason, rule."""
    more.setdefault("rule", rule_of(actor))
    same = {"at": actor.now, "action": action, "what": what, "purpose": actor.purpose, **more}
    who = {"person_id": actor.person_id, "role": actor.role, "unit_id": actor.unit_id}
    record([Act(child_id=child_id, **who, **same) for child_id in child_ids])


def rule_of(actor: Actor) -> str:
    """The rule by which the actor's set of children is drawn."""
    return {"guardian": "family.guardian", "child": "family.child"}.get(actor.role, "staff.takes_part")
