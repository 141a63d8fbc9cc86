"""The record's addresses: every type, source, period and page is one.

A value that is not known shows everything rather than nothing, so a mistyped or old link still works.
"""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from kring.care.record.queries import Wanted
from kring.design.fields import may_be_meant

LONGEST = 80


def wanted_from(parameters: Mapping[str, str]) -> Wanted:
    """Read an address; what it does not say, or says wrongly, is as if it had not been asked."""
    return Wanted(
        kind=_short(parameters.get("typ", "")),
        source=_short(parameters.get("kalla", "")),
        since=_day(parameters.get("fran", "")),
        until=_day(parameters.get("till", "")),
        page=number_from(parameters.get("sida", "")) or 1,
    )


def query_of(wanted: Wanted, *, page: int = 1) -> str:
    """The same wish as an address's query, on another page."""
    named = {
        "typ": wanted.kind,
        "kalla": wanted.source,
        "fran": wanted.since.isoformat() if wanted.since else "",
        "till": wanted.until.isoformat() if wanted.until else "",
        "sida": str(page) if page > 1 else "",
    }
    return "?" + urlencode({name: value for name, value in named.items() if value})


def number_from(text: str) -> int | None:
    """A small whole number above nought, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 and int(text) else None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST and text.isprintable() else ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and may_be_meant(day) else None
