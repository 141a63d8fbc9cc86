"""S40-S44: summonses, answers and meetings in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kring.care.plans.rules.places import PlaceKind, kind_of_place
from kring.design import days

from .child import Names

ANSWER_MARKS = {"none": "waiting", "comes": "done", "substitute": "done", "declines": "blocked"}
TAKES_PART_PICTURES = {
    "whole": "whole-meeting",
    "a_while": "a-while",
    "before": "before-meeting",
    "picture": "send-picture",
    "spokesperson": "someone-speaks",
    "undecided": "dont-know",
}
TOOK_PART_PICTURES = {
    **{how: picture for how, picture in TAKES_PART_PICTURES.items() if how != "undecided"},
    "not_at_all": "no",
}
PLACE_PICTURES = {
    PlaceKind.SCREEN: "computer",
    PlaceKind.HOME: "home",
    PlaceKind.SCHOOL: "school",
    PlaceKind.CARE: "hospital",
    PlaceKind.OTHER: "way",
}
PLACES = {"plats": gettext_lazy("Plats"), "skarm": gettext_lazy("På skärm")}


@dataclass(frozen=True)
class Row:
    """One meeting in a list."""

    when: str
    iso: str
    near: str
    child: str
    question: str
    place: str
    mark: str
    state: str
    href: str


@dataclass(frozen=True)
class Lists:
    """S40: what waits for the unit's own answer, what is coming, what has been, and what has no time yet."""

    to_answer: list[Row]
    coming: list[Row]
    past: list[Row]
    asked: list[Row]


def lists(rows: Iterable[Any], actor: Any, hidden: bool, asked: Iterable[Any] = ()) -> Lists:
    """`asked`: the questions about times that go on."""
    rows = list(rows)
    ahead = [one for one in rows if not is_over(one, actor)]
    waiting = [one for one in ahead if own(one, actor) and own(one, actor).answer == "none"]
    coming = [one for one in ahead if one not in waiting]
    past = [one for one in reversed(rows) if one not in ahead]
    groups = [[_row(one, actor, hidden) for one in group] for group in (waiting, coming, past)]
    groups.append([_asked_row(one, actor, hidden) for one in asked])
    return Lists(*groups)


def is_over(summons: Any, actor: Any) -> bool:
    meeting = meeting_of(summons)
    ended = meeting is not None and meeting.ended_at is not None
    going = meeting is not None and meeting.ended_at is None
    return bool(summons.cancelled_at) or ended or (not going and _day(summons) < actor.today)


def _day(summons: Any) -> Any:
    return days.local(summons.starts_at).date()


def own(summons: Any, actor: Any) -> Any:
    """The invitation of the actor's own unit."""
    return next((one for one in summons.invitations.all() if one.unit_id == actor.unit_id), None)


def meeting_of(summons: Any) -> Any:
    return getattr(summons, "meeting", None)


def _row(summons: Any, actor: Any, hidden: bool) -> Row:
    return Row(
        when=days.day_and_time(summons.starts_at),
        iso=summons.starts_at.isoformat(),
        near=days.distance(_day(summons), actor.today),
        href=reverse("summons", args=[summons.pk]),
        **_about(summons, actor, hidden),
    )


def _asked_row(summons: Any, actor: Any, hidden: bool) -> Row:
    times = [one.starts_at for one in summons.proposed_times.all()]
    many = ngettext("%(n)s tid", "%(n)s tider", len(times)) % {"n": len(times)}
    first = days.day_and_time(min(times)) if times else ""
    near = _("Den första: %(when)s") % {"when": first} if first else ""
    href = reverse("summons-times", args=[summons.pk])
    return Row(when=many, iso="", near=near, href=href, **_about(summons, actor, hidden))


def _about(summons: Any, actor: Any, hidden: bool) -> dict[str, str]:
    """The child, the question and how it stands, as far as the list may tell."""
    mark, state = state_of(summons, actor)
    guarded = summons.plan.child.protection != "none"
    name = _("Skyddade personuppgifter") if guarded else summons.plan.child.name
    return {
        "child": _("Barnet") if hidden and not guarded else name,
        "question": "" if guarded else summons.question,
        "place": _("Dolt") if guarded else place(summons),
        "mark": mark,
        "state": state,
    }


