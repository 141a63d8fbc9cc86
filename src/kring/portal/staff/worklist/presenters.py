"""The worklist as ready strings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring import clock
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.contacts.queries import Counts
from kring.children.presenters import age_in_list, name_in_list
from kring.design import days
from kring.design.alphabet import swedish
from kring.design.screen import is_shared
from kring.organisations.models import Unit
from kring.portal.places import address
from kring.portal.staff.doing import task_href
from kring.portal.staff.due import Due, due
from kring.portal.staff.words import task_word
from kring.timeline.asked import Asked
from kring.timeline.by_hand import BY_HAND
from kring.timeline.models import Task
from kring.timeline.queries import Row, Worklist

from .filters import Choice


@dataclass(frozen=True)
class Ball:
    """«Vem har bollen?»: `who` as `parts.ball` has it."""

    who: str
    words: str


@dataclass(frozen=True)
class WorklistRow:
    """One child with its most urgent task. `others` is the link's words to the child's other tasks, or ""."""

    task_id: UUID
    name: str
    age: str
    place: str
    href: str
    due: Due
    step: str
    ball: Ball
    reminded: str
    contacts: str
    gather: str
    gather_href: str
    others: str
    is_protected: bool
    by_hand: bool = False
    step_href: str = ""


def row(actor: Actor, one: Row, contacts: Mapping[UUID, Counts]) -> WorklistRow:
    """A row of the worklist's page."""
    return task_row(actor, one.task, _contacts(contacts.get(one.task.child_id)), one.others)


def _contacts(counts: Counts | None) -> tuple[str, str]:
    """«7 besök, 4 enheter», and how many of them could share a day."""
    if counts is None:
        return _("Inga bokade"), ""
    visits = ngettext("%(n)s besök", "%(n)s besök", counts.visits) % {"n": counts.visits}
    units = ngettext("%(n)s enhet", "%(n)s enheter", counts.units) % {"n": counts.units}
    gather = _("%(n)s kan samlas") % {"n": counts.gatherable} if counts.gatherable else ""
    return f"{visits}, {units}", gather


def task_row(actor: Actor, task: Task, contacts: tuple[str, str] = ("", ""), others: int = 0) -> WorklistRow:
    """A row; of a protected child only what the step needs."""
    child = task.child
    protected = child.protection != "none"
    return WorklistRow(
        task_id=task.pk,
        name=name_in_list(child),
        age=age_in_list(child, actor.today),
        place=_place(task, protected or is_shared()),
        href=reverse("child", kwargs={"child_id": child.pk}),
        due=due(task.due_on, actor.today),
        step=task_word(task.kind),
        ball=ball(actor, task, protected),
        reminded=_reminded(task),
        contacts=_("Dolt") if protected else contacts[0],
        gather="" if protected or not contacts[1] else contacts[1],
        gather_href=address("child-contacts", child_id=child.pk),
        others=_others(others),
        is_protected=protected,
        by_hand=task.kind in BY_HAND,
        step_href=task_href(actor, task),
    )


def said_in(tasks: Iterable[Task], asked: Mapping[UUID, Sequence[Asked]]) -> dict[UUID, list[str]]:
    """Every word that was asked in each task; nothing of a protected child's, in a list."""
    seen = [task for task in tasks if task.child.protection == "none" and not is_shared()]
    return {task.pk: [one.words for one in asked.get(task.pk, ()) if one.words] for task in seen}


def _place(task: Task, protected: bool) -> str:
    if protected:
        return ""
    return task.child.municipality.name if task.child.municipality else _("Kommun saknas")


def ball(actor: Actor, task: Task, protected: bool = False) -> Ball:
    """Who has the ball: somebody here, another unit by name, the family, or nobody at all."""
    if task.ball == Task.Ball.FAMILY:
        return Ball("family", _("Väntar på familjen"))
    if task.ball == Task.Ball.OTHER:
        return Ball("other", _waits_for(task.ball_unit, protected))
    if task.assignee_id is None or task.ball == Task.Ball.NOBODY:
        return Ball("nobody", _("Enhetens kö: ingen ansvarig ännu"))
    if task.assignee_id == actor.person_id:
        return Ball("me", _("Jag"))
    return Ball("other", task.assignee.name)


def _waits_for(unit: Unit | None, protected: bool) -> str:
    if protected:
        return _("Väntar på andra")
    return _("Väntar på %(unit)s") % {"unit": unit.name} if unit else _("Väntar på flera")


def _reminded(task: Task) -> str:
    if task.reminded_at is None:
        return ""
    return _("Påmind %(day)s") % {"day": clock.day_of(task.reminded_at).isoformat()}


def _others(count: int) -> str:
    return (
        ngettext("och %(n)s uppgift till", "och %(n)s uppgifter till", count) % {"n": count} if count else ""
    )


