"""THE GATE: every row about a child is reached through here, and nowhere else.

`children_for` answers with a set: *the children this actor may see for this purpose*. Lists, single objects,
search, exports and jobs all start from it, so they cannot disagree. `explain` gives the rule for one child,
and its id is what the access log says. Invisible is the same as missing; visible but not allowed is refused
openly.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404

from kring.audit.commands import Act, record
from kring.audit.models import Action, Outcome
from kring.children.models import Child, Disclosure, ProtectedGroupMember

from . import facts
from .actors import Actor
from .masks import hide
from .permissions import Permission
from .policy.decision import Decision, strictest
from .policy.decision import Outcome as Answer
from .policy.doors import ROLE
from .policy.family import FAMILY, GUARDIAN_PAGES, OWN_E_SERVICES, OWN_PAGES
from .policy.own_unit import OWN_UNIT
from .policy.protected import REACH
from .policy.same_provider import ROW_1, SAME_PROVIDER
from .sets import E_SERVICES, FOR_THE_YOUNGEST, reached, scope_of

Row = TypeVar("Row", bound=Model)
NOT_THE_ROLE = Decision(Answer.DENY, ROLE.id)
OPENS_AT_ONCE = {
    GUARDIAN_PAGES.id: E_SERVICES,
    OWN_E_SERVICES.id: E_SERVICES,
    OWN_PAGES.id: FOR_THE_YOUNGEST,
}
"""Rules that open many kinds of thing on the pages at once; the record is always a question of its own."""


def children_for(
    actor: Actor, permission: Permission, child_id: "UUID | OuterRef | None" = None
) -> "QuerySet[Child]":
    """The children this actor may see for this purpose; none when the role does not hold the permission.

    The set-valued reading of the tables that `explain` asks row by row; a test holds the two together. With
    `child_id` (a reference to an outer row's, too) that child if it is one of them: the same answer, by an
    index and without going through the whole set.
    """
    if not _opens(actor, permission):
        return Child.objects.none()
    scope = scope_of(actor, permission)
    if child_id is None:
        return reached(actor, scope).all()
    return reached(actor, scope, each=True).filter(pk=child_id)


def among(actor: Actor, permission: Permission, child_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these few children that the actor may see for this purpose; whom `child_or_404` has handed
    out is not asked about again, so that nothing at all is asked about the child of a page.
    """
    if not _opens(actor, permission):
        return set()
    scope, asked = scope_of(actor, permission), set(child_ids)
    seen = {one for one in asked if (one, scope) in actor.reached}
    if unknown := asked - seen:
        rows = reached(actor, scope, each=True).filter(pk__in=unknown)
        seen |= set(rows.values_list("pk", flat=True))
    return seen


def _opens(actor: Actor, permission: Permission) -> bool:
    """Whether the role may do this at all, with this log-in."""
    return actor.may(permission) and actor.strong_auth and facts.profile_covers(actor, permission)


def explain(actor: Actor, permission: Permission, child_id: UUID) -> Decision:
    """Why this actor may or may not see this child for this purpose. A child that does not exist is refused
    likewise.
    """
    if not actor.may(permission):
        return NOT_THE_ROLE
    child = Child.objects.filter(pk=child_id).first()
    if not actor.is_staff:
        return FAMILY.decide(facts.family(actor, permission, child, child_id), on=actor.today)
    protected = REACH.decide(facts.reach(actor, child, child_id), on=actor.today)
    return strictest(protected, _at_work(actor, permission, child_id))


def _at_work(actor: Actor, permission: Permission, child_id: UUID) -> Decision:
    if facts.works_in_care(actor):
        return SAME_PROVIDER.decide(facts.same_unit(actor, permission, child_id), on=actor.today)
    return OWN_UNIT.decide(facts.own_unit(actor, permission, child_id), on=actor.today)


def rows_for(
    actor: Actor,
    permission: Permission,
    rows: "QuerySet[Row]",
    child_id: UUID | None = None,
    *,
    each: bool = False,
) -> "QuerySet[Row]":
    """Rows that hang on a child by `child`, less those of children the actor does not see.

    With `child_id` those of one child; `each` asks row by row, for the few that the caller picks by a key:
    the answer is the same. The gate asks about a child once of an actor, who is somebody at one moment: one
    that `child_or_404` has handed out is not asked about again.
    """
    if each:
        return rows.filter(Exists(children_for(actor, permission, OuterRef("child"))))
    if child_id is None:
        return rows.filter(child__in=children_for(actor, permission))
    about = rows.filter(child_id=child_id)
    if (child_id, scope_of(actor, permission)) in actor.reached and _opens(actor, permission):
        return about
    return about.filter(child__in=children_for(actor, permission, child_id))


def shared_rows_for(
    actor: Actor,
    permission: Permission,
    rows: "QuerySet[Row]",
    category: str,
    *,
    child_id: UUID | None = None,
    each: bool = False,
) -> "QuerySet[Row]":
    """Rows with `child`, `unit` and a UUID key that parties share: one's own unit's and those disclosed to it
    now.

    The family sees what is shared around its child; another party sees it only by an open disclosure.
    """
    reached = rows_for(actor, permission, rows, child_id, each=each)
    if not actor.is_staff:
        return reached
    return reached.filter(Q(unit_id=actor.unit_id) | Q(_disclosed(actor, category)))


def own_rows_for(
    actor: Actor, permission: Permission, rows: "QuerySet[Row]", child_id: UUID | None = None
) -> "QuerySet[Row]":
    """Rows that hang on a child by `child`, for what the actor's own unit has in them: no relation to the
    child is asked for (rulings 11 and 30). The caller says which they are.

    Role, profile, log-in and the restricted group of a protected child hold as everywhere. Staff only.
    """
    if not actor.is_staff or not _opens(actor, permission):
        return rows.none()
    in_group = ProtectedGroupMember.objects.filter(child=OuterRef("child"), person_id=actor.person_id)
    reached = rows.filter(Q(child__protection=Child.Protection.NONE) | Exists(in_group))
    return reached if child_id is None else reached.filter(child_id=child_id)


def explain_own(actor: Actor, permission: Permission, child_id: UUID) -> Decision:
    """What a door to the actor's own rows about a child says before it asks what the unit has there."""
    if not actor.is_staff or not _opens(actor, permission):
        return NOT_THE_ROLE
    child = Child.objects.filter(pk=child_id).first()
    return REACH.decide(facts.reach(actor, child, child_id), on=actor.today)


def _disclosed(actor: Actor, category: str) -> Exists:
    begun = Disclosure.objects.filter(
        Disclosure.holding(actor.today), starts_at__lte=actor.now, ended_at__isnull=True
    )
    return Exists(begun.filter(unit_id=actor.unit_id, category=category, subject=OuterRef("pk")))


class Invisible(Http404):
    """Missing, or invisible to the actor: nobody can tell which. `act` is for the access log."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self.act = act


class NotAllowed(PermissionDenied):
    """Visible to the actor, but not for this purpose. `act` is for the access log."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self.act = act


class ReasonNeeded(Exception):
    """The child has protected identity: also a member of its restricted group first writes why it is
    opened.
    """

    def __init__(self, child_id: UUID) -> None:
        super().__init__()
        self.child_id = child_id


def reason_first(actor: Actor, child: Child) -> None:
    """Stop a member of staff at the door of a protected child until a reason has been written in the session.

    Raises:
        ReasonNeeded: nothing has been shown or logged as read yet.
    """
    if actor.opened is None or child.protection == Child.Protection.NONE or child.pk in actor.opened:
        return
    raise ReasonNeeded(child.pk)


def child_or_404(actor: Actor, permission: Permission, child_id: UUID, *, what: str) -> Child:
    """The child, with the reading logged.

    Raises:
        Invisible: the child does not exist or is invisible to the actor; the two cannot be told apart.
        NotAllowed: the child is visible to the actor, but not for this purpose.
        ReasonNeeded: the child is protected and nobody has said yet why it is opened.
    """
    # Not `first()`: it would order by the key, and an order costs as much as the rest of the question.
    found = list(children_for(actor, permission, child_id).select_related("municipality"))
    if not found:
        raise refusal(actor, permission, child_id, what=what)
    child = found[0]
    reason_first(actor, child)
    hide(actor, child, child)
    rule = rule_for(actor, permission, child)
    scopes = OPENS_AT_ONCE.get(rule, {scope_of(actor, permission)})
    actor.reached.update({(child.pk, scope): rule for scope in scopes})
    log(actor, Action.READ, [child.pk], what=what, rule=rule)
    return child


def refusal(
    actor: Actor, permission: Permission, child_id: UUID, *, what: str, object_id: str = ""
) -> Invisible | NotAllowed:
    """The exception to raise when something is refused; whoever catches it last writes its act to the log.

    Not written here: the caller's transaction is about to be rolled back, and the row with it. The same is
    asked and written for a child that does not exist, so that neither answer nor time tells the two apart.
    """
    rule = explain(actor, permission, child_id).rule_id
    act = _act(
        actor, Action.READ, child_id, what=what, outcome=Outcome.REFUSED, rule=rule, object_id=object_id
    )
    visible = children_for(actor, Permission.SEE_CHILD, child_id).exists()
    return NotAllowed(act) if visible else Invisible(act)


def not_allowed(
    actor: Actor, rule: str, *, what: str, action: str = Action.WRITE, object_id: str = ""
) -> NotAllowed:
    """The exception to raise when something that is not about any one child is refused, by its rule."""
    more = {"what": what, "rule": rule, "object_id": object_id, "outcome": Outcome.REFUSED}
    return NotAllowed(_act(actor, action, None, **more))


def demand(actor: Actor, permission: Permission, *, what: str, action: str = Action.READ) -> None:
    """Stop an actor whose role does not do this kind of work.

    Raises:
        NotAllowed: with what the log is to say.
    """
    if not actor.may(permission):
        raise not_allowed(actor, NOT_THE_ROLE.rule_id, what=what, action=action)


def log(actor: Actor, action: str, child_ids: Iterable[UUID | None], *, what: str, **more: str) -> None:
    """Write what an actor did with each child's data to the access log.

    `more` may hold outcome, object_id, reason and rule; the rule is otherwise the one by which the child was
    reached.
    """
    rule = more.pop("rule", "")
    acts = ((one, rule or _known(actor, one)) for one in child_ids)
    record([_act(actor, action, one, what=what, rule=by, **more) for one, by in acts])


def log_rows(actor: Actor, action: str, rows: Iterable[tuple[UUID | None, str, str]], *, rule: str) -> None:
    """Write several acts at once, each about a row of its own: (the child, what, the row's key)."""
    record([_act(actor, action, child, what=what, object_id=key, rule=rule) for child, what, key in rows])


def log_refused(
    actor: Actor, action: str, asked: Mapping[UUID, UUID | None], *, what: str, rule: str
) -> None:
    """Write that things were asked for and not done: key -> the child it is about, None when there is no such
    thing. For what is passed over while the rest is done; a refusal that stops everything is an exception.
    """
    more = {"what": what, "rule": rule, "outcome": Outcome.REFUSED}
    record([_act(actor, action, child, object_id=str(key), **more) for key, child in asked.items()])


def _known(actor: Actor, child_id: UUID | None) -> str:
    found = (rule for (reached_id, _), rule in actor.reached.items() if reached_id == child_id)
    return next(found, rule_of(actor))


def _act(actor: Actor, action: str, child_id: UUID | None, **more: Any) -> Act:
    who: dict[str, Any] = {"person_id": actor.person_id, "role": actor.role, "unit_id": actor.unit_id}
    return Act(at=actor.now, action=action, child_id=child_id, purpose=actor.purpose, **who, **more)


def rule_of(actor: Actor) -> str:
    """The rule by which the actor's set of children is drawn, when no one child is meant."""
    if actor.guardian_id:
        return GUARDIAN_PAGES.id
    if actor.child_id:
        return OWN_PAGES.id
    return ROW_1.id if facts.works_in_care(actor) else "8.1.own_unit"


def rule_for(actor: Actor, permission: Permission, child: Child) -> str:
    """The rule that opened a child, or its record, to an actor in whose set it is."""
    if actor.is_staff:
        return rule_of(actor)
    return FAMILY.decide(facts.opened_family(actor, permission, child), on=actor.today).rule_id
