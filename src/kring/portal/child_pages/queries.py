"""What the child's own pages show, gathered from the packages of care. Nothing is read before the gate has
opened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kring.access import facts, gate, leaving
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.policy.ages import Birth, standing
from kring.access.policy.doors import NOT_YOURS
from kring.access.policy.family import GUARDIAN_OLDER
from kring.access.policy.parties import PARTIES, Sector
from kring.access.policy.protected import Act
from kring.care.contacts import queries as contacts
from kring.care.monitoring import queries as moods
from kring.care.plans import queries as plans
from kring.care.plans.queries.evaluations import evaluations_of
from kring.care.plans.queries.items import item_or_404
from kring.children.models import Child
from kring.design.alphabet import swedish
from kring.secrecy.queries.shares import GuardianSees, anyone_sees, guardians_see
from kring.timeline.asked import asked_by, judged_by

from . import rules
from .rules import mode_for
from .words import words_for

MOST_VISITS = 5
NOT_COMING = ("cancelled", "missed", "done")


@dataclass(frozen=True)
class Own:
    """The child that is logged in, its set of pages and what they say of guardians; `pictures`: with more.

    `guardians`: what each of them sees, of a young person who decides about it; nothing of a younger child.
    """

    child: Any
    mode: str
    pictures: bool = False
    guardians_see: bool = True
    guardians: Sequence[GuardianSees] = ()

    @property
    def words(self) -> Mapping[str, str]:
        """Every sentence of its pages."""
        return words_for(self.mode, self.guardians_see)


@dataclass(frozen=True)
class Coming:
    """The next meeting and the booked visits, soonest first."""

    meeting: Any = None
    visits: Sequence[Any] = field(default_factory=tuple)


def key_of(actor: Actor) -> UUID:
    """The child that is logged in.

    Raises:
        gate.NotAllowed: whoever asks is not a child on its own pages.
    """
    if actor.child_id is None:
        raise gate.not_allowed(actor, gate.NOT_THE_ROLE.rule_id, what="own.pages", action="read")
    return actor.child_id


def own(actor: Actor, *, what: str, permission: Permission = Permission.SEE_OWN_PAGES) -> Own:
    """The child itself, with the reading logged."""
    child = gate.child_or_404(actor, permission, key_of(actor), what=what)
    birth, today = Birth.of(child.birth_date, child.birth_precision), actor.today
    seen = rules.guardians_see(birth, child.protection != Child.Protection.NONE, today)
    pictures = child.page_mode == rules.MORE_PICTURES
    guardians = guardians_see(actor, child) if standing(birth, today).has_own_e_services else []
    # A young person may let a guardian see its plan (ruling 20).
    seen = seen or anyone_sees(guardians, "plan")
    return Own(child, mode_for(child.page_mode, birth, today), pictures, seen, guardians)


def going_plan(actor: Actor) -> Any:
    """The plan that is going on, an established one before a draft; None when there is none."""
    going = plans.whole_plans(actor, child_id=actor.child_id).filter(status__in=("draft", "established"))
    going = plans.with_own_word(actor, going)
    # "established" sorts after "draft".
    return going.select_related("coordinator", "unit").order_by("-status", "-need_identified_on").first()


def waits_for_the_child(actor: Actor, child: Any, plan: Any) -> bool:
    """Whether the going plan waits for the child's own answer."""
    return plans.waits_for_the_child(actor, child, plan)


def latest_plan(actor: Actor) -> Any:
    """The plan that is going on, else the latest that is over."""
    over = plans.whole_plans(actor, child_id=actor.child_id).filter(status="ended")
    return going_plan(actor) or over.order_by("-changed_at").first()


def own_content(actor: Actor) -> Any:
    """The going plan as it stands, for what the child has written itself; None when there is none."""
    plan = going_plan(actor)
    return plans.content_of(actor, plan) if plan else None


def own_item(actor: Actor, kind: str, item_id: UUID) -> Any:
    """Something that the child has written in its plan, with the reading logged.

    Raises:
        gate.NotAllowed: in the plan, but written by somebody else.
    """
    asks = Permission.WRITE_FAMILY_PART
    item = item_or_404(actor, kind, item_id, what="own.part", permission=asks)
    if not plans.is_own(actor, item):
        raise gate.not_allowed(actor, NOT_YOURS.id, what="own.part", object_id=str(item.pk))
    return item


def plan_to_evaluate(actor: Actor) -> Any:
    """The established plan that is going on, else the latest that is over; None before there is any."""
    going = going_plan(actor)
    if going and going.status == "established":
        return going
    over = plans.whole_plans(actor, child_id=actor.child_id).filter(status="ended")
    return over.select_related("child").order_by("-changed_at").first()


def own_evaluations(actor: Actor, plan: Any) -> list[Any]:
    """What the child has said of how the plan went."""
    return evaluations_of(actor, plan)


def agreed(actor: Actor, plan: Any) -> Any:
    """The latest agreed version of a plan with its content; None before the first."""
    return _with_content(actor, plan.versions.order_by("-number").first()) if plan else None


def _with_content(actor: Actor, version: Any) -> Any:
    if version is not None:
        version.content = plans.version_content(actor, version)
    return version


def has_read(actor: Actor, version: Any) -> bool:
    """Whether the child has said that it has read a version."""
    return plans.acknowledged_by(actor, version)