def tabs(choice: Choice, views: dict[str, int]) -> list[dict[str, Any]]:
    """The four tabs, with how many children each holds."""
    words = (
        ("mina", "mine", _("Mina barn")),
        ("teamet", "team", _("Teamets")),
        ("vantar", "waiting", _("Väntar på andra")),
        ("utan", "unassigned", _("Utan ansvarig")),
    )
    cleared = {"due": "", "kind": "", "municipality": ""}
    return [
        {
            "label": label,
            "href": choice.query(view=key, **cleared),
            "current": choice.view == key,
            "count": views[name],
        }
        for key, name, label in words
    ]


def counters(choice: Choice, found: Worklist) -> list[dict[str, Any]]:
    """The four counters; each links to the list that it counts."""
    counted = found.counters
    rows = (
        ("forsenade", counted.overdue, _("försenade"), "late"),
        ("idag", counted.today, _("i dag"), "warn"),
        ("vecka", counted.week, _("de närmaste sju dagarna"), "neutral"),
        ("vantar", counted.waiting, _("väntar på andra"), "neutral"),
    )
    return [
        {
            "n": n,
            "label": label,
            "tone": tone if n else "neutral",
            "current": choice.due == key,
            "href": choice.query(due="" if choice.due == key else key),
        }
        for key, n, label, tone in rows
    ]


def columns(choice: Choice) -> list[dict[str, Any]]:
    """The headings; those that sort are links and say how they sort now."""
    return [
        {"label": _("Välj")},
        _sorted_by(choice, _("Barn"), up="namn", down="-namn"),
        _sorted_by(choice, _("Förfaller"), up="", down="-forfaller"),
        {"label": _("Nästa steg")},
        {"label": _("Vem har bollen?")},
        {"label": _("Kontakter")},
    ]


def _sorted_by(choice: Choice, label: str, *, up: str, down: str) -> dict[str, Any]:
    now = {up: "asc", down: "desc"}.get(choice.sort, "")
    return {"label": label, "sort": now, "href": choice.query(sort=down if now == "asc" else up)}


def kinds(choice: Choice, found: Worklist) -> list[tuple[str, str, bool]]:
    """The kinds of task to choose from: value, word, chosen."""
    rows = sorted(((task_word(kind), kind) for kind in found.kinds), key=lambda one: swedish(one[0]))
    return [(kind, word, kind == choice.kind) for word, kind in rows]


def municipalities(choice: Choice, found: Worklist) -> list[tuple[str, str, bool]]:
    """The municipalities to choose from: code, name, chosen."""
    return [(code, name, code == choice.municipality) for code, name in found.municipalities]


def shown(found: Worklist) -> str:
    """«Visar 1–40 av 40»; with one row or none there is nothing to count."""
    if found.total < 2 or not found.rows:
        return ""
    first = (found.page - 1) * 50 + 1
    numbers = {"first": first, "last": first + len(found.rows) - 1, "all": found.total}
    return _("Visar %(first)s–%(last)s av %(all)s") % numbers


def updated(actor: Actor) -> str:
    """«Uppdaterad kl. 08.12»."""
    return _("Uppdaterad kl. %(time)s") % {"time": days.at(actor.now)}


def empty(choice: Choice, found: Worklist) -> dict[str, str]:
    """Why the list is empty, and what to do: nothing yet, nothing matches, or nothing of mine."""
    if choice.is_narrowed:
        everything = choice.query(due="", kind="", municipality="")
        return {
            "kind": "filter",
            "text": _nothing_due(choice),
            "href": everything,
            "action": _("Rensa filter"),
        }
    if choice.view != "teamet" and found.views["team"]:
        text = {
            "mina": _("Du har inga egna uppgifter just nu. Bra!"),
            "vantar": _("Ni väntar inte på någon annan just nu."),
            "utan": _("Alla uppgifter har en ansvarig. Bra!"),
        }[choice.view]
        team = choice.query(view="teamet")
        return {"kind": "nothing", "text": text, "href": team, "action": _("Visa teamets")}
    text = _("Här kommer nästa steg för barnen som din enhet möter. Det finns inga just nu.")
    return {"kind": "nothing", "text": text, "href": reverse("children"), "action": _("Sök ett barn")}


def _nothing_due(choice: Choice) -> str:
    if choice.kind or choice.municipality:
        return _("Inget barn passar de val du har gjort.")
    return {
        "forsenade": _("Inga försenade uppgifter. Bra!"),
        "idag": _("Inget mer förfaller i dag."),
        "vecka": _("Inget förfaller de närmaste sju dagarna."),
        "vantar": _("Ni väntar inte på någon annan just nu."),
    }[choice.due]


def may_assign(actor: Actor) -> bool:
    """Whether the actor may hand tasks to colleagues."""
    return actor.may(Permission.ASSIGN_TASKS)
