"""S41: the question about several times, who can when, and what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring import clock
from kring.care.plans.rules import who_can_when
from kring.design import days
from kring.timeline.limits import due_on

from . import consent as consent_words
from . import meetings
from .child import Names
from .describe import Words
from .plan import Link
from .summons import outside, to_call


@dataclass(frozen=True)
class TimeRow:
    """One of the times: the names of those who can, cannot and have not answered; `near` and `late` tell how
    it stands to the days that the first meeting has.
    """

    id: str
    when: str
    iso: str
    near: str
    late: bool
    best: bool
    over: bool
    can: Sequence[str]
    cannot: Sequence[str]
    silent: Sequence[str]
    count: str


def rows(summons: Any, content: Any, names: Names, actor: Any) -> list[TimeRow]:
    """The table that a time is picked from: soonest first."""
    asked = _asked(summons)
    people = {one.pk: _name(one, names) for one in asked}
    times = {one.pk: one for one in summons.proposed_times.all()}
    # Who asks can come at every time it proposes.
    said = {(one.pk, key): True for one in asked if one.unit_id == summons.plan.unit_id for key in times}
    said |= {(one.pk, key): can for one in asked for key, can in said_by(one).items()}
    table = who_can_when(list(times), list(people), said)
    last = _last_day(content)
    return [_row(suits, times[suits.time], people, last, actor) for suits in table]


def _asked(summons: Any) -> list[Any]:
    """The units and the guardians, and the child when somebody has written down what it said."""
    rows = [one for one in summons.invitations.all() if not one.is_child or one.time_answers.all()]
    return sorted(rows, key=lambda one: (not one.is_child, one.unit_id is not None))


def _name(one: Any, names: Names) -> str:
    return one.unit.name if one.unit else names.of(one.guardian_id)


def _last_day(content: Any) -> Any:
    """The last day for the first meeting, while that clock runs."""
    running = any(one.clock == "sip_meeting_21" and one.state == "running" for one in content.clocks)
    return due_on("sip_meeting_21", content.plan.need_identified_on) if running else None


def _row(suits: Any, time: Any, people: dict[UUID, str], last: Any, actor: Any) -> TimeRow:
    day = days.local(time.starts_at).date()
    hidden = clock.is_hidden(time.starts_at)
    late = bool(last) and not hidden and day > last
    return TimeRow(
        id=str(time.pk),
        when=days.day_and_time(time.starts_at),
        iso=time.starts_at.isoformat(),
        near="" if hidden or not last else _near(day, last, late),
        late=late,
        best=suits.is_best,
        over=time.starts_at <= actor.now,
        can=[people[one] for one in suits.can],
        cannot=[people[one] for one in suits.cannot],
        silent=[people[one] for one in suits.silent],
        count=_("%(n)s av %(all)s kan") % {"n": len(suits.can), "all": len(people)},
    )


def _near(day: Any, last: Any, late: bool) -> str:
    n = abs((last - day).days)
    if late:
        words = ngettext(
            "%(n)s dag efter sista dagen för första mötet",
            "%(n)s dagar efter sista dagen för första mötet",
            n,
        )
        return words % {"n": n}
    return _("Sista dagen för första mötet är %(day)s") % {"day": days.day(last)}


def choices(table: Sequence[TimeRow]) -> list[tuple[str, str]]:
    """The times that can still be picked."""
    return [(row.id, f"{row.when} – {row.count}") for row in table if not row.over]


def labels(summons: Any) -> list[tuple[UUID, str]]:
    """Each time as a question to answer."""
    return [(one.pk, days.day_and_time(one.starts_at)) for one in summons.proposed_times.all()]


def said_by(invitation: Any) -> dict[UUID, bool]:
    """What one has answered so far."""
    return {answer.time_id: answer.can for answer in invitation.time_answers.all()}


@dataclass(frozen=True)
class Asked:
    """One who is asked, how far the answer has come, and where it is written."""

    name: str
    icon: str
    mark: str
    answer: str
    answer_href: str
    own: bool


@dataclass(frozen=True)
class TimesPage:
    state: str
    mark: str
    facts: list[dict[str, str]]
    rows: list[TimeRow]
    asked: list[Asked]
    answer_href: str
    pick_href: str
    actions: list[Link]
    all_over: bool


def page(summons: Any, content: Any, actor: Any, names: Names) -> TimesPage:
    """The question and what has come of it so far."""
    table = rows(summons, content, names, actor)
    leads = content.in_charge and actor.may("summon") and not content.plan.is_over
    people = [_answered(one, summons, actor, names, content) for one in _everybody(summons)]
    own = [one for one in people if one.own]
    all_over = all(row.over for row in table)
    mark, state = meetings.state_of(summons, actor)
    return TimesPage(
        state=state,
        mark=mark,
        facts=meetings.about(summons),
        rows=table,
        asked=people,
        answer_href=own[0].answer_href if own else "",
        pick_href=reverse("summons-pick", args=[summons.pk]) if leads and not all_over else "",
        actions=_actions(summons) if leads else [],
        all_over=all_over,
    )


def _everybody(summons: Any) -> list[Any]:
    rows = [one for one in summons.invitations.all() if one.unit_id != summons.plan.unit_id]
    return sorted(rows, key=lambda one: (not one.is_child, one.unit_id is not None))


def _answered(one: Any, summons: Any, actor: Any, names: Names, content: Any) -> Asked:
    times = summons.proposed_times.all()
    answers = said_by(one)
    whole, can = len(answers) == len(times), sum(answers.values())
    mine = one.unit_id is not None and one.unit_id == actor.unit_id
    may = actor.may("answer_summons") and not content.plan.is_over
    writes = may and (mine or (one.unit_id is None and content.in_charge))
    said = _("Kan %(n)s av %(all)s tider") % {"n": can, "all": len(times)}
    silent = _("Frågas inte i Kring") if one.is_child else _("Har inte svarat")
    return Asked(
        name=_name(one, names),
        icon="building" if one.unit else "person",
        mark="done" if whole else "draft" if one.is_child else "waiting",
        answer=said if whole else silent,
        answer_href=reverse("summons-times-answer", args=[one.pk]) if writes else "",
        own=mine,
    )


def _actions(summons: Any) -> list[Link]:
    return [
        Link(_("Föreslå andra tider"), reverse("summons-ask", args=[summons.pk]), "calendar"),
        Link(_("Ta tillbaka frågan"), reverse("summons-times-withdraw", args=[summons.pk]), "stop"),
    ]


def ask_page(summons: Any, content: Any, names: Names, unreached: Any) -> Words:
    """Everything once more, the times, and who gets the question."""
    again = summons.is_asking
    name = "summons-times" if again else "summons-edit"
    return {
        "title": _("Föreslå andra tider") if again else _("Fråga om flera tider"),
        "button": _("Skicka frågan om tider"),
        "back": reverse(name, args=[summons.pk]),
        "back_words": _("Tillbaka till frågan om tider") if again else _("Tillbaka till kallelsen"),
        "rows": meetings.about(summons),
        "to_call": to_call(content, names, unreached),
        "outside": outside(content, names, unreached),
        "again": again,
        "consent": consent_words.summary(content.consent, names),
        "consent_href": reverse("plan-consent", args=[content.plan.pk]),
        "last_day": days.day(last) if (last := _last_day(content)) else "",
    }


def answer_page(invitation: Any) -> Words:
    summons = invitation.summons
    lead = _("%(question)s Mötet är %(n)s minuter. Plats: %(place)s.") % {
        "question": summons.question,
        "n": summons.minutes,
        "place": meetings.place(summons),
    }
    title = _("Vilka tider kan ni?") if invitation.unit_id else _("Skriv in vilka tider familjen kan")
    button = _("Skicka svaret") if invitation.unit_id else _("Spara svaret")
    return _of(summons, title, button, lead)


def pick_page(summons: Any, table: Sequence[TimeRow]) -> Words:
    lead = _(
        "Kallelsen skickas till alla som har fått frågan. Den som kan tiden du väljer står som «Kommer» och "
        "kan ändra sig. De andra får svara på kallelsen."
    )
    page = _of(summons, _("Välj tid för mötet"), _("Välj tiden och skicka kallelsen"), lead)
    return page | {"times": table}


def withdraw_page(summons: Any) -> Words:
    lead = _("Svaren tas bort, och ingen behöver svara längre. Kallelsen blir ett utkast igen.")
    page = _of(summons, _("Ta tillbaka frågan om tider?"), _("Ta tillbaka frågan"), lead)
    return page | {"danger": True}


def _of(summons: Any, title: str, button: str, lead: str) -> Words:
    back = reverse("summons-times", args=[summons.pk])
    return {
        "title": title,
        "button": button,
        "lead": lead,
        "back": back,
        "back_words": _("Tillbaka till frågan om tider"),
    }
