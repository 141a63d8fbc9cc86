"""When a summons may leave the unit, and when its meeting may begin."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kring.clock import STOCKHOLM
from kring.timeline.limits import limit_for


@dataclass(frozen=True)
class SendFacts:
    """What decides it. `uninvitable`: names of chosen units that the family has not consented to."""

    child_takes_part: str = ""
    question: str = ""
    starts_at: datetime | None = None
    place: str = ""
    link: str = ""
    consent: str = "waiting"
    uninvitable: tuple[str, ...] = ()


def may_send(summons: SendFacts, now: datetime) -> str:
    """The code of the first thing that stops it, or an empty string. The child's wish stands first."""
    if not summons.child_takes_part:
        return "child_wish_missing"
    if not summons.question.strip():
        return "question_missing"
    if summons.starts_at is None:
        return "time_missing"
    if summons.starts_at <= now:
        return "time_passed"
    if not (summons.place.strip() or summons.link.strip()):
        return "place_missing"
    if summons.consent != "valid":
        return f"consent_{summons.consent}"
    return "party_not_consented" if summons.uninvitable else ""


def opens_on(starts_at: datetime) -> date:
    """The first Stockholm day on which the meeting may be begun; one that is held late is begun then."""
    meets = starts_at.astimezone(STOCKHOLM).date()
    return meets - timedelta(days=limit_for("sip_meeting_opens", meets).days)
