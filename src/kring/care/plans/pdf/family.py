"""The version for the family: the child's words, what is next, who to ring, then who does what by when."""

from typing import Any

from django.utils.translation import gettext as _

from kring.care.plans.models import Activity, Plan
from kring.care.plans.queries import GoalRow, PlanContent
from kring.design.paper.words import long_day

from .words import colleague, kind, named, phone, when, who


def sheet(content: PlanContent) -> dict[str, Any]:
    """Every word of the paper, in plain Swedish or English."""
    return {
        "title": _("%(plan)s för familjen") % {"plan": kind(content.plan)},
        "heading": kind(content.plan),
        "child": content.plan.child.name,
        "labels": _labels(),
        "matters": content.plan.what_matters,
        "goals": [_goal(row) for row in content.goals],
        "others": [_activity(row) for row in content.other_activities],
        "agreed": _agreed(content),
        "next": _next(content),
        "ring": _ring(content),
        "parties": _parties(content),
        "responsible": _responsible(content),
        "early_signs": content.plan.early_signs,
        "good_to_know": _good_to_know(),
    }


def _labels() -> dict[str, Any]:
    return {
        "matters": _("Det här är viktigt för mig"),
        "goals": _("Vem gör vad"),
        "heads": [_("Vad"), _("Vem"), _("När")],
        "others": _("Annat som görs"),
        "no_goals": _("Inga mål är skrivna ännu."),
        "agreed": _("Det här kom vi överens om"),
        "next": _("Nästa uppföljning"),
        "ring": _("Ring hit om du undrar"),
        "parties": _("De som är med i planen"),
        "parties_heads": [_("Verksamhet"), _("Kontakt"), _("Telefon")],
        "responsible": _("Övergripande ansvar"),
        "early_signs": _("Om det börjar bli svårt"),
        "good_to_know": _("Bra att veta"),
    }


def _goal(row: GoalRow) -> dict[str, Any]:
    goal = row.goal
    return {
        "words": goal.words,
        "explanation": goal.explanation,
        "status": row.standing_words,
        "activities": [_activity(activity) for activity in row.activities],
    }


def _activity(row: Activity) -> list[str]:
    done = row.status in (Activity.Status.DONE, Activity.Status.STOPPED)
    return [row.what, who(row), row.get_status_display() if done else when(row)]


def _agreed(content: PlanContent) -> list[list[str]]:
    plan = content.plan
    rows = [
        [_("Så är det nu"), plan.situation],
        [_("Hjälp som behövs"), plan.needed_efforts],
        [_("Hjälp från andra"), plan.other_measures],
    ]
    rows += [[need.get_area_display(), need.text] for need in content.needs]
    return [row for row in rows if row[1].strip()]


def _next(content: PlanContent) -> str:
    plan = content.plan
    if plan.is_over:
        return _("Planen är avslutad.") if plan.status == Plan.Status.ENDED else _("Planen görs inte.")
    if plan.follow_up_on is None:
        return _("Dagen är inte bestämd ännu.")
    return long_day(plan.follow_up_on)


def _ring(content: PlanContent) -> dict[str, str]:
    """The one to ring first: the coordinator, else the unit that keeps the plan going."""
    plan = content.plan
    name = colleague(plan.coordinator) if plan.coordinator else named(plan.unit)
    return {
        "name": name,
        "place": named(plan.unit) if plan.coordinator else "",
        "phone": phone(plan.unit) or _("Telefonnumret är inte inskrivet."),
    }


def _parties(content: PlanContent) -> list[list[str]]:
    return [[named(row.unit), colleague(row.contact), phone(row.unit)] for row in content.parties]


def _responsible(content: PlanContent) -> str:
    return named(content.plan.overall_responsible)


def _good_to_know() -> list[str]:
    return [
        _("Planen är barnets. Ni kan be om en ändring när ni vill."),
        _("Samtycket går att ta tillbaka när som helst. Då slutar planen att delas."),
        _("Planen är ett sätt att hålla ihop hjälpen. Den ersätter inte beslut som ni kan överklaga."),
    ]
