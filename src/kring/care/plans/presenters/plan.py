"""S26: the plan as one page, ready to be read aloud in a meeting room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design import days
from kring.design.addresses import address
from kring.design.screen import is_shared

from . import consent as consent_words
from . import shown
from .child import Names
from .doing import Doing, doings, going, over
from .process import Check, ClockWords, StepWords, checklist, clocks, next_step

STATUS_MARKS = {"draft": "draft", "established": "done", "ended": "locked", "declined": "blocked"}
GOAL_MARKS = {"not_started": "draft", "on_the_way": "running", "reached": "done", "changed": "new"}


@dataclass(frozen=True)
class GoalCard:
    words: str
    explanation: str
    term: str
    mark: str
    status: str
    by: str
    doing: list[Doing]
    href: str
    add_href: str


@dataclass(frozen=True)
class NeedRow:
    area: str
    text: str
    by: str
    href: str


@dataclass(frozen=True)
class PartyCard:
    """One party: who answers for what it writes, its contact, and what it does now."""

    name: str
    controller: str
    contact: str
    does: str
    silent: bool
    shared: str
    shared_mark: str
    leave_href: str
    phone: str
    hours: str
    contact_href: str = ""


@dataclass(frozen=True)
class Link:
    label: str
    href: str
    icon: str = ""


@dataclass(frozen=True)
class CloseLine:
    """Somebody close to the child in the plan's contact list."""

    name: str
    kind: str
    role: str
    phone: str


def close_lines(rows: Iterable[Any]) -> list[CloseLine]:
    """Each with a number only when the person has said yes to being called."""
    return [
        CloseLine(_unseen(row.name), row.get_kind_display(), row.role, row.phone if row.may_contact else "")
        for row in rows
    ]


def _unseen(name: str) -> str:
    return _("Namnet visas inte") if is_shared() else name


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """What S26 shows. `whole` is False for a former party, which sees its own items and no more."""

    title: str
    mark: str
    status: str
    lead: str
    whole: bool
    in_charge: bool
    open: bool
    matters: str
    situation: str
    early_signs: str
    needed_efforts: str
    other_measures: str
    doing: list[Doing]
    done: list[Doing]
    goals: list[GoalCard]
    needs: list[NeedRow]
    parties: list[PartyCard] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    clocks: list[ClockWords] = field(default_factory=list)
    step: StepWords | None = None
    consent: consent_words.ConsentPage | None = None
    responsible: list[tuple[str, str, str]] = field(default_factory=list)
    actions: list[Link] = field(default_factory=list)
    declined_reason: str = ""
    pdf_href: str = ""
    papers: Sequence[tuple[str, str]] = ()
    close: Sequence[CloseLine] = ()

    @property
    def checks_missing(self) -> int:
        return sum(not check.done for check in self.checks)


def page(content: Any, actor: Any, names: Names) -> PlanPage:
    plan, today = content.plan, actor.today
    rows = content.activities
    may = actor.may
    around = _around(content, actor, names) if content.whole else {}
    return PlanPage(
        title=plan.get_kind_display(),
        mark=STATUS_MARKS[plan.status],
        status=plan.get_status_display() if plan.started_at or plan.is_over else _("Önskad, inte påbörjad"),
        lead=lead(content, today),
        whole=content.whole,
        in_charge=content.in_charge,
        open=content.whole and not plan.is_over and may("edit_plan"),
        matters=plan.what_matters if content.whole else "",
        situation=plan.situation if content.whole else "",
        early_signs=plan.early_signs if content.whole else "",
        needed_efforts=plan.needed_efforts if content.whole else "",
        other_measures=plan.other_measures if content.whole else "",
        doing=doings(going(rows), today, _writer(actor, plan)),
        done=doings(over(rows), today, _writer(actor, plan)),
        goals=[goal_card(row, actor, plan, content.whole) for row in content.goals],
        needs=[_need(need, actor, plan) for need in content.needs],
        declined_reason=plan.declined_reason if content.whole else "",
        **around,
    )


def _writer(actor: Any, plan: Any) -> UUID | None:
    """The unit whose items get links to change them; none when the plan is over."""
    return None if plan.is_over else actor.unit_id


def _around(content: Any, actor: Any, names: Names) -> dict[str, Any]:
    plan, today = content.plan, actor.today
    return {
        "close": close_lines(content.close_people),
        "parties": [_party(content, party, _writer(actor, plan)) for party in content.parties],
        "checks": checklist(content),
        "clocks": clocks(content.clocks, plan, today),
        "step": next_step(content, today),
        "consent": consent_words.summary(content.consent, names),
        "responsible": responsible(content, today),
        "actions": actions(content, actor),
        "pdf_href": address("plan-pdf", plan_id=plan.pk),
        "papers": papers(plan.pk) if content.whole else (),
    }


def papers(plan_id: UUID) -> list[tuple[str, str]]:
    """The versions that staff hand over, with their words; the reader's own has its button already."""
    versions = (("family", _("Familjens version")), ("child", _("Barnets version")))
    return [(address("plan-pdf", plan_id=plan_id, version=version), label) for version, label in versions]


def lead(content: Any, today: date) -> str:
    plan = content.plan
    need = days.plain_day(plan.need_identified_on)
    if not content.whole:
        return _("Er verksamhet är inte längre med. Ni ser det ni själva har skrivit.")
    if plan.status == "established" and plan.version_number:
        made = days.plain_day(days.local(plan.version_at))
        return _("Version %(n)s från %(day)s. %(unit)s håller i planen.") % {
            "n": plan.version_number,
            "day": made,
            "unit": plan.unit.name,
        }
    return _("Behovet upptäcktes %(day)s. %(unit)s håller i planen.") % {"day": need, "unit": plan.unit.name}


