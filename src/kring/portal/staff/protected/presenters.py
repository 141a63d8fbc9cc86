"""Hidden fields in words: what each is, never what it says before it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.policy.protected import Field
from kring.design import days

from .queries import HiddenField

WORDS = {
    Field.UNIT: "enhet",
    Field.PHONE: "telefon",
    Field.PLACE: "plats",
    Field.TIME: "tid",
    Field.GUARDIANS: "vardnadshavare",
}
"""A kind of field as a word in the address."""
FIELDS = {word: field for field, word in WORDS.items()}
SHOWN_SECONDS = 60
"""How long a shown field stays on a screen that somebody may have left (ux.md c13)."""


def hides_itself(child_id: UUID) -> str:
    """The header by which the browser itself, without scripts, leaves the shown field for the list of those
    that are hidden.
    """
    return f"{SHOWN_SECONDS}; url={reverse('hidden-fields', kwargs={'child_id': child_id})}"


@dataclass(frozen=True)
class FieldRow:
    """One hidden field: what it is, and where a reason is written for it; no address, no such way."""

    what: str
    href: str


def rows(child_id: UUID, found: Iterable[HiddenField], may: bool) -> list[FieldRow]:
    """The fields in the order they were found; meetings and guardians by a number that says nothing."""
    found = list(found)
    return [FieldRow(what(one, found), href(child_id, one) if may else "") for one in found]


def href(child_id: UUID, one: HiddenField) -> str:
    return reverse("reveal-field", args=[child_id, WORDS[one.field], one.about])


def what(one: HiddenField, found: Iterable[HiddenField]) -> str:
    """What a field is."""
    same = [other.about for other in found if other.field is one.field]
    words = {
        Field.UNIT: _("Verksamhetens namn: %(kind)s"),
        Field.PHONE: _("Telefon till verksamheten: %(kind)s"),
        Field.PLACE: _("Plats för möte %(n)s"),
        Field.TIME: _("Tid för möte %(n)s"),
        Field.GUARDIANS: _("Namn på vårdnadshavare %(n)s"),
    }
    return words[one.field] % {"kind": one.kind, "n": same.index(one.about) + 1}


def value(one: HiddenField) -> str:
    """What a shown field says."""
    return days.day_and_time(one.value) if isinstance(one.value, datetime) else one.value
