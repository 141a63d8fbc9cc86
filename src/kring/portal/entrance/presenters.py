"""Words of the entrance."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kring.access.actors import Actor, key_of
from kring.access.roles import ROLES


@dataclass(frozen=True)
class Way:
    """One way of acting, as a button."""

    key: str
    title: str
    where: str
    sentence: str


def ways(actors: list[Actor]) -> list[Way]:
    """Every way in which a person may act, in the order they were given."""
    return [way(actor) for actor in actors]


def way(actor: Actor) -> Way:
    """One way of acting, its role in the reader's words."""
    role = ROLES[actor.role]
    return Way(key_of(actor), _(role.title), actor.unit_name, _(role.sentence))


def written(fields: dict[str, list[str]]) -> list[str]:
    """What a person wrote in a form, without the form's own keys and codes."""
    values = [value.strip() for values in fields.values() for value in values]
    return [value for value in values if len(value) > 2 and not _is_key(value)]


def _is_key(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def why_logged_out(parameters: Any) -> str:
    """The sentence on top of the log-in page when somebody did not come there by choice."""
    if "tiden-ute" in parameters:
        return _(
            "Du blev utloggad för att det gick en stund utan att något hände. Det du hade sparat är kvar."
        )
    return _WHY_NOT_IN[parameters["fel"]]() if parameters.get("fel") in _WHY_NOT_IN else ""


_WHY_NOT_IN = {
    "level": lambda: _("Inloggningen var inte stark nog. Använd en e-legitimation på en högre nivå."),
    "unknown": lambda: _(
        "Din e-legitimation fungerar, men du finns inte i Kring ännu. Ring så hjälper vi dig."
    ),
    "subject": lambda: _("Svaret från e-legitimationen gick inte ihop. Börja om från den här sidan."),
    "answer": lambda: _("E-legitimationen svarade inte som väntat. Försök igen om en stund."),
    "cancelled": lambda: _("Du avbröt inloggningen. Försök igen när du vill."),
}
