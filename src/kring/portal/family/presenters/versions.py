"""The history of the plan, and a version to read and confirm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design import days

from .deeds import RESPONSIBLE_ICONS, Deed, by_when, who_does
from .plan import Goal
from .tabs import Tab, tabs


@dataclass(frozen=True)
class VersionCard:
    """A version in the history."""

    number: int
    title: str
    made: str
    reason: str
    changes: Sequence[str]
    read: str
    is_read: bool
    href: str


@dataclass(frozen=True)
class HistoryPage:
    """The tab Historik."""

    tabs: Sequence[Tab]
    versions: Sequence[VersionCard]


def history_page(versions: Sequence[tuple[Any, Sequence[Any]]], guardian_id: Any, child: Any) -> HistoryPage:
    """Every version, latest first; only the latest waits to be confirmed."""
    cards = [
        _version_card(version, changes, guardian_id, child, is_latest=at == 0)
        for at, (version, changes) in enumerate(versions)
    ]
    return HistoryPage(tabs(child, "family-history"), cards)


def _version_card(
    version: Any, changes: Sequence[Any], guardian_id: Any, child: Any, *, is_latest: bool
) -> VersionCard:
    mine = next((one for one in version.acknowledgements.all() if one.guardian_id == guardian_id), None)
    read = (
        _("Du läste den %(day)s") % {"day": days.day(days.local(mine.at))}
        if mine
        else _("Du har inte bekräftat")
    )
    href = reverse("family-acknowledge", args=[child.pk, version.pk]) if is_latest and not mine else ""
    return VersionCard(
        number=version.number,
        title=_("Version %(n)s") % {"n": version.number},
        made=_made(version),
        reason=_reason(version),
        changes=changed(changes),
        read=read,
        is_read=mine is not None,
        href=href,
    )


def _reason(version: Any) -> str:
    # The first version carries the command's own word.
    return _("Planen fastställdes.") if version.reason == "established" else version.reason


def _made(version: Any) -> str:
    return _("Klar %(day)s") % {"day": days.day_and_time(version.made_at)}


@dataclass(frozen=True)
class AcknowledgePage:
    """A version to read and confirm. `is_read` is empty while it is not confirmed."""

    title: str
    made: str
    changes: Sequence[str]
    goals: Sequence[Goal]
    is_read: str


def acknowledge_page(version: Any, changes: Sequence[Any], read_at: Any) -> AcknowledgePage:
    """What the version says, from its own stored content."""
    return AcknowledgePage(
        title=_("Planen, version %(n)s") % {"n": version.number},
        made=_made(version),
        changes=changed(changes),
        goals=stored_goals(version.content),
        is_read=_("Du bekräftade %(day)s att du har läst.") % {"day": days.day_and_time(read_at)}
        if read_at
        else "",
    )


def stored_goals(content: Mapping[str, Any]) -> list[Goal]:
    """The goals of a stored version; activities without a goal come last under a heading of their own."""
    doing = [one for one in content["activities"] if one["status"] != "stopped"]
    shown = {row["id"] for row in content["goals"]}
    goals = [
        _stored(row["words"], [one for one in doing if one["goal"] == row["id"]]) for row in content["goals"]
    ]
    rest = [one for one in doing if one["goal"] not in shown]
    return [*goals, _stored(_("Annat som görs"), rest)] if rest else goals


def _stored(words: str, activities: Sequence[Mapping[str, Any]]) -> Goal:
    return Goal(words, "", "", "", [_stored_deed(one) for one in activities])


def _stored_deed(one: Mapping[str, Any]) -> Deed:
    due = date.fromisoformat(one["due_on"]) if one["due_on"] else None
    who = who_does(
        one["responsible"], one["responsible_unit"], one["responsible_person"], one["responsible_words"]
    )
    return Deed(one["what"], who, by_when(one["when_words"], due, ""), RESPONSIBLE_ICONS[one["responsible"]])


def changed(changes: Sequence[Any]) -> list[str]:
    """What changed, one readable line each."""
    return [line for line in (_change(one) for one in changes) if line]


def _change(one: Any) -> str:
    item = _item_word(one.item)
    if one.kind == "added":
        return _("Nytt: %(item)s – %(text)s") % {"item": item, "text": one.label}
    if one.kind == "removed":
        return _("Borttaget: %(item)s – %(text)s") % {"item": item, "text": one.label}
    if one.item == "plan":
        return _("%(what)s är ändrat.") % {"what": _field_word(one.field)}
    return _("Ändrat: %(item)s – %(text)s") % {"item": item, "text": one.label}


def _item_word(item: str) -> str:
    table = {"goals": _("mål"), "activities": _("insats"), "needs": _("behov"), "parties": _("med i planen")}
    return table.get(item, _("planen"))


def _field_word(name: str) -> str:
    table = {
        "what_matters": _("Vad som är viktigt"),
        "situation": _("Hur det är nu"),
        "needed_efforts": _("Insatser som behövs"),
        "other_measures": _("Åtgärder av någon annan"),
        "overall_responsible": _("Vem som ansvarar för hela planen"),
        "coordinator": _("Samordnare"),
        "early_signs": _("Tidiga tecken"),
        "follow_up_on": _("Dagen för uppföljning"),
    }
    return table.get(name, _("Planen"))
