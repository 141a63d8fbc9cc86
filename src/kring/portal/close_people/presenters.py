"""Who is close to a child, as ready strings for staff and for guardians."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.actors import Actor
from kring.care.contacts.queries import is_over, wrote
from kring.children.models import CloseRelation
from kring.children.presenters import guardian_name
from kring.design import days
from kring.design.screen import is_shared
from kring.portal.staff.contacts.editing import Facts, Page
from kring.portal.staff.contacts.fields import ContactForm

Work = Callable[[ContactForm, int], str]
STAFF = {
    "list": "close-people",
    "add": "close-person-add",
    "change": "close-person",
    "remove": "close-person-remove",
}
FAMILY = {
    "list": "family-close",
    "add": "family-close-add",
    "change": "family-close-person",
    "remove": "family-close-remove",
}


@dataclass(frozen=True)
class ClosePerson:
    """One of them. `acts`: what whoever wrote it may do, as (word, address)."""

    name: str
    kind: str
    over: bool
    facts: Sequence[str]
    acts: Sequence[tuple[str, str]]


def people(actor: Actor, rows: Sequence[CloseRelation]) -> list[ClosePerson]:
    """All of them for this reader."""
    names = STAFF if actor.is_staff else FAMILY
    return [_person(actor, row, names) for row in rows]


def _person(actor: Actor, row: CloseRelation, names: dict[str, str]) -> ClosePerson:
    keys = [row.child_id, row.pk]
    acts = [
        (_("Ändra"), reverse(names["change"], args=keys)),
        (_("Ta bort"), reverse(names["remove"], args=keys)),
    ]
    return ClosePerson(
        name=shown_name(row),
        kind=str(row.get_kind_display()),
        over=is_over(row, actor),
        facts=[fact for fact in (row.role, when(row), _call(row), *_readers(actor, row)) if fact],
        acts=acts if wrote(actor, row) else [],
    )


def shown_name(row: Any) -> str:
    """The name; none on a screen that others see, and none that is hidden around a protected child."""
    return str(row.name) if row.name and not is_shared() else _("Namnet visas inte")


def when(row: Any) -> str:
    """From when, and until when."""
    told = {"from": days.day(row.starts_on), "to": days.day(row.ends_on) if row.ends_on else ""}
    if row.ends_on:
        return _("%(from)s till och med %(to)s") % told
    return _("Sedan %(from)s") % told


def _call(row: Any) -> str:
    if not row.may_contact:
        return _("Har inte sagt ja till att ni ringer.")
    return row.phone or _("Har sagt ja till att ni ringer. Inget nummer visas.")


def _readers(actor: Actor, row: Any) -> list[str]:
    told = [_by(actor, row)]
    if row.in_plan:
        told.append(_("Står i planens kontaktlista."))
    if actor.is_staff and row.unit_id:
        told.append(
            _("Vårdnadshavarna läser det här.")
            if row.for_guardians
            else _("Vårdnadshavarna läser inte det här.")
        )
    return told


def _by(actor: Actor, row: Any) -> str:
    if row.guardian_id is None:
        return _("Skrivet av %(who)s") % {"who": row.unit.name}
    if not actor.is_staff:
        return _("Skrivet av dig")
    return _("Skrivet av vårdnadshavaren %(who)s") % {"who": guardian_name(row.guardian)}


def told(row: CloseRelation, *, numbers: bool = True) -> Facts:
    """A person as stored, for whoever wrote meanwhile; `numbers`: a number may stand on this page."""
    rows = (
        (_("Namn"), row.name),
        (_("Vad är personen för barnet?"), row.get_kind_display()),
        (_("Vad gör personen för barnet?"), row.role),
        (_("När?"), when(row)),
        (_("Telefon"), row.phone if numbers else ""),
    )
    return [{"label": label, "value": str(value)} for label, value in rows if value]


NO_ACCESS = {
    True: "portal/close_people/form.html",
    False: "portal/close_people/family_form.html",
}


def page(
    actor: Actor,
    child_id: UUID,
    form: ContactForm,
    work: Work,
    *,
    row: CloseRelation | None = None,
    removes: bool = False,
    numbers: bool = True,
    **more: Any,
) -> Page:
    """A page with a form: a new one, a change, or taking one away."""
    names = STAFF if actor.is_staff else FAMILY
    title, button, said = _words(row is not None, removes)
    stands = partial(told, numbers=numbers)
    return Page(
        form=form,
        work=work,
        title=title,
        button=button,
        said=said,
        back=reverse(names["list"], args=[child_id]),
        back_word=_("Nära barnet"),
        lead="" if removes else no_access(),
        facts=stands(row) if row and removes else [],
        revision=row.revision if row else 0,
        told=stands,
        template=NO_ACCESS[actor.is_staff],
        **more,
    )


def _words(changes: bool, removes: bool) -> tuple[str, str, str]:
    if removes:
        return _("Ta bort personen?"), _("Ta bort"), _("Personen är borttagen.")
    if changes:
        return _("Ändra personen"), _("Spara"), _("Sparat.")
    return _("Lägg till någon nära"), _("Spara"), _("Personen står bland dem som är nära barnet.")


def no_access() -> str:
    """What nobody gets by standing in the list."""
    return _("Den som står här får ingen tillgång till barnets sidor, planen eller journalen.")
