"""The words of establishing, agreeing on versions, following up and ending."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design import days

from . import consent as consent_words
from .child import Names
from .describe import Words, words
from .plan import GOAL_MARKS
from .process import checklist


def establish(content: Any, names: Names) -> Words:
    """The four items, the child's words and consent, each with the way to change it; and what stops it."""
    plan = content.plan
    consent = consent_words.summary(content.consent, names)
    checks = checklist(content)
    stops = [check for check in checks if not check.done]
    page = words(plan, _("Kontrollera och fastställ planen"), _("Fastställ planen"))
    return page | {
        "rows": _check_rows(plan, checks, consent),
        "stops": [(check.label, check.href) for check in stops],
        "consent": consent,
        "consent_href": reverse("plan-consent", args=[plan.pk]),
        "may": not stops and consent.valid and plan.status == "draft",
        "settled": plan.status != "draft",
    }


def _check_rows(plan: Any, checks: list[Any], consent: Any) -> list[dict[str, str]]:
    matters = reverse("plan-describe", args=[plan.pk, "viktigt"])
    rows = [
        {"label": _("Viktigt för barnet"), "value": plan.what_matters or _("Inte ifyllt än"), "href": matters}
    ]
    rows += [
        {"label": one.label, "value": one.text, "href": one.href or reverse("plan-page", args=[plan.pk])}
        for one in checks
    ]
    href = reverse("plan-consent", args=[plan.pk])
    return [*rows, {"label": _("Samtycke"), "value": consent.title, "href": href}]


def new_version_href(content: Any) -> str:
    """Where the next version is made; nowhere once the plan is over."""
    if content.plan.is_over:
        return ""
    name = "plan-establish" if content.plan.status == "draft" else "plan-version-new"
    return reverse(name, args=[content.plan.pk])


def new_version(content: Any) -> Words:
    lead = _("En version är det som ni har kommit överens om just nu. Äldre versioner finns kvar.")
    page = words(content.plan, _("Gör en ny version"), _("Gör versionen"), lead)
    return page | {"settled": content.plan.status == "established"}


def version_page(version: Any) -> Words:
    made = days.day_and_time(version.made_at)
    return {
        "title": _("Version %(n)s av planen") % {"n": version.number},
        "lead": _("Gjord %(day)s av %(who)s.") % {"day": made, "who": version.made_by.name},
        "back": reverse("plan-versions", args=[version.plan_id]),
        "back_words": _("Tillbaka till versionerna"),
        "before": _("Ändrat sedan version %(n)s") % {"n": version.number - 1},
    }


def follow_ups(content: Any, actor: Any) -> Words:
    plan = content.plan
    may = content.in_charge and actor.may("follow_up_plan") and plan.status == "established"
    due = plan.follow_up_on
    soon = days.distance(due, actor.today) if due else ""
    return {
        "due": days.day(due) if due else "",
        "due_iso": due.isoformat() if due else "",
        "soon": soon,
        "late": bool(due and due < actor.today),
        "follow_up_href": reverse("plan-follow-up", args=[plan.pk]) if may else "",
        "move_href": reverse("plan-follow-up-move", args=[plan.pk]) if may and due else "",
        "close_href": reverse("plan-close", args=[plan.pk]) if may and actor.may("close_plan") else "",
        "status": plan.status,
    }


def follow_up(content: Any, today: date) -> Words:
    lead = _("Ett mål i taget. Fråga barnet först hur det går.")
    page = words(content.plan, _("Följ upp planen"), _("Spara uppföljningen"), lead)
    marks = [(GOAL_MARKS[row.standing], row.standing_words) for row in content.goals]
    return page | {"marks": marks, "settled": content.plan.status == "established"}


def move(plan: Any) -> Words:
    due = days.day(plan.follow_up_on) if plan.follow_up_on else _("ingen dag")
    lead = _("Nu är den satt till %(day)s. Alla flyttar räknas och syns i planen.") % {"day": due}
    return words(plan, _("Flytta uppföljningen"), _("Spara den nya dagen"), lead)


def close(plan: Any) -> Words:
    lead = _("När planen avslutas går den inte att ändra mer. Alla som är med kan läsa den.")
    return words(plan, _("Avsluta planen"), _("Avsluta planen"), lead, danger=True)