def place(summons: Any) -> str:
    return summons.place or (str(PLACES["skarm"]) if summons.link else _("Inte bestämt än"))


def moved(summons: Any) -> str:
    """From when it was moved the last time, and why; empty when it never was."""
    if not summons.moves:
        return ""
    was = days.day_and_time(summons.moved_from) if summons.moved_from else _("Dolt")
    return _("Mötet var först %(when)s. Skäl: %(why)s") % {"when": was, "why": summons.moved_reason}


def state_of(summons: Any, actor: Any) -> tuple[str, str]:
    """How a summons stands, as a kind of tag and its words."""
    meeting = meeting_of(summons)
    if summons.cancelled_at:
        return "blocked", _("Inställt")
    if meeting is not None:
        return ("done", _("Mötet är hållet")) if meeting.ended_at else ("running", _("Mötet pågår"))
    if summons.is_asking:
        return _asking(summons)
    if not summons.sent_at:
        return "draft", _("Utkast, inte skickad")
    if _day(summons) < actor.today:
        return "overdue", _("Mötet blev inte av")
    return _silent(sum(one.answer == "none" for one in summons.invitations.all()))


def _silent(n: int) -> tuple[str, str]:
    if not n:
        return "done", _("Alla har svarat")
    return "waiting", ngettext("%(n)s har inte svarat", "%(n)s har inte svarat", n) % {"n": n}


def _asking(summons: Any) -> tuple[str, str]:
    """How far a question about times has come. The child is not waited for, nor the unit that asks."""
    asks, times = summons.plan.unit_id, len(summons.proposed_times.all())
    others = [one for one in summons.invitations.all() if not one.is_child and one.unit_id != asks]
    return _silent(sum(len(one.time_answers.all()) < times for one in others))


@dataclass(frozen=True)
class Invited:
    """One who is called, and the answer; `answer_href` for those who may give it."""

    name: str
    role: str
    icon: str
    mark: str
    answer: str
    more: str
    answer_href: str
    own: bool


def invited(summons: Any, actor: Any, names: Names, in_charge: bool) -> list[Invited]:
    """Everyone called: the child first, then the family, then the units."""
    rows = sorted(summons.invitations.all(), key=lambda one: (not one.is_child, one.unit_id is not None))
    open_ = not summons.cancelled_at and meeting_of(summons) is None
    return [_invited(one, actor, names, open_, in_charge) for one in rows]


def _invited(one: Any, actor: Any, names: Names, is_open: bool, in_charge: bool) -> Invited:
    mine = one.unit_id is not None and one.unit_id == actor.unit_id
    family = one.unit_id is None
    may = is_open and actor.may("answer_summons") and (mine or (family and in_charge and not one.is_child))
    return Invited(
        name=one.unit.name if one.unit else names.of(one.guardian_id),
        role=_("Verksamhet") if one.unit else _("Vårdnadshavare") if one.guardian_id else "",
        icon="building" if one.unit else "person",
        mark="done" if one.is_child else ANSWER_MARKS[one.answer],
        answer=_("Barnet har sagt hur") if one.is_child else one.get_answer_display(),
        more="" if one.is_child else one.substitute or one.reason,
        answer_href=reverse("summons-answer", args=[one.pk]) if may else "",
        own=mine,
    )


def facts(summons: Any) -> list[dict[str, str]]:
    """The summons as label and value, the child's wish first."""
    rows = about(summons)
    rows.insert(2, {"label": _("När"), "value": when(summons)})
    return rows


