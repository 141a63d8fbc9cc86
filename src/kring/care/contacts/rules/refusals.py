"""Why something about contacts and visits is refused: a code, the field to mend, and the words a person
reads.
"""

from django.utils.translation import gettext_lazy as _

from kring.access import refusals
from kring.access.policy.doors import NOT_YOURS

WORDS = {
    "role_missing": ("role", _("Välj vilken kontakt det gäller.")),
    "kind_missing": ("kind", _("Välj vad personen är för barnet.")),
    "name_missing": ("name", _("Skriv vad personen heter.")),
    "number_without_a_yes": (
        "phone",
        _("Skriv ett nummer bara när personen har sagt ja till att de runt barnet ringer."),
    ),
    "not_your_close_person": ("", _("Det här ändrar den som har skrivit det.")),
    "person_not_at_unit": ("person_id", _("Välj en person som arbetar på verksamheten.")),
    "appointed_elsewhere": ("role", _("En annan enhet hos er har redan utsett den kontakten.")),
    "handover_too_short": (
        "handover_until",
        _("Ange en sista dag för den förra kontakten som inte ligger före den nyas första."),
    ),
    "starts_too_early": ("starts_on", _("Ange en första dag efter den förra kontaktens första dag.")),
    "not_your_contact": ("", _("Det här ändrar den enhet som har utsett kontakten.")),
    "already_ended": ("", _("Uppdraget är redan avslutat.")),
    "ends_before_start": ("ends_on", _("Ange en sista dag som inte ligger före den första.")),
    "deputy_is_same": ("deputy_id", _("Välj någon annan än den ordinarie som ersättare.")),
    "no_mandate_for_role": ("", _("Bara en samordnare har ett mandat.")),
    "readers_missing": ("visibility", _("Välj vem i familjen som ser besöket.")),
    "visible_from_missing": (
        "visible_to_child_from",
        _("Ange en dag efter i dag, från vilken barnet ser besöket."),
    ),
    "time_missing": ("starts_at", _("Ange dag och tid för besöket.")),
    "time_passed": ("starts_at", _("Ange en tid framåt för besöket.")),
    "ends_before_it_starts": ("ends_at", _("Ange en sluttid efter starttiden.")),
    "choice_missing": ("mode", _("Välj ett av svaren.")),
    "not_your_visit": ("", _("Besöket ändras av den enhet som har bokat det.")),
    "visit_over": ("", _("Besöket har redan varit eller är avbokat.")),
    "too_few_visits": ("appointment_ids", _("Välj minst två besök hos olika verksamheter.")),
    "day_passed": ("on", _("Ange en dag framåt.")),
    "already_asked": ("appointment_ids", _("Ett av besöken finns redan i en fråga som väntar på svar.")),
    "answer_missing": ("answer", _("Välj ja eller nej.")),
    "reason_missing": ("reason", _("Skriv varför det inte går.")),
    "already_answered": ("", _("Din enhet har redan svarat för det besöket.")),
    "not_open": ("", _("Frågan är redan avslutad.")),
}


RULES = dict.fromkeys(("not_your_close_person", "not_your_contact", "not_your_visit"), NOT_YOURS.id)
"""Refused because of who asks, by which rule; the others are about what was written, or when."""


class Refusal(refusals.FromTable):
    """Something about contacts and visits that may not be done as asked."""

    table, rules = WORDS, RULES
