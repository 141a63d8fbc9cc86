"""S71: the plan, the agreement, the SIP and the history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.portal import days

from .home import Contact, contacts

GOAL_TONES = {"not_started": "neutral", "on_the_way": "info", "reached": "good", "changed": "warn"}
RESPONSIBLE_ICONS = {"unit": "building", "family": "home", "third_party": "people"}


@dataclass(frozen=True)
class Tab:
    """One of the four parts."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Fact:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True)
class Deed:
    """Who does what by when."""

    what: str
    who: str
    when: str
    icon: str


@dataclass(frozen=True)
class Goal:
    """A goal in the child's words, with those who help."""

    words: str
    status: str
    tone: str
    explanation: str
    activities: Sequence[Deed]


@dataclass(frozen=True)
class ToRead:
    """The version that waits to be confirmed."""

    text: str
    href: str


def tabs(child: Any, here: str) -> list[Tab]:
    """Plan, Patientkontrakt, SIP, Historik; the tabs are addresses."""
    table = (
        (_("Plan"), "family-plan"),
        (_("Patientkontrakt"), "family-agreement"),
        (_("SIP"), "family-sip"),
        (_("Historik"), "family-history"),
    )
    return [Tab(label, reverse(name, args=[child.pk]), name == here) for label, name in table]


@dataclass(frozen=True)
class PlanPage:
    """The tab Plan."""

    tabs: Sequence[Tab]
    plan: Any = None
    acknowledge: ToRead | None = None
    matters: str = ""
    goals: Sequence[Goal] = ()
    activities: Sequence[Deed] = ()
    facts: Sequence[Fact] = ()
    who_sees: str = ""


def plan_page(content: Any, unread: Any, child: Any) -> PlanPage:
    """The plan as it stands now."""
    parts = tabs(child, "family-plan")
    if content is None:
        return PlanPage(parts)
    plan = content.plan
    return PlanPage(
        tabs=parts,
        plan=plan,
        acknowledge=_to_read(unread, child),
        matters=plan.what_matters,
        goals=[goal(row.goal, row.activities) for row in content.goals],
        activities=[deed(one) for one in content.other_activities if one.status != "stopped"],
        facts=_plan_facts(content),
        who_sees=_who_sees(content),
    )


def _to_read(version: Any, child: Any) -> ToRead | None:
    if version is None:
        return None
    text = _("Version %(n)s blev klar %(day)s.") % {
        "n": version.number,
        "day": days.day(days.local(version.made_at)),
    }
    return ToRead(text, reverse("family-acknowledge", args=[child.pk, version.pk]))


def goal(row: Any, activities: Sequence[Any]) -> Goal:
    """A goal and the activities under it, without those that were stopped."""
    return Goal(
        words=row.words,
        status=row.get_status_display(),
        tone=GOAL_TONES.get(row.status, "neutral"),
        explanation=row.explanation,
        activities=[deed(one) for one in activities if one.status != "stopped"],
    )


def deed(activity: Any) -> Deed:
    """Who does what by when, from a row."""
    unit, person = activity.responsible_unit, activity.responsible_person
    return Deed(
        what=activity.what,
        who=_who(
            activity.responsible, unit and unit.name, person and person.name, activity.responsible_words
        ),
        when=_by_when(activity.when_words, activity.due_on, activity.get_status_display()),
        icon="check" if activity.status == "done" else RESPONSIBLE_ICONS[activity.responsible],
    )


def _who(kind: str, unit: str | None, person: str | None, words: str) -> str:
    if kind == "family":
        return words or _("Vi själva")
    return ", ".join(part for part in (person or words, unit) if part)


def _by_when(words: str, due_on: date | None, status: str) -> str:
    due = _("senast %(day)s") % {"day": days.day(due_on)} if due_on else ""
    return " · ".join(part for part in (words, due, status) if part)


def _plan_facts(content: Any) -> list[Fact]:
    plan = content.plan
    rows = (
        (
            _("Nästa uppföljning"),
            days.day(plan.follow_up_on) if plan.follow_up_on else _("Inte bestämd ännu"),
        ),
        (_("Hela planen ansvarar"), plan.overall_responsible.name if plan.overall_responsible else ""),
        (_("Samordnare"), plan.coordinator.name if plan.coordinator else ""),
        (_("Tidiga tecken"), plan.early_signs),
    )
    return [Fact(label, value) for label, value in rows if value]


def _who_sees(content: Any) -> str:
    units = sorted({party.unit.name for party in content.parties})
    if len(units) < 2:
        return _("Planen ses av er, barnet och %(unit)s.") % {"unit": content.plan.unit.name}
    return _("Planen ses av er, barnet och de som är med i den: %(units)s.") % {"units": ", ".join(units)}


@dataclass(frozen=True)
class Step:
    """Something that comes, and when."""

    when: str
    what: str


@dataclass(frozen=True)
class AgreedTime:
    """A time; agreed when the family has said yes to it."""

    when: str
    what: str
    status: str
    agreed: bool


