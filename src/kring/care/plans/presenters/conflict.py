"""Two people changed the same thing: both texts side by side, and what each choice keeps."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from kring.care.plans.forms.words import PlanForm
from kring.design import days
from kring.design.fields import DayBoxes

MINE, THEIRS, BOTH = "mine", "theirs", "both"
CHOICES = (MINE, THEIRS, BOTH)


@dataclass(frozen=True)
class Differing:
    """One field that two people have written differently. `joins`: both texts can be kept, in a row."""

    name: str
    label: str
    theirs: str
    mine: str
    joins: bool
    error: str = ""


@dataclass(frozen=True)
class TwoVersions:
    when: str
    rows: list[Differing]


def two_versions(form: PlanForm, current: Any, unchosen: Collection[str]) -> TwoVersions:
    """What stands now against what was sent, field by field."""
    stands = form.of(current)
    rows = [_differing(form, bound, stands[bound.name], unchosen) for bound in form if bound.name in stands]
    return TwoVersions(days.day_and_time(current.changed_at), [row for row in rows if row.theirs != row.mine])


def _differing(form: PlanForm, bound: Any, stored: Any, unchosen: Collection[str]) -> Differing:
    return Differing(
        name=bound.name,
        label=str(bound.label),
        theirs=_words(bound, stored),
        mine=_words(bound, bound.data),
        joins=isinstance(bound.field.widget, forms.Textarea),
        error=_("Välj vilken text som ska gälla.") if bound.name in unchosen else "",
    )


def _words(bound: Any, value: Any) -> str:
    """A value as a person reads it, whether stored or just sent."""
    value = _sent_time(bound, value) or value
    if isinstance(value, date):
        return days.plain_day(value)
    if isinstance(value, time):
        return f"{value:%H.%M}"
    if isinstance(bound.field.widget, DayBoxes):
        return _sent_day(bound, value)
    names = dict(_flat(getattr(bound.field, "choices", ())))
    chosen = value if isinstance(value, list | tuple) else [value]
    texts = [str(names.get(str(one), one)) for one in chosen if one not in (None, "")]
    return ", ".join(texts).replace("\r\n", "\n").strip()


def _sent_time(bound: Any, value: Any) -> time | None:
    """The time of day that a text stands for, however it was written."""
    try:
        read = bound.field.clean(value) if isinstance(value, str) and value else None
    except forms.ValidationError:
        return None
    return read if isinstance(read, time) else None


def _sent_day(bound: Any, parts: Any) -> str:
    try:
        day = bound.field.clean(parts)
    except forms.ValidationError:
        day = None
    return days.plain_day(day) if day else ""


def _flat(choices: Any) -> list[tuple[str, Any]]:
    """Choices without their groups."""
    found: list[tuple[str, Any]] = []
    for value, label in choices:
        found += _flat(label) if isinstance(label, list | tuple) else [(str(value), label)]
    return found


def kept(form: PlanForm, name: str, choice: str, current: Any) -> dict[str, list[str]]:
    """What the form's data becomes for one field by a choice; nothing when the sender's own is kept."""
    bound, stored = form[name], form.of(current)[name]
    if choice == BOTH and isinstance(bound.field.widget, forms.Textarea):
        return {name: [f"{stored}\n\n{bound.data}".strip()]}
    if choice != THEIRS:
        return {}
    if isinstance(bound.field.widget, DayBoxes):
        parts = bound.field.widget.decompress(stored)
        return {f"{name}_{at}": [part or ""] for at, part in enumerate(parts)}
    shown = bound.field.prepare_value(stored)
    values = shown if isinstance(shown, list | tuple) else [shown]
    return {name: [_sendable(one) for one in values]}


def _sendable(value: Any) -> str:
    if isinstance(value, time):
        return f"{value:%H.%M}"
    return "" if value is None else str(value)
