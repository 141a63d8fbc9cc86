"""A booked time as a calendar file that tells nothing but when (ux.md J3, RFC 5545).

Calendars are shared with workplaces, shown on locked screens and copied to other companies: so the file holds
no name, no unit, no place and no reason, only the time and where to read more.
"""

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

USUAL_LENGTH = timedelta(minutes=45)
LINE_OCTETS = 75


def calendar_file(
    *,
    key: str,
    starts_at: datetime,
    ends_at: datetime | None,
    now: datetime,
    sequence: int = 0,
    cancelled: bool = False,
) -> str:
    """The text of the file; `key` is an opaque id, the moments are aware. `sequence` grows with each move, so
    that a calendar which has an earlier file lets this one take over.
    """
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kring//SV",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{key}@kring",
        f"SEQUENCE:{sequence}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(starts_at)}",
        f"DTEND:{_utc(ends_at or starts_at + USUAL_LENGTH)}",
        f"SUMMARY:{_escaped(_('Bokad tid'))}",
        f"DESCRIPTION:{_escaped(_('Logga in på Mina sidor för att läsa mer.'))}",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets; a continued line begins with a space."""
    parts, room = [""], LINE_OCTETS
    for sign in line:
        if len((parts[-1] + sign).encode()) > room:
            parts.append("")
            room = LINE_OCTETS - 1
        parts[-1] += sign
    return "\r\n ".join(parts)
