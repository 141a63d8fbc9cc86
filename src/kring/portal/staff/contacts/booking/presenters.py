"""Booking, moving and calling off as ready strings."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kring import clock
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.care.contacts.queries import Appointment
from kring.children.models import Child
from kring.design import days
from kring.portal.staff.contacts.editing import Facts, Page
from kring.portal.staff.contacts.fields import ContactForm
from kring.portal.staff.secrecy.around import around

from .forms import SHOWN
from .queries import Visit

Work = Callable[[ContactForm, int], str]
WHY = "what"


def hidden_from(actor: Actor) -> tuple[str, ...]:
    """Fields of a booking that the actor's work does not need: reception never meets why (ruling 26), nor
    what is kept from whom.
    """
    return () if actor.may(Permission.SEE_CHILD) else (WHY, *SHOWN)


def home_of(actor: Actor, child: Child, row: Appointment | None = None) -> tuple[str, str]:
    """Where one goes back to, and its word: the child's visits, or the unit's day for reception."""
    if actor.may(Permission.SEE_CHILD):
        return reverse("child-contacts", args=[child.pk]), _("Uppdelade kontakter")
    day = "?" + urlencode({"dag": clock.day_of(row.starts_at).isoformat()}) if row else ""
    return reverse("unit-visits") + day, _("Dagens besök")


def facts_of(row: Appointment, actor: Actor) -> Facts:
    """The visit as it stands."""
    rows = (
        (_("När"), days.day_and_time(row.starts_at)),
        (_("Vad"), "" if hidden_from(actor) else row.what),
        (_("Hos"), row.with_whom),
        (_("Hur"), str(row.get_mode_display())),
        (_("Läge"), str(row.get_status_display())),
        (_("Vem i familjen ser"), "" if hidden_from(actor) else chosen(row)),
    )
    return [{"label": label, "value": value} for label, value in rows if value]


def chosen(row: Appointment) -> str:
    """Who of the family sees the visit, where something else than what usually holds is chosen."""
    said = [] if row.visibility == Appointment.Visibility.DEFAULT else [str(row.get_visibility_display())]
    if row.visible_to_child_from:
        said = [_("Visas för barnet från %(day)s") % {"day": days.plain_day(row.visible_to_child_from)}]
    if row.category != Appointment.Category.GENERAL:
        said.append(str(row.get_category_display()))
    return ". ".join(said)


def readers_page(actor: Actor, visit: Visit, form: ContactForm, work: Work) -> Page:
    """Choosing anew who of the family sees it."""
    return Page(
        form=form,
        work=work,
        title=_("Vem i familjen ser besöket?"),
        button=_("Spara"),
        said=_("Det nya valet gäller från och med nu."),
        lead=_("Den som inte ser besöket får inget meddelande om det heller."),
        **_about(actor, visit),
    )


def book_page(actor: Actor, child: Child, form: ContactForm, work: Work) -> Page:
    """A new visit."""
    back, word = home_of(actor, child)
    return Page(
        form=form, work=work, title=_("Boka besök"), button=_("Boka"), back=back, back_word=word,
        said=_("Besöket är bokat. De i familjen som ser det har det bland sina tider."),
        lead=_("Besöket bokas hos din enhet."), context=_around(actor, child),
    )  # fmt: skip


def move_page(actor: Actor, visit: Visit, form: ContactForm, work: Work) -> Page:
    """Another time, which is also the answer to a family that has asked for one."""
    return Page(
        form=form,
        work=work,
        title=_("Flytta besöket"),
        button=_("Flytta besöket"),
        said=_("Besöket är flyttat. Familjen får veta det och svarar om tiden passar."),
        lead=_("En tid som familjen redan har sagt ja till behöver de säga ja till igen."),
        **_about(actor, visit),
    )


def call_off_page(actor: Actor, visit: Visit, form: ContactForm, work: Work) -> Page:
    """Calling it off."""
    return Page(
        form=form,
        work=work,
        title=_("Avboka besöket"),
        button=_("Ja, avboka besöket"),
        said=_("Besöket är avbokat. Familjen får veta det."),
        lead=_("Ring gärna familjen också, om besöket är nära."),
        **_about(actor, visit),
    )


def _about(actor: Actor, visit: Visit) -> dict[str, Any]:
    back, word = home_of(actor, visit.child, visit.row)
    wish = _("Familjen ber om en annan tid: %(words)s") % {"words": visit.wish} if visit.wish else ""
    return {
        "back": back,
        "back_word": word,
        "warning": wish,
        "facts": facts_of(visit.row, actor),
        "revision": visit.row.revision,
        "told": lambda current: facts_of(current, actor),
        "context": _around(actor, visit.child),
    }


def _around(actor: Actor, child: Child) -> dict[str, Any]:
    return around(actor, child, "child-contacts")
