"""The tab SIP: how far the plan has come, what the law asks of it, and its meetings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design import days
from kring.design.alphabet import swedish

from .deeds import Fact
from .tabs import Tab, tabs


@dataclass(frozen=True)
class Moment:
    """One of the moments of the plan, in the order they come."""

    label: str
    state: str
    when: str = ""


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in the timeline."""

    when: str
    iso: str
    what: str
    who: str = ""
    text: str = ""
    href: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Written:
    """What staff wrote of a meeting, a follow-up or the end, where it is the family's to read; `lines`: of
    each goal.
    """

    title: str
    iso: str
    text: str
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class SipPage:
    """The tab SIP. `asks`: the guardian may ask for a plan here when there is none."""

    tabs: Sequence[Tab]
    asks: bool = True
    plan: Any = None
    steps: Sequence[Moment] = ()
    facts: Sequence[Fact] = ()
    meetings: Sequence[MeetingLine] = field(default_factory=tuple)
    written: Sequence[Written] = ()


def sip_page(content: Any, child: Any, *, asks: bool = True) -> SipPage:
    """How far the plan has come, what the law asks of it, and its meetings."""
    parts = tabs(child, "family-sip")
    if content is None:
        return SipPage(parts, asks)
    return SipPage(
        parts,
        asks,
        content.plan,
        _moments(content),
        _statutory(content),
        _meetings(content, child),
        sorted(_written(content), key=lambda one: one.iso, reverse=True),
    )


def _written(content: Any) -> Iterator[Written]:
    """What the reader is not to see has come here empty, and then nothing tells that it was there."""
    for row in content.meetings:
        if row.meeting.ended_at and row.meeting.notes:
            yield _wrote(_("Möte %(day)s"), days.local(row.meeting.started_at).date(), row.meeting.notes)
    for row in content.follow_ups:
        lines = [f"«{review.goal.words}»: {review.comment}" for review in row.reviews if review.comment]
        if row.follow_up.summary or lines:
            yield _wrote(_("Uppföljning %(day)s"), row.follow_up.held_on, row.follow_up.summary, lines)
    if content.closure and content.closure.words:
        ended = days.local(content.closure.ended_at).date()
        yield _wrote(_("Planen avslutades %(day)s"), ended, content.closure.words)


def _wrote(title: str, day: date, text: str, lines: Sequence[str] = ()) -> Written:
    return Written(title % {"day": days.day(day)}, day.isoformat(), text, lines)


def _moments(content: Any) -> list[Moment]:
    plan = content.plan
    held = [row.meeting for row in content.meetings if row.meeting.ended_at]
    sent = [row.summons for row in content.summonses if row.summons.sent_at]
    first = content.versions[0].version if content.versions else None
    reached = (
        (_("Behovet är sett"), plan.need_identified_on),
        (_("Planen påbörjas"), plan.started_at and days.local(plan.started_at)),
        (_("Samtycke"), _agreed_on(content.consent)),
        (_("Kallelse"), days.local(sent[0].sent_at) if sent else None),
        (_("Möte"), days.local(held[0].started_at) if held else None),
        (_("Planen gäller"), days.local(first.made_at) if first else None),
        (_("Uppföljning"), content.follow_ups[-1].follow_up.held_on if content.follow_ups else None),
    )
    now = next((at for at, (_label, day) in enumerate(reached) if not day), len(reached))
    return [
        Moment(label, "done" if day else "now" if at == now else "todo", days.day(day) if day else "")
        for at, (label, day) in enumerate(reached)
    ]


def _agreed_on(consent: Any) -> date | None:
    """The day the last one said yes; None while somebody's answer is missing or is a no."""
    if consent is None or consent.standing.state != "valid":
        return None
    said = [row.latest.recorded_at for row in consent.signers if row.latest]
    return days.local(max(said)).date() if said else None


def _statutory(content: Any) -> list[Fact]:
    plan = content.plan
    others = plan.other_measures
    units = ", ".join(sorted({party.unit.name for party in content.parties}, key=swedish))
    rows = (
        (_("Insatser som behövs"), plan.needed_efforts),
        (_("Med i planen"), units),
        (_("Åtgärder av någon annan"), others),
        (_("Övergripande ansvar"), plan.overall_responsible.name if plan.overall_responsible else ""),
    )
    return [Fact(label, value or _("Inte bestämt ännu")) for label, value in rows]


def _meetings(content: Any, child: Any) -> list[MeetingLine]:
    # What is written during a meeting is a draft until it has ended.
    ended = [row.meeting for row in content.meetings if row.meeting.ended_at]
    held = {meeting.summons_id for meeting in ended}
    lines = [_held(meeting) for meeting in ended]
    lines += [_called(row.summons, child) for row in content.summonses if row.summons.pk not in held]
    return sorted(lines, key=lambda line: line.iso, reverse=True)


def _held(meeting: Any) -> MeetingLine:
    words = _("Barnets ord: «%(words)s»") % {"words": meeting.child_words} if meeting.child_words else ""
    return MeetingLine(
        days.day_and_time(meeting.started_at),
        days.local(meeting.started_at).isoformat(),
        _("Möte hölls"),
        text=words,
    )


def _called(summons: Any, child: Any) -> MeetingLine:
    what = _("Kallelse till möte, flyttat") if summons.moves else _("Kallelse till möte")
    what = _("Mötet är inställt") if summons.cancelled_at else what
    return MeetingLine(
        days.day_and_time(summons.starts_at),
        days.local(summons.starts_at).isoformat(),
        what,
        who=summons.place,
        text=summons.cancelled_reason or summons.question,
        href=reverse("family-summons", args=[child.pk, summons.pk]),
        tone="" if summons.cancelled_at else "next",
    )