def coming(actor: Actor, plan: Any) -> Coming:
    """What is booked from now on."""
    booked = contacts.appointments_of(actor, key_of(actor)).exclude(status__in=NOT_COMING)
    return Coming(next_meeting(actor, plan), list(booked[:MOST_VISITS]))


def next_meeting(actor: Actor, plan: Any) -> Any:
    """The sent call to the next meeting about the plan."""
    if plan is None:
        return None
    sent = plan.summonses.filter(sent_at__isnull=False, cancelled_at__isnull=True, starts_at__gt=actor.now)
    return sent.order_by("starts_at").first()


def invited_to(actor: Actor, summons: Any) -> list[Any]:
    """Those who are called to a meeting."""
    return list(summons.invitations.select_related("unit", "guardian")) if summons else []


def last_meeting(actor: Actor, plan: Any) -> Any:
    """The latest meeting that is over; None before the first."""
    held = plan.meetings.filter(ended_at__isnull=False) if plan else None
    return held.order_by("-started_at").first() if held is not None else None


def decisions(actor: Actor, plan: Any, meeting: Any) -> list[Mapping[str, Any]]:
    """What was decided at a meeting: what the plan that was made from it holds and did not hold before.

    Until that plan is made: what was written from the meeting's start.
    """
    later = plan.versions.filter(made_at__gte=meeting.started_at)
    made = _with_content(actor, later.order_by("number").first())
    if made is None:
        content = plans.content_of(actor, plan)
        written = {str(one.pk) for one in content.activities if one.changed_at >= meeting.started_at}
        activities = plans.snapshot_of(content)["activities"]
        return rules.decided([one for one in activities if one["id"] in written], ())
    before = _with_content(actor, plan.versions.filter(number=made.number - 1).first())
    return rules.decided(made.content["activities"], before.content["activities"] if before else ())


def preparation(actor: Actor, plan: Any) -> Any:
    """The child's latest preparation, sent or not; None before the first step."""
    return plans.preparation_of(actor, plan)


def contacts_of(actor: Actor) -> Sequence[Any]:
    """The named contacts of the child today."""
    return contacts.who_holds_together(actor, key_of(actor))


def people_of(actor: Actor, plan: Any) -> list[Any]:
    """The units of the plan with the person who stands for each."""
    if plan is None:
        return []
    return list(
        plan.parties.filter(left_at__isnull=True).select_related("unit", "contact").order_by("joined_at")
    )


def units_around(actor: Actor, child: Any) -> list[Any]:
    """The units that take part around the child today."""
    relations = child.care_relations.filter(facts.current(actor.today)).select_related("unit")
    return sorted({relation.unit for relation in relations}, key=lambda unit: swedish(unit.name))


def school_nurse(actor: Actor, child: Any) -> Any:
    """The pupil health unit around the child, for its telephone hours."""
    return next((u for u in units_around(actor, child) if u.kind == "pupil_health_medical"), None)


def unit_that_listens(actor: Actor, child: Any) -> Any:
    """The unit that reads what the child says outside its plan: the one that keeps the plan going, else one
    of care around the child.
    """
    plan = going_plan(actor)
    if plan:
        return plan.unit
    return next(
        (unit for unit in units_around(actor, child) if PARTIES[Sector(unit.sector)].care_provider), None
    )


def whose_look(actor: Actor, child_id: UUID, *, what: str) -> Any:
    """The child whose pages somebody wants to look otherwise, with the reading logged.

    Raises:
        gate.NotAllowed: a guardian of a young person, who decides over its pages itself.
    """
    child = gate.child_or_404(actor, Permission.SET_LOOK, child_id, what=what)
    young = standing(Birth.of(child.birth_date, child.birth_precision), actor.today).has_own_e_services
    if actor.guardian_id and young:
        raise gate.not_allowed(actor, GUARDIAN_OLDER.id, what=what)
    return child


def looks_of(actor: Actor, child: Any) -> tuple[str, ...]:
    """The looks that the child's pages may have."""
    return rules.looks_for(Birth.of(child.birth_date, child.birth_precision), actor.today)


def said_by(actor: Actor) -> list[Any]:
    """What the child itself has said is wrong, with the answers, latest first."""
    return asked_by(actor, key_of(actor), ("child_wrong",), Permission.SEE_OWN_PAGES)


def judged_clear(actor: Actor) -> set[UUID]:
    """What the child has said of whether the answer to it was clear."""
    return judged_by(actor, key_of(actor), Permission.SEE_OWN_PAGES)


def is_asked(actor: Actor) -> bool:
    """Whether any unit reads how the child feels."""
    return bool(moods.askings_of(actor, key_of(actor)))


def goals_of(actor: Actor, plan: Any) -> set[UUID]:
    """The goals that the child's page shows: those of the latest agreed version."""
    version = agreed(actor, plan)
    return {UUID(goal["id"]) for goal in version.content["goals"]} if version else set()


def may_write(actor: Actor, child: Child) -> bool:
    """Whether the child writes messages itself: from 13, not before (8.5, ruling 19)."""
    return gate.children_for(actor, Permission.WRITE_MESSAGE, child.pk).exists()


def may_print(actor: Actor, child: Child) -> bool:
    """Whether the child's own papers may be made: not while it has protected identity (8.8 c)."""
    return not leaving.stopped_by(actor, child, Act.PRINT)
