"""Words that every paper shares: days, and the frame around the pages."""

from datetime import date, datetime
from typing import Any

from django.utils import dateformat, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kring import clock
from kring.design import days

from .characters import UNKNOWN


def day(value: date | datetime | None) -> str:
    """«24 november 2026»; empty when there is none. Of a moment, its day in Sweden."""
    if isinstance(value, datetime):
        value = clock.day_of(value)
    return days.plain_day(value) if value else ""


def long_day(value: date) -> str:
    """«tisdag 24 november 2026»."""
    words = dateformat.format(value, "l j F Y")
    return words.lower() if language() == "sv" else words


def moment(value: datetime | None) -> str:
    """«tisdag 24 november 2026 kl. 10.00»; empty when there is none."""
    if value is None:
        return ""
    if clock.is_hidden(value):
        return _("Dolt")
    local = timezone.localtime(value, clock.STOCKHOLM)
    return _("%(day)s kl. %(time)s") % {"day": long_day(local), "time": f"{local:%H.%M}"}


def language() -> str:
    """The language of the screen it was asked from: sv or en."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def iso(value: date | datetime | None) -> str:
    """«2026-11-24», for tables."""
    if isinstance(value, datetime):
        value = clock.day_of(value)
    return value.isoformat() if value else ""


def frame(*, running: str, on: date) -> dict[str, Any]:
    """What stands around the pages of any paper."""
    return {
        "lang": language(),
        "running": running,
        "label_version": _("Version"),
        "version_words": "",
        "date_words": day(on),
        "page_words": _("Sida {n} av {all}"),
        "footer": _("Innehåller känsliga uppgifter"),
        "draft": "",
        "draft_more": _("Planen är inte fastställd. Det som står här kan ändras."),
        "mark": "",
        "unknown": "",
        "pictures": {},
    }


def unknown_note() -> str:
    """Said on the last page when some character could not be drawn."""
    return _("Tecken som visas som %(sign)s gick inte att skriva ut. De finns kvar i planen på skärmen.") % {
        "sign": UNKNOWN
    }
