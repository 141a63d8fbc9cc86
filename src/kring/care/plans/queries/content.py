"""A whole plan as one thing, for pages, PDF and FHIR, in a constant number of questions.

What the actor may not see is not there: a party that the plan is no longer disclosed to gets its own
items and nothing else (`whole` is False).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from kring import clock
from kring.access.actors import Actor
from kring.access.consents import ConsentView
from kring.access.masks import hide
from kring.access.policy.visibility import FamilyReader
from kring.care.plans import rules
from kring.care.plans.models import (
    Acknowledgement,
    Activity,
    Attendance,
    Closure,
    Evaluation,
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
from kring.children.models import CloseRelation
from kring.design.alphabet import swedish

from .close_people import close_in_plan
from .evaluations import evaluations_of
from .joining import Waiting, waiting_for
from .own import as_contributed
from .reach import whole_plans
from .rows import Rows, Table
from .standing import clocks_from, state_from


@dataclass(frozen=True)
class GoalRow:
    goal: Goal
    activities: tuple[Activity, ...]

    @property
    def standing(self) -> str:
        """How the goal stands by what this reader sees of it; empty for whoever is not told how goals go."""
        return rules.goal_standing(self.goal.status, [one.status for one in self.activities])

    @property
    def standing_words(self) -> str:
        return str(dict(Goal.Status.choices).get(self.standing, ""))


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


class PlanContent:
    """Everything about a plan that this actor may see. When `whole` is False only own items are there.

    Each part is asked for when it is first used, once, and for all the plans that were asked for together: a
    page pays for what it shows.
    """

    def __init__(self, actor: Actor, plan: Plan, rows: Rows, *, whole: bool) -> None:
        self.plan, self.whole = plan, whole
        self.in_charge = whole and actor.is_staff and plan.unit_id == actor.unit_id
        self._actor, self._rows = actor, rows

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        return tuple(self._own_or_all(self._rows.needs))

    @cached_property
    def goals(self) -> tuple[GoalRow, ...]:
        return tuple(GoalRow(goal, tuple(self._under[goal.pk])) for goal in self._goals)

    @cached_property
    def other_activities(self) -> tuple[Activity, ...]:
        """Those that stand under no goal."""
        return tuple(self._under[None])

    @property
    def activities(self) -> tuple[Activity, ...]:
        """Every activity, those under goals first."""
        return tuple(a for row in self.goals for a in row.activities) + self.other_activities

    @cached_property
    def parties(self) -> tuple[PlanParty, ...]:
        return tuple(party for party in self._shared("parties") if party.left_at is None)

    @cached_property
    def former_parties(self) -> tuple[PlanParty, ...]:
        return tuple(party for party in self._shared("parties") if party.left_at is not None)

    @cached_property
    def consent(self) -> ConsentView | None:
        return self._rows.consents[self.plan.pk] if self.whole else None

    @cached_property
    def waiting(self) -> Waiting:
        """The units taken in that the family has not answered about since, and whom each waits for."""
        return waiting_for(self.consent, self.plan, self.parties) if self.consent else {}

    @cached_property
    def summonses(self) -> tuple[SummonsRow, ...]:
        """Those sent, by day, then for the unit that writes them those that ask about times, and drafts."""
        own = [*self.asking, *self._shared("drafts")] if self.in_charge else []
        return tuple(SummonsRow(row, tuple(row.invitations.all())) for row in (*self._shared("sent"), *own))

    @property
    def asking(self) -> tuple[Summons, ...]:
        """The questions about times that go on; whoever sees the whole plan may be asked."""
        return tuple(self._shared("asking"))

    @cached_property
    def meetings(self) -> tuple[MeetingRow, ...]:
        return tuple(MeetingRow(row, tuple(row.attendances.all())) for row in self._shared("meetings"))

    @cached_property
    def follow_ups(self) -> tuple[FollowUpRow, ...]:
        return tuple(FollowUpRow(row, self._reviews(row)) for row in self._shared("follow_ups"))

    @cached_property
    def planned_follow_ups(self) -> tuple[PlannedFollowUp, ...]:
        return tuple(self._shared("planned"))

    @cached_property
    def versions(self) -> tuple[VersionRow, ...]:
        rows = self._shared("versions")
        for row in rows:
            row.plan = self.plan
        return tuple(VersionRow(row, tuple(row.acknowledgements.all())) for row in rows)

    @property
    def latest_version(self) -> VersionRow | None:
        return self.versions[-1] if self.versions else None

    @cached_property
    def closure(self) -> Closure | None:
        return next(iter(self._shared("closures")), None) if self.plan.is_over else None

    @cached_property
    def close_people(self) -> tuple[CloseRelation, ...]:
        """Those close to the child whose names may stand in the plan, for staff in it; no access follows."""
        return tuple(close_in_plan(self._actor, self.plan)) if self.whole and self._actor.is_staff else ()

    @cached_property
    def evaluations(self) -> tuple[Evaluation, ...]:
        """What the family has said itself of how it went; not on a paper that any of them is handed."""
        if not self.whole or self._rows.paper_for:
            return ()
        return tuple(evaluations_of(self._actor, self.plan))

    @cached_property
    def gaps(self) -> tuple[rules.Gap, ...]:
        """Which of the four statutory items are missing."""
        if not self.whole:
            return ()
        return tuple(rules.gaps(statutory_facts(self.plan, self.parties, self.activities)))

    @cached_property
    def next_step(self) -> rules.Step | None:
        if self.consent is None:
            return None
        called = (*self._shared("sent"), *self.asking)
        state = state_from(self.plan, self.consent, called, self._begun, self.parties)
        return rules.next_step(state, self._actor.today)

    @cached_property
    def clocks(self) -> tuple[rules.Reading, ...]:
        if not self.whole:
            return ()
        planned = self.planned_follow_ups
        closed = clock.day_of(self.closure.ended_at) if self.closure else None
        held = planned[-1].last_held if planned else None
        last = clock.day_of(held) if held else None
        return tuple(
            clocks_from(self._actor, self.plan, self._shared("sent"), self._begun, planned, closed, last)
        )

    @cached_property
    def _goals(self) -> list[Goal]:
        return self._own_or_all(self._rows.goals)

    @cached_property
    def _under(self) -> dict[UUID | None, list[Activity]]:
        """The activities by the goal they stand under, of those shown."""
        under: dict[UUID | None, list[Activity]] = defaultdict(list)
        shown = {goal.pk for goal in self._goals}
        for activity in self._own_or_all(self._rows.activities):
            under[activity.goal_id if activity.goal_id in shown else None].append(activity)
        return under

    @property
    def _begun(self) -> list[Meeting]:
        """The meetings; every meeting begins from a summons that was sent."""
        begun = [row.meeting for row in self._shared("sent") if hasattr(row, "meeting")]
        return sorted(begun, key=lambda meeting: meeting.started_at)

    def _reviews(self, follow_up: FollowUp) -> tuple[GoalReview, ...]:
        """How the goals stood that the reader sees."""
        reviews = follow_up.reviews.all()
        seen = {goal.pk for goal in self._rows.shown(review.goal for review in reviews)}
        return tuple(review for review in reviews if review.goal_id in seen)

    def _own_or_all(self, table: Table) -> list[Any]:
        rows, mine = table[self.plan.pk], self._actor.unit_id
        return rows if self.whole else [as_contributed(row) for row in rows if row.unit_id == mine]

    def _shared(self, table: str) -> list[Any]:
        """Rows of the shared plan, for those who see it as a whole."""
        return getattr(self._rows, table)[self.plan.pk] if self.whole else []


def content_of(
    actor: Actor, plan: Plan, *, as_stored: bool = False, paper_for: Collection[FamilyReader] = ()
) -> PlanContent:
    """The content of one plan that `plan_or_404` or `plans_of` has given."""
    return contents_of(actor, [plan], as_stored=as_stored, paper_for=paper_for)[0]


def contents_of(
    actor: Actor,
    plans: Sequence[Plan],
    *,
    as_stored: bool = False,
    paper_for: Collection[FamilyReader] = (),
) -> list[PlanContent]:
    """The contents of several plans, in the same order and with as few questions as for one.

    `as_stored` hides nothing around a protected child and withholds no text: for what is stored or compared,
    never for showing. `paper_for`: who of the family will be handed what is made of it.
    """
    whole = _whole(actor, plans)
    rows = Rows(actor, plans, as_stored=as_stored, paper_for=paper_for)
    if not as_stored:
        for plan in plans:
            hide(actor, plan.child, plan)
    return [PlanContent(actor, plan, rows, whole=plan.pk in whole) for plan in plans]


def _whole(actor: Actor, plans: Sequence[Plan]) -> set[UUID]:
    """Those of the plans that the actor sees as a whole; `plan_or_404` has asked already."""
    asked = {plan.pk: plan.is_whole for plan in plans if hasattr(plan, "is_whole")}
    others = [plan.pk for plan in plans if plan.pk not in asked]
    found = set(whole_plans(actor).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    return found | {key for key, whole in asked.items() if whole}


def statutory_facts(
    plan: Plan, parties: Iterable[PlanParty], activities: Sequence[Activity]
) -> rules.PlanFacts:
    """What decides which of the four statutory items are missing."""
    acting = {row.responsible_unit_id for row in activities if row.responsible == Activity.Responsible.UNIT}
    silent = [party for party in parties if not party.nothing_now and party.unit_id not in acting]
    return rules.PlanFacts(
        needed_efforts=plan.needed_efforts,
        activities=len(activities),
        silent_parties=tuple(sorted((party.unit.name for party in silent), key=swedish)),
        other_measures=plan.other_measures,
        measures_by_others=sum(row.responsible != Activity.Responsible.UNIT for row in activities),
        has_overall_responsible=plan.overall_responsible_id is not None,
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
