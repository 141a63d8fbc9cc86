"""Who a page is about: the bar on top of every page about a child, and ages in words (ux.md c1, c6)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.design.addresses import address
from kring.design.screen import is_shared

TINTS = 6
INFANT_MONTHS = 36
"""Under three years an age is told in months."""


class ChildFacts(Protocol):
    """What the bar needs of a child."""

    pk: UUID
    birth_date: date
    protection: str
    communication: str
    name: str


class Named(Protocol):
    """Somebody with a name."""

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class ChildBar:
    """Ready strings for `parts.context_bar`. `tint` is the child's own colour, so that two tabs differ;
    `hidden_href` leads to what is hidden around a protected child.
    """

    name: str
    age: str
    number: str
    communication: str
    coordinator: str
    contact: str
    tint: int
    protected: str
    hidden_href: str = ""

    def with_contact(self, name: str) -> "ChildBar":
        """The bar with the named care contact; of a protected child none is told."""
        return replace(self, contact="" if self.protected else name)

    def hidden(self) -> "ChildBar":
        """The bar on a screen that others see too."""
        return replace(self, name=_("Barnet"), age="", number="", coordinator="", contact="")


def child_bar(
    child: ChildFacts, today: date, *, number: str = "", coordinator: str = "", contact: str = ""
) -> ChildBar:
    """The bar of one child. `number` as stored, twelve digits or the issuer's own form."""
    protected = child.protection != "none"
    return ChildBar(
        name=child.name,
        age=age(child.birth_date, today),
        number=_with_hyphen(number),
        communication=child.communication,
        coordinator=coordinator,
        contact="" if protected else contact,
        tint=child.pk.int % TINTS + 1,
        protected=rules_of_protection() if protected else "",
        hidden_href=address("hidden-fields", child_id=child.pk) if protected else "",
    )


def name_in_list(child: ChildFacts) -> str:
    """The name in a list: none for a child with protected identity, and none on a screen that others see."""
    if child.protection != "none":
        return _("[Skyddade uppgifter]")
    return _("Barnet") if is_shared() else child.name


def age_in_list(child: ChildFacts, today: date) -> str:
    """The age beside it, where the name is shown."""
    return "" if child.protection != "none" or is_shared() else short_age(child.birth_date, today)


def guardian_name(guardian: Named) -> str:
    """A guardian's name, or the word alone on a screen that others see."""
    return _("Vårdnadshavare") if is_shared() else guardian.name


def rules_of_protection() -> str:
    """What the banner of a protected child says to the one who opened it."""
    return _(
        "Lämna inte ut adress, telefon, skola, enhet, tid eller plats, och skriv dem inte i fritext: den som "
        "läser en text läser allt i den. Utskrift, kalenderfil och aviseringar är avstängda."
    )


def _with_hyphen(number: str) -> str:
    return f"{number[:8]}-{number[8:]}" if len(number) == 12 and number.isdecimal() else number


def age(birth_date: date, today: date) -> str:
    """«10 år 8 mån», as the bar shows it; «25 månader» under three years."""
    months = months_between(birth_date, today)
    if months < INFANT_MONTHS:
        return ngettext("%(n)s månad", "%(n)s månader", months) % {"n": months}
    years, rest = divmod(months, 12)
    if not rest:
        return _whole_years(years)
    return _("%(years)s år %(months)s mån") % {"years": years, "months": rest}


def short_age(birth_date: date, today: date) -> str:
    """The age in whole years, as a row of a list shows it; under three years in months."""
    months = months_between(birth_date, today)
    return age(birth_date, today) if months < INFANT_MONTHS else _whole_years(months // 12)


def _whole_years(years: int) -> str:
    return ngettext("%(n)s år", "%(n)s år", years) % {"n": years}


def months_between(birth_date: date, today: date) -> int:
    """Whole months from birth to today, never below 0."""
    months = (today.year - birth_date.year) * 12 + today.month - birth_date.month
    return max(months - (today.day < birth_date.day), 0)
