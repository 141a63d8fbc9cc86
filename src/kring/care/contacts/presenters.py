"""Words about contacts and visits that both staff and the family read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.care.contacts.models import Mandate, SameDayRequest, SameDayVisit


def answer_word(row: SameDayVisit, request: SameDayRequest) -> str:
    """A unit's answer for one visit, and why when it is no. After the end, who had not answered need not."""
    is_open = request.state == SameDayRequest.State.ASKED
    waits = _("Har inte svarat") if is_open else _("Behövde inte svara")
    word = {"yes": _("Ja"), "no": _("Nej")}.get(row.answer, waits)
    return f"{word}: {row.reason}" if row.reason else word


READS = {
    "plan": gettext_lazy("planen"),
    "appointment": gettext_lazy("bokade tider"),
    "record": gettext_lazy("journalen"),
    "mood_answer": gettext_lazy("svar på «Hur mår jag?»"),
    "message": gettext_lazy("meddelanden"),
    "contact_details": gettext_lazy("kontaktuppgifter"),
}
"""Kinds of information in the words of a sentence."""


def mandate_lines(mandate: Mandate | None) -> list[str]:
    """What a coordinator does for the child, in sentences that the family and staff read alike."""
    if mandate is None:
        return []
    reads = ", ".join(str(READS[kind]) for kind in mandate.may_read if kind in READS)
    lines = (
        _("Bokar familjens besök.") if mandate.may_book else "",
        _("Kallar till möte om planen.") if mandate.may_summon_sip else "",
        _("Läser: %(what)s.") % {"what": reads} if reads else "",
        _("Pratar med: %(whom)s") % {"whom": mandate.may_speak_with} if mandate.may_speak_with else "",
        _("Lyfter frågor till: %(whom)s") % {"whom": mandate.escalates_to} if mandate.escalates_to else "",
        _("Uppdraget slutar: %(when)s") % {"when": mandate.ends_when} if mandate.ends_when else "",
    )
    return [line for line in lines if line]
