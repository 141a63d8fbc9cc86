"""The version for professionals: everything this reader may see, with who answers for each part of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kring.access.policy.protected import Field
from kring.care.plans.models import Activity, Attendance, Goal, Invitation, Need, PlanParty
from kring.care.plans.models.meetings import TakesPart
from kring.care.plans.presenters.versions import REASONS
from kring.care.plans.queries import FollowUpRow, GoalRow, MeetingRow, PlanContent, SummonsRow
from kring.children.models import Consent, ConsentScope

from .masks import Mask
from .words import day, iso, kind, moment, who

TAKES_PART = dict(TakesPart.choices)
"""How the child answers a summons is kept as its choice."""

Rows = list[list[str]]


def sheet(content: PlanContent, mask: Mask) -> dict[str, Any]:
    """Every word of the paper."""
    return {
        "title": kind(content.plan),
        "heading": kind(content.plan),
        "child": content.plan.child.name,
        "partly": "" if content.whole else _partly(),
        "facts": _facts(content, mask),
        "labels": _labels(),
        "plan": _plan(content),
        "statutory": _statutory(content, mask),
        "needs": [[row.get_area_display(), row.text, _by(row, mask)] for row in content.needs],
        "goals": [_goal(row, mask) for row in content.goals],
        "others": [_activity(row, mask) for row in content.other_activities],
        "parties": _parties(content, mask),
        "consent": _consent(content, mask),
        "meetings": [_summons(row, mask) for row in content.summonses if not _was_held(row, content)]
        + [_meeting(row, mask) for row in content.meetings],
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


def _facts(content: PlanContent, mask: Mask) -> Rows:
    plan = content.plan
    responsible = plan.overall_responsible
    rows = [
        [pgettext("one", "Barn"), plan.child.name],
        [_("Född"), _born(content)],
        [_("Så kommunicerar barnet"), plan.child.communication],
        [_("Läge"), plan.get_status_display()],
    ]
    if content.whole:
        rows += [
            [_("Övergripande ansvar"), mask.controller(responsible)],
            [_("Samordnare"), mask.person(plan.coordinator, plan.unit)],
            [_("Verksamhet som håller i planen"), mask.unit(plan.unit)],
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


def _by(row: Need | Goal | Activity, mask: Mask) -> str:
    """The unit that contributed it and the authority or provider that answers for it."""
    if row.unit is None:
        return _("Familjen")
    names = (mask.unit(row.unit), mask.controller(row.unit.controller, row.unit))
    return "\n".join(dict.fromkeys(names))


def _goal(row: GoalRow, mask: Mask) -> dict[str, Any]:
    goal = row.goal
    facts = [goal.get_term_display(), goal.get_status_display(), _by(goal, mask).replace("\n", ", ")]
    return {
        "words": goal.words,
        "explanation": goal.explanation,
        "facts": " · ".join(facts),
        "activities": [_activity(activity, mask) for activity in row.activities],
    }


def _activity(row: Activity, mask: Mask) -> list[str]:
    return [
        row.what,
        who(row, mask),
        row.when_words or iso(row.due_on),
        row.get_status_display(),
        _by(row, mask),
    ]


def _statutory(content: PlanContent, mask: Mask) -> Rows:
    """The four items of the law (HSL 16:4, SoL 2025:400 10:8-9), and in words what is missing of them."""
    if not content.whole:
        return []
    plan, named = content.plan, mask.shows(Field.UNIT)
    # A gap names the units it concerns.
    missing = {gap.code: str(gap if named else gap.words) for gap in content.gaps}
    each = "\n".join(_what_each_does(party, content, mask) for party in content.parties)
    others = [row.what for row in content.activities if row.responsible != Activity.Responsible.UNIT]
    by_others = "\n".join([plan.other_measures, *others]).strip()
    items = (
        ("needed_efforts", _("Insatser som behövs"), plan.needed_efforts),
        ("each_party", _("Varje verksamhets ansvar"), each),
        ("other_measures", _("Åtgärder av någon annan"), by_others),
        (
            "overall_responsible",
            _("Övergripande ansvar"),
            mask.controller(plan.overall_responsible),
        ),
    )
    return [[label, _with_gap(words, missing.get(code))] for code, label, words in items]


def _with_gap(words: str, gap: str | None) -> str:
    return "\n".join(part for part in (words, _("Saknas: %(what)s") % {"what": gap} if gap else "") if part)


def _what_each_does(party: PlanParty, content: PlanContent, mask: Mask) -> str:
    mine = [row.what for row in content.activities if row.responsible_unit_id == party.unit_id]
    does = " · ".join(mine) or party.nothing_now or _("inte skrivet än")
    return f"{mask.unit(party.unit)}: {does}"


def _parties(content: PlanContent, mask: Mask) -> Rows:
    rows = [_party(party, mask) for party in content.parties]
    for party in content.former_parties:
        left = _("Var med till %(day)s") % {"day": iso(party.left_at)}
        rows.append([*_party(party, mask)[:2], left, ""])
    return rows


def _party(party: PlanParty, mask: Mask) -> list[str]:
    unit = party.unit
    controller = mask.controller(unit.controller, unit)
    return [mask.unit(unit), controller, mask.person(party.contact, unit), mask.phone(unit)]


def _consent(content: PlanContent, mask: Mask) -> dict[str, Any] | None:
    if content.consent is None:
        return None
    used = [
        c for c in tuple(ConsentScope.Category) if any(c == cell for _unit, cell in content.consent.cells)
    ]
    units = [party.unit for party in content.parties]
    return {
        "answers": [_answer(row.guardian, row.latest, mask) for row in content.consent.signers],
        "heads": [_("Verksamhet"), *(str(category.label) for category in used)],
        "cells": [
            [mask.unit(unit), *(_yes((unit.pk, c) in content.consent.cells) for c in used)] for unit in units
        ]
        if used
        else [],
        "none": _("Inget får delas just nu."),
    }


def _yes(answer: bool) -> str:
    return _("Ja") if answer else _("Nej")


def _answer(guardian: Any, consent: Consent | None, mask: Mask) -> list[str]:
    if consent is None:
        return [mask.guardian(guardian), _("Har inte svarat"), "", "", ""]
    state = consent.get_state_display()
    if consent.withdrawn_at:
        state = _("Återtaget %(day)s") % {"day": iso(consent.withdrawn_at)}
    period = [iso(consent.starts_on), iso(consent.ends_on) or _("tills vidare")]
    return [mask.guardian(guardian), state, consent.get_form_display(), *period]


def _was_held(row: SummonsRow, content: PlanContent) -> bool:
    return any(meeting.meeting.summons_id == row.summons.pk for meeting in content.meetings)


def _summons(row: SummonsRow, mask: Mask) -> dict[str, Any]:
    summons = row.summons
    unit_id = summons.plan.unit_id
    wish = _taking_part(summons.get_child_takes_part_display(), summons.child_takes_part_words)
    facts = [
        [_("Fråga"), summons.question],
        [
            _("Så vill barnet vara med"),
            wish,
        ],
        [_("Anpassningar"), summons.adaptations],
        [_("Plats"), summons.place if mask.shows(Field.PLACE, unit_id) else _("Dolt")],
        [_("Avbokat"), summons.cancelled_reason],
        [_("Kallade"), "\n".join(_invited(one, mask) for one in row.invitations)],
    ]
    when_words = moment(summons.starts_at) if mask.shows(Field.TIME, unit_id) else _("Dolt")
    heading = _("Kallelse: %(when)s") % {"when": when_words}
    return {"heading": heading, "child_words": "", "facts": [fact for fact in facts if fact[1]]}


def _taking_part(choice: str, words: str) -> str:
    return ". ".join(part for part in (str(choice), words) if part)


def _invited(one: Invitation, mask: Mask) -> str:
    name = mask.unit(one.unit) if one.unit else _("Barnet") if one.is_child else mask.guardian(one.guardian)
    answer = one.get_answer_display().lower()
    more = one.substitute or TAKES_PART.get(one.reason, one.reason)
    return f"{name}: {answer} ({more})" if more else f"{name}: {answer}"


def _meeting(row: MeetingRow, mask: Mask) -> dict[str, Any]:
    meeting = row.meeting
    unit = meeting.plan.unit
    part = _taking_part(meeting.get_child_took_part_display(), meeting.child_took_part_words)
    facts = [
        [_("Leder mötet"), mask.person(meeting.chair, unit)],
        [_("Antecknar"), mask.person(meeting.note_taker, unit)],
        [_("Deltog"), "\n".join(_attended(row.attendances, mask))],
        [
            _("Så var barnet med"),
            part,
        ],
        [_("Inga egna ord"), meeting.no_child_words_reason],
        [_("Anteckningar"), meeting.notes],
    ]
    when_words = moment(meeting.started_at) if mask.shows(Field.TIME, unit.pk) else _("Dolt")
    heading = _("Möte: %(when)s") % {"when": when_words}
    return {"heading": heading, "child_words": meeting.child_words, "facts": [f for f in facts if f[1]]}


def _attended(rows: Iterable[Attendance], mask: Mask) -> list[str]:
    return [_attendee(row, mask) for row in rows]


def _attendee(row: Attendance, mask: Mask) -> str:
    if row.is_child:
        return _("Barnet")
    place = mask.unit(row.unit) if row.unit else mask.guardian(row.guardian) if row.guardian else ""
    name = row.name if mask.shows(Field.UNIT, row.unit_id) else ""
    return ", ".join(part for part in (name, place) if part)


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
    )
    return {"child_words": closure.child_words, "facts": [fact for fact in facts if fact[1]]}


def _of_five(face: int | None) -> str:
    return _("%(n)s av 5") % {"n": face} if face else ""
