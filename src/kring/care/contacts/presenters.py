"""Words about contacts and visits that both staff and the family read."""

from django.utils.translation import gettext as _

from kring.care.contacts.models import SameDayRequest, SameDayVisit


def answer_word(row: SameDayVisit, request: SameDayRequest) -> str:
    """A unit's answer for one visit, and why when it is no. After the end, who had not answered need not."""
    is_open = request.state == SameDayRequest.State.ASKED
    waits = _("Har inte svarat") if is_open else _("Behövde inte svara")
    word = {"yes": _("Ja"), "no": _("Nej")}.get(row.answer, waits)
    return f"{word}: {row.reason}" if row.reason else word
