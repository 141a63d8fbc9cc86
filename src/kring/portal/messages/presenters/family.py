"""S73 and S92: the threads of a guardian and of a young person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kring.access.actors import Actor
from kring.access.policy.visibility import Visibility
from kring.care.messages.queries import is_own
from kring.children.presenters import guardian_name
from kring.design import days

from .said import Phone, Said, answer_by, conversation, family_name, phones, within


@dataclass(frozen=True)
class Row:
    """One thread in the list. `who_sees` is its marker."""

    title: str
    unit: str
    href: str
    state: str
    tone: str
    icon: str
    promise: str
    when: str
    iso: str
    who_sees: str
    unread: bool


def rows(actor: Actor, found: Sequence[Any], address: Any, seen_by: Sequence[str] = ()) -> list[Row]:
    """The list; `address` gives the page of a thread's key, `seen_by` names who sees a young person's."""
    return [_row(actor, one, address(one.pk), seen_by) for one in found]


def _row(actor: Actor, thread: Any, href: str, seen_by: Sequence[str]) -> Row:
    word, tone, icon = _state(thread, actor, bool(thread.unread) and is_own(actor, thread))
    return Row(
        title=thread.title,
        unit=thread.unit.name,
        href=href,
        state=word,
        tone=tone,
        icon=icon,
        promise=_promise(thread, actor),
        when=days.day_and_time(thread.changed_at),
        iso=thread.changed_at.isoformat(),
        who_sees=who_sees(actor, thread, seen_by),
        unread=bool(thread.unread) and is_own(actor, thread),
    )


def _state(thread: Any, actor: Actor, new: bool) -> tuple[str, str, str]:
    if new:
        by_unit = thread.begun_by == "unit"
        return _("Nytt meddelande") if by_unit else _("Nytt svar"), "info", "spark"
    if thread.ball == "unit":
        late = thread.answer_by < actor.today
        return (_("Svaret är försenat"), "late", "") if late else (_("Väntar på svar"), "wait", "")
    if thread.ball == "family":
        return _("Enheten har skrivit") if thread.begun_by == "unit" else _("Besvarad"), "good", ""
    return _("Avslutad"), "neutral", ""


def _promise(thread: Any, actor: Actor) -> str:
    if thread.ball != "unit":
        return ""
    if thread.answer_by < actor.today:
        late = _("Svaret skulle ha kommit senast %(day)s. Ring om du inte kan vänta.")
        return late % {"day": days.day(thread.answer_by)}
    return answer_by(thread.answer_by)


def who_sees(actor: Actor, thread: Any, seen_by: Sequence[str] = ()) -> str:
    """The marker: «Bara du och …», or who else."""
    told = {"unit": thread.unit.name, "who": family_name(actor, thread), "names": ", ".join(seen_by)}
    if not is_own(actor, thread):
        if thread.guardian_id is None:
            return _("%(who)s och %(unit)s. Du ser tråden för att %(who)s visar den.") % told
        return _("%(who)s och %(unit)s. Tråden visas för dig.") % told
    if thread.visibility == Visibility.ALL:
        return _("Du, %(unit)s och barnets andra vårdnadshavare") % told
    if thread.guardian_id is None and seen_by and thread.visibility != Visibility.NOT_GUARDIAN:
        return _("Du och %(unit)s. %(names)s ser också.") % told
    return _("Bara du och %(unit)s") % told


@dataclass(frozen=True)
class ThreadPage:
    """One thread. `may_write`: the reader writes on in it; `closed`: the unit has said that it is done."""

    title: str
    unit: str
    who_sees: str
    said: Sequence[Said]
    state: str
    tone: str
    icon: str
    promise: str
    may_write: bool
    closed: str
    phones: Sequence[Phone]
    seen: int


def thread_page(actor: Actor, found: Any, *, receives: bool, seen_by: Sequence[str] = ()) -> ThreadPage:
    """A thread; `receives`: the unit still takes part around the child."""
    thread = found.thread
    word, tone, icon = _state(thread, actor, False)
    return ThreadPage(
        title=thread.title,
        unit=thread.unit.name,
        who_sees=who_sees(actor, thread, seen_by),
        said=conversation(actor, found),
        state=word,
        tone=tone,
        icon=icon,
        promise=_promise(thread, actor),
        may_write=found.mine and receives,
        closed=_closed(thread, found.mine, receives),
        phones=phones(thread.unit),
        seen=thread.revision,
    )


def _closed(thread: Any, mine: bool, receives: bool) -> str:
    if not mine:
        return _("Du kan läsa tråden men inte skriva i den.")
    if not receives:
        return _("Enheten tar inte längre emot meddelanden om barnet. Ring i stället.")
    if thread.ball == "closed":
        return _("Enheten har avslutat tråden. Skriver du igen öppnas den på nytt.")
    return ""


@dataclass(frozen=True)
class NewPage:
    """Writing to a unit: when each answers, and who reads."""

    units: Sequence[Any]
    hints: Mapping[str, str]
    who_sees: str
    phones: Sequence[Phone]


def new_page(units: Sequence[Any], times: Mapping[Any, int], who: str) -> NewPage:
    """`times`: weekdays by unit."""
    hints = {str(unit.pk): _hint(unit, times[unit.pk]) for unit in units}
    return NewPage(units, hints, who, phones())


def _hint(unit: Any, weekdays: int) -> str:
    return (
        f"{within(weekdays)} {_('Telefon %(number)s.') % {'number': unit.phone}}"
        if unit.phone
        else within(weekdays)
    )


def guardian_choices(others: bool) -> dict[str, str]:
    """What a guardian chooses among; nothing for the only guardian there is."""
    if not others:
        return {}
    return {
        Visibility.CARE_ONLY.value: _("Bara jag och enheten"),
        Visibility.ALL.value: _("Också barnets andra vårdnadshavare, och barnet självt från 13 år"),
    }


def young_choices(names: Sequence[str]) -> dict[str, str]:
    """What a young person chooses among; nothing when nobody sees its messages anyhow."""
    if not names:
        return {}
    told = {"names": ", ".join(names)}
    return {
        Visibility.NOT_GUARDIAN.value: _("Bara jag och enheten"),
        Visibility.DEFAULT.value: _("Också %(names)s, som jag visar mina meddelanden för") % told,
    }


def names_of(guardians: Sequence[Any]) -> list[str]:
    """Guardians by name."""
    return [guardian_name(one) for one in guardians]
