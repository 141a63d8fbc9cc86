"""S02 and S70: the children, what comes next, what to do, whom to call."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kring import clock
from kring.access.permissions import Permission
from kring.access.policy import ages
from kring.care.contacts.presenters import mandate_lines
from kring.children.presenters import short_age
from kring.design import days
from kring.portal.family.rules import LOOK, READINGS

from .turning import is_soon, turns_on

MOST_TO_DO = 3
COORDINATOR = "coordinator"


@dataclass(frozen=True)
class ChildButton:
    """A child to choose."""

    name: str
    age: str
    href: str


@dataclass(frozen=True)
class ChoosePage:
    """S02. `closes_at` is the age in years at which the pages close for guardians."""

    children: Sequence[ChildButton]
    closes_at: int


def closes_at(today: date) -> int:
    """The age at which a child's pages close for its guardians."""
    return ages.limit("guardian_e_access", today).years


def choose_page(children: Sequence[Any], today: date) -> ChoosePage:
    """Each child as a button."""
    buttons = [
        ChildButton(child.name, short_age(child.birth_date, today), entrance_of(child)) for child in children
    ]
    return ChoosePage(buttons, closes_at(today))


def entrance_of(child: Any) -> str:
    """Where a child's pages begin: the first page, or the record when only that is open."""
    name = "family-record" if child.record_only else "family-child"
    return reverse(name, args=[child.pk])


@dataclass(frozen=True)
class Next:
    """The next thing, biggest on the page."""

    when: str
    iso: str
    what: str
    who: str
    href: str
    label: str
    pictures: str = ""
    bring: str = ""


@dataclass(frozen=True)
class ToDo:
    """One line of «Att göra»."""

    text: str
    href: str
    icon: str


@dataclass(frozen=True)
class Contact:
    """Whom to call, and when they answer."""

    name: str
    role: str
    phone: str
    hours: str
    note: str = ""
    mandate: Sequence[str] = ()

    @property
    def tel(self) -> str:
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


@dataclass(frozen=True)
class PlanLine:
    """How the plan stands, in one word and one sentence; no address where the plan is closed."""

    status: str
    tone: str
    text: str
    href: str


@dataclass(frozen=True)
class HomePage:
    """S70. `nothing_next` and `nothing_to_do` say why there is nothing; `holds`: who holds it together may be
    told.
    """

    next: Next | None
    nothing_next: str
    nothing_to_do: str
    holds: bool
    to_do: Sequence[ToDo]
    more_to_do: str
    contacts: Sequence[Contact]
    plan: PlanLine
    soon: "Soon | None"
    more: Sequence[ToDo]


def home_page(home: Any, child: Any, today: date, ways: Collection[Permission | str]) -> HomePage:
    """Everything on the first page, less what is closed: `ways` is what `opened.ways` answers."""
    answers = Permission.ANSWER_AS_FAMILY in ways
    waits = [*_to_do(home.to_do, child), *(_proposed(home.visits, child) if answers else [])]
    more = len(waits) - MOST_TO_DO
    return HomePage(
        next=_next(home, child),
        nothing_next=_nothing_next(child, Permission.SEE_APPOINTMENTS in ways),
        nothing_to_do=_nothing_to_do(answers),
        holds=Permission.SEE_PLAN in ways,
        to_do=waits[:MOST_TO_DO],
        more_to_do=ngettext("Och %(n)s sak till.", "Och %(n)s saker till.", more) % {"n": more}
        if more > 0
        else "",
        contacts=contacts(home.contacts, home.plan),
        plan=_plan_line(home.plan, child) if Permission.SEE_PLAN in ways else _plan_closed(child),
        soon=_soon(child, today),
        more=_more(child, ways),
    )


def _nothing_next(child: Any, told: bool) -> str:
    if told:
        return _("Inga tider är bokade just nu. När något är bokat står det här.")
    return _("Tiderna visas inte för dig. %(name)s bestämmer själv vad du ser.") % {"name": child.given_name}


def _nothing_to_do(answers: bool) -> str:
    if answers:
        return _("Inget just nu. Vi säger till här när något behöver ditt svar.")
    return _("Inget just nu. Behöver vården ditt svar får du frågan vid ett besök eller i telefon.")


def _more(child: Any, ways: Collection[Permission | str]) -> list[ToDo]:
    """Ways on that are not in the bar of places; the young decide over their own pages themselves."""
    table = (
        (Permission.SEE_MOOD, _("Hur barnet mår"), "family-mood", "heart"),
        (LOOK, _("Barnets egna sidor"), "family-look", "home"),
        (Permission.SEE_OWN_RECORD, _("Journal"), "family-record", "document"),
        (Permission.SEE_PLAN, _("Delning och samtycke"), "family-sharing", "eye"),
        (Permission.SEE_ACCESS_MATRIX, _("Nära barnet"), "family-close", "people"),
        (READINGS, _("Vem har läst"), "family-readings", "search"),
    )
    own = [ToDo(word, reverse(name, args=[child.pk]), icon) for way, word, name, icon in table if way in ways]
    return [*own, ToDo(_("Konto"), reverse("family-account"), "person")]


@dataclass(frozen=True)
class Soon:
    """The card of S76: the day through which the pages are open, and more to read."""

    title: str
    text: str
    href: str


def _soon(child: Any, today: date) -> Soon | None:
    """From half a year before it happens. Before that, nothing."""
    if not is_soon(child, today):
        return None
    told = {
        "day": days.day(turns_on(child, today) - timedelta(days=1)),
        "name": child.given_name,
        "years": closes_at(today),
    }
    return Soon(
        title=_("Snart %(years)s år") % told,
        text=_(
            "Sidorna är öppna för dig till och med %(day)s. Sedan fyller %(name)s %(years)s år och har sin "
            "egen inloggning."
        )
        % told,
        href=reverse("family-turning", args=[child.pk]),
    )


