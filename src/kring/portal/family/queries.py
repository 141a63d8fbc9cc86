"""What a guardian's pages show, gathered from the packages of care, always by way of the gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from kring.access import facts, gate, leaving, signing
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.doors import NOT_YOURS
from kring.access.policy.protected import Act
from kring.audit.models import Action
from kring.care.contacts import queries as contacts
from kring.care.plans import queries as plans
from kring.care.plans.queries.evaluations import evaluations_of
from kring.care.plans.queries.items import item_or_404
from kring.design.alphabet import swedish
from kring.timeline.asked import Asked, asked_by

NOT_COMING = ("cancelled", "missed", "done")


def children_of(actor: Actor) -> list[Any]:
    """The guardian's children of whom something is open to them today, by age; each is logged as listed.

    `record_only`: nothing but a unit's record is (extended access).
    """
    pages = gate.children_for(actor, Permission.SEE_OWN_FAMILY)
    record = gate.children_for(actor, Permission.SEE_OWN_RECORD)
    only = ~Exists(gate.children_for(actor, Permission.SEE_OWN_FAMILY, OuterRef("pk")))
    children = list((pages | record).annotate(record_only=only).order_by("birth_date", "pk"))
    gate.log(actor, Action.LIST, [child.pk for child in children], what="family.children")
    return children


def pages_open(actor: Actor, child_id: UUID) -> bool:
    """Whether the guardian has more of a child than a unit's record."""
    return gate.children_for(actor, Permission.SEE_OWN_FAMILY, child_id).exists()


def child_of(
    actor: Actor, child_id: UUID, *, what: str, permission: Permission = Permission.SEE_OWN_FAMILY
) -> Any:
    """One of them, with the reading logged.

    Raises:
        Http404: not the guardian's child, or one whose pages are closed; the two cannot be told apart.
    """
    return gate.child_or_404(actor, permission, child_id, what=what)


@dataclass(frozen=True)
class Home:
    """What the first page needs."""

    plan: Any
    to_do: Sequence[Any]
    meeting: Any
    visits: Sequence[Any]
    contacts: Sequence[Any]


def home(actor: Actor, child_id: UUID) -> Home:
    """The plan that is going on, what waits, what comes, whom to call."""
    plan = going_plan(actor, child_id)
    return Home(
        plan=plan,
        to_do=plans.todo_of(actor, child_id),
        meeting=next_meeting(actor, plan),
        visits=coming_visits(actor, child_id),
        contacts=contacts.who_holds_together(actor, child_id),
    )


def coming_visits(actor: Actor, child_id: UUID) -> list[Any]:
    """The visits to come that are not called off, soonest first."""
    return list(contacts.appointments_of(actor, child_id).exclude(status__in=NOT_COMING))


def care_contacts(actor: Actor, child_id: UUID) -> list[Any]:
    """Those who hold the care together, the coordinator first."""
    return contacts.who_holds_together(actor, child_id)


def same_day_requests(actor: Actor, child_id: UUID) -> list[Any]:
    """Requests to gather visits on one day, latest first."""
    return list(contacts.same_day_requests(actor, child_id))


def same_day_request_of(actor: Actor, child_id: UUID, request_id: UUID) -> Any:
    """One question about gathering this child's visits, with the reading logged."""
    child_of(actor, child_id, what="family.same_day", permission=Permission.REQUEST_SAME_DAY)
    asks = Permission.REQUEST_SAME_DAY
    asked = contacts.same_day_or_404(actor, request_id, what="family.same_day", permission=asks)
    return _of_this_child(actor, asked, asked.child_id, child_id)


def visit_of(
    actor: Actor, child_id: UUID, visit_id: UUID, permission: Permission = Permission.SEE_APPOINTMENTS
) -> Any:
    """One visit of this child, with the reading logged."""
    child_of(actor, child_id, what="family.visit", permission=Permission.SEE_APPOINTMENTS)
    visit = contacts.appointment_or_404(actor, visit_id, what="family.visit", permission=permission)
    return _of_this_child(actor, visit, visit.child_id, child_id)


def visit_for_calendar(actor: Actor, child_id: UUID, visit_id: UUID) -> Any:
    """The same visit for a file in somebody's calendar, which nothing about a protected child may become."""
    visit = visit_of(actor, child_id, visit_id)
    about = {"what": "family.calendar", "action": Action.EXPORT}
    leaving.stop(actor, visit.child, Act.CALENDAR_FILE, Permission.SEE_APPOINTMENTS, **about)
    return visit