def about(summons: Any) -> list[dict[str, str]]:
    """All of it but the time."""
    link = [(_("Länk"), summons.link)] if summons.link else []
    rows = [
        (_("Så vill barnet vara med"), wish(summons)),
        (_("Mötet handlar om"), summons.question),
        (_("Var"), place(summons)),
        *link,
        (_("Anpassningar"), summons.adaptations or _("Inga särskilda")),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def wish(summons: Any) -> str:
    if not summons.child_takes_part:
        return _("Inte ifyllt än")
    how, words = summons.get_child_takes_part_display(), summons.child_takes_part_words
    if not summons.child_said_itself:
        return f"{how} «{words}»" if words else str(how)
    own = _("%(how)s (barnet har själv svarat)") % {"how": how}
    noted = _("Den som kallar har skrivit: «%(words)s»") % {"words": words}
    return f"{own}. {noted}" if words else own


def when(summons: Any) -> str:
    if summons.starts_at is None:
        return _("Ingen tid satt")
    start = days.day_and_time(summons.starts_at)
    return _("%(start)s, %(n)s minuter") % {"start": start, "n": summons.minutes}


def strip(summons: Any) -> list[tuple[str, str]]:
    """The invitation in pictures: when, where, how long, and how the child takes part."""
    if summons.starts_at is None:
        return []
    start = summons.starts_at
    where = PLACE_PICTURES[kind_of_place(summons.place, summons.link)], place(summons)
    hour = days.oclock(start)
    how = TAKES_PART_PICTURES.get(summons.child_takes_part)
    part = [(how, summons.get_child_takes_part_display())] if how else []
    long = ngettext("%(n)s minut", "%(n)s minuter", summons.minutes) % {"n": summons.minutes}
    return [("calendar", days.day(days.local(start))), ("clock", hour), where, ("a-while", long), *part]


@dataclass(frozen=True)
class MeetingRow:
    """One meeting or summons of a plan, for the plan's own list."""

    when: str
    iso: str
    question: str
    mark: str
    state: str
    href: str
    action: str


def of_plan(content: Any, actor: Any) -> list[MeetingRow]:
    """The plan's summonses, the latest first."""
    held = {row.meeting.summons_id: row.meeting for row in content.meetings}
    rows = []
    for row in reversed(content.summonses):
        summons, meeting = row.summons, held.get(row.summons.pk)
        mark, state = _state(summons, meeting, actor)
        href, action = _way(summons, meeting, content.in_charge)
        start = summons.starts_at
        none = _("Flera tider föreslagna") if summons.is_asking else _("Ingen tid satt")
        when_ = days.day_and_time(start) if start else none
        iso = start.isoformat() if start else ""
        rows.append(MeetingRow(when_, iso, summons.question, mark, state, href, action))
    return rows


def _state(summons: Any, meeting: Any, actor: Any) -> tuple[str, str]:
    if meeting is not None:
        return ("done", _("Mötet är hållet")) if meeting.ended_at else ("running", _("Mötet pågår"))
    return state_of(summons, actor) if summons.starts_at or not summons.sent_at else ("draft", _("Utkast"))


def _way(summons: Any, meeting: Any, in_charge: bool) -> tuple[str, str]:
    if meeting is not None and meeting.ended_at:
        return reverse("meeting-after", args=[meeting.pk]), _("Vad som bestämdes")
    if meeting is not None:
        return reverse("meeting", args=[meeting.pk]), _("Till mötet")
    if summons.is_asking:
        return reverse("summons-times", args=[summons.pk]), _("Frågan om tider och svaren")
    if not summons.sent_at and in_charge:
        return reverse("summons-check", args=[summons.pk]), _("Fortsätt med kallelsen")
    return reverse("summons", args=[summons.pk]), _("Kallelse och svar")


AGENDA = (
    ("barnet", gettext_lazy("Barnets ord")),
    ("vilka", gettext_lazy("Vilka är med")),
    ("planen", gettext_lazy("Planen: mål och hur det går")),
    ("beslut", gettext_lazy("Vem gör vad till när")),
    ("avsluta", gettext_lazy("Nästa uppföljning och avslut")),
)


def agenda() -> list[tuple[str, str]]:
    """The meeting's points in order, each a place on the page."""
    return [(f"#{place}", str(words)) for place, words in AGENDA]


def attendees(meeting: Any, names: Names) -> list[str]:
    """Who was there, by name."""
    return [_attendee(one, names) for one in meeting.attendances.all()]


def _attendee(one: Any, names: Names) -> str:
    if one.unit:
        return f"{one.unit.name} ({one.name})" if one.name else one.unit.name
    if one.guardian_id or one.is_child:
        return names.of(one.guardian_id)
    return one.name


def held(meeting: Any) -> str:
    """«tis 24 nov 2026 kl. 10.00–11.05»."""
    start = days.day_and_time(meeting.started_at)
    return f"{start}–{days.at(meeting.ended_at)}" if meeting.ended_at else start
