"""S77 «Konto»: what Kring knows about the guardian, and where it can be changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.notifications.queries import AddressState

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
