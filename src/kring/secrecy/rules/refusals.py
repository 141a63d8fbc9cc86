"""Why something about secrecy is refused, in words."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kring.access.policy.catalogue import sentence
from kring.access.policy.decision import Decision
from kring.access.refusals import FromTable, Refusal

WORDS: dict[str, tuple[str, Any]] = {
    "days_turned": ("documented_to", _("Ange en sista dag som inte ligger före den första.")),
    "unit_unknown": ("unit_id", _("Välj en verksamhet som möter barnet.")),
    "block_exists": ("", _("Det finns redan en spärr för samma uppgifter och dagar.")),
    "already_lifted": ("", _("Spärren är redan hävd.")),
    "already_answered": ("", _("Begäran är redan besvarad.")),
    "already_asked": ("", _("Vårdgivaren har redan fått en begäran från er och har inte svarat än.")),
    "nothing_there": ("", _("Det finns inget att öppna i nöd här.")),
    "choose_readers": ("units", _("Välj minst en som får läsa, eller svara nej.")),
    "choose_what": ("units", _("Välj vad du behöver öppna.")),
    "emergency_over": ("", _("Nödöppningens tid är ute. Börja om om det fortfarande behövs.")),
    "guardian_unknown": ("guardian_id", _("Välj någon som har vårdnaden om barnet i dag.")),
    "not_soon": ("", _("Det går att fråga från ett halvår före födelsedagen till dagen före den.")),
    "thing_unknown": ("things", _("Välj bland det som står i listan.")),
    "same_decision": ("", _("Ett sådant beslut gäller redan.")),
    "already_ended": ("", _("Beslutet är redan avslutat.")),
    "placement_days": ("ends_on", _("Ange en sista dag som inte ligger före den första.")),
    "placement_overlaps": (
        "starts_on",
        _("Det finns redan en placering de dagarna. Ändra den, eller avsluta den först."),
    ),
    "signer_unknown": ("signer", _("Välj barnet, eller någon som har vårdnaden om barnet i dag.")),
    "already_told": (
        "said",
        _("Det finns redan ett svar från den personen. Den som har svarat har fått veta."),
    ),
    "consent_over": ("ends_on", _("Ange en sista dag som inte redan har gått.")),
    "starts_late": ("mature_from", _("Ange i dag eller en tidigare dag.")),
    "colleague_unknown": ("person_id", _("Välj någon som arbetar på er enhet.")),
    "last_in_group": ("", _("Någon på enheten måste vara kvar i gruppen. Lägg till någon annan först.")),
    "not_protected": ("", _("Barnet har inte skyddade uppgifter.")),
    "already_reviewed": ("", _("Nödöppningen är redan granskad.")),
    "own_opening": ("", _("Den som har nödöppnat granskar det inte själv.")),
}


class NotSo(FromTable):
    """What was written cannot be carried out."""

    table = WORDS


def closed(decision: Decision, about: UUID | None, field: str = "") -> Refusal:
    """A table has said no to the one who asks: its rule in words, and in the log."""
    return Refusal("closed", sentence(decision.rule_id), field, rule=decision.rule_id, about=about)
