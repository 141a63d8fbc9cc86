"""What has changed between two versions, item by item: the old struck out, the new underlined."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.care.plans.forms.choices import LABELS as CHOICES
from kring.care.plans.rules import goal_standing
from kring.design import days

from .child import Names

Pieces = list[tuple[str, str]]

SECTIONS = {
    "plan": gettext_lazy("Planen"),
    "goals": gettext_lazy("Mål"),
    "activities": gettext_lazy("Vem gör vad till när"),
    "needs": gettext_lazy("Behov"),
    "parties": gettext_lazy("Verksamheter"),
}
FIELDS = {
    "kind": gettext_lazy("Sorts plan"),
    "what_matters": gettext_lazy("Det som är viktigt för barnet"),
    "situation": gettext_lazy("Nuläget"),
    "needed_efforts": gettext_lazy("Vilka insatser som behövs"),
    "other_measures": gettext_lazy("Vad någon annan gör"),
    "overall_responsible": gettext_lazy("Övergripande ansvar"),
    "coordinator": gettext_lazy("Samordnare"),
    "early_signs": gettext_lazy("Tidiga tecken"),
    "follow_up_on": gettext_lazy("Nästa uppföljning"),
    "contact": gettext_lazy("Kontakt"),
    "nothing_now": gettext_lazy("Gör inget just nu"),
    "by": gettext_lazy("Skrivet av"),
    "area": gettext_lazy("Område"),
    "text": gettext_lazy("Behov"),
    "words": gettext_lazy("Målet"),
    "explanation": gettext_lazy("Förklaring"),
    "term": gettext_lazy("Sikt"),
    "status": gettext_lazy("Hur det går"),
    "what": gettext_lazy("Vad"),
    "goal": gettext_lazy("Hör till målet"),
    "responsible": gettext_lazy("Ansvarig"),
    "responsible_unit": gettext_lazy("Verksamhet"),
    "responsible_person": gettext_lazy("Person"),
    "responsible_words": gettext_lazy("Namn"),
    "due_on": gettext_lazy("Klart senast"),
    "when_words": gettext_lazy("Hur ofta"),
}


@dataclass(frozen=True)
class FieldChange:
    label: str
    pieces: Pieces


@dataclass
class ItemChange:
    """One item: new, taken out, or changed in some fields."""

    kind: str
    label: str
    who: str = ""
    fields: list[FieldChange] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    title: str
    items: list[ItemChange]


def sections(changes: Iterable[Any], old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Section]:
    """The changes in the order of the page, each item once."""
    goals = {row["id"]: row["label"] for content in (old, new) for row in content.get("goals", [])}
    found: dict[str, dict[str, ItemChange]] = {name: {} for name in SECTIONS}
    for change in changes:
        item = found[change.item].setdefault(change.id, ItemChange(change.kind, change.label))
        if change.kind == "changed":
            item.fields.append(_field(change, goals))
        else:
            item.who = _who(change.item, change.after or change.before)
    return [Section(str(SECTIONS[name]), list(items.values())) for name, items in found.items() if items]


def _who(item: str, row: Mapping[str, Any]) -> str:
    """Who does a new or removed activity, and when."""
    if item != "activities":
        return ""
    person = row["responsible_person"] or row["responsible_unit"] or row["responsible_words"]
    who = person or str(CHOICES["responsible"].get(row["responsible"], ""))
    when = days.day(date.fromisoformat(row["due_on"])) if row["due_on"] else row["when_words"]
    return f"{who}, {when}" if when else who


def _field(change: Any, goals: Mapping[str, str]) -> FieldChange:
    before, after = (
        in_words(change.field, value, goals, change.item) for value in (change.before, change.after)
    )
    return FieldChange(str(FIELDS.get(change.field, change.field)), pieces(before, after))


def in_words(name: str, value: Any, goals: Mapping[str, str], item: str) -> str:
    """A stored value as a person reads it."""
    text = str(value or "")
    if name in ("due_on", "follow_up_on") and text:
        return days.day(date.fromisoformat(text))
    if name == "goal":
        return goals.get(text, "")
    table = "goal_status" if (item, name) == ("goals", "status") else name
    return str(CHOICES.get(table, {}).get(text, text))


def pieces(before: str, after: str) -> Pieces:
    """Word by word: what is the same, what has gone, what has come. Two unlike texts are shown whole."""
    old, new = before.split(), after.split()
    match = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or match.ratio() < ALIKE or len(old) + len(new) > LONGEST:
        return [pair for pair in (("removed", before), ("added", after)) if pair[1]]
    found: Pieces = []
    for tag, i1, i2, j1, j2 in match.get_opcodes():
        found += [("same", " ".join(old[i1:i2]))] if tag == "equal" else []
        found += [("removed", " ".join(old[i1:i2]))] if tag in ("replace", "delete") else []
        found += [("added", " ".join(new[j1:j2]))] if tag in ("replace", "insert") else []
    return found


ALIKE, LONGEST = 0.4, 1200
"""How alike two texts are, 0-1, to be woven together; and how many words are compared at most."""

REASONS = {"established": gettext_lazy("Planen fastställdes")}


@dataclass(frozen=True)
class VersionRow:
    title: str
    when: str
    iso: str
    by: str
    reason: str
    read_by: list[str]
    href: str


def rows(content: Any, names: Names) -> list[VersionRow]:
    """The versions, latest first, with who has confirmed that they have read each."""
    return [_row(row, names) for row in reversed(content.versions)]


def _row(row: Any, names: Names) -> VersionRow:
    version = row.version
    read = [
        _("%(who)s, %(day)s") % {"who": names.of(one.guardian_id), "day": days.day(days.local(one.at))}
        for one in row.acknowledgements
    ]
    return VersionRow(
        title=_("Version %(n)s") % {"n": version.number},
        when=days.day_and_time(version.made_at),
        iso=version.made_at.isoformat(),
        by=version.made_by.name,
        reason=str(REASONS.get(version.reason, version.reason)),
        read_by=read,
        href=reverse("plan-version", args=[version.pk]),
    )


@dataclass(frozen=True)
class Told:
    """A stored version read as a page: plain sections of label and text."""

    title: str
    rows: list[tuple[str, str]]


def told(content: Mapping[str, Any]) -> list[Told]:
    """What a version says."""
    goals = {row["id"]: row["label"] for row in content.get("goals", [])}
    plan = content.get("plan", {})
    about = [
        (str(FIELDS[name]), in_words(name, plan.get(name), goals, "plan"))
        for name in FIELDS
        if name in plan and name != "kind" and plan[name]
    ]
    parts = [Told(str(SECTIONS["plan"]), about)]
    doing = content.get("activities", [])
    parts.append(Told(str(SECTIONS["goals"]), [_told_goal(row, doing) for row in content.get("goals", [])]))
    parts.append(Told(str(SECTIONS["activities"]), [_told_activity(row) for row in doing]))
    needs = [(str(CHOICES["area"].get(row["area"], "")), row["text"]) for row in content.get("needs", [])]
    parts.append(Told(str(SECTIONS["needs"]), needs))
    parties = [
        (row["label"], row["contact"] or row["nothing_now"] or _("Ingen namngiven"))
        for row in content.get("parties", [])
    ]
    parts.append(Told(str(SECTIONS["parties"]), parties))
    return [part for part in parts if part.rows]


def standing_in(goal: Mapping[str, Any], activities: Iterable[Mapping[str, Any]]) -> str:
    """How a goal of a stored version stands, by the activities of the version that the reader sees."""
    return goal_standing(goal["status"], [one["status"] for one in activities if one["goal"] == goal["id"]])


def _told_goal(row: Mapping[str, Any], doing: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    return row["words"], str(CHOICES["goal_status"].get(standing_in(row, doing), ""))


def _told_activity(row: Mapping[str, Any]) -> tuple[str, str]:
    status = str(CHOICES["status"].get(row["status"], ""))
    return row["what"], " · ".join(part for part in (_who("activities", row), status) if part)