@dataclass(frozen=True)
class AgreementPage:
    """The patient contract: agreement, planning, named contact, agreed time."""

    tabs: Sequence[Tab]
    matters: str = ""
    theirs: Sequence[Deed] = ()
    ours: Sequence[Deed] = ()
    steps: Sequence[Step] = ()
    contacts: Sequence[Contact] = ()
    times: Sequence[AgreedTime] = ()
    review: str = ""


def agreement_page(
    content: Any, visits: Sequence[Any], care_contacts: Sequence[Any], child: Any
) -> AgreementPage:
    """The four parts put together from the plan, the times and the contacts (domain.md 2)."""
    plan = content.plan if content else None
    doing = [one for one in content.activities if one.status in ("planned", "ongoing")] if content else []
    return AgreementPage(
        tabs=tabs(child, "family-agreement"),
        matters=plan.what_matters if plan else "",
        theirs=[deed(one) for one in doing if one.responsible != "family"],
        ours=[deed(one) for one in doing if one.responsible == "family"],
        steps=_steps(content, doing),
        contacts=contacts(care_contacts, plan),
        times=[_agreed(visit) for visit in visits],
        review=_review(plan),
    )


def _steps(content: Any, doing: Sequence[Any]) -> list[Step]:
    dated = [(one.due_on, one.what) for one in doing if one.due_on]
    if content and content.plan.follow_up_on:
        dated.append((content.plan.follow_up_on, _("Planen följs upp")))
    return [Step(days.day(day), what) for day, what in sorted(dated)]


def _agreed(visit: Any) -> AgreedTime:
    return AgreedTime(
        when=days.day_and_time(visit.starts_at),
        what=" · ".join(part for part in (visit.what, visit.unit.name) if part),
        status=visit.get_status_display(),
        agreed=visit.status == "agreed",
    )


def _review(plan: Any) -> str:
    if plan and plan.follow_up_on:
        return _("Vi läser igenom överenskommelsen tillsammans %(day)s.") % {
            "day": days.day(plan.follow_up_on)
        }
    return _("Ni kan när som helst be att vi läser igenom överenskommelsen tillsammans.")


@dataclass(frozen=True)
class Moment:
    """One of the six moments of the plan."""

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
class SipPage:
    """The tab SIP."""

    tabs: Sequence[Tab]
    plan: Any = None
    steps: Sequence[Moment] = ()
    facts: Sequence[Fact] = ()
    meetings: Sequence[MeetingLine] = field(default_factory=tuple)


def sip_page(content: Any, child: Any) -> SipPage:
    """How far the plan has come, what the law asks of it, and its meetings."""
    parts = tabs(child, "family-sip")
    if content is None:
        return SipPage(parts)
    return SipPage(parts, content.plan, _moments(content), _statutory(content), _meetings(content, child))


def _moments(content: Any) -> list[Moment]:
    plan = content.plan
    held = [row.meeting for row in content.meetings if row.meeting.ended_at]
    sent = [row.summons for row in content.summonses if row.summons.sent_at]
    first = content.versions[0].version if content.versions else None
    reached = (
        (_("Behovet är sett"), plan.need_identified_on),
        (_("Planen är påbörjad"), plan.started_at and days.local(plan.started_at)),
        (_("Kallelse skickad"), days.local(sent[0].sent_at) if sent else None),
        (_("Möte"), days.local(held[0].started_at) if held else None),
        (_("Planen gäller"), days.local(first.made_at) if first else None),
        (_("Uppföljd"), content.follow_ups[-1].follow_up.held_on if content.follow_ups else None),
    )
    now = next((at for at, (_label, day) in enumerate(reached) if not day), len(reached))
    return [
        Moment(label, "done" if day else "now" if at == now else "todo", days.day(day) if day else "")
        for at, (label, day) in enumerate(reached)
    ]


def _statutory(content: Any) -> list[Fact]:
    plan = content.plan
    others = plan.other_measures
    units = ", ".join(sorted({party.unit.name for party in content.parties}))
    rows = (
        (_("Insatser som behövs"), plan.needed_efforts),
        (_("Med i planen"), units),
        (_("Åtgärder av någon annan"), others),
        (_("Hela planen ansvarar"), plan.overall_responsible.name if plan.overall_responsible else ""),
    )
    return [Fact(label, value or _("Inte bestämt ännu")) for label, value in rows]


def _meetings(content: Any, child: Any) -> list[MeetingLine]:
    held = {row.meeting.summons_id for row in content.meetings}
    lines = [_held(row.meeting) for row in content.meetings]
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
    what = _("Mötet är inställt") if summons.cancelled_at else _("Kallelse till möte")
    return MeetingLine(
        days.day_and_time(summons.starts_at),
        days.local(summons.starts_at).isoformat(),
        what,
        who=summons.place,
        text=summons.cancelled_reason or summons.question,
        href=reverse("family-summons", args=[child.pk, summons.pk]),
        tone="" if summons.cancelled_at else "next",
    )


