"""Writes the synthetic plans, visits and events: rows as the commands would have left them, in bulk."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Model

from kring import clock
from kring.care.contacts.models import Appointment
from kring.care.plans.models import Activity, Goal, Need, Plan, PlanParty
from kring.care.plans.rules.steps import State, next_step
from kring.children.models import Consent, ConsentScope, Disclosure
from kring.organisations.models import Unit
from kring.timeline.models import Event, Task
from synthetic import records

from .children import id_of

BATCH = 1000


def at_noon(day: date) -> datetime:
    """A day as a moment, where only the day is known."""
    return datetime.combine(day, time(12), clock.STOCKHOLM)


class Writer:
    """Turns synthetic plans into rows. `by` is the made-up person who stands as the writer of all of them."""

    def __init__(self, by: UUID, today: date) -> None:
        self.by, self.today = by, today
        self.units = dict(Unit.objects.values_list("key", "pk"))
        self.controllers = dict(Unit.objects.values_list("key", "controller_id"))

    def write(self, around: list[records.Around]) -> None:
        """Write all that is going on around some children."""
        plans = [(one, plan) for one in around for plan in one.plans]
        _save(Plan, (self._plan(plan) for _, plan in plans))
        _save(PlanParty, (party for _, plan in plans for party in self._parties(plan)))
        _save(Need, (need for _, plan in plans for need in self._needs(plan)))
        goals = [
            (plan, goal, id_of(f"{plan.key}-g{n}")) for _, plan in plans for n, goal in enumerate(plan.goals)
        ]
        _save(Goal, (self._goal(plan, goal, key) for plan, goal, key in goals))
        _save(Activity, (one for plan, goal, key in goals for one in self._activities(plan, goal, key)))
        self._write_sharing(
            [(one.child, plan) for one, plan in plans if plan.established_on and not plan.ended_on]
        )
        _save(Task, (task for _, plan in plans for task in self._task(plan)))
        _save(Appointment, (self._appointment(visit) for one in around for visit in one.appointments))
        _save(Event, (self._event(event) for one in around for event in one.events))

    def _write_sharing(self, plans: list[tuple[records.SyntheticChild, records.SyntheticPlan]]) -> None:
        consents = [consent for child, plan in plans for consent in self._consents(child, plan)]
        _save(Consent, (consent for consent, _ in consents))
        _save(ConsentScope, (scope for consent, plan in consents for scope in self._scopes(consent, plan)))
        _save(Disclosure, (row for _, plan in plans for row in self._disclosures(plan)))

    def _stamp(self, day: date) -> dict[str, Any]:
        return {"changed_at": at_noon(day), "changed_by_id": self.by}

    def _plan(self, plan: records.SyntheticPlan) -> Plan:
        words = [
            "what_matters",
            "situation",
            "needed_efforts",
            "other_measures",
            "early_signs",
            "declined_reason",
        ]
        return Plan(
            id=id_of(plan.key),
            child_id=id_of(plan.child),
            unit_id=self.units[plan.unit],
            status=plan.status,
            requested_by=plan.requested_by,
            need_identified_on=plan.need_identified_on,
            started_at=at_noon(plan.started_on),
            overall_responsible_id=self.controllers[plan.unit] if plan.established_on else None,
            follow_up_on=plan.follow_up_on,
            **self._stamp(plan.started_on),
            **{name: getattr(plan, name) for name in words},
        )

    def _parties(self, plan: records.SyntheticPlan) -> Iterator[PlanParty]:
        for unit in dict.fromkeys(plan.parties):
            joined = at_noon(plan.started_on)
            yield PlanParty(plan_id=id_of(plan.key), unit_id=self.units[unit], joined_at=joined)

    def _needs(self, plan: records.SyntheticPlan) -> Iterator[Need]:
        for need in plan.needs:
            yield Need(
                plan_id=id_of(plan.key),
                unit_id=self.units[need.unit] if need.unit else None,
                area=need.area,
                text=need.text,
                created_at=at_noon(plan.started_on),
                **self._stamp(plan.started_on),
            )

    def _goal(self, plan: records.SyntheticPlan, goal: records.SyntheticGoal, key: UUID) -> Goal:
        return Goal(
            id=key,
            plan_id=id_of(plan.key),
            unit_id=self.units[goal.unit],
            words=goal.words,
            explanation=goal.explanation,
            term=goal.term,
            status=goal.status,
            created_at=at_noon(plan.started_on),
            **self._stamp(plan.started_on),
        )

    def _activities(
        self, plan: records.SyntheticPlan, goal: records.SyntheticGoal, key: UUID
    ) -> Iterator[Activity]:
        for one in goal.activities:
            unit = self.units[one.unit] if one.unit else None
            yield Activity(
                plan_id=id_of(plan.key),
                goal_id=key,
                unit_id=unit or self.units[goal.unit],
                what=one.what,
                responsible=one.responsible,
                responsible_unit_id=unit if one.responsible == "unit" else None,
                responsible_words=one.words,
                due_on=one.due_on,
                when_words=one.when_words,
                status=one.status,
                created_at=at_noon(plan.started_on),
                **self._stamp(plan.started_on),
            )

    def _consents(
        self, child: records.SyntheticChild, plan: records.SyntheticPlan
    ) -> Iterator[tuple[Consent, records.SyntheticPlan]]:
        for custody in child.custodies:
            if custody.ends_on is None:
                fields = {"state": "given", "form": "oral", "purpose": "plan", "subject": id_of(plan.key)}
                who = {
                    "child_id": id_of(child.key),
                    "guardian_id": id_of(custody.guardian),
                    "documented_by_id": self.by,
                }
                when = {"starts_on": plan.started_on, "recorded_at": at_noon(plan.started_on)}
                yield Consent(**fields, **who, **when), plan

    def _scopes(self, consent: Consent, plan: records.SyntheticPlan) -> Iterator[ConsentScope]:
        for unit in dict.fromkeys(plan.parties):
            yield ConsentScope(consent=consent, unit_id=self.units[unit], category="plan")

    def _disclosures(self, plan: records.SyntheticPlan) -> Iterator[Disclosure]:
        for unit in dict.fromkeys(plan.parties):
            if unit != plan.unit:
                what = {"category": "plan", "subject": id_of(plan.key), "child_id": id_of(plan.child)}
                yield Disclosure(unit_id=self.units[unit], starts_at=at_noon(plan.started_on), **what)

    def _task(self, plan: records.SyntheticPlan) -> Iterator[Task]:
        state = State(
            status=plan.status,
            kind="sip",
            need_on=plan.need_identified_on,
            started_on=plan.started_on,
            consent="valid" if plan.established_on else "waiting",
            met_on=plan.meeting_on if plan.established_on else None,
            follow_up_on=plan.follow_up_on,
        )
        if step := next_step(state, self.today):
            yield Task(
                child_id=id_of(plan.child),
                unit_id=self.units[plan.unit],
                kind=step.kind,
                subject=id_of(plan.key),
                due_on=step.due_on,
                ball=step.ball.value,
                opened_at=at_noon(plan.started_on),
            )

    def _appointment(self, visit: records.SyntheticAppointment) -> Appointment:
        same = ("starts_at", "ends_at", "what", "with_whom", "bring", "mode", "status")
        return Appointment(
            child_id=id_of(visit.child),
            unit_id=self.units[visit.unit],
            **{name: getattr(visit, name) for name in same},
        )

    def _event(self, event: records.SyntheticEvent) -> Event:
        return Event(
            child_id=id_of(event.child),
            kind=event.kind,
            unit_id=self.units[event.unit],
            effective_at=event.at,
            recorded_at=event.at,
            subject=id_of(event.plan) if event.plan else None,
            source="synthetic",
        )


def _save(model: type[Model], rows: Iterable[Model]) -> None:
    model._default_manager.bulk_create(rows, batch_size=BATCH)