def _of_this_child(actor: Actor, row: Any, found: UUID, wanted: UUID) -> Any:
    # An address that mixes two of the guardian's own children is no address of ours.
    if found != wanted:
        raise gate.refusal(actor, Permission.SEE_OWN_FAMILY, row.pk, what="family.other_child")
    return row


def asked_by_guardian(actor: Actor, child_id: UUID) -> list[Asked]:
    """What this guardian itself has asked, latest first: about the plan while it reaches that, about times
    while it reaches those.
    """
    rows = [
        *asked_by(actor, child_id, ("change_proposed",), Permission.SEE_PLAN),
        *asked_by(actor, child_id, ("visit_change_asked",), Permission.SEE_APPOINTMENTS),
    ]
    return sorted(rows, key=lambda one: one.event.recorded_at, reverse=True)


def coming_meetings(actor: Actor, plan: Any) -> list[Any]:
    """The sent calls to meetings to come."""
    if plan is None:
        return []
    sent = plan.summonses.filter(sent_at__isnull=False, cancelled_at__isnull=True, starts_at__gt=actor.now)
    return list(sent.order_by("starts_at"))


def consent_of(actor: Actor, plan: Any) -> Any:
    """How consent stands for a plan."""
    return plans.consent_of(actor, plan)


def plan_of(actor: Actor, child_id: UUID, plan_id: UUID) -> Any:
    """A plan of this child, with the reading logged."""
    child_of(actor, child_id, what="family.plan", permission=Permission.SEE_PLAN)
    plan = plans.plan_or_404(actor, plan_id, what="family.plan")
    return _of_this_child(actor, plan, plan.child_id, child_id)


def party_units(actor: Actor, plan: Any) -> list[Any]:
    """The units of a plan beside the one that keeps it going, by name."""
    parties = plan.parties.filter(left_at__isnull=True).exclude(unit_id=plan.unit_id).select_related("unit")
    return sorted((party.unit for party in parties), key=lambda unit: swedish(unit.name))


def going_plan(actor: Actor, child_id: UUID) -> Any:
    """The plan that is going on, an established one before a draft; None when there is none."""
    going = plans.whole_plans(actor, child_id=child_id).filter(status__in=("draft", "established"))
    # "established" sorts after "draft".
    going = going.select_related("coordinator", "unit", "overall_responsible", "child")
    return going.order_by("-status", "-need_identified_on").first()


def ended_plan(actor: Actor, child_id: UUID) -> Any:
    """The latest plan that has been ended; None when there is none."""
    over = plans.whole_plans(actor, child_id=child_id).filter(status="ended")
    return over.select_related("child").order_by("-changed_at").first()


def plan_to_write_in(actor: Actor, child_id: UUID) -> Any:
    """The going plan for a page where a guardian writes its own part, with the reading logged; None when
    there is none.
    """
    child_of(actor, child_id, what="family.own", permission=Permission.WRITE_FAMILY_PART)
    return going_plan(actor, child_id)


def goal_choices(actor: Actor, plan: Any) -> list[tuple[str, str]]:
    """The goals of the plan that something may belong to."""
    return [(str(row.goal.pk), row.goal.words[:80]) for row in plans.content_of(actor, plan).goals]


def close_doers(actor: Actor, child_id: UUID) -> list[str]:
    """Those close to the child, by name, who may stand in the plan."""
    return [row.name for row in contacts.close_in_plan(actor, child_id)]


def own_item(actor: Actor, child_id: UUID, kind: str, item_id: UUID) -> Any:
    """A need, a goal or an activity that the guardians have written, with the reading logged.

    Raises:
        gate.NotAllowed: in the plan, but written by somebody else.
    """
    item = _item_of(actor, child_id, kind, item_id)
    if not plans.is_own(actor, item):
        raise gate.not_allowed(actor, NOT_YOURS.id, what="family.own", object_id=str(item.pk))
    return item


def family_activity(actor: Actor, child_id: UUID, activity_id: UUID) -> Any:
    """Something that the family does or wrote, with the reading logged. Raises as `own_item`."""
    item = _item_of(actor, child_id, "activity", activity_id)
    if not plans.says_how(actor, item):
        raise gate.not_allowed(actor, NOT_YOURS.id, what="family.own", object_id=str(item.pk))
    return item


def _item_of(actor: Actor, child_id: UUID, kind: str, item_id: UUID) -> Any:
    asks = Permission.WRITE_FAMILY_PART
    child_of(actor, child_id, what="family.own", permission=asks)
    item = item_or_404(actor, kind, item_id, what="family.own", permission=asks)
    return _of_this_child(actor, item, item.plan.child_id, child_id)