@dataclass(frozen=True)
class VersionCard:
    """A version in the history."""

    number: int
    title: str
    made: str
    reason: str
    changes: Sequence[str]
    read: str
    is_read: bool
    href: str


@dataclass(frozen=True)
class HistoryPage:
    """The tab Historik."""

    tabs: Sequence[Tab]
    versions: Sequence[VersionCard]


def history_page(versions: Sequence[tuple[Any, Sequence[Any]]], guardian_id: Any, child: Any) -> HistoryPage:
    """Every version, latest first; only the latest waits to be confirmed."""
    cards = [
        _version_card(version, changes, guardian_id, child, is_latest=at == 0)
        for at, (version, changes) in enumerate(versions)
    ]
    return HistoryPage(tabs(child, "family-history"), cards)


def _version_card(
    version: Any, changes: Sequence[Any], guardian_id: Any, child: Any, *, is_latest: bool
) -> VersionCard:
    mine = next((one for one in version.acknowledgements.all() if one.guardian_id == guardian_id), None)
    read = (
        _("Du läste den %(day)s") % {"day": days.day(days.local(mine.at))}
        if mine
        else _("Du har inte bekräftat")
    )
    href = reverse("family-acknowledge", args=[child.pk, version.pk]) if is_latest and not mine else ""
    return VersionCard(
        number=version.number,
        title=_("Version %(n)s") % {"n": version.number},
        made=_made(version),
        reason=_reason(version),
        changes=changed(changes),
        read=read,
        is_read=mine is not None,
        href=href,
    )


def _reason(version: Any) -> str:
    # The first version carries the command's own word.
    return _("Planen fastställdes.") if version.reason == "established" else version.reason


def _made(version: Any) -> str:
    return _("Klar %(day)s") % {"day": days.day_and_time(version.made_at)}


@dataclass(frozen=True)
class AcknowledgePage:
    """A version to read and confirm. `is_read` is empty while it is not confirmed."""

    title: str
    made: str
    changes: Sequence[str]
    goals: Sequence[Goal]
    is_read: str


def acknowledge_page(version: Any, changes: Sequence[Any], read_at: Any) -> AcknowledgePage:
    """What the version says, from its own stored content."""
    return AcknowledgePage(
        title=_("Planen, version %(n)s") % {"n": version.number},
        made=_made(version),
        changes=changed(changes),
        goals=stored_goals(version.content),
        is_read=_("Du bekräftade %(day)s att du har läst.") % {"day": days.day_and_time(read_at)}
        if read_at
        else "",
    )


def stored_goals(content: Mapping[str, Any]) -> list[Goal]:
    """The goals of a stored version; activities without a goal come last under a heading of their own."""
    doing = [one for one in content["activities"] if one["status"] != "stopped"]
    shown = {row["id"] for row in content["goals"]}
    goals = [
        _stored(row["words"], [one for one in doing if one["goal"] == row["id"]]) for row in content["goals"]
    ]
    rest = [one for one in doing if one["goal"] not in shown]
    return [*goals, _stored(_("Annat som görs"), rest)] if rest else goals


def _stored(words: str, activities: Sequence[Mapping[str, Any]]) -> Goal:
    return Goal(words, "", "", "", [_stored_deed(one) for one in activities])


def _stored_deed(one: Mapping[str, Any]) -> Deed:
    due = date.fromisoformat(one["due_on"]) if one["due_on"] else None
    who = _who(
        one["responsible"], one["responsible_unit"], one["responsible_person"], one["responsible_words"]
    )
    return Deed(one["what"], who, _by_when(one["when_words"], due, ""), RESPONSIBLE_ICONS[one["responsible"]])


def changed(changes: Sequence[Any]) -> list[str]:
    """What changed, one readable line each."""
    return [line for line in (_change(one) for one in changes) if line]


def _change(one: Any) -> str:
    item = _item_word(one.item)
    if one.kind == "added":
        return _("Nytt: %(item)s – %(text)s") % {"item": item, "text": one.label}
    if one.kind == "removed":
        return _("Borttaget: %(item)s – %(text)s") % {"item": item, "text": one.label}
    if one.item == "plan":
        return _("%(what)s är ändrat.") % {"what": _field_word(one.field)}
    return _("Ändrat: %(item)s – %(text)s") % {"item": item, "text": one.label}


def _item_word(item: str) -> str:
    table = {"goals": _("mål"), "activities": _("insats"), "needs": _("behov"), "parties": _("med i planen")}
    return table.get(item, _("planen"))


def _field_word(name: str) -> str:
    table = {
        "what_matters": _("Vad som är viktigt"),
        "situation": _("Hur det är nu"),
        "needed_efforts": _("Insatser som behövs"),
        "other_measures": _("Åtgärder av någon annan"),
        "overall_responsible": _("Vem som ansvarar för hela planen"),
        "coordinator": _("Samordnare"),
        "early_signs": _("Tidiga tecken"),
        "follow_up_on": _("Dagen för uppföljning"),
    }
    return table.get(name, _("Planen"))
