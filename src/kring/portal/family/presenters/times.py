"""S72: the times by month, and what can be done about one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring import clock
from kring.care.contacts.presenters import answer_word
from kring.design import days

from .deeds import Fact
from .write import WritePage

STATUS_TONES = {
    "proposed": "wait",
    "booked": "neutral",
    "agreed": "good",
    "cancelled": "late",
    "done": "good",
}


@dataclass(frozen=True)
class Link:
    """Something to do with a time."""

    label: str
    href: str
    icon: str


@dataclass(frozen=True)
class Time:
    """One time in the list."""

    anchor: str
    iso: str
    when: str
    what: str
    where: str
    bring: str
    status: str
    tone: str
    distance: str
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Month:
    """The times of a month."""

    name: str
    times: Sequence[Time]


@dataclass(frozen=True)
class SameDay:
    """That several visits stand close together."""

    text: str
    href: str


@dataclass(frozen=True)
class Asked:
    """A request that has been sent, how it stands, what each unit has said, and where to take it back."""

    when: str
    state: str
    answers: Sequence[str] = ()
    withdraw_href: str = ""


@dataclass(frozen=True)
class TimesPage:
    """S72. `answers`: the times can be changed here."""

    months: Sequence[Month]
    same_day: SameDay | None = None
    asked: Sequence[Asked] = ()
    answers: bool = True


def times_page(
    visits: Sequence[Any],
    meetings: Sequence[Any],
    asked: Sequence[Any],
    child: Any,
    today: date,
    person_id: UUID | None = None,
    *,
    answers: bool = True,
) -> TimesPage:
    """Visits and meetings together, by month. What `person_id` has asked is theirs to take back; `answers`:
    the guardian may change the times here.
    """
    rows = [(visit.starts_at, _visit(visit, child, today, answers)) for visit in visits]
    rows += [(summons.starts_at, _meeting(summons, child, today)) for summons in meetings]
    rows.sort(key=lambda row: row[0])
    months = [
        Month(name, [time for _at, time in times])
        for name, times in groupby(rows, lambda row: days.month(row[0]))
    ]
    return TimesPage(
        months, _same_day(visits, child), [_asked(one, child, person_id) for one in asked], answers
    )


def _visit(visit: Any, child: Any, today: date, answers: bool) -> Time:
    where = " · ".join(part for part in (visit.unit.name, visit.with_whom, visit.get_mode_display()) if part)
    return Time(
        anchor=f"t-{visit.pk}",
        iso=days.local(visit.starts_at).isoformat(),
        when=days.day_and_time(visit.starts_at),
        what=visit.what or _("Bokad tid"),
        where=where,
        bring=visit.bring,
        status=visit.get_status_display(),
        tone=STATUS_TONES.get(visit.status, "neutral"),
        distance=days.distance(clock.day_of(visit.starts_at), today),
        links=_links(visit, child, answers),
    )


def _links(visit: Any, child: Any, answers: bool) -> list[Link]:
    keys = [child.pk, visit.pk]
    calendar = Link(_("Kalenderfil"), reverse("family-calendar", args=keys), "download")
    if not answers:
        return [calendar]
    links = [
        Link(_("Ändra"), reverse("family-change", args=keys), "edit"),
        Link(_("Avboka"), reverse("family-cancel", args=keys), "close"),
        calendar,
    ]
    if visit.status in ("proposed", "booked"):
        links.insert(0, Link(_("Tiden passar"), reverse("family-agree", args=keys), "check"))
    return links


def _meeting(summons: Any, child: Any, today: date) -> Time:
    return Time(
        anchor=f"t-{summons.pk}",
        iso=days.local(summons.starts_at).isoformat(),
        when=days.day_and_time(summons.starts_at),
        what=_("Möte om planen (SIP)"),
        where=summons.place,
        bring="",
        status=_("Kallelse"),
        tone="info",
        distance=days.distance(clock.day_of(summons.starts_at), today),
        links=[Link(_("Läs och svara"), reverse("family-summons", args=[child.pk, summons.pk]), "message")],
    )


def _same_day(visits: Sequence[Any], child: Any) -> SameDay | None:
    weeks = [days.local(visit.starts_at).isocalendar()[:2] for visit in visits]
    if not any(weeks.count(week) > 1 for week in weeks):
        return None
    text = _("Det finns flera besök samma vecka. Du kan fråga om de kan samlas på en dag.")
    return SameDay(text, reverse("family-same-day", args=[child.pk]))


def _asked(request: Any, child: Any, person_id: UUID | None) -> Asked:
    mine = request.state == "asked" and request.asked_by_id == person_id
    href = reverse("family-same-day-withdraw", args=[child.pk, request.pk]) if mine else ""
    answers = [
        _("%(unit)s: %(answer)s") % {"unit": row.appointment.unit.name, "answer": answer_word(row, request)}
        for row in request.visits.all()
    ]
    return Asked(days.day(request.on), request.get_state_display(), answers, href)


@dataclass(frozen=True)
class WithdrawPage:
    """A question of one's own to take back."""

    title: str
    facts: Sequence[Fact]
    who_sees: str
    send: str
    revision: int = 0


