"""The unit's inbox, a thread there, and «Meddelanden» on the child's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.access.actors import Actor
from kring.access.policy.catalogue import sentence
from kring.access.policy.visibility import Visibility
from kring.children.presenters import age_in_list, name_in_list
from kring.design import days
from kring.portal.staff.due import Due, due
from kring.portal.staff.worklist.presenters import Ball

from .said import Said, conversation, family_name

TABS = (("svara", "unit"), ("besvarade", "family"), ("avslutade", "closed"))
"""The word in the address -> who has the ball."""


def ball_of(word: str) -> tuple[str, str]:
    """The tab that an address asks for, and its state; the first when there is no such."""
    return next((tab for tab in TABS if tab[0] == word), TABS[0])


@dataclass(frozen=True)
class InboxRow:
    """One thread of the unit. `due` is None when nothing is promised."""

    child: str
    age: str
    title: str
    who: str
    href: str
    due: Due | None
    ball: Ball
    when: str
    iso: str
    unread: bool


@dataclass(frozen=True)
class InboxPage:
    """The page as strings."""

    rows: Sequence[InboxRow]
    tabs: Sequence[dict[str, Any]]
    late: int
    promise: str
    empty: str
    shown: str
    previous: str
    next: str


def inbox_page(actor: Actor, found: Any, tab: str) -> InboxPage:
    """The list of one tab; `found` is `queries.Inbox`."""
    here = f"?visa={tab}&sida="
    return InboxPage(
        rows=[_row(actor, one, found.owners.get(one.pk)) for one in found.threads],
        tabs=_tabs(found, tab),
        late=found.late,
        promise=_promised(found.weekdays),
        empty=_empty(tab),
        shown=_("Sida %(page)s av %(pages)s") % {"page": found.page, "pages": found.pages},
        previous=f"{here}{found.page - 1}" if found.page > 1 else "",
        next=f"{here}{found.page + 1}" if found.page < found.pages else "",
    )


def _promised(weekdays: int) -> str:
    said = ngettext("Ni svarar inom %(n)s vardag.", "Ni svarar inom %(n)s vardagar.", weekdays)
    return said % {"n": weekdays}


def _tabs(found: Any, tab: str) -> list[dict[str, Any]]:
    words = {"svara": _("Att svara på"), "besvarade": _("Hos familjen"), "avslutade": _("Avslutade")}
    return [
        {"label": words[key], "href": f"?visa={key}", "current": key == tab, "count": found.counts[ball]}
        for key, ball in TABS
    ]


def _empty(tab: str) -> str:
    return {
        "svara": _("Inga meddelanden väntar på svar. Bra!"),
        "besvarade": _("Här står trådar där ni skrev senast. Det finns inga just nu."),
        "avslutade": _("Här står trådar som ni har avslutat. Det finns inga just nu."),
    }[tab]


def _row(actor: Actor, thread: Any, owner: Any) -> InboxRow:
    hidden = thread.child.protection != "none"
    return InboxRow(
        child=name_in_list(thread.child),
        age=age_in_list(thread.child, actor.today),
        title=_("Dolt") if hidden else thread.title,
        who=_("Familjen") if hidden else with_whom(actor, thread),
        href=reverse("message-thread", args=[thread.pk]),
        due=due(thread.answer_by, actor.today) if thread.answer_by else None,
        ball=ball(actor, thread, owner),
        when=days.day_and_time(thread.changed_at),
        iso=thread.changed_at.isoformat(),
        unread=bool(thread.unread),
    )


def ball(actor: Actor, thread: Any, owner: Any) -> Ball:
    """«Vem har bollen?»: somebody here, the unit's queue, the family, or nobody any longer."""
    if thread.ball == "family":
        return Ball("family", _("Familjen"))
    if thread.ball == "closed":
        return Ball("other", _("Avslutad"))
    if owner is None:
        return Ball("nobody", _("Enhetens kö: ingen ansvarig ännu"))
    return Ball("me", _("Jag")) if owner.pk == actor.person_id else Ball("other", owner.name)


@dataclass(frozen=True)
class ThreadPage:
    """One thread at the unit. `caution`: what may not be told on; `unreached`: that an answer is not read;
    `unasked`: the family has written nothing, so that there is nothing to answer.
    """

    title: str
    from_whom: str
    caution: str
    unreached: str
    said: Sequence[Said]
    due: Due | None
    ball: Ball
    closed: bool
    seen: int
    unasked: bool


