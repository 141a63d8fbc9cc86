"""Due days in words: relative within fourteen days, and always the date too (ux.md c4)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NEAR = 14


@dataclass(frozen=True)
class Due:
    """A due day. `status` is a kind of `parts.status`: overdue, today or soon."""

    status: str
    words: str
    iso: str

    @property
    def tone(self) -> str:
        return {"overdue": "late", "today": "warn"}.get(self.status, "")


def due(day: date, today: date) -> Due:
    """The day as a reader of the worklist sees it."""
    days = (day - today).days
    status = "overdue" if days < 0 else "today" if days == 0 else "soon"
    return Due(status, _words(days, day), day.isoformat())


def _words(days: int, day: date) -> str:
    if days < 0:
        return ngettext("Försenad %(n)s dag", "Försenad %(n)s dagar", -days) % {"n": -days}
    if days == 0:
        return _("I dag")
    if days == 1:
        return _("I morgon")
    return _("Om %(n)s dagar") % {"n": days} if days <= NEAR else day.isoformat()