def withdraw_page(request: Any) -> WithdrawPage:
    """Which day and which visits it was about."""
    facts = [Fact(_("Dag"), days.day(request.on))]
    facts += [Fact(_("Besök"), label) for _key, label in visit_choices(_visits_of(request))]
    who = _("Mottagningarna ser att frågan är återtagen. Tider som redan är flyttade står kvar.")
    return WithdrawPage(_("Ta tillbaka frågan"), facts, who, _("Ja, ta tillbaka frågan"))


def _visits_of(request: Any) -> list[Any]:
    return [row.appointment for row in request.visits.all()]


@dataclass(frozen=True)
class TimePage:
    """One time to agree to, change or cancel."""

    title: str
    facts: Sequence[Fact]
    who_sees: str
    send: str
    revision: int


def time_page(visit: Any, title: str, send: str) -> TimePage:
    """The time as it stands, and who will read the answer."""
    who = _("%(unit)s läser det du skickar.") % {"unit": visit.unit.name}
    return TimePage(title, time_facts(visit), who, send, visit.revision)


def time_facts(visit: Any) -> list[Fact]:
    """When, what, where and how it stands."""
    rows = (
        (_("När"), days.day_and_time(visit.starts_at)),
        (_("Vad"), visit.what or _("Bokad tid")),
        (_("Var"), visit.unit.name),
        (_("Med vem"), visit.with_whom),
        (_("Så står det nu"), visit.get_status_display()),
    )
    return [Fact(label, value) for label, value in rows if value]


def visit_choices(visits: Sequence[Any]) -> list[tuple[str, str]]:
    """The visits to choose among when asking for the same day."""
    return [
        (
            str(one.pk),
            " · ".join(part for part in (days.day_and_time(one.starts_at), one.unit.name, one.what) if part),
        )
        for one in visits
    ]


@dataclass(frozen=True)
class ConflictPage:
    """Both versions: what it is now, and what was written."""

    now: Sequence[Fact]
    yours: Sequence[Fact]
    again: str


def conflict_page(visit: Any, written: Sequence[tuple[str, str]], again: str) -> ConflictPage:
    """Nothing is lost: both are shown."""
    yours = [Fact(label, value) for label, value in written if value] or [Fact(_("Du skrev"), _("Inget"))]
    return ConflictPage(time_facts(visit), yours, again)


def same_day_page(child: Any) -> WritePage:
    """Asking units to gather visits on one day."""
    return WritePage(
        title=_("Samma dag?"),
        lead=_("Vi frågar mottagningarna om besöken kan samlas. Alla behöver säga ja."),
        who_sees=_("De mottagningar du väljer får frågan och ser vilka besök den gäller."),
        send=_("Skicka frågan"),
        back=reverse("family-times", args=[child.pk]),
    )
