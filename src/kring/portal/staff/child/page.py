"""The child's page put together."""

from typing import Any

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.contacts.presenters import mandate_lines
from kring.children.presenters import child_bar
from kring.portal.places import address
from kring.portal.staff import visits
from kring.portal.staff.side import side_links

from . import presenters
from .queries import SHOWN_EVENTS, ChildPage


def page_context(actor: Actor, found: ChildPage) -> dict[str, Any]:
    """Everything the template reads."""
    child, overview, plan = found.child, found.overview, found.plan
    return {
        "child_bar": child_bar(child, actor.today, number=found.number, **_turn_to(found)),
        "side": side_links(actor, child.pk, "child"),
        "tasks": presenters.tasks(actor, found.tasks),
        "words": plan.what_matters if plan else "",
        "standing": presenters.standing(overview),
        "steps": presenters.stepper(
            found.events, presenters.milestone_on(found.tasks), plan.follow_up_on if plan else None
        ),
        "activities": presenters.activities(overview, actor.today),
        "has_plan": overview is not None,
        "plan_href": address("plan", child_id=child.pk) if overview else "",
        "start_href": _start(actor, child.pk) if overview is None else "",
        "events": presenters.events(found.events[:SHOWN_EVENTS], actor),
        "child_id": child.pk,
        "next_visit": visits.next_of(found.strip, overview.meeting if overview else None, actor),
        "strip": visits.strip(found.strip) if found.strip else None,
        "cards": [(card, mandate_lines(card.mandate)) for card in found.cards],
        "contacts_href": address("care-contacts", child_id=child.pk),
    }


def _turn_to(found: ChildPage) -> dict[str, str]:
    """Who coordinates and who the named care contact is, for the bar."""
    people = {card.role: card.name or card.unit for card in found.cards}
    coordinator = found.plan.coordinator if found.plan else None
    return {
        "coordinator": coordinator.name if coordinator else people.get("coordinator", ""),
        "contact": people.get("named_care_contact", ""),
    }


def _start(actor: Actor, child_id: Any) -> str:
    return address("plan-start", child_id=child_id) if actor.may(Permission.START_PLAN) else ""
