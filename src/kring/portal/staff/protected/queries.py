"""What is hidden around a protected child from the one who asks, and may be shown one field at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kring.access import facts, gate
from kring.access.actors import Actor
from kring.access.masks import Mask
from kring.access.permissions import Permission
from kring.access.policy.decision import Outcome
from kring.access.policy.protected import Field
from kring.care.contacts.queries.holders import visible_contacts
from kring.care.plans.queries import PlanContent, content_of
from kring.care.plans.queries.overview import going_plan_of
from kring.children.models import Child


@dataclass(frozen=True)
class HiddenField:
    """One field: what it is `about` (a unit, a meeting, a guardian), its unit and kind, and its `value`."""

    field: Field
    about: UUID
    unit_id: UUID | None
    kind: str
    value: str | datetime


def hidden_fields(
    actor: Actor, child_id: UUID, permission: Permission = Permission.SEE_CHILD
) -> tuple[Child, list[HiddenField]]:
    """Every field around the child that is hidden from the actor, with the reading logged. No page shows a
    value of theirs before a reason has been written for it.

    Raises:
        gate.Invisible: no such child, or nothing is hidden around it; the two cannot be told apart.
    """
    child = gate.child_or_404(actor, permission, child_id, what="protected.hidden")
    mask = Mask.of(actor, child)
    if not mask.hides:
        refused = gate.refusal(actor, permission, child_id, what="protected.hidden")
        raise gate.Invisible(replace(refused.act, rule=mask.decision(Field.PLACE).rule_id))
    found = [*_around(actor, child), *_guardians(actor, child)]
    return child, [one for one in found if not mask.shows(one.field, one.unit_id)]


def _around(actor: Actor, child: Child) -> Iterator[HiddenField]:
    plan = going_plan_of(actor, child.pk)
    content = content_of(actor, plan, as_stored=True) if plan else None
    units = {party.unit_id: party.unit for party in content.parties} if content else {}
    contacts = visible_contacts(actor, child.pk).filter(facts.current(actor.today)).select_related("unit")
    units |= {contact.unit_id: contact.unit for contact in contacts}
    for unit in units.values():
        kind = str(unit.get_kind_display())
        yield HiddenField(Field.UNIT, unit.pk, unit.pk, kind, unit.name)
        if unit.phone and unit.pk != actor.unit_id:
            yield HiddenField(Field.PHONE, unit.pk, unit.pk, kind, unit.phone)
    yield from _meetings(actor, content) if content else ()


def _meetings(actor: Actor, content: PlanContent) -> Iterator[HiddenField]:
    """Where and when the child will be: the meetings called and not called off, and the times asked about."""
    unit_id = content.plan.unit_id
    for row in content.summonses:
        summons = row.summons
        if summons.sent_at and not summons.cancelled_at and summons.starts_at >= actor.now:
            yield HiddenField(Field.TIME, summons.pk, unit_id, "", summons.starts_at)
            if summons.place:
                yield HiddenField(Field.PLACE, summons.pk, unit_id, "", summons.place)
    for asked in content.asking:
        for time in asked.proposed_times.all():
            yield HiddenField(Field.TIME, time.pk, unit_id, "", time.starts_at)


def _guardians(actor: Actor, child: Child) -> Iterator[HiddenField]:
    for custody in facts.custodies(actor).filter(child=child).select_related("guardian").order_by("pk"):
        guardian = custody.guardian
        yield HiddenField(Field.GUARDIANS, guardian.pk, None, "", guardian.name)


@dataclass(frozen=True)
class Chosen:
    """One hidden field among those `found` around the child, and the rule by which a reason shows it."""

    child: Child
    one: HiddenField
    found: list[HiddenField]
    rule: str


def hidden_field_or_404(actor: Actor, child_id: UUID, field: Field, about: UUID) -> Chosen:
    """One of them, for an actor to whom a written reason shows it.

    Raises:
        gate.Invisible: nothing of that kind is hidden from the actor, or no reason shows it.
    """
    permission = Permission.REVEAL_PROTECTED_FIELD
    child, found = hidden_fields(actor, child_id, permission)
    mask = Mask.of(actor, child)
    decision = mask.decision(field, reason=True)
    for one in found:
        if (one.field, one.about) == (field, about):
            decision = mask.decision(field, one.unit_id, reason=True)
            if decision.outcome is Outcome.ALLOW:
                return Chosen(child, one, found, decision.rule_id)
    refused = gate.refusal(actor, permission, child_id, what=f"protected.reveal.{field}")
    raise gate.Invisible(replace(refused.act, rule=decision.rule_id))
