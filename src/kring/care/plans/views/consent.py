"""Consent: the matrix of parties and information, one person's answer, and taking it back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.policy.answers import BOARD
from kring.access.views import requires
from kring.care.plans import commands, queries
from kring.care.plans.forms.consent import ConsentForm
from kring.care.plans.forms.plan import SureForm
from kring.care.plans.presenters import consent as words
from kring.care.plans.presenters import describe
from kring.care.plans.queries.items import consent_or_404

from .around import around, content_for, names_in
from .editing import Edit, run


def _whole(
    request: HttpRequest, plan_id: UUID, what: str, permission: Permission = Permission.SEE_PLAN
) -> Any:
    """The content for those who see the plan as a whole; a former party has no such page."""
    content = content_for(request.actor, plan_id, what, permission)
    if not content.whole:
        raise queries.refusal(request.actor, plan_id, permission, what=what)
    return content


@requires(Permission.EDIT_PLAN)
def consent(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    content = _whole(request, plan_id, "plan.consent.page")
    may = request.actor.may(Permission.RECORD_CONSENT) and not content.plan.is_over
    may = may and content.plan.started_at is not None
    names, own = names_in(request, content), queries.own_answer(content.consent)
    page = words.page(content, names, may, request.actor.today, own)
    context = {"page": page, "started": content.plan.started_at, "cells": words.heads_and_rows(page)}
    return render(request, "plans/consent.html", context | around(request, content.plan, "plan-consent"))


@requires(Permission.RECORD_CONSENT)
def answer(request: HttpRequest, plan_id: UUID, signer: str) -> HttpResponse:
    """Record what one guardian, or the child, has said."""
    content = _whole(request, plan_id, "plan.consent", Permission.RECORD_CONSENT)
    row = _signer(content, signer)
    judges = row.is_child and queries.judges_maturity(request.actor, content.plan)
    opens = queries.may_write_yes(request.actor, content.plan, row, judges=judges)
    groups = words.choices(content.parties, content.plan.unit_id)
    cells = [pair for _party, pairs in groups for pair in pairs]

    def work(form: Any, seen: int) -> str:
        who = {"guardian_id": row.guardian and row.guardian.pk, "board": row.signer == BOARD}
        commands.record_consent(by=request.actor, plan_id=content.plan.pk, **who, **form.given())
        return reverse("plan-consent", args=[content.plan.pk])

    page = words.answer_page(content, row, names_in(request, content), opens=opens)
    edit = Edit(
        form=lambda data: ConsentForm(
            data, cells=cells, judges=judges, opens=opens, initial=words.first(row)
        ),
        work=work,
        page=page | around(request, content.plan) | {"groups": groups},
        template="plans/consent_answer.html",
        said=_("Svaret är sparat."),
    )
    return run(request, edit)


def _signer(content: Any, signer: str) -> Any:
    known = [*content.consent.signers, queries.own_answer(content.consent)]
    rows = {words.WRITTEN.get(row.signer, str(row.signer)): row for row in known if row}
    if signer not in rows:
        raise Http404
    return rows[signer]


@requires(Permission.RECORD_CONSENT)
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """As easy as giving it: one question, one press."""
    plan = consent_or_404(request.actor, consent_id, what="plan.consent.withdraw")

    def work(form: Any, seen: int) -> str:
        commands.withdraw_consent(by=request.actor, consent_id=consent_id)
        return reverse("plan-consent", args=[plan.pk])

    page = describe.withdraw(plan) | around(request, plan)
    said = _("Samtycket är återtaget. Planen delas inte längre.")
    return run(request, Edit(form=SureForm, work=work, page=page, said=said))
