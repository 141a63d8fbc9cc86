"""The child's page as ready strings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kring import clock
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.plans.queries.overview import Activity, Overview
from kring.design import days
from kring.portal.places import address
from kring.portal.staff.doing import task_href
from kring.portal.staff.due import Due, due
from kring.portal.staff.words import event_word, task_word
from kring.portal.staff.worklist.presenters import Ball, ball
from kring.timeline.asked import words_of
from kring.timeline.models import Event, Task
from kring.timeline.queries import RECORD_KINDS

from .steps import Step, steps_of

TO_A_MILESTONE = ("sip_start", "sip_meeting", "sip_establish")
STATUS = {"planned": "soon", "ongoing": "running", "done": "done", "stopped": "blocked"}


@dataclass(frozen=True)
class TaskRow:
    """One open task at the own unit."""

    step: str
    due: Due
    ball: Ball
    href: str


@dataclass(frozen=True)
class ActivityRow:
    """Who does what by when."""

    what: str
    who: str
    when: str
    iso: str
    status: str
    status_word: str


def tasks(actor: Actor, found: list[Task]) -> list[TaskRow]:
    """The open tasks; each links to where it is done."""
    return [
        TaskRow(task_word(one.kind), due(one.due_on, actor.today), ball(actor, one), task_href(actor, one))
        for one in found
    ]


def activities(found: Overview | None, today: date) -> list[ActivityRow]:
    """What is going on or planned first, what is done last."""
    rows = found.activities if found else ()
    ordered = sorted(rows, key=lambda one: one.status in (Activity.Status.DONE, Activity.Status.STOPPED))
    return [_activity(one, today) for one in ordered]


def _activity(one: Activity, today: date) -> ActivityRow:
    late = one.due_on is not None and one.due_on < today and one.status in ("planned", "ongoing")
    return ActivityRow(
        what=one.what,
        who=_who(one),
        when=one.when_words or (days.day(one.due_on) if one.due_on else _("Ingen tid bestämd")),
        iso=one.due_on.isoformat() if one.due_on else "",
        status="overdue" if late else STATUS.get(one.status, "locked"),
        status_word=_("Försenad") if late else one.get_status_display() or _("Visas inte för er"),
    )


def _who(one: Activity) -> str:
    if one.responsible != Activity.Responsible.UNIT:
        return one.responsible_words or Activity.Responsible(one.responsible).label
    if getattr(one, "elsewhere", False):
        return _("En annan verksamhet")
    unit = one.responsible_unit.name if one.responsible_unit else _("Ingen ansvarig")
    return f"{one.responsible_person.name}, {unit}" if one.responsible_person else unit


def milestone_on(tasks: Iterable[Task]) -> date | None:
    """The day the next milestone is due: that of the task that leads to it, and of no other task."""
    return min((one.due_on for one in tasks if one.kind in TO_A_MILESTONE), default=None)


def stepper(events: list[Event], next_on: date | None, follow_up_on: date | None) -> list[dict[str, Any]]:
    """The milestones for `parts.stepper`. The next one has the day it is due; the follow-up has its own."""
    happened = [(one.kind, clock.day_of(one.effective_at)) for one in events]
    return [_step(one) for one in steps_of(happened, next_on, follow_up_on)]


def _step(one: Step) -> dict[str, Any]:
    since = _("%(n)s d") % {"n": one.days} if one.days else ""
    when = days.day(one.day) if one.day else ""
    return {"label": one.label, "state": one.state, "when": when, "days": since}


def events(found: list[Event], actor: Actor) -> list[dict[str, Any]]:
    """The timeline, latest first, each row with its source, and its page where the reader may open it."""
    return [_event(one, actor) for one in found]


def _event(one: Event, actor: Actor) -> dict[str, Any]:
    word = event_word(one.kind)
    return {
        "when": days.day(clock.day_of(one.effective_at)),
        "iso": clock.day_of(one.effective_at).isoformat(),
        "what": word,
        "text": _text(one, word),
        "who": _source(one),
        "tone": "next" if one.effective_at > actor.now else "",
        "href": _record_href(one, actor),
    }


def _text(one: Event, word: str) -> str:
    """What the event says beside its word; all that the family or the child has written."""
    text = words_of(one)
    return text if text != word else one.reason


def _record_href(one: Event, actor: Actor) -> str:
    """The entry's page: the own unit's record is always open to those who read records (8.2 row 1)."""
    is_entry = one.kind in RECORD_KINDS and "resource" in (one.data or {})
    if not is_entry or one.unit_id != actor.unit_id or not actor.may(Permission.SEE_RECORD):
        return ""
    return address("record-entry", child_id=one.child_id, event_id=one.pk)


def _source(one: Event) -> str:
    unit = one.unit.name if one.unit else ""
    if one.source in ("kring", "synthetic", ""):
        return unit
    source = _("Källa: %(source)s") % {"source": one.source}
    return f"{unit}. {source}" if unit else source


def standing(found: Overview | None) -> str:
    """The sentence under the bar: how consent to the plan stands."""
    if found is None or found.consent is None:
        return ""
    state = found.consent.standing.state
    if state == "valid":
        return _("Alla som behöver ha sagt ja till planen. Parterna ser planen, inte varandras journaler.")
    if state == "conflict":
        return _("Svaren om samtycke går isär. Planen delas inte.")
    if state == "board":
        return _("Barnet är placerat, och nämnden bestämmer. Planen delas inte.")
    if state == "no_signer":
        return _("Ingen som kan samtycka är känd. Planen delas inte.")
    return _("Samtycke saknas ännu. Planen är ett utkast hos er.")
