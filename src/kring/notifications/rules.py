"""What a notice may say, and to whom none is sent."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "summons": _("Du är inbjuden till ett möte. Öppna sidan för att svara."),
    "plan_version": _("Det finns något nytt att läsa."),
    "request": _("Du har fått en fråga att svara på."),
}
"""Kind -> sentence. Content-free by design: no child, unit, time or place is ever filled in."""


def may_leave(*, child_protected: bool, receiver_protected: bool) -> bool:
    """Whether any notice may be made at all (8.8: notices about and to protected people are stopped)."""
    return not (child_protected or receiver_protected)