def own_evaluations(actor: Actor, plan: Any) -> list[Any]:
    """What this guardian has said of how the plan went."""
    return evaluations_of(actor, plan)


def next_meeting(actor: Actor, plan: Any) -> Any:
    """The sent call to the next meeting about the plan, with the guardian's own answer to it."""
    if plan is None:
        return None
    sent = plan.summonses.filter(sent_at__isnull=False, cancelled_at__isnull=True, starts_at__gt=actor.now)
    own = FilteredRelation("invitations", condition=Q(invitations__guardian_id=actor.guardian_id))
    return sent.annotate(own=own, own_answer=F("own__answer")).order_by("starts_at").first()


def whole_plan(actor: Actor, child_id: UUID) -> Any:
    """The going plan with everything in it; None when there is none."""
    plan = going_plan(actor, child_id)
    return plans.content_of(actor, plan) if plan else None


def unread_version(actor: Actor, content: Any) -> Any:
    """The latest version when this guardian has not confirmed it; None otherwise."""
    latest = content.latest_version if content else None
    if latest is None or any(one.guardian_id == actor.guardian_id for one in latest.acknowledgements):
        return None
    return latest.version


def version_of(actor: Actor, child_id: UUID, version_id: UUID) -> Any:
    """A version of a plan of this child, with the reading logged; 404 for a version of another child's."""
    child_of(actor, child_id, what="family.version", permission=Permission.SEE_PLAN)
    version = plans.version_or_404(actor, version_id, what="family.version")
    return _of_this_child(actor, version, version.plan.child_id, child_id)


def changes_before(actor: Actor, version: Any) -> list[Any]:
    """What changed from the version before to this one; nothing for the first."""
    before = version.plan.versions.filter(number=version.number - 1).first()
    return plans.difference_of(actor, before, version) if before else []


def all_changes(actor: Actor, plan: Any) -> list[tuple[Any, list[Any]]]:
    """Every version, latest first, with what changed from the one before."""
    versions = list(plan.versions.prefetch_related("acknowledgements").order_by("number"))
    before = [None, *versions]
    pairs = [
        (new, plans.difference_of(actor, old, new) if old else [])
        for old, new in zip(before, versions, strict=False)
    ]
    return pairs[::-1]


def invitation_of(summons: Any, actor: Actor) -> Any:
    """The guardian's own invitation to a meeting; None when not called."""
    return next((one for one in summons.invitations.all() if one.guardian_id == actor.guardian_id), None)


def summons_of(actor: Actor, child_id: UUID, summons_id: UUID) -> Any:
    """A sent call to a meeting about this child, with the reading logged."""
    child_of(actor, child_id, what="family.summons", permission=Permission.SEE_PLAN)
    summons = plans.summons_or_404(actor, summons_id, what="family.summons")
    return _of_this_child(actor, summons, summons.plan.child_id, child_id)


def asked_times_of(actor: Actor, child_id: UUID, summons_id: UUID) -> Any:
    """A question about times for a meeting about this child, with the reading logged."""
    child_of(actor, child_id, what="family.times", permission=Permission.SEE_PLAN)
    asked = plans.asked_or_404(actor, summons_id, what="family.times")
    return _of_this_child(actor, asked, asked.plan.child_id, child_id)


def summons_for_calendar(actor: Actor, child_id: UUID, summons_id: UUID) -> Any:
    """The same call for a file in somebody's calendar, which nothing about a protected child may become."""
    called = summons_of(actor, child_id, summons_id)
    about = {"what": "family.calendar", "action": Action.EXPORT}
    leaving.stop(actor, called.plan.child, Act.CALENDAR_FILE, Permission.SEE_PLAN, **about)
    return called


def units_around(actor: Actor, child: Any) -> list[Any]:
    """The units that take part around the child today."""
    relations = child.care_relations.filter(facts.current(actor.today)).select_related("unit")
    return sorted({relation.unit for relation in relations}, key=lambda unit: swedish(unit.name))


def read_at(actor: Actor, version: Any) -> Any:
    """When this guardian confirmed a version; None when not yet."""
    mine = version.acknowledgements.filter(guardian_id=actor.guardian_id).first()
    return mine.at if mine else None


def untold_guardians(actor: Actor, child_id: UUID) -> set[UUID]:
    """The other guardians of whom nothing is told in the family."""
    return signing.untold_guardians(actor, child_id)


def own_consent(actor: Actor, plan: Any) -> Any:
    """This guardian's latest answer to a plan; None when there is none."""
    rows = plans.consent_of(actor, plan).signers
    return next((row.latest for row in rows if row.signer == actor.guardian_id), None)
