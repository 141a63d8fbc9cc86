"""S72 and the call to a meeting: when, where, with whom, and what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring import clock
from kring.portal import days

from .plan import Fact
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
    """A request that has been sent, and how it stands."""

    when: str
    state: str


@dataclass(frozen=True)
class TimesPage:
    """S72."""

    months: Sequence[Month]
    same_day: SameDay | None = None
    asked: Sequence[Asked] = ()


def times_page(
    visits: Sequence[Any], meetings: Sequence[Any], asked: Sequence[Any], child: Any, today: date
) -> TimesPage:
    """Visits and meetings together, by month."""
    rows = [(visit.starts_at, _visit(visit, child, today)) for visit in visits]
    rows += [(summons.starts_at, _meeting(summons, child, today)) for summons in meetings]
    rows.sort(key=lambda row: row[0])
    months = [
        Month(name, [time for _at, time in times])
        for name, times in groupby(rows, lambda row: days.month(row[0]))
    ]
    return TimesPage(months, _same_day(visits, child), [_asked(one) for one in asked])


def _visit(visit: Any, child: Any, today: date) -> Time:
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
        links=_links(visit, child),
    )


def _links(visit: Any, child: Any) -> list[Link]:
    keys = [child.pk, visit.pk]
    links = [
        Link(_("Ändra"), reverse("family-change", args=keys), "edit"),
        Link(_("Avboka"), reverse("family-cancel", args=keys), "close"),
        Link(_("Kalenderfil"), reverse("family-calendar", args=keys), "download"),
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


def _asked(request: Any) -> Asked:
    return Asked(days.day(request.on), request.get_state_display())


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


@dataclass(frozen=True)
class Called:
    """A unit that is called, and its answer."""

    name: str
    answer: str
    tone: str


@dataclass(frozen=True)
class SummonsPage:
    """The call to a meeting. `answered` is empty while nothing is answered; `cancelled` while it stands."""

    id: str
    when: str
    iso: str
    question: str
    place: str
    called: Sequence[Called]
    adaptations: str
    child_way: str
    answered: str
    cancelled: str


def summons_page(summons: Any, mine: Any) -> SummonsPage:
    """The meeting, those who are called, and the guardian's own answer so far."""
    return SummonsPage(
        id=str(summons.pk),
        when=days.headline(summons.starts_at),
        iso=days.local(summons.starts_at).isoformat(),
        question=summons.question,
        place=_place(summons),
        called=[_called(one) for one in summons.invitations.all() if one.unit_id],
        adaptations=summons.adaptations,
        child_way=_child_way(summons),
        answered=_answered(mine),
        cancelled=(summons.cancelled_reason or _("Det kommer en ny kallelse."))
        if summons.cancelled_at
        else "",
    )


def _place(summons: Any) -> str:
    length = _("%(n)s minuter") % {"n": summons.minutes}
    return " · ".join(part for part in (summons.place or _("Digitalt möte"), length) if part)


ANSWER_TONES = {"comes": "good", "substitute": "good", "declines": "late"}


def _called(invitation: Any) -> Called:
    tone = ANSWER_TONES.get(invitation.answer, "wait")
    return Called(invitation.unit.name, invitation.get_answer_display(), tone)


def _child_way(summons: Any) -> str:
    chosen = summons.get_child_takes_part_display() if summons.child_takes_part else ""
    return ". ".join(part for part in (str(chosen), summons.child_takes_part_words) if part)


def _answered(mine: Any) -> str:
    if mine is None or mine.answer == "none":
        return ""
    day = days.day_and_time(mine.answered_at)
    return _("Du svarade «%(answer)s» %(day)s. Du kan ändra ditt svar.") % {
        "answer": mine.get_answer_display(),
        "day": day,
    }


@dataclass(frozen=True)
class Picture:
    """A picture of the strip with its words."""

    picture: str
    text: str


@dataclass(frozen=True)
class PicturesPage:
    """«Så går det till»."""

    steps: Sequence[Picture]
    back: str


def pictures_page(summons: Any, child: Any) -> PicturesPage:
    """The meeting from home and back, step by step."""
    units = len([one for one in summons.invitations.all() if one.unit_id])
    place = summons.place or _("Vi ses på skärmen.")
    table = (
        ("calendar", days.headline(summons.starts_at)),
        ("home", _("Vi åker hemifrån tillsammans.")),
        ("school" if "skol" in place.lower() else "hospital", place),
        ("meeting", _("Vi sitter runt ett bord. %(n)s vuxna kommer.") % {"n": units}),
        ("listen", _("Först lyssnar vi på dig.")),
        ("pause", _("Du får ta paus när du vill.")),
        ("plan", _("Vi skriver vem som gör vad.")),
        ("sun", _("Sedan är det klart.")),
    )
    return PicturesPage(
        [Picture(*row) for row in table], reverse("family-summons", args=[child.pk, summons.pk])
    )


def same_day_page(child: Any) -> WritePage:
    """Asking units to gather visits on one day."""
    return WritePage(
        title=_("Samma dag?"),
        lead=_("Vi frågar mottagningarna om besöken kan samlas. Alla behöver säga ja."),
        who_sees=_("De mottagningar du väljer får frågan och ser vilka besök den gäller."),
        send=_("Skicka frågan"),
        back=reverse("family-times", args=[child.pk]),
    )
