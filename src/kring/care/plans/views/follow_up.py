"""Settling the plan, its versions, and following it up."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.plans import commands, queries
from kring.care.plans.forms import follow_up as forms
from kring.care.plans.presenters import follow_ups as words
from kring.care.plans.presenters import own, settling, versions

from .around import around, names_in, preview_of, said_by_family, whole_plan
from .consent import _whole
from .editing import Edit, run


@requires(Permission.ESTABLISH_PLAN)
def establish(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Check the answers, then settle the plan."""
    content = _whole(request, plan_id, "plan.establish", Permission.ESTABLISH_PLAN)

    def work(form: Any, seen: int) -> str:
        made = commands.establish_plan(by=request.actor, plan_id=plan_id, seen=seen, **form.given())
        return reverse("plan-version", args=[made.pk])

    page = settling.establish(content, names_in(request, content)) | around(request, content.plan)
    first = {"follow_up_on": content.plan.follow_up_on}
    edit = Edit(
        form=lambda data: forms.EstablishForm(data, initial=first),
        work=work, page=page, row=content.plan, strict=True, template="plans/establish.html",
        said=_("Planen är fastställd. Familjen kan läsa den och bekräfta det."),
    )  # fmt: skip
    return run(request, edit)


def _changes(request: HttpRequest, content: Any) -> list[versions.Section]:
    """What has been changed since the latest version."""
    changes = queries.changes_now(request.actor, content)
    if not changes:
        return []
    latest = queries.version_content(request.actor, content.versions[-1].version)
    return versions.sections(changes, latest, queries.snapshot_of(content))


@requires(Permission.EDIT_PLAN)
def version_list(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    content = _whole(request, plan_id, "plan.versions")
    may = content.in_charge and request.actor.may(Permission.ESTABLISH_PLAN)
    context = {
        "rows": versions.rows(content, names_in(request, content)),
        "changes": _changes(request, content),
        "new_href": settling.new_version_href(content) if may else "",
        "draft": content.plan.status == "draft",
    }
    return render(request, "plans/versions.html", context | around(request, content.plan, "plan-versions"))


@requires(Permission.ESTABLISH_PLAN)
def new_version(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    content = _whole(request, plan_id, "plan.version", Permission.ESTABLISH_PLAN)

    def work(form: Any, seen: int) -> str:
        made = commands.publish_version(by=request.actor, plan_id=plan_id, seen=seen, **form.given())
        return reverse("plan-version", args=[made.pk])

    page = (
        settling.new_version(content)
        | around(request, content.plan)
        | {"changes": _changes(request, content)}
    )
    edit = Edit(
        form=forms.VersionForm, work=work, page=page, row=content.plan, strict=True,
        template="plans/version_new.html", said=_("Den nya versionen är gjord. Familjen kan läsa den."),
    )  # fmt: skip
    return run(request, edit)


@requires(Permission.EDIT_PLAN)
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """What one version says, and what had changed since the one before."""
    actor = request.actor
    row = queries.version_or_404(actor, version_id, what="plan.version.page")
    said = queries.version_content(actor, row)
    before = queries.versions_of(actor, row.plan).filter(number=row.number - 1).first()
    old = queries.version_content(actor, before) if before else {}
    changes = versions.sections(queries.difference_of(actor, before, row), old, said) if before else []
    page = settling.version_page(row) | {
        "changes": changes,
        "first": before is None,
        "told": versions.told(said),
        **({} if row.plan.is_whole else own.back_to_own(row.plan_id)),
    }
    return render(request, "plans/version.html", page | around(request, row.plan))


@requires(Permission.EDIT_PLAN)
def follow_ups(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    content = _whole(request, plan_id, "plan.follow_ups")
    page = settling.follow_ups(content, request.actor)
    context = {
        "held": words.held(content, request.actor),
        "planned": words.planned(content),
        "said": said_by_family(request, content),
        "closure": words.closure(content),
        "closure_readers_href": words.closure_readers_href(content, request.actor),
    }
    return render(
        request, "plans/follow_ups.html", page | context | around(request, content.plan, "plan-follow-ups")
    )


@requires(Permission.FOLLOW_UP_PLAN)
def follow_up(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    content = _whole(request, plan_id, "plan.follow_up", Permission.FOLLOW_UP_PLAN)
    goals = [row.goal for row in content.goals]

    def work(form: Any, seen: int) -> str:
        commands.hold_follow_up(by=request.actor, plan_id=plan_id, seen=seen, **form.given())
        return reverse("plan-follow-ups", args=[plan_id])

    page = settling.follow_up(content, request.actor.today) | around(request, content.plan)
    page["said"] = said_by_family(request, content)
    edit = Edit(
        form=lambda data: forms.FollowUpForm(data, goals=goals),
        work=work, page=page, row=content.plan, strict=True, template="plans/follow_up.html",
        said=_("Uppföljningen är sparad."), preview=preview_of(request, "follow_up"),
    )  # fmt: skip
    return run(request, edit)


@requires(Permission.FOLLOW_UP_PLAN)
def move_follow_up(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    plan = whole_plan(request, plan_id, "plan.follow_up.move", Permission.FOLLOW_UP_PLAN)

    def work(form: Any, seen: int) -> str:
        commands.move_follow_up(by=request.actor, plan_id=plan_id, seen=seen, **form.given())
        return reverse("plan-follow-ups", args=[plan_id])

    page = settling.move(plan) | around(request, plan)
    edit = Edit(form=forms.MoveForm, work=work, page=page, row=plan, said=_("Den nya dagen är sparad."))
    return run(request, edit)
