"""S26: the child's plan, starting one or not, its own fields and its parties."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access import gate
from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import commands, queries
from kring.care.plans.forms import plan as forms
from kring.care.plans.presenters import child as child_words
from kring.care.plans.presenters import describe
from kring.care.plans.presenters import plan as words
from kring.care.plans.queries.people import party_or_404, staff_of, units_named
from kring.design.addresses import address

from .around import around, content_for, names_in, staff, whole_plan
from .editing import Edit, run
from .own import own_items


@requires(Permission.EDIT_PLAN)
def plan_of_child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The child's going plan, or the way to start one, with earlier plans below."""
    plans = queries.plans_of(request.actor, child_id)
    going = [plan for plan in plans if not plan.is_over]
    if len(going) == 1:
        return redirect("plan-page", plan_id=going[0].pk)
    context = {
        "plans": [child_words.plan_row(plan) for plan in plans],
        "child_href": address("child", child_id=child_id),
        "start_href": reverse("plan-start", args=[child_id]) if request.actor.may("start_plan") else "",
        "going": going,
    }
    return render(request, "plans/none.html", context)


@requires(Permission.START_PLAN)
def start(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = gate.child_or_404(request.actor, Permission.START_PLAN, child_id, what="plan.start")

    def work(form: Any, seen: int) -> str:
        plan = commands.start_plan(by=request.actor, child_id=child.pk, **form.given())
        return reverse("plan-page", args=[plan.pk])

    page = describe.start(child.pk)
    edit = Edit(form=forms.StartForm, work=work, page=page, said=_("Planen är påbörjad. Den är ett utkast."))
    return run(request, edit)


@requires(Permission.EDIT_PLAN)
def plan_page(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    content = content_for(request.actor, plan_id, "plan.page")
    if not content.whole:
        return own_items(request, content)
    page = words.page(content, request.actor, names_in(request, content))
    return render(request, "plans/plan.html", {"page": page, **around(request, content.plan, "plan-page")})


@requires(Permission.START_PLAN)
def accept(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Somebody has asked for a plan: decide to make it."""
    plan = whole_plan(request, plan_id, "plan.accept", Permission.START_PLAN)

    def work(form: Any, seen: int) -> str:
        commands.accept_request(by=request.actor, plan_id=plan.pk)
        return reverse("plan-page", args=[plan.pk])

    page = describe.accept(plan) | around(request, plan)
    said = _("Planen är påbörjad. Nästa steg är att fråga om samtycke.")
    return run(request, Edit(form=forms.SureForm, work=work, page=page, said=said))


@requires(Permission.START_PLAN)
def decline(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = whole_plan(request, plan_id, "plan.decline", Permission.START_PLAN)

    def work(form: Any, seen: int) -> str:
        commands.decline_plan(by=request.actor, plan_id=plan.pk, **form.given())
        return reverse("plan-page", args=[plan.pk])

    page = describe.decline(plan) | around(request, plan)
    return run(request, Edit(form=forms.DeclineForm, work=work, page=page, said=_("Skälet är sparat.")))


@requires(Permission.EDIT_PLAN)
def describe_part(request: HttpRequest, plan_id: UUID, part: str) -> HttpResponse:
    """One part of the plan's own text at a time."""
    plan = whole_plan(request, plan_id, "plan.describe", Permission.EDIT_PLAN)
    names = describe.fields_of(part)
    choices = _choices(request, plan) if part == "ansvar" else {}

    def form(data: Any) -> forms.DescribeForm:
        made = forms.DescribeForm(data, names=names, **choices)
        made.initial = made.of(plan)
        return made

    def work(form: Any, seen: int) -> str:
        commands.describe_plan(by=request.actor, plan_id=plan.pk, seen=seen, **form.given())
        return reverse("plan-page", args=[plan.pk])

    page = describe.part(plan, part) | around(request, plan)
    return run(request, Edit(form=form, work=work, page=page, row=plan, said=_("Sparat i planen.")))


def _choices(request: HttpRequest, plan: Any) -> dict[str, Any]:
    content = queries.content_of(request.actor, plan)
    controllers = {str(one.unit.controller_id): one.unit.controller.name for one in content.parties}
    people = staff(request.actor, content)
    return {"controllers": list(controllers.items()), "people": people}


@requires(Permission.EDIT_PLAN)
def add_party(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Look for a unit by name, then invite one of those found."""
    plan = whole_plan(request, plan_id, "plan.party", Permission.EDIT_PLAN)
    find = forms.FindUnitForm(request.GET) if "sok" in request.GET else forms.FindUnitForm()
    asked = find.cleaned_data["sok"] if find.is_bound and find.is_valid() else ""
    units = units_named(request.actor, asked, plan)
    choices = [(str(unit.pk), describe.unit_choice(unit)) for unit in units]

    def work(form: Any, seen: int) -> str:
        commands.join_party(by=request.actor, plan_id=plan.pk, **form.given())
        return reverse("plan-page", args=[plan.pk]) + "#verksamheter"

    page = describe.parties(plan, asked, len(units)) | around(request, plan) | {"find": find, "units": units}
    page["has_errors"] = bool(find.errors)
    said = _("Verksamheten är med. Den ser planen när familjen har samtyckt.")
    edit = Edit(form=lambda data: forms.PartyForm(data, units=choices), work=work, page=page, said=said)
    return run(request, Edit(**(vars(edit) | {"template": "plans/add_party.html"})))


@requires(Permission.EDIT_PLAN)
def leave_party(request: HttpRequest, plan_id: UUID, unit_id: UUID) -> HttpResponse:
    plan = whole_plan(request, plan_id, "plan.party", Permission.EDIT_PLAN)

    def work(form: Any, seen: int) -> str:
        commands.leave_party(by=request.actor, plan_id=plan.pk, unit_id=unit_id)
        # A unit that closes the plan to itself may have closed the child's page too.
        return (
            reverse("plan-page", args=[plan.pk]) if plan.unit_id == request.actor.unit_id else reverse("home")
        )

    page = describe.leave(plan) | around(request, plan)
    return run(
        request, Edit(form=forms.SureForm, work=work, page=page, said=_("Verksamheten har lämnat planen."))
    )


@requires(Permission.EDIT_PLAN)
def name_contact(request: HttpRequest, plan_id: UUID, unit_id: UUID) -> HttpResponse:
    """Whom to turn to at a party."""
    plan = whole_plan(request, plan_id, "plan.party", Permission.EDIT_PLAN)
    party = party_or_404(request.actor, plan, unit_id)
    colleagues = staff_of(request.actor, [unit_id], child=plan.child)
    people = list({str(one.person_id): one.person.name for one in colleagues}.items())
    begun = {"contact_id": str(party.contact_id or "")}

    def work(form: Any, seen: int) -> str:
        commands.name_contact(by=request.actor, plan_id=plan.pk, unit_id=unit_id, **form.given())
        return reverse("plan-page", args=[plan.pk]) + "#verksamheter"

    page = describe.contact(plan, party.unit.name) | around(request, plan)
    make = partial(forms.ContactForm, people=people, initial=begun)
    return run(request, Edit(form=make, work=work, page=page, said=_("Kontakten står i planen.")))


@requires(Permission.EDIT_PLAN)
def nothing_now(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = whole_plan(request, plan_id, "plan.party", Permission.EDIT_PLAN)

    def work(form: Any, seen: int) -> str:
        commands.state_nothing_now(by=request.actor, plan_id=plan.pk, **form.given())
        return reverse("plan-page", args=[plan.pk]) + "#verksamheter"

    page = describe.nothing_now(plan) | around(request, plan)
    return run(request, Edit(form=forms.NothingNowForm, work=work, page=page, said=_("Sparat i planen.")))