def goal_card(row: Any, actor: Any, plan: Any, whole: bool) -> GoalCard:
    goal, unit_id = row.goal, _writer(actor, plan)
    own = unit_id is not None and goal.unit_id == unit_id
    return GoalCard(
        words=goal.words,
        explanation=goal.explanation,
        term=goal.get_term_display(),
        mark=GOAL_MARKS[row.standing],
        status=row.standing_words,
        by=written_by(goal),
        doing=doings(row.activities, actor.today, unit_id),
        href=reverse("plan-goal", args=[goal.pk]) if own else "",
        add_href=f"{reverse('plan-activity-add', args=[plan.pk])}?mal={goal.pk}" if unit_id and whole else "",
    )


def written_by(item: Any) -> str:
    """Who has written an item and answers for it (personuppgiftsansvarig), and who is not to read it."""
    if item.unit is None:
        return _("Skrivet av barnet") if item.by_child else _("Skrivet av familjen")
    who = {"unit": item.unit.name, "controller": item.unit.controller.name}
    by = _("Skrivet av %(unit)s (%(controller)s)") % who
    withheld = shown.chosen(item)
    return f"{by}. {withheld}." if withheld else by


def _need(need: Any, actor: Any, plan: Any) -> NeedRow:
    unit_id = _writer(actor, plan)
    own = unit_id is not None and need.unit_id == unit_id
    href = reverse("plan-need", args=[need.pk]) if own else ""
    return NeedRow(need.get_area_display(), need.text, written_by(need), href)


def _party(content: Any, party: Any, writer: UUID | None = None) -> PartyCard:
    plan, unit = content.plan, party.unit
    own = party.unit_id == plan.unit_id
    shared = own or (party.unit_id, "plan") in content.consent.cells
    does = _does(content.activities, party)
    leave = content.in_charge and not own and not plan.is_over
    return PartyCard(
        name=unit.name,
        controller=unit.controller.name,
        contact=party.contact.name if party.contact else "",
        does=does or party.nothing_now or _("Har inte skrivit vad de gör än"),
        silent=not does and not party.nothing_now,
        shared=_("Håller i planen") if own else _("Ser planen") if shared else _not_yet(content, party),
        shared_mark="done" if shared else "waiting",
        leave_href=reverse("plan-party-leave", args=[plan.pk, unit.pk]) if leave else "",
        phone=unit.phone,
        hours=unit.phone_hours,
        contact_href=_contact_href(content, party, writer),
    )


def _contact_href(content: Any, party: Any, writer: UUID | None) -> str:
    """Where a party's contact is named: by itself, or by the unit in charge."""
    names = writer is not None and (content.in_charge or party.unit_id == writer)
    return reverse("plan-party-contact", args=[content.plan.pk, party.unit_id]) if names else ""


def _not_yet(content: Any, party: Any) -> str:
    """Why a unit does not see the plan: the family has been asked, or has not said yes."""
    if party.unit_id in content.waiting:
        return _("Ser inte planen än: väntar på familjens svar")
    return _("Ser inte planen än")


def _does(activities: Iterable[Any], party: Any) -> str:
    mine = [one for one in going(activities) if one.responsible_unit_id == party.unit_id]
    return "; ".join(one.what.rstrip(".") for one in mine)


def responsible(content: Any, today: date) -> list[tuple[str, str, str]]:
    """(label, value, link) of who holds it together and when it is followed up."""
    plan = content.plan
    change = content.in_charge and not plan.is_over
    part = reverse("plan-describe", args=[plan.pk, "ansvar"]) if change else ""
    move = plan.status == "established" and change
    overall = plan.overall_responsible.name if plan.overall_responsible else _("Inte bestämt än")
    coordinator = plan.coordinator.name if plan.coordinator else _("Inte bestämt än")
    return [
        (_("Övergripande ansvar"), overall, part),
        (_("Samordnare"), coordinator, part),
        (
            _("Nästa uppföljning"),
            _follow_up(plan, today),
            reverse("plan-follow-up-move", args=[plan.pk]) if move else "",
        ),
    ]


def _follow_up(plan: Any, today: date) -> str:
    if plan.follow_up_on is None:
        return _("Bestäms när planen fastställs") if plan.status == "draft" else _("Ingen dag satt")
    soon = days.distance(plan.follow_up_on, today)
    day = days.day(plan.follow_up_on)
    return f"{day} ({soon.lower()})" if soon else day


def actions(content: Any, actor: Any) -> list[Link]:
    """What the reader may do with the plan now, the usual first."""
    plan = content.plan
    if plan.is_over:
        return []
    to_all = [Link(_("Lägg till insats"), reverse("plan-activity-add", args=[plan.pk]), "plus")]
    to_all.append(Link(_("Vi gör inget just nu"), reverse("plan-nothing-now", args=[plan.pk]), "pause"))
    return to_all + (_in_charge(plan, actor.may) if content.in_charge and plan.started_at else [])


def _in_charge(plan: Any, may: Any) -> list[Link]:
    draft = plan.status == "draft"
    table = (
        (not draft and may("follow_up_plan"), _("Följ upp"), "plan-follow-up", "check"),
        (not draft and may("establish_plan"), _("Ny version"), "plan-version-new", "document"),
        (may("summon"), _("Kalla till SIP"), "summon", "together"),
        (draft and may("establish_plan"), _("Fastställ planen"), "plan-establish", "check-ring"),
        (draft and may("start_plan"), _("Planen görs inte"), "plan-decline", "stop"),
        (may("close_plan"), _("Avsluta planen"), "plan-close", "flag"),
    )
    return [Link(label, reverse(name, args=[plan.pk]), icon) for shown, label, name, icon in table if shown]
