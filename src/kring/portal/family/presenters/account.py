"""S77 «Konto»: what Kring knows about the guardian, and where it can be changed; an earlier yes to others'
records that still holds when age has closed the child's pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.design import days
from kring.notifications.queries import AddressState

from .sharing import Check, older_decides, stopped_words

LANGUAGES = {"sv": "Svenska", "en": "English"}


@dataclass(frozen=True)
class Way:
    """Something that can be done."""

    text: str
    href: str
    icon: str


@dataclass(frozen=True)
class AccountPage:
    """`facts`: label and value pairs of what Kring knows; `sources`: where it comes from."""

    facts: Sequence[dict[str, str]]
    sources: Sequence[str]
    ways: Sequence[Way]


@dataclass(frozen=True)
class OldYes:
    """A yes that stands, in words: when and to whom, who decides now, and the way to take it back."""

    heading: str
    lines: Sequence[str]
    href: str


def old_yes(given: Any) -> OldYes:
    """`given` is a consent with its child and scopes."""
    units = ", ".join(scope.unit.name for scope in given.scopes.all())
    told = {"day": days.day(days.local(given.recorded_at)), "units": units}
    lines = [
        _("%(day)s sa du ja till att de här läser det som andra vårdgivare har skrivit: %(units)s.") % told,
        older_decides(given.child.given_name),
    ]
    href = reverse("family-across-back", args=[given.pk])
    return OldYes(_("Journal mellan vårdgivare: %(name)s") % {"name": given.child.given_name}, lines, href)


def back_check(given: Any) -> Check:
    """Once more before an old yes is taken back."""
    about = _("Du tar tillbaka ditt ja för %(name)s.") % {"name": given.child.given_name}
    lines = [
        about,
        *stopped_words(),
        _("Vill du säga ja igen gör du det hos vården."),
        _("Varje vårdgivare läser ändå sin egen journal."),
    ]
    title, sure = _("Ta tillbaka ditt ja?"), _("Ja, ta tillbaka mitt ja")
    return Check(title, lines, sure, reverse("family-account"))


def account_page(person: Any, children: Sequence[Any], ways: Mapping[str, tuple[Any, Any]]) -> AccountPage:
    """The whole page. A child whose pages are closed is not among `children`, and is not told of."""
    told = (
        (_("Namn"), f"{person.given_name} {person.family_name}"),
        (_("Du är vårdnadshavare för"), ", ".join(child.name for child in children)),
        (_("Språk på sidorna"), LANGUAGES.get(person.language, person.language)),
        (_("Mejl för aviseringar"), _address(ways, "email")),
        (_("Sms för aviseringar"), _address(ways, "sms")),
    )
    return AccountPage(
        facts=[{"label": label, "value": value} for label, value in told if value],
        sources=(
            _(
                "Ditt namn och vem du är vårdnadshavare för kommer från folkbokföringen. Är något fel ändras "
                "det hos Skatteverket."
            ),
            _("Varje gång du öppnar något om ett barn skrivs det i loggen, med tid."),
            _("Dina svar och det du skriver sparas så länge barnets plan finns kvar."),
        ),
        ways=(
            Way(_("Ändra mejl och sms"), reverse("notice-ways"), "bell"),
            Way(_("Byt språk"), reverse("language"), "speech"),
            Way(_("Logga ut överallt"), reverse("log-out-everywhere"), "key"),
        ),
    )


def _address(ways: Mapping[str, tuple[Any, Any]], way: str) -> str:
    """Where notices go by one way, and how that address stands."""
    if way not in ways:
        return _("Inget valt")
    row, state = ways[way]
    return str(STANDS[state]) % {"address": row.address}


STANDS = {
    AddressState.WAITING: gettext_lazy("%(address)s (väntar på kod)"),
    AddressState.CONFIRMED: gettext_lazy("%(address)s (bekräftad)"),
    AddressState.OVER: gettext_lazy("%(address)s (koden gick ut)"),
}
