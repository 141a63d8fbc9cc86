"""What every page of a plan has around it, and whether names are hidden on a shared screen."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from kring.access import gate
from kring.access.actors import Actor
from kring.access.masks import Mask
from kring.access.permissions import Permission
from kring.care.plans import queries
from kring.care.plans.presenters import child, evaluations, shown
from kring.care.plans.presenters.preparing import prepared
from kring.care.plans.queries.people import number_of, staff_of
from kring.care.plans.queries.reach import is_whole
from kring.design.shells import IDENTITY_HIDDEN


def is_hidden(request: HttpRequest) -> bool:
    return bool(request.session.get(IDENTITY_HIDDEN))


def around(request: HttpRequest, plan: Any, here: str = "") -> dict[str, Any]:
    """The child's bar and the plan's tabs. A unit that the plan is closed to is only told whose it is."""
    actor = request.actor
    about = child.about(plan, number_of(actor, plan), actor.today, here)
    return {"about": about if is_whole(actor, plan) else _from_outside(actor, plan, about)}


def _from_outside(actor: Actor, plan: Any, about: child.About) -> child.About:
    bar = replace(about.bar, age="", communication="", coordinator="", contact="")
    reached = gate.children_for(actor, Permission.SEE_CHILD, plan.child_id).exists()
    return replace(about, bar=bar, tabs=[], child_href=about.child_href if reached else "")


def whole_plan(request: HttpRequest, plan_id: UUID, what: str, permission: Permission) -> Any:
    """The plan for a page of the plan itself: a former party sees its own items and has no such page."""
    plan = queries.plan_or_404(request.actor, plan_id, what=what, permission=permission)
    if not is_whole(request.actor, plan):
        raise queries.refusal(request.actor, plan_id, permission, what=what)
    return plan


def content_for(actor: Actor, plan_id: UUID, what: str, permission: Permission = Permission.SEE_PLAN) -> Any:
    """The plan with all that the actor may see of it, with the reading logged."""
    plan = queries.plan_or_404(actor, plan_id, what=what, permission=permission)
    return queries.content_of(actor, plan)


def names_in(request: HttpRequest, content: Any) -> child.Names:
    """The guardians' names as this screen may show them."""
    signers = content.consent.signers if content.consent else ()
    guarded = Mask.of(request.actor, content.plan.child).hides
    return child.Names([row.guardian for row in signers], is_hidden(request) or guarded)


def said_by_family(request: HttpRequest, content: Any) -> list[evaluations.Said]:
    """How the plan went, in the family's own words."""
    found = content.evaluations
    return evaluations.said(found, names_in(request, content)) if found else []


def prepared_for(request: HttpRequest, content: Any) -> Any:
    """What the child has prepared for its next meeting, for the unit that keeps the plan going; the reading
    is logged.
    """
    if not content.in_charge or content.plan.is_over:
        return None
    return prepared(queries.preparations_to_read(request.actor, content.plan))


def doers(actor: Actor, content: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each party with the unit itself and its people, for a list to choose from."""
    people: dict[UUID, list[tuple[str, str]]] = {party.unit_id: [] for party in content.parties}
    for one in staff_of(actor, people, child=content.plan.child):
        named = one.person.title and not one.person.protected_identity
        label = f"{one.person.name}, {one.person.title.lower()}" if named else one.person.name
        people[one.unit_id].append((f"{one.unit_id}:{one.person_id}", label))
    return [
        (party.unit.name, [(f"{party.unit_id}:", party.unit.name), *dict.fromkeys(people[party.unit_id])])
        for party in content.parties
    ]


def close_doers(content: Any) -> list[tuple[str, str]]:
    """Those close to the child, by name, for the same list: somebody else does it (tredje part)."""
    return [(row.name, f"{row.name}, {row.get_kind_display().lower()}") for row in content.close_people]


def staff(actor: Actor, content: Any) -> list[tuple[str, str]]:
    """Who works at the parties' units, each person once."""
    at = [party.unit_id for party in content.parties]
    people = {str(one.person_id): one.person.name for one in staff_of(actor, at, child=content.plan.child)}
    return list(people.items())


def preview_of(request: HttpRequest, kind: str) -> Callable[[Any], dict[str, Any]]:
    """How the family will meet what is being written."""
    return lambda form: {"preview": shown.preview(kind, form.given(), request.actor.today)}
