"""A whole plan as one frozen thing, for pages, PDF and FHIR, in a constant number of questions.

What the actor may not see is not there: a party that the plan is no longer disclosed to gets its own
items and nothing else (`whole` is False).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from kring import clock
from kring.access.actors import Actor
from kring.access.masks import hide
from kring.care.plans import rules
from kring.care.plans.models import (
    Acknowledgement,
    Activity,
    Attendance,
    Closure,
    FollowUp,
    Goal,
    GoalReview,
    Invitation,
    Meeting,
    Need,
    Plan,
    PlannedFollowUp,
    PlanParty,
    PlanVersion,
    Summons,
)

from .consents import ConsentView, consents_of
from .own import as_contributed
from .reach import whole_plans
from .standing import clocks_from, state_from


@dataclass(frozen=True)
class GoalRow:
    goal: Goal
    activities: tuple[Activity, ...]


@dataclass(frozen=True)
class SummonsRow:
    summons: Summons
    invitations: tuple[Invitation, ...]


@dataclass(frozen=True)
class MeetingRow:
    meeting: Meeting
    attendances: tuple[Attendance, ...]


@dataclass(frozen=True)
class FollowUpRow:
    follow_up: FollowUp
    reviews: tuple[GoalReview, ...]


@dataclass(frozen=True)
class VersionRow:
    """A version without its content, and who has confirmed that they have read it."""

    version: PlanVersion
    acknowledgements: tuple[Acknowledgement, ...]


@dataclass(frozen=True, kw_only=True)
class PlanContent:
    """Everything about a plan that this actor may see. When `whole` is False only own items are filled in."""

    plan: Plan
    whole: bool
    in_charge: bool
    parties: tuple[PlanParty, ...] = ()
    former_parties: tuple[PlanParty, ...] = ()
    needs: tuple[Need, ...] = ()
    goals: tuple[GoalRow, ...] = ()
    other_activities: tuple[Activity, ...] = ()
    consent: ConsentView | None = None
    summonses: tuple[SummonsRow, ...] = ()
    meetings: tuple[MeetingRow, ...] = ()
    follow_ups: tuple[FollowUpRow, ...] = ()
    planned_follow_ups: tuple[PlannedFollowUp, ...] = ()
    versions: tuple[VersionRow, ...] = ()
    closure: Closure | None = None
    gaps: tuple[rules.Gap, ...] = ()
    next_step: rules.Step | None = None
    clocks: tuple[rules.Reading, ...] = ()

    @property
    def activities(self) -> tuple[Activity, ...]:
        """Every activity, those under goals first."""
        return tuple(a for row in self.goals for a in row.activities) + self.other_activities

    @property
    def latest_version(self) -> VersionRow | None:
        return self.versions[-1] if self.versions else None


def content_of(actor: Actor, plan: Plan, *, brief: bool = False, as_stored: bool = False) -> PlanContent:
    """The content of one plan that `plan_or_404` or `plans_of` has given."""
    return contents_of(actor, [plan], brief=brief, as_stored=as_stored)[0]


def contents_of(
    actor: Actor, plans: Sequence[Plan], *, brief: bool = False, as_stored: bool = False
) -> list[PlanContent]:
    """The contents of several plans, in the same order and with as few questions as for one.

    `brief` leaves out what the plan's first page does not show: versions, follow-ups, summonses not sent yet,
    who was at a meeting. `as_stored` hides nothing around a protected child: for what is stored or compared,
    never for showing.
    """
    ids = [plan.pk for plan in plans]
    whole = _whole(actor, plans)
    rows = _Rows(actor, [plan for plan in plans if plan.pk in whole], ids, brief)
    for plan in () if as_stored else plans:
        hide(actor, plan.child, plan, rows.of(plan.pk))
    return [_content(actor, plan, rows, plan.pk in whole) for plan in plans]


def _whole(actor: Actor, plans: Sequence[Plan]) -> set[UUID]:
    """Those of the plans that the actor sees as a whole; `plan_or_404` has asked already."""
    asked = {plan.pk: plan.is_whole for plan in plans if hasattr(plan, "is_whole")}
    others = [plan.pk for plan in plans if plan.pk not in asked]
    found = set(whole_plans(actor).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    return found | {key for key, whole in asked.items() if whole}


class _Rows:
    """Every row of the plans, by plan: one question a table."""

    def __init__(self, actor: Actor, whole: Sequence[Plan], ids: list[UUID], brief: bool) -> None:
        shared = [plan.pk for plan in whole]
        people = ("responsible_unit", "responsible_person", "unit", "unit__controller")
        self.needs = _items(Need.objects.select_related("unit", "unit__controller"), ids)
        self.goals = _items(Goal.objects.select_related("unit", "unit__controller"), ids)
        self.activities = _items(Activity.objects.select_related(*people), ids)
        self.consents = consents_of(actor, whole)
        self.parties = _by_plan(
            PlanParty.objects.select_related("unit__controller", "contact"), shared, "joined_at"
        )
        called = Summons.objects.prefetch_related(_INVITED)
        self.summonses = _sent(shared) if brief else _by_plan(called, shared, "starts_at")
        self.meetings = _begun(self.summonses) if brief else _by_plan(_MEETINGS, shared, "started_at")
        self.planned = _by_plan(PlannedFollowUp.objects.annotate(last_held=_LAST_HELD), shared, "planned_at")
        more = [] if brief else shared
        self.follow_ups = _by_plan(FollowUp.objects.prefetch_related("reviews__goal"), more, "held_on")
        self.versions = _by_plan(_VERSIONS, more, "number")
        over = [plan.pk for plan in whole if plan.is_over]
        self.closures = {row.plan_id: row for row in Closure.objects.filter(plan_id__in=over)}

    def of(self, plan_id: UUID) -> list[Any]:
        """Everything read of one plan."""
        return [table.get(plan_id) for table in vars(self).values()]


Table = dict[UUID, list[Any]]


def _by_plan(rows: "QuerySet[Any]", ids: Iterable[UUID], order: str) -> Table:
    found: Table = defaultdict(list)
    for row in rows.filter(plan_id__in=ids).order_by(order, "pk"):
        found[row.plan_id].append(row)
    return found


def _sent(ids: Iterable[UUID]) -> Table:
    """The sent summonses, their invitations and meetings in one question: who sends one is itself invited."""
    found: Table = defaultdict(list)
    rows = Invitation.objects.filter(summons__plan_id__in=ids).select_related("unit", "summons__meeting")
    for row in rows.order_by("summons__starts_at", "summons_id", "pk"):
        known = found[row.summons.plan_id]
        if not known or known[-1].pk != row.summons_id:
            known.append(row.summons)
            row.summons._prefetched_objects_cache = {"invitations": []}
        known[-1]._prefetched_objects_cache["invitations"].append(row)
    return found


def _begun(summonses: Table) -> Table:
    """The meetings of summonses; every meeting begins from one."""
    found: Table = defaultdict(list)
    for plan_id, rows in summonses.items():
        meetings = [row.meeting for row in rows if hasattr(row, "meeting")]
        found[plan_id] = sorted(meetings, key=lambda meeting: meeting.started_at)
    return found


def _items(rows: "QuerySet[Any]", ids: Iterable[UUID]) -> Table:
    return _by_plan(rows.filter(removed_at__isnull=True), ids, "created_at")


def _content(actor: Actor, plan: Plan, rows: _Rows, whole: bool) -> PlanContent:
    items = _own_or_all(actor, plan, rows, whole)
    if not whole:
        return PlanContent(plan=plan, whole=False, in_charge=False, **items)
    more = _around(actor, plan, rows)
    for row in rows.versions[plan.pk]:
        row.plan = plan
    consent = rows.consents[plan.pk]
    state = state_from(plan, consent, rows.summonses[plan.pk], rows.meetings[plan.pk])
    closure = rows.closures.get(plan.pk)
    return PlanContent(
        plan=plan,
        whole=True,
        in_charge=actor.is_staff and plan.unit_id == actor.unit_id,
        consent=consent,
        closure=closure,
        gaps=tuple(rules.gaps(statutory_facts(plan, more["parties"], rows.activities[plan.pk]))),
        next_step=rules.next_step(state, actor.today),
        clocks=tuple(_clocks(actor, plan, rows, closure)),
        **items,
        **more,
    )


def _own_or_all(actor: Actor, plan: Plan, rows: _Rows, whole: bool) -> dict[str, Any]:
    needs, goals, activities = (
        table[plan.pk]
        if whole
        else [as_contributed(row) for row in table[plan.pk] if row.unit_id == actor.unit_id]
        for table in (rows.needs, rows.goals, rows.activities)
    )
    under = defaultdict(list)
    shown = {goal.pk for goal in goals}
    for activity in activities:
        under[activity.goal_id if activity.goal_id in shown else None].append(activity)
    return {
        "needs": tuple(needs),
        "goals": tuple(GoalRow(goal, tuple(under[goal.pk])) for goal in goals),
        "other_activities": tuple(under[None]),
    }


def _around(actor: Actor, plan: Plan, rows: _Rows) -> dict[str, Any]:
    parties = rows.parties[plan.pk]
    # A summons that is only a draft has not left the unit that writes it.
    summonses = [row for row in rows.summonses[plan.pk] if row.sent_at or plan.unit_id == actor.unit_id]
    return {
        "parties": tuple(party for party in parties if party.left_at is None),
        "former_parties": tuple(party for party in parties if party.left_at is not None),
        "summonses": tuple(SummonsRow(row, tuple(row.invitations.all())) for row in summonses),
        "meetings": tuple(MeetingRow(row, _present(row)) for row in rows.meetings[plan.pk]),
        "follow_ups": tuple(FollowUpRow(row, tuple(row.reviews.all())) for row in rows.follow_ups[plan.pk]),
        "planned_follow_ups": tuple(rows.planned[plan.pk]),
        "versions": tuple(
            VersionRow(row, tuple(row.acknowledgements.all())) for row in rows.versions[plan.pk]
        ),
    }


def _clocks(actor: Actor, plan: Plan, rows: _Rows, closure: Closure | None) -> list[rules.Reading]:
    closed = clock.day_of(closure.ended_at) if closure else None
    planned = rows.planned[plan.pk]
    held = planned[-1].last_held if planned else None
    last = clock.day_of(held) if held else None
    return clocks_from(actor, plan, rows.meetings[plan.pk], planned, closed, last)


def _present(meeting: Meeting) -> tuple[Attendance, ...]:
    """Who was there, when that has been asked for."""
    asked = getattr(meeting, "_prefetched_objects_cache", {})
    return tuple(asked.get("attendances", ()))


def statutory_facts(
    plan: Plan, parties: Iterable[PlanParty], activities: Sequence[Activity]
) -> rules.PlanFacts:
    """What decides which of the four statutory items are missing."""
    acting = {row.responsible_unit_id for row in activities if row.responsible == Activity.Responsible.UNIT}
    silent = [party for party in parties if not party.nothing_now and party.unit_id not in acting]
    return rules.PlanFacts(
        needed_efforts=plan.needed_efforts,
        activities=len(activities),
        silent_parties=tuple(sorted(party.unit.name for party in silent)),
        other_measures=plan.other_measures,
        measures_by_others=sum(row.responsible != Activity.Responsible.UNIT for row in activities),
        has_overall_responsible=plan.overall_responsible_id is not None,
    )


_INVITED = Prefetch("invitations", Invitation.objects.select_related("unit"))
_PRESENT = Prefetch("attendances", Attendance.objects.select_related("unit"))
_MEETINGS = Meeting.objects.select_related("chair", "note_taker").prefetch_related(_PRESENT)
_LAST_HELD = Subquery(
    FollowUp.objects.filter(plan=OuterRef("plan")).order_by("-held_on", "-pk").values("recorded_at")[:1]
)
_VERSIONS = (
    PlanVersion.objects.defer("content").select_related("made_by").prefetch_related("acknowledgements")
)


def snapshot_of(content: PlanContent) -> dict[str, Any]:
    """What the plan says now, as data: what a version stores and `rules.difference` compares."""
    return {
        "plan": _plan_fields(content.plan),
        "parties": [_party_fields(party) for party in content.parties],
        "needs": [_need_fields(need) for need in content.needs],
        "goals": [_goal_fields(row.goal) for row in content.goals],
        "activities": [_activity_fields(activity) for activity in content.activities],
    }


def _plan_fields(plan: Plan) -> dict[str, Any]:
    return {
        "kind": plan.kind,
        "what_matters": plan.what_matters,
        "situation": plan.situation,
        "needed_efforts": plan.needed_efforts,
        "other_measures": plan.other_measures,
        "overall_responsible": plan.overall_responsible.name if plan.overall_responsible else "",
        "coordinator": plan.coordinator.name if plan.coordinator else "",
        "early_signs": plan.early_signs,
        "follow_up_on": _iso(plan.follow_up_on),
    }


def _party_fields(party: PlanParty) -> dict[str, Any]:
    contact = party.contact.name if party.contact else ""
    return {
        "id": str(party.unit_id),
        "label": party.unit.name,
        "contact": contact,
        "nothing_now": party.nothing_now,
    }


def _whose(item: Need | Goal | Activity) -> dict[str, Any]:
    return {"id": str(item.pk), "by": item.unit.name if item.unit else ""}


def _need_fields(need: Need) -> dict[str, Any]:
    return {**_whose(need), "label": need.text, "area": need.area, "text": need.text}


def _goal_fields(goal: Goal) -> dict[str, Any]:
    words = {"words": goal.words, "explanation": goal.explanation}
    return {**_whose(goal), "label": goal.words, **words, "term": goal.term, "status": goal.status}


def _activity_fields(activity: Activity) -> dict[str, Any]:
    return {
        **_whose(activity),
        "label": activity.what,
        "what": activity.what,
        "goal": str(activity.goal_id or ""),
        "responsible": activity.responsible,
        "responsible_unit": activity.responsible_unit.name if activity.responsible_unit else "",
        "responsible_person": activity.responsible_person.name if activity.responsible_person else "",
        "responsible_words": activity.responsible_words,
        "due_on": _iso(activity.due_on),
        "when_words": activity.when_words,
        "status": activity.status,
    }


def _iso(day: "clock.date | None") -> str:
    return day.isoformat() if day else ""
