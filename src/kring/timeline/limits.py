"""How long something may take: dated settings with a rule id and their kind, read from here and nowhere else.

Kinds: *statute* (law), *agreement* (what the parties in the region have agreed), *warning* (our own
reminder), *house* (our own choice). A limit is never edited: a new row with a later `valid_from` takes over.
Source: clocks.md rulings and domain.md 1.
"""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Limit:
    """At most `days` Stockholm dates between a clock's start and stop."""

    rule: str
    clock: str
    days: int
    kind: str
    valid_from: date
    needs_sign_off: bool = False


LIMITS = (
    Limit("SIP-START-3", "sip_start_3", 3, "warning", date(2021, 1, 1)),
    Limit("SIP-MEETING-21", "sip_meeting_21", 21, "agreement", date(2021, 1, 1)),
    Limit("SUMMONS-ANSWER-7", "summons_answer_7", 7, "warning", date(2021, 1, 1)),
    Limit("SIP-CONSENT-7", "sip_consent_7", 7, "warning", date(2021, 1, 1)),
    Limit("SIP-ESTABLISH-7", "sip_establish_7", 7, "warning", date(2021, 1, 1)),
    Limit("DISCHARGE-SUMMONS-3", "discharge_summons_3", 3, "statute", date(2018, 1, 1)),
    # A guardian's access that was blocked in haste is tried again by the unit head.
    Limit("GUARDIAN-REVIEW-3", "guardian_review", 3, "house", date(2023, 1, 1), needs_sign_off=True),
    # So many days before its day a meeting is begun at the earliest: what is held earlier is moved first.
    Limit("SIP-MEETING-OPENS-0", "sip_meeting_opens", 0, "house", date(2021, 1, 1), needs_sign_off=True),
    # How long the file of a job that failed stays, so that it can be tried again without a new upload.
    Limit("UPLOAD-KEPT-7", "upload_kept", 7, "house", date(2021, 1, 1)),
)


def limit_for(clock: str, on: date) -> Limit:
    """The limit in force for a clock on a day.

    Raises:
        LookupError: no limit for that clock was in force then.
    """
    in_force = [limit for limit in LIMITS if limit.clock == clock and limit.valid_from <= on]
    if not in_force:
        raise LookupError(f"no limit for {clock} on {on}")
    return max(in_force, key=lambda limit: limit.valid_from)


def first_day(clock: str) -> date:
    """The first day on which there was any limit for a clock."""
    return min(limit.valid_from for limit in LIMITS if limit.clock == clock)


def due_on(clock: str, start: date) -> date:
    """The last day that keeps the limit which was in force when the clock started."""
    return start + timedelta(days=limit_for(clock, start).days)
