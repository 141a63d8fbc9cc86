"""Maturity, and the restricted group of a protected child."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.policy.catalogue import sentence
from kring.access.policy.deciding import Question
from kring.access.views import requires
from kring.portal.staff.secrecy import forms, presenters
from kring.portal.staff.secrecy.around import around
from kring.portal.staff.secrecy.sending import Page, run
from kring.portal.staff.secrecy.work import carry_out
from kring.secrecy.commands import group as group_commands
from kring.secrecy.commands.maturity import assess_maturity, may_assess
from kring.secrecy.queries.group import colleagues, group_of
from kring.secrecy.queries.maturity import assessments_of
from kring.secrecy.queries.pages import child_for


@requires(Permission.ASSESS_MATURITY)
def maturity(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Every judgement of the child, and a new one of what the actor judges."""
    actor = request.actor
    child = child_for(actor, Permission.ASSESS_MATURITY, child_id)
    words = presenters.questions()
    mine = [(one.value, words[one.value]) for one in Question if may_assess(actor, child, one).opens]

    def work(given: Mapping[str, Any]) -> str:
        since = actor.today if given["verdict"] == "yes" else None
        asked = {"question": Question(given["question"]), "grounds": given["grounds"], "mature_from": since}
        carry_out(assess_maturity, by=actor, child_id=child_id, **asked)
        return reverse("child-maturity", args=[child_id])

    page = Page(
        form=forms.MaturityForm(request.POST or None, questions=mine), work=work, title=_("Mognad"),
        button=_("Spara bedömningen"), said=_("Bedömningen är sparad."),
        back=reverse("child-access", args=[child_id]), back_word=_("Vem ser vad"),
        template="portal/staff/secrecy/maturity.html",
        context=around(actor, child) | {
            "lines": presenters.assessments(assessments_of(actor, child_id), actor.today),
            "may": bool(mine),
            "rules": [sentence("8.5.maturity.treats"), sentence("8.5.maturity.record")],
        },
    )  # fmt: skip
    return run(request, page)


@requires(Permission.MANAGE_PROTECTED_GROUP)
def group(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Who of the own unit reaches a protected child, and letting somebody in."""
    actor = request.actor
    child, members = group_of(actor, child_id)
    inside = {one.person_id for one in members}
    others = [(str(one.pk), one.name) for one in colleagues(actor) if one.pk not in inside]

    def work(given: Mapping[str, Any]) -> str:
        asked = {"person_id": UUID(given["person_id"]), "reason": given["reason"]}
        group_commands.add_to_group(by=actor, child_id=child_id, **asked)
        return reverse("child-group", args=[child_id])

    page = Page(
        form=forms.MemberForm(request.POST or None, people=others), work=work, title=_("Begränsad grupp"),
        button=_("Lägg till"), said=_("Hen når nu barnet."), back=reverse("child-access", args=[child_id]),
        back_word=_("Vem ser vad"), template="portal/staff/secrecy/group.html",
        context=around(actor, child) | {"members": members, "protected": child.protection != "none"},
    )  # fmt: skip
    return run(request, page)


@requires(Permission.MANAGE_PROTECTED_GROUP)
def remove(request: HttpRequest, child_id: UUID, person_id: UUID) -> HttpResponse:
    actor = request.actor
    child, members = group_of(actor, child_id)
    name = next((one.person.name for one in members if one.person_id == person_id), "")

    def work(given: Mapping[str, Any]) -> str:
        group_commands.remove_from_group(by=actor, child_id=child_id, person_id=person_id)
        back = "children" if person_id == actor.person_id else "child-group"
        return reverse(back, args=[] if back == "children" else [child_id])

    page = Page(
        form=forms.PlainForm(request.POST if request.method == "POST" else None), work=work, lead=name,
        title=_("Ta bort ur gruppen"), button=_("Ta bort"), said=_("Hen når inte längre barnet."),
        back=reverse("child-group", args=[child_id]), back_word=_("Begränsad grupp"),
        context=around(actor, child),
    )  # fmt: skip
    return run(request, page)


@requires(Permission.MANAGE_PROTECTED_GROUP)
def acute(request: HttpRequest) -> HttpResponse:
    """For a unit head outside the group. The answer is the same whatever number is written."""
    actor = request.actor
    people = [(str(one.pk), one.name) for one in colleagues(actor)]

    def work(given: Mapping[str, Any]) -> str:
        who = {"person_id": UUID(given["person_id"]), "reason": given["reason"]}
        group_commands.add_by_number(by=actor, number=given["number"], **who)
        return reverse("protected-acute")

    page = Page(
        form=forms.AcuteMemberForm(request.POST or None, people=people), work=work,
        title=_("Akut: släpp in en medarbetare"), button=_("Släpp in"), back=reverse("children"),
        back_word=_("Sök barn"), lead=sentence("8.8.group.head"),
        said=_("Klart. Möter er enhet ett skyddat barn med det numret når medarbetaren det nu."),
        warning=_("Skälet skrivs i loggen och granskas."),
        template="portal/staff/secrecy/office_form.html",
    )  # fmt: skip
    return run(request, page)