def _next(home: Any, child: Any) -> Next | None:
    visit = next((one for one in home.visits if one.status != "proposed"), None)
    meeting = home.meeting
    if meeting and (visit is None or meeting.starts_at <= visit.starts_at):
        return _next_meeting(meeting, home.plan, child)
    return _next_visit(visit, child) if visit else None


def _next_meeting(meeting: Any, plan: Any, child: Any) -> Next:
    return Next(
        when=days.headline(meeting.starts_at),
        iso=days.local(meeting.starts_at).isoformat(),
        what=_("Möte om %(whose)s plan (samordnad individuell plan, SIP)")
        % {"whose": genitive(child.given_name)},
        who=_meets(meeting, plan),
        href=reverse("family-summons", args=[child.pk, meeting.pk]),
        label=_("Läs och svara") if meeting.own_answer in (None, "none") else _("Visa kallelsen"),
        pictures=reverse("family-pictures", args=[child.pk, meeting.pk]),
    )


def genitive(name: str) -> str:
    """«Alvas», «Noas», «Hans»: Swedish adds an s where there is none; in English "Alva’s"."""
    if get_language() == "en":
        return f"{name}’s"
    return name if name.lower().endswith(("s", "x", "z")) else f"{name}s"


def _meets(meeting: Any, plan: Any) -> str:
    leads = _("%(name)s håller i mötet") % {"name": plan.coordinator.name} if plan.coordinator else ""
    return " · ".join(part for part in (meeting.place, leads) if part)


def _next_visit(visit: Any, child: Any) -> Next:
    return Next(
        when=days.headline(visit.starts_at),
        iso=days.local(visit.starts_at).isoformat(),
        what=visit.what or _("Bokad tid"),
        who=" · ".join(part for part in (visit.unit.name, visit.with_whom) if part),
        href=reverse("family-times", args=[child.pk]) + f"#t-{visit.pk}",
        label=_("Visa tiden"),
        bring=visit.bring,
    )


def _to_do(items: Sequence[Any], child: Any) -> list[ToDo]:
    table = {
        "times": (_("Svara vilka mötestider som passar"), "family-meeting-times", "calendar"),
        "answer": (_("Svara på kallelsen till mötet"), "family-summons", "message"),
        "acknowledge": (_("Läs den nya planen"), "family-acknowledge", "plan"),
        "consent": (_("Svara om samtycke till planen"), "family-consent", "people"),
    }
    return [_to_do_line(item, child, *table[item.kind]) for item in items if item.kind in table]


def _to_do_line(item: Any, child: Any, text: str, name: str, icon: str) -> ToDo:
    if item.due_on:
        text = _("%(what)s (%(day)s)") % {"what": text, "day": days.day(item.due_on)}
    return ToDo(text, reverse(name, args=[child.pk, item.id]), icon)


def _proposed(visits: Sequence[Any], child: Any) -> list[ToDo]:
    return [
        ToDo(
            _("Svara om tiden %(day)s") % {"day": days.day(clock.day_of(visit.starts_at))},
            reverse("family-agree", args=[child.pk, visit.pk]),
            "calendar",
        )
        for visit in visits
        if visit.status == "proposed"
    ]


def contacts(rows: Sequence[Any], plan: Any = None) -> list[Contact]:
    """The coordinator first; the plan's own coordinator when nobody else is named so."""
    found = [_contact(row) for row in rows]
    if plan and plan.coordinator and not any(row.role == COORDINATOR for row in rows):
        unit = plan.unit
        line = f"{_('Samordnare')}, {unit.name}"
        found.insert(0, Contact(plan.coordinator.name, line, unit.phone, unit.phone_hours))
    return found


def _contact(row: Any) -> Contact:
    deputy = _("När %(name)s är borta svarar %(deputy)s.") % {"name": row.name, "deputy": row.deputy}
    return Contact(
        name=row.name or row.unit,
        role=f"{row.role_words}, {row.unit}" if row.name else str(row.role_words),
        phone=row.phone,
        hours=row.phone_hours,
        note=" ".join(part for part in (row.note, deputy if row.deputy else "") if part),
        mandate=mandate_lines(row.mandate),
    )


def _plan_closed(child: Any) -> PlanLine:
    """The same words whether or not there is a plan, and said so."""
    text = _(
        "Planen visas inte för dig. %(name)s bestämmer själv vad du ser. "
        "Det står så här både när det finns en plan och när det inte gör det."
    )
    return PlanLine(_("Visas inte"), "neutral", text % {"name": child.given_name}, "")


def _plan_line(plan: Any, child: Any) -> PlanLine:
    href = reverse("family-plan", args=[child.pk])
    if plan is None:
        return PlanLine(_("Ingen plan"), "neutral", _("Det finns ingen plan ännu. Du kan be om en."), href)
    if plan.started_at is None:
        text = _("Ni har bett om en plan. %(unit)s svarar er.") % {"unit": plan.unit.name}
        return PlanLine(_("Väntar på svar"), "wait", text, href)
    if plan.status == "draft":
        return PlanLine(_("Görs nu"), "info", _("Planen håller på att göras tillsammans med er."), href)
    follow_up = days.day(plan.follow_up_on) if plan.follow_up_on else ""
    text = _("Nästa uppföljning: %(day)s.") % {"day": follow_up} if follow_up else _("Planen gäller.")
    return PlanLine(_("Gäller"), "good", text, href)
