"""What has happened around a child, in the words that the lead-time clocks know."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .draw import Draw
from .plans import weekday
from .records import Place, SyntheticChild, SyntheticEvent, SyntheticPlan, SyntheticRelation
from .relations import SPECIALISTS, Neighbourhood

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_FINDERS = ("school", "preschool", "child_health_centre", "pupil_health_medical", "primary_care")
_INVESTIGATED = frozenset({"child_psychiatry", "habilitation", "speech_language"})


def make(
    child: SyntheticChild,
    plans: tuple[SyntheticPlan, ...],
    around: Neighbourhood,
    draw: Draw,
    today: date,
) -> tuple[SyntheticEvent, ...]:
    """The child's events in the order of time; none in the future, none before birth."""
    found = [event for plan in plans for event in _of_plan(plan, draw)]
    if child.needs:
        for relation in child.relations:
            place = around.places[relation.unit]
            if place.kind in SPECIALISTS:
                found += _of_pathway(child, relation, place, around, draw)
    kept = [event for event in found if child.birth_date <= event.at.date() <= today]
    kept.sort(key=lambda event: (event.at, event.kind))
    return tuple(kept)


def _at(day: date, draw: Draw) -> datetime:
    """A time of day in working hours."""
    return datetime.combine(day, time(draw.whole(8, 16), draw.whole(0, 59)), STOCKHOLM)


def _of_plan(plan: SyntheticPlan, draw: Draw) -> Iterator[SyntheticEvent]:
    steps = [("sip_need_identified", plan.need_identified_on)]
    if plan.status != "declined":
        steps.append(("sip_started", plan.started_on))
    steps += [
        (kind, day)
        for kind, day in (("sip_meeting_held", plan.meeting_on), ("plan_established", plan.established_on))
        if day
    ]
    steps += [("followed_up", held.held_on) for held in plan.follow_ups]
    if plan.ended_on:
        steps.append(("sip_closed", plan.ended_on))
    for kind, day in steps:
        yield SyntheticEvent(plan.child, kind, plan.unit, _at(day, draw), plan.key)


def _of_pathway(
    child: SyntheticChild, relation: SyntheticRelation, place: Place, around: Neighbourhood, draw: Draw
) -> Iterator[SyntheticEvent]:
    """From the first concern to the first support: a set of events, not a line. Support may come first."""
    visited = weekday(relation.starts_on)
    referred = weekday(visited - timedelta(days=draw.whole(10, 130)))
    worried = weekday(referred - timedelta(days=draw.whole(5, 90)))
    finder = _finder(child, around, worried, draw)
    if finder is None:
        return
    steps = [("concern_raised", worried, finder), ("referral_sent", referred, finder)]
    received = weekday(referred + timedelta(days=draw.whole(1, 4)))
    steps += [
        ("referral_received", min(received, visited), place.key),
        ("first_visit_done", visited, place.key),
    ]
    if draw.chance(0.5):
        # Support does not wait for the assessment.
        steps.append(("first_intervention_started", worried + timedelta(days=draw.whole(3, 60)), finder))
    if place.kind in _INVESTIGATED:
        steps += _investigation(visited, place.key, draw)
    for kind, day, unit in steps:
        yield SyntheticEvent(child.key, kind, unit, _at(day, draw), None)


def _finder(child: SyntheticChild, around: Neighbourhood, on: date, draw: Draw) -> str | None:
    """A unit close to the child that day: the one that first saw that something was needed."""
    near = [
        relation.unit
        for relation in child.relations
        if around.places[relation.unit].kind in _FINDERS
        and relation.starts_on <= on
        and (relation.ends_on is None or relation.ends_on >= on)
    ]
    return draw.pick(near) if near else None


def _investigation(visited: date, unit: str, draw: Draw) -> Iterator[tuple[str, date, str]]:
    started = weekday(visited + timedelta(days=draw.whole(4, 60)))
    done = weekday(started + timedelta(days=draw.whole(20, 120)))
    yield "assessment_decided", weekday(visited + timedelta(days=1)), unit
    yield "assessment_started", started, unit
    yield "assessment_completed", done, unit
    yield "diagnosis_feedback_given", weekday(done + timedelta(days=draw.whole(1, 21))), unit
