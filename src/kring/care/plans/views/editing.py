"""One page with one form: shown, sent once, refused with words, or met by somebody else's edit."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kring.access import submissions
from kring.care.plans.commands import EditConflict, Refusal
from kring.care.plans.forms.words import PlanForm
from kring.care.plans.presenters import conflict

MOST_DIGITS = 9
TO_SEE_FIRST = "readers_unseen"
"""Refused only until it has been shown."""


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What an edit page needs.

    `form` makes the form from what was sent, or from None. `work` carries it out with the form and the
    revision that was seen, and answers with the address to go to. `row` is what is edited, when it has
    revisions. `preview`: what the page shows, besides the form, of what is about to be saved. `strict`: what
    is sent stands or falls with the whole row as it was read, so after somebody else's edit the page is read
    again.
    """

    form: Callable[[QueryDict | None], PlanForm]
    work: Callable[[PlanForm, int], str]
    page: Mapping[str, Any] = field(default_factory=dict)
    template: str = "plans/edit.html"
    row: Any = None
    said: str = ""
    strict: bool = False
    preview: Callable[[PlanForm], Mapping[str, Any]] | None = None


def run(request: HttpRequest, edit: Edit) -> HttpResponse:
    """The page, or what came of sending it."""
    if request.method != "POST":
        return show(request, edit, edit.form(None))
    form = edit.form(request.POST)
    if "preview" in request.POST and form.is_valid() and (seen_first := _previewed(request, edit, form)):
        return seen_first
    unchosen: list[str] = []
    if "conflict" in request.POST:
        form, unchosen = _chosen(request, edit, form)
    if unchosen:
        return _two_versions(request, edit, form, edit.row, unchosen)
    return send(request, edit, form)


def _previewed(request: HttpRequest, edit: Edit, form: PlanForm) -> HttpResponse | None:
    """The page with what is about to be saved shown as it will be; None where there is nothing to show."""
    page = edit.preview(form) if edit.preview else None
    return show(request, replace(edit, page={**edit.page, **page}), form) if page else None


def send(request: HttpRequest, edit: Edit, form: PlanForm) -> HttpResponse:
    """Carry out a form that was sent; otherwise show it again with the words for why not."""
    if form.is_valid():
        try:
            return _carry_out(request, edit, form)
        except Refusal as refused:
            if refused.code == TO_SEE_FIRST and (seen_first := _previewed(request, edit, form)):
                return seen_first
            form.refuse(refused)
        except EditConflict as other:
            return _met_another(request, edit, form, other)
    return show(request, edit, form, status=422)


def _met_another(request: HttpRequest, edit: Edit, form: PlanForm, other: EditConflict) -> HttpResponse:
    if not edit.strict:
        return _two_versions(request, edit, form, other.current)
    form.add_error(None, _("Någon har ändrat medan du läste. Läs igenom det som står nu och försök igen."))
    return show(request, edit, form, status=409, revision=other.current.revision)


def _carry_out(request: HttpRequest, edit: Edit, form: PlanForm) -> HttpResponse:
    try:
        address = _once(request, edit, form, seen(request))
    except EditConflict as other:
        # Something else in the same row was changed: what this form shows is as its writer saw it.
        if edit.strict or request.POST.get("saw") != mark_of(form, other.current):
            raise
        address = _once(request, edit, form, other.current.revision)
    if edit.said:
        messages.success(request, edit.said)
    return redirect(address)


def _once(request: HttpRequest, edit: Edit, form: PlanForm, revision: int) -> str:
    key = submissions.key_from(request.POST.get(submissions.FIELD, ""))
    return submissions.once(key=key, by=request.actor, work=lambda: edit.work(form, revision))


def seen(request: HttpRequest) -> int:
    """The revision that the sender saw; 0, which no row has, when the form does not tell."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0


def mark_of(form: PlanForm, row: Any) -> str:
    """A short mark of what the form shows for a row: the same as long as nothing in it has changed."""
    shown = [(name, str(value)) for name, value in sorted(form.of(row).items()) if name in form.fields]
    return hashlib.sha256(repr(shown).encode("utf-8", "replace")).hexdigest()[:32]


def show(
    request: HttpRequest, edit: Edit, form: PlanForm, status: int = 200, revision: int | None = None
) -> HttpResponse:
    form.mark_asked()
    again = request.POST
    context = dict(edit.page) | {
        "form": form,
        "submission": again.get(submissions.FIELD) or str(uuid4()),
        "seen": revision or again.get("seen", edit.row.revision if edit.row else ""),
        "saw": again.get("saw", mark_of(form, edit.row) if edit.row else ""),
    }
    return render(request, edit.template, context, status=status)


def _two_versions(
    request: HttpRequest, edit: Edit, form: PlanForm, current: Any, unchosen: list[str] | None = None
) -> HttpResponse:
    page = conflict.two_versions(form, current, unchosen or [])
    sent = [(key, value) for key, values in form.data.lists() for value in values if key not in NOT_SENT_ON]
    context = dict(edit.page) | {
        "conflict": page,
        "sent": [pair for pair in sent if not pair[0].startswith("keep-")],
        "submission": str(uuid4()),
        "seen": current.revision,
        "saw": mark_of(form, current),
        "has_errors": bool(unchosen),
    }
    return render(request, "plans/conflict.html", context, status=422 if unchosen else 409)


NOT_SENT_ON = {"preview", "csrfmiddlewaretoken", "submission", "seen", "saw", "conflict"}


def _chosen(request: HttpRequest, edit: Edit, form: PlanForm) -> tuple[PlanForm, list[str]]:
    """The form with each field as chosen on the conflict page, and the fields where nothing was chosen."""
    data, unchosen = request.POST.copy(), []
    for row in conflict.two_versions(form, edit.row, []).rows:
        choice = request.POST.get(f"keep-{row.name}", "")
        if choice not in conflict.CHOICES:
            unchosen.append(row.name)
        for key, values in conflict.kept(form, row.name, choice, edit.row).items():
            data.setlist(key, values)
    return edit.form(data), unchosen
