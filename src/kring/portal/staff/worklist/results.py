"""The result page of a bulk action as ready strings."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.access.actors import Actor
from kring.children.presenters import name_in_list
from kring.portal.staff.words import task_word
from kring.timeline.models import BulkAction, Task

from .presenters import ball


@dataclass(frozen=True)
class ResultRow:
    """What became of one row."""

    name: str
    href: str
    step: str
    went_well: bool
    words: str


def rows(actor: Actor, change: BulkAction, tasks: dict[str, Task]) -> list[ResultRow]:
    """Every row that was asked for, those that did not go first."""
    found = [_row(actor, change, tasks[key]) for key in change.asked if key in tasks]
    return sorted(found, key=lambda one: one.went_well)


def _row(actor: Actor, change: BulkAction, task: Task) -> ResultRow:
    done = str(task.pk) in change.before
    return ResultRow(
        name=name_in_list(task.child),
        href=reverse("child", kwargs={"child_id": task.child_id}),
        step=task_word(task.kind),
        went_well=done,
        words=_done(actor, change, task) if done else _reason(change, actor, task),
    )


def _done(actor: Actor, change: BulkAction, task: Task) -> str:
    if change.undone_at:
        return _("Ångrat")
    if change.kind == "remind":
        return _not_told() if str(task.pk) in change.unreached else _("Påmind")
    if change.kind == "done":
        return _("Klart")
    return _("Ansvarig: %(who)s") % {"who": ball(actor, task).words}


def _not_told() -> str:
    return _("Antecknat, men ingen kunde nås genom Kring. Ring eller skriv i stället.")


def _reason(change: BulkAction, actor: Actor, task: Task) -> str:
    if task.done_at:
        return _("Den är redan klar.")
    return {
        "remind": _("Ingen att påminna: bollen är er egen."),
        "assign": _("Uppgiften gick inte att lämna över. Öppna barnet och försök igen."),
        "done": _("Den blir klar när steget är gjort. Öppna barnet och gör det där."),
    }[change.kind]


def summary(change: BulkAction, tasks: Collection[str]) -> str:
    """«4 av 5 gick bra.» `tasks`: those that the actor still reaches."""
    numbers = {"done": len(change.before), "n": len(change.asked)}
    if change.undone_at:
        return _undone(len(change.before), sum(key in tasks for key in change.before))
    if numbers["done"] == numbers["n"]:
        return (
            ngettext("Det är klart för %(n)s barn.", "Det är klart för alla %(n)s barn.", numbers["n"])
            % numbers
        )
    return _("Det är klart för %(done)s av %(n)s barn.") % numbers


def _undone(changed: int, back: int) -> str:
    if back == changed:
        return _("Allt är som det var före.")
    return _("%(done)s av %(n)s är som de var före. De andra finns inte längre i er arbetslista.") % {
        "done": back,
        "n": changed,
    }


def left_out(change: BulkAction, tasks: Collection[str]) -> str:
    """How many were asked for and are no tasks of the actor's; one that is somebody else's and one that never
    was are told alike. Empty when there are none.
    """
    n = sum(key not in tasks and key not in change.before for key in change.asked)
    return not_there(n)


def not_there(n: int) -> str:
    """That some of what was ticked is not in the worklist, and so is not changed."""
    if not n:
        return ""
    return ngettext(
        "%(n)s av det du valde finns inte i er arbetslista, och är inte ändrat.",
        "%(n)s av dem du valde finns inte i er arbetslista, och är inte ändrade.",
        n,
    ) % {"n": n}


def not_printed(n: int) -> str:
    """That some of what was ticked is not on the paper: another's, done, or a protected child's."""
    if not n:
        return ""
    return ngettext(
        "%(n)s av det du valde finns inte med här.", "%(n)s av dem du valde finns inte med här.", n
    ) % {"n": n}


def heading(change: BulkAction) -> str:
    """What was done."""
    return str(BulkAction.Kind(change.kind).label)
