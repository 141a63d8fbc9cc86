"""Follow-ups in words: how each goal went, kept days and moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.design import days

from . import readers, shown
from .evaluations import child_answered
from .plan import GOAL_MARKS


@dataclass(frozen=True)
class FollowUpWords:
    when: str
    iso: str
    kept: str
    child_words: str
    summary: str
    goals: list[tuple[str, str, str, str]]
    next: str
    readers: str = ""
    readers_href: str = ""


def held(content: Any, actor: Any) -> list[FollowUpWords]:
    """The follow-ups, latest first."""
    may = content.in_charge and actor.may("follow_up_plan")
    return [_held(row, may) for row in reversed(content.follow_ups)]


def _held(row: Any, may: bool) -> FollowUpWords:
    one = row.follow_up
    texts = [one.summary, *(review.comment for review in row.reviews)]
    goals = [
        (review.goal.words, GOAL_MARKS[review.status], review.get_status_display(), review.comment)
        for review in row.reviews
    ]
    coming = _("Nästa: %(day)s") % {"day": days.day(one.next_on)} if one.next_on else ""
    return FollowUpWords(
        days.day(one.held_on),
        one.held_on.isoformat(),
        _kept(one),
        one.child_words,
        one.summary,
        goals,
        coming,
        shown.chosen(one),
        readers.change_href("follow_up", one.pk, may=may, texts=texts),
    )


def _kept(one: Any) -> str:
    if one.was_due_on is None:
        return ""
    late = (one.held_on - one.was_due_on).days
    if late > 0:
        return ngettext("%(n)s dag efter planerad dag", "%(n)s dagar efter planerad dag", late) % {"n": late}
    if late < 0:
        return ngettext("%(n)s dag före planerad dag", "%(n)s dagar före planerad dag", -late) % {"n": -late}
    return _("På den planerade dagen")


def planned(content: Any) -> list[tuple[str, str]]:
    """Every day that has been set and why it was moved, latest first."""
    return [(days.day(one.due_on), one.reason) for one in reversed(content.planned_follow_ups)]


def closure_readers_href(content: Any, actor: Any) -> str:
    """Where it is changed who reads what was written of the end."""
    one, may = content.closure, content.in_charge and actor.may("close_plan")
    return readers.change_href("closure", content.plan.pk, may=may, texts=[one.words]) if one else ""


def _written_for_child(content: Any, one: Any, faces: Mapping[int, str]) -> list[tuple[str, str]]:
    """What staff wrote of the child's own answer; what the child has said itself stands before it."""
    itself = child_answered(content.evaluations)
    said = "" if itself else _("Inte svarat")
    return [
        (_("Barnets egna ord, antecknade av personal"), one.child_words or said),
        (_("De lyssnade på mig, antecknat av personal"), faces.get(one.child_listened, said)),
        (_("Planen hjälpte mig, antecknat av personal"), faces.get(one.child_helped, said)),
    ]


def closure(content: Any) -> list[dict[str, str]]:
    """Why and how it ended, the child's words first."""
    one = content.closure
    if one is None:
        return []
    faces = {5: _("Jättebra"), 4: _("Bra"), 3: _("Okej"), 2: _("Inte bra"), 1: _("Jättedåligt")}
    rows = [
        *_written_for_child(content, one, faces),
        (_("Varför planen avslutades"), one.get_reason_display()),
        (_("Med egna ord"), one.words or "–"),
        (_("Avslutad"), days.day_and_time(one.ended_at)),
        (_("Vem i familjen får läsa?"), shown.chosen(one)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]
