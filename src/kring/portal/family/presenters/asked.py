"""What the guardian has asked, and the answers, as ready strings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.design import days

KINDS = {
    "change_proposed": gettext_lazy("Förslag till ändring"),
    "visit_change_asked": gettext_lazy("En annan tid"),
}


@dataclass(frozen=True)
class AskedRow:
    """One thing that was asked. `answer` is empty while nothing has been written."""

    what: str
    when: str
    iso: str
    unit: str
    words: str
    state: str
    tone: str
    answer: str


def asked_page(asked: Sequence[Any]) -> list[AskedRow]:
    """What was asked, latest first."""
    return [_row(one) for one in asked]


def _row(one: Any) -> AskedRow:
    event, answered = one.event, one.answered_at
    state = _("Svar %(day)s") % {"day": days.day(days.local(answered))} if answered else _("Väntar på svar")
    return AskedRow(
        what=str(KINDS[event.kind]),
        when=days.day(days.local(event.recorded_at)),
        iso=event.recorded_at.isoformat(),
        unit=event.unit.name if event.unit else "",
        words=one.words,
        state=state,
        tone="good" if answered else "wait",
        answer=one.answer,
    )
