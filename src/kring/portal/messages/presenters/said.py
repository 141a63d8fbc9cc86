"""What stands in a thread, as whoever reads it meets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.access.actors import Actor
from kring.access.roles import ROLES
from kring.children.presenters import guardian_name, name_in_list
from kring.design import days


@dataclass(frozen=True)
class Said:
    """One message. `mine`: from the reader's own side; `read`: whether the other side has opened it."""

    number: int
    who: str
    role: str
    iso: str
    when: str
    paragraphs: Sequence[str]
    mine: bool
    read: str = ""


def conversation(actor: Actor, found: Any) -> list[Said]:
    """The messages in order; `found` is `queries.Opened`."""
    return [_said(actor, found, one) for one in found.messages]


def _said(actor: Actor, found: Any, message: Any) -> Said:
    from_unit = message.side == "unit"
    return Said(
        number=message.number,
        who=_who(actor, found.thread, message),
        role=_role(found.thread, message) if from_unit else "",
        iso=message.written_at.isoformat(),
        when=days.day_and_time(message.written_at),
        paragraphs=[line for line in message.text.split("\n") if line.strip()],
        mine=from_unit == actor.is_staff,
        read=_read(actor, found, message) if found.mine and from_unit == actor.is_staff else "",
    )


def _who(actor: Actor, thread: Any, message: Any) -> str:
    if message.written_by_id == actor.person_id:
        return _("Du")
    return str(message.written_by.name) if message.side == "unit" else family_name(actor, thread)


def family_name(actor: Actor, thread: Any) -> str:
    """Who of the family a thread belongs to, as this reader may hear it."""
    if thread.guardian_id is None:
        return name_in_list(thread.child) if actor.is_staff else str(thread.child.given_name)
    if actor.is_staff:
        return guardian_name(thread.guardian)
    return _("Du") if thread.guardian_id == actor.guardian_id else _("En annan vårdnadshavare")


def _role(thread: Any, message: Any) -> str:
    role = _(ROLES[message.role].title) if message.role in ROLES else ""
    return f"{role}, {thread.unit.name}" if role else str(thread.unit.name)


def _read(actor: Actor, found: Any, message: Any) -> str:
    if actor.is_staff:
        return _("Läst av familjen") if message.number <= found.seen_by_family else _("Inte läst än")
    return _("Läst av enheten") if message.number <= found.seen_by_unit else _("Inte läst än")


def within(weekdays: int) -> str:
    """«Svarar inom 2 vardagar.»"""
    return ngettext("Svarar inom %(n)s vardag.", "Svarar inom %(n)s vardagar.", weekdays) % {"n": weekdays}


def answer_by(day: Any) -> str:
    """«Svar senast fre 20 nov 2026»."""
    return _("Svar senast %(day)s") % {"day": days.day(day)}


@dataclass(frozen=True)
class Phone:
    """A number to ring instead of writing."""

    name: str
    number: str
    hours: str = ""

    @property
    def tel(self) -> str:
        return "".join(sign for sign in self.number if sign.isdigit() or sign == "+")


def phones(*units: Any) -> list[Phone]:
    """Danger first, then advice about care, then the units that have a number."""
    return [
        Phone(_("Fara för liv eller hälsa"), "112"),
        Phone(_("Råd om vård, dygnet runt"), "1177"),
        *(Phone(unit.name, unit.phone, unit.phone_hours) for unit in units if unit.phone),
    ]