def thread_page(actor: Actor, found: Any) -> ThreadPage:
    """A thread as the unit's people meet it."""
    thread = found.thread
    return ThreadPage(
        title=thread.title,
        from_whom=with_whom(actor, thread),
        caution=caution(thread),
        unreached=""
        if found.reached
        else _("Den som skrev kan inte öppna tråden på nätet nu. Ring i stället."),
        said=conversation(actor, found),
        due=due(thread.answer_by, actor.today) if thread.answer_by else None,
        ball=ball(actor, thread, found.assignee),
        closed=thread.ball == "closed",
        seen=thread.revision,
        unasked=thread.begun_by == "unit" and all(one.side == "unit" for one in found.messages),
    )


def with_whom(actor: Actor, thread: Any) -> str:
    """Who wrote first to whom: «Från Maria Berg», or «Till Maria Berg» where the unit began."""
    told = {"who": family_name(actor, thread)}
    return _("Till %(who)s") % told if thread.begun_by == "unit" else _("Från %(who)s") % told


def caution(thread: Any) -> str:
    """Who else of the family sees the thread, so that nobody tells what another is not to know."""
    if thread.guardian_id is None:
        if thread.visibility == Visibility.NOT_GUARDIAN:
            return _(
                "Bara den unga och er enhet ser tråden. Berätta inte vidare utan att prata med den unga."
            )
        return _(
            "Den unga bestämmer vilka vårdnadshavare som ser tråden. Berätta inte vidare utan att fråga."
        )
    if thread.visibility == Visibility.ALL:
        return _("Barnets andra vårdnadshavare ser också tråden.")
    if thread.begun_by == "unit":
        return _("Bara den ni skriver till och er enhet ser tråden. Ingen annan i familjen ser den.")
    return _("Bara den som skriver och er enhet ser tråden. Barnets andra vårdnadshavare ser den inte.")


def came_between(found: Any, seen: int) -> str:
    """What is said to somebody whose answer was overtaken: who wrote meanwhile."""
    new = [one for one in found.messages if one.number > seen]
    answers = [one.written_by.name for one in new if one.side == "unit"]
    if answers:
        told = {"who": ", ".join(dict.fromkeys(answers))}
        return _("%(who)s svarade medan du skrev. Läs svaret och skicka sedan ditt, om det behövs.") % told
    return _("Familjen skrev medan du skrev. Läs det nya och skicka sedan ditt svar.")


@dataclass(frozen=True)
class ChildRow:
    """One thread on the child's page."""

    title: str
    who: str
    href: str
    due: Due | None
    ball: Ball
    when: str
    iso: str
    unread: bool


@dataclass(frozen=True)
class Place:
    """Another unit: its threads, or why they are not shown. `choose`: by an active choice they would be."""

    unit: str
    threads: Sequence[tuple[str, Sequence[Said]]]
    why: str
    choose: bool


@dataclass(frozen=True)
class ChildPage:
    """«Meddelanden» on the child's page."""

    rows: Sequence[ChildRow]
    elsewhere: Sequence[Place]


def child_page(actor: Actor, found: Any) -> ChildPage:
    """The own unit's threads and what is known of others'."""
    return ChildPage(
        [_child_row(actor, one) for one in found.threads], [_place(actor, one) for one in found.elsewhere]
    )


def _child_row(actor: Actor, thread: Any) -> ChildRow:
    return ChildRow(
        title=thread.title,
        who=with_whom(actor, thread),
        href=reverse("message-thread", args=[thread.pk]),
        due=due(thread.answer_by, actor.today) if thread.answer_by else None,
        ball=ball(actor, thread, None) if thread.ball != "unit" else Ball("me", _("Vi")),
        when=days.day_and_time(thread.changed_at),
        iso=thread.changed_at.isoformat(),
        unread=bool(thread.unread),
    )


def _place(actor: Actor, other: Any) -> Place:
    shown = [(one.thread.title, conversation(actor, one)) for one in other.threads]
    why = "" if other.decision.opens else sentence(other.decision.rule_id)
    return Place(other.unit.name, shown, why, "active_choice" in other.decision.needs)
