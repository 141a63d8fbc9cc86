"""What the child has prepared for its meeting, for the unit that keeps the plan going."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kring.design import days


@dataclass(frozen=True)
class Prepared:
    """What the child has sent, as question and answer, and when."""

    when: str
    said: list[tuple[str, str]]


def prepared(rows: Iterable[Any]) -> Prepared | None:
    """The latest of what the child has sent, how it wants to take part first; None when it has sent
    nothing.
    """
    latest = next(iter(rows), None)
    if latest is None:
        return None
    said = (
        (_("Så vill jag vara med"), str(latest.get_takes_part_display())),
        (_("Det här är jag bra på"), latest.good_at),
        (_("Det här är svårt"), latest.hard),
        (_("Det här vill jag"), latest.wish),
        (_("Det här vill jag inte prata om"), latest.not_talk_about),
        (_("Pausa-tecken"), latest.pause_sign),
    )
    when = _("Skickat %(when)s") % {"when": days.day_and_time(latest.sent_at)}
    return Prepared(when, [(label, value) for label, value in said if value])
