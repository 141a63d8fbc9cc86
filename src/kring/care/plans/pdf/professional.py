"""The version for professionals: everything this reader may see, with who answers for each part of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kring.access.consents import SignerRow
from kring.access.policy.answers import BOARD
from kring.care.plans.models import Activity, Attendance, Goal, Invitation, Need, PlanParty
from kring.care.plans.models.meetings import TakesPart
from kring.care.plans.presenters.versions import REASONS
from kring.care.plans.queries import FollowUpRow, GoalRow, MeetingRow, PlanContent, SummonsRow
from kring.children.models import ConsentScope
from kring.design.paper.words import day, iso, moment

from .words import colleague, kind, named, phone, signer, who

TAKES_PART = dict(TakesPart.choices)
"""How the child answers a summons is kept as its choice."""

Rows = list[list[str]]


def sheet(content: PlanContent) -> dict[str, Any]:
    """Every word of the paper."""
    return {
        "title": kind(content.plan),
        "heading": kind(content.plan),
        "child": content.plan.child.name,
        "partly": "" if content.whole else _partly(),
        "facts": _facts(content),
        "labels": _labels(),
        "plan": _plan(content),
        "statutory": _statutory(content),
        "needs": [[row.get_area_display(), row.text, _by(row)] for row in content.needs],
        "goals": [_goal(row) for row in content.goals],
        "others": [_activity(row) for row in content.other_activities],
        "parties": _parties(content),
        "consent": _consent(content),
        "meetings": [_summons(row) for row in content.summonses if not _was_held(row, content)]
        + [_meeting(row) for row in content.meetings],
        "follow_ups": [_follow_up(row) for row in content.follow_ups],
        "versions": [_version(row) for row in content.versions],
        "closure": _closure(content),
    }


def _partly() -> str:
    return _("Planen delas inte längre med din verksamhet. Här står bara det som ni själva har bidragit med.")


def _labels() -> dict[str, Any]:
    return {
        "matters": _("Vad är viktigt för dig? Barnets egna ord"),
        "situation": _("Nuläge"),
        "needs": _("Behov"),
        "needs_heads": [_("Område"), _("Behov"), _("Skrivet av")],
        "goals": _("Mål och insatser"),
        "others": _("Andra insatser"),
        "activity_heads": [_("Vad"), _("Vem"), _("När"), _("Läge"), _("Skrivet av")],
        "no_activities": _("Inga insatser är skrivna ännu."),
        "statutory": _("Det lagen kräver"),
        "early_signs": _("Tidiga tecken och vad vi gör då"),
        "parties": _("De som är med"),
        "parties_heads": [_("Verksamhet"), _("Personuppgiftsansvarig"), _("Kontakt"), _("Telefon")],
        "consent": _("Samtycke"),
        "answers_heads": [_("Vem"), _("Svar"), _("Hur"), _("Från"), _("Till")],
        "cells": _("Det här får delas nu"),
        "meetings": _("Möten"),
        "child_words": _("Barnets egna ord"),
        "follow_ups": _("Uppföljningar"),
        "follow_up_heads": [_("Mål"), _("Läge"), _("Kommentar")],
        "versions": _("Versioner"),
        "version_heads": [_("Version"), _("Dag"), _("Varför"), _("Har läst")],
        "closure": _("Planen är avslutad"),
    }


def _facts(content: PlanContent) -> Rows:
    plan = content.plan
    responsible = plan.overall_responsible
    rows = [
        [pgettext("one", "Barn"), plan.child.name],
        [_("Född"), _born(content)],
    ]
    if content.whole:
        rows += [
            [_("Så kommunicerar barnet"), plan.child.communication],
            [_("Läge"), plan.get_status_display()],
            [_("Övergripande ansvar"), named(responsible)],
            [_("Samordnare"), colleague(plan.coordinator)],
            [_("Verksamhet som håller i planen"), named(plan.unit)],
            [_("Behovet uppmärksammades"), day(plan.need_identified_on)],
            [_("Nästa uppföljning"), day(plan.follow_up_on)],
        ]
    return [row for row in rows if row[1]]


def _born(content: PlanContent) -> str:
    child = content.plan.child
    if child.birth_precision == child.BirthPrecision.DAY:
        return day(child.birth_date)
    return str(child.birth_date.year)


def _plan(content: PlanContent) -> dict[str, str]:
    plan = content.plan
    names = ("what_matters", "situation", "early_signs")
    return {name: getattr(plan, name) if content.whole else "" for name in names}


def _by(row: Need | Goal | Activity) -> str:
    """The unit that contributed it and the authority or provider that answers for it."""
    if row.unit is None:
        return _("Familjen")
    names = (named(row.unit), named(row.unit.controller))
    return "\n".join(dict.fromkeys(names))


def _goal(row: GoalRow) -> dict[str, Any]:
    goal = row.goal
    facts = [goal.get_term_display(), row.standing_words, _by(goal).replace("\n", ", ")]
    return {
        "words": goal.words,
        "explanation": goal.explanation,
        "facts": " · ".join(filter(None, facts)),
        "activities": [_activity(activity) for activity in row.activities],
    }


def _activity(row: Activity) -> list[str]:
    return [
        row.what,
        who(row),
        row.when_words or iso(row.due_on),
        row.get_status_display(),
        _by(row),
    ]


def _statutory(content: PlanContent) -> Rows:
    """The four items of the law (HSL 16:4, SoL 2025:400 10:8-9), and in words what is missing of them."""
    if not content.whole:
        return []
    plan = content.plan
    missing = {gap.code: str(gap) for gap in content.gaps}
    each = "\n".join(_what_each_does(party, content) for party in content.parties)
    others = [row.what for row in content.activities if row.responsible != Activity.Responsible.UNIT]
    by_others = "\n".join([plan.other_measures, *others]).strip()
    items = (
        ("needed_efforts", _("Insatser som behövs"), plan.needed_efforts),
        ("each_party", _("Varje verksamhets ansvar"), each),
        ("other_measures", _("Åtgärder av någon annan"), by_others),
        (
            "overall_responsible",
            _("Övergripande ansvar"),
            named(plan.overall_responsible),
        ),
    )
    return [[label, _with_gap(words, missing.get(code))] for code, label, words in items]


def _with_gap(words: str, gap: str | None) -> str:
    return "\n".join(part for part in (words, _("Saknas: %(what)s") % {"what": gap} if gap else "") if part)


def _what_each_does(party: PlanParty, content: PlanContent) -> str:
    mine = [row.what for row in content.activities if row.responsible_unit_id == party.unit_id]
    does = " · ".join(mine) or party.nothing_now or _("inte skrivet än")
    return f"{named(party.unit)}: {does}"


def _parties(content: PlanContent) -> Rows:
    rows = [_party(party) for party in content.parties]
    for party in content.former_parties:
        left = _("Var med till %(day)s") % {"day": iso(party.left_at)}
        rows.append([*_party(party)[:2], left, ""])
    return rows


def _party(party: PlanParty) -> list[str]:
    unit = party.unit
    controller = named(unit.controller)
    return [named(unit), controller, colleague(party.contact), phone(unit)]


def _consent(content: PlanContent) -> dict[str, Any] | None:
    if content.consent is None:
        return None
    used = [
        c for c in tuple(ConsentScope.Category) if any(c == cell for _unit, cell in content.consent.cells)
    ]
    units = [party.unit for party in content.parties]
    return {
        "answers": [_answer(row) for row in content.consent.signers],
        "heads": [_("Verksamhet"), *(str(category.label) for category in used)],
        "cells": [
            [named(unit), *(_yes((unit.pk, c) in content.consent.cells) for c in used)] for unit in units
        ]
        if used
        else [],
        "none": _("Inget får delas just nu."),
    }


def _yes(answer: bool) -> str:
    return _("Ja") if answer else _("Nej")


def _answer(row: SignerRow) -> list[str]:
    who = _("Socialnämnden") if row.signer == BOARD else signer(row.guardian)
    consent = row.latest
    if consent is None:
        return [who, _("Har inte svarat"), "", "", ""]
    state = consent.get_state_display()
    if consent.withdrawn_at:
        state = _("Återtaget %(day)s") % {"day": iso(consent.withdrawn_at)}
    period = [iso(consent.starts_on), iso(consent.ends_on) or _("tills vidare")]
    return [who, state, consent.get_form_display(), *period]


def _was_held(row: SummonsRow, content: PlanContent) -> bool:
    return any(meeting.meeting.summons_id == row.summons.pk for meeting in content.meetings)


def _summons(row: SummonsRow) -> dict[str, Any]:
    summons = row.summons
    wish = _taking_part(summons.get_child_takes_part_display(), summons.child_takes_part_words)
    facts = [
        [_("Fråga"), summons.question],
        [
            _("Så vill barnet vara med"),
            wish,
        ],
        [_("Anpassningar"), summons.adaptations],
        [_("Plats"), summons.place],
        [_("Avbokat"), summons.cancelled_reason],
        [_("Kallade"), "\n".join(_invited(one) for one in row.invitations)],
    ]
    heading = _("Kallelse: %(when)s") % {"when": moment(summons.starts_at)}
    return {"heading": heading, "child_words": "", "facts": [fact for fact in facts if fact[1]]}


def _taking_part(choice: str, words: str) -> str:
    return ". ".join(part for part in (str(choice), words) if part)


def _invited(one: Invitation) -> str:
    name = named(one.unit) if one.unit else _("Barnet") if one.is_child else signer(one.guardian)
    answer = one.get_answer_display().lower()
    more = one.substitute or TAKES_PART.get(one.reason, one.reason)
    return f"{name}: {answer} ({more})" if more else f"{name}: {answer}"


def _meeting(row: MeetingRow) -> dict[str, Any]:
    meeting = row.meeting
    part = _taking_part(meeting.get_child_took_part_display(), meeting.child_took_part_words)
    facts = [
        [_("Leder mötet"), colleague(meeting.chair)],
        [_("Antecknar"), colleague(meeting.note_taker)],
        [_("Deltog"), "\n".join(_attended(row.attendances))],
        [
            _("Så var barnet med"),
            part,
        ],
        [_("Inga egna ord"), meeting.no_child_words_reason],
        [_("Anteckningar"), meeting.notes],
    ]
    heading = _("Möte: %(when)s") % {"when": moment(meeting.started_at)}
    return {"heading": heading, "child_words": meeting.child_words, "facts": [f for f in facts if f[1]]}


def _attended(rows: Iterable[Attendance]) -> list[str]:
    return [_attendee(row) for row in rows]


def _attendee(row: Attendance) -> str:
    if row.is_child:
        return _("Barnet")
    place = named(row.unit) if row.unit else signer(row.guardian) if row.guardian else ""
    return ", ".join(part for part in (row.name, place) if part)


def _follow_up(row: FollowUpRow) -> dict[str, Any]:
    follow_up = row.follow_up
    facts = [[_("Sammanfattning"), follow_up.summary], [_("Nästa uppföljning"), day(follow_up.next_on)]]
    reviews = [[one.goal.words, one.get_status_display(), one.comment] for one in row.reviews]
    return {
        "heading": day(follow_up.held_on),
        "child_words": follow_up.child_words,
        "facts": [fact for fact in facts if fact[1]],
        "reviews": reviews,
    }


def _version(row: Any) -> list[str]:
    version, read = row.version, len(row.acknowledgements)
    reason = str(REASONS.get(version.reason, version.reason))
    return [str(version.number), iso(version.made_at), reason, str(read) if read else _("Ingen ännu")]


def _closure(content: PlanContent) -> dict[str, Any] | None:
    closure = content.closure
    if closure is None:
        return None
    facts: Sequence[list[str]] = (
        [_("Dag"), day(closure.ended_at)],
        [_("Skäl"), str(closure.get_reason_display())],
        [_("Mer om varför"), closure.words],
        [_("De lyssnade på mig"), _of_five(closure.child_listened)],
        [_("Planen hjälpte mig"), _of_five(closure.child_helped)],
        *_said_by_child(content),
    )
    return {"child_words": closure.child_words, "facts": [fact for fact in facts if fact[1]]}


def _said_by_child(content: PlanContent) -> list[list[str]]:
    """The child's own latest answer of how it went."""
    own = next((one for one in content.evaluations if one.guardian_id is None), None)
    if own is None:
        return []
    return [
        [_("Barnet har svarat själv"), own.words or _("Inga egna ord")],
        [_("De lyssnade på mig"), _of_five(own.listened)],
        [_("Planen hjälpte mig"), _of_five(own.helped)],
    ]


def _of_five(face: int | None) -> str:
    return _("%(n)s av 5") % {"n": face} if face else ""
