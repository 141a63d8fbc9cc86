"""S123 «Loggranskning»: reviews, their rows, and what was found."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.views import requires
from kring.log_review import commands
from kring.log_review.forms import CloseForm, JudgeForm, StartForm
from kring.log_review.presenters import review as words
from kring.log_review.queries import reviews as queries
from kring.log_review.queries.choosing import chosen_child, person_with, units_to_choose

from .sent import page, sent


@requires(Permission.REVIEW_LOG)
def reviews(request: HttpRequest) -> HttpResponse:
    found = queries.overview(request.actor)
    return page(
        request,
        "reviews",
        rows=words.reviews(found),
        waiting=found.waiting,
        waiting_words=words.waiting_words(found),
    )


@requires(Permission.REVIEW_LOG)
def start(request: HttpRequest) -> HttpResponse:
    units = [(str(unit.pk), unit.name) for unit in units_to_choose(request.actor)]
    form = StartForm(request.POST or None, today=request.actor.today, units=units)
    if form.is_valid():
        said = _("Granskningen är startad.")
        if answer := sent(request, form, lambda: _started(request, form.cleaned_data), said):
            return answer
    return page(request, "start", form=form)


def _started(request: HttpRequest, said: dict[str, Any]) -> str:
    review = commands.start_review(
        by=request.actor,
        covers=said["covers"],
        starts_on=said["starts_on"],
        ends_on=said["ends_on"],
        size=said["size"],
        **_covered(request.actor, said),
    )
    return reverse("log-review", args=[review.pk])


def _covered(actor: Actor, said: dict[str, Any]) -> dict[str, UUID]:
    """What was chosen, by its key; raises ReviewRefused when there is no such thing."""
    if said["covers"] == "unit":
        return {"unit_id": UUID(said["unit"])}
    if said["covers"] == "person":
        return {"person_id": person_with(actor, said["person"])}
    return {"child_id": chosen_child(actor, said["number"])} if said["covers"] == "child" else {}


@requires(Permission.REVIEW_LOG)
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    found = queries.one_review(request.actor, review_id)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        work = lambda: _closed(request, review_id, form.cleaned_data["conclusion"])  # noqa: E731
        if answer := sent(request, form, work, _("Granskningen är avslutad.")):
            return answer
    return page(
        request,
        "review",
        form=form,
        left=found.left,
        job=words.job_parts(found, request.path),
        **_shown(found),
    )


def _closed(request: HttpRequest, review_id: UUID, conclusion: str) -> str:
    commands.close_review(by=request.actor, review_id=review_id, conclusion=conclusion)
    return reverse("log-review", args=[review_id])


def _shown(found: queries.OneReview) -> dict[str, Any]:
    return {
        "review": found.review,
        "covers": words.covers(found.review),
        "facts": words.facts(found),
        "rows": words.rows(found),
        "counts": words.counts(found),
        "patterns": words.pattern_counts(found),
    }


@requires(Permission.REVIEW_LOG)
def summary(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """The same on paper: what was checked, how it was drawn, what was found."""
    return page(request, "summary", **_shown(queries.one_review(request.actor, review_id)))


@requires(Permission.REVIEW_LOG)
def row(request: HttpRequest, sampled_row_id: UUID) -> HttpResponse:
    found = queries.one_row(request.actor, sampled_row_id)
    known = {"outcome": found.sampled.outcome, "reason": found.sampled.reason}
    form = JudgeForm(request.POST or None, initial=known)
    if form.is_valid():
        work = lambda: _judged(request, found, form.cleaned_data)  # noqa: E731
        if answer := sent(request, form, work, _("Bedömningen är sparad.")):
            return answer
    return page(request, "row", form=form, row=words.row_line(found), review=found.sampled.review)


def _judged(request: HttpRequest, found: queries.Drawn, said: dict[str, str]) -> str:
    judged = commands.judge_row(by=request.actor, sampled_row_id=found.sampled.pk, **said)
    following = queries.next_waiting(judged)
    if following:
        return reverse("log-review-row", args=[following.pk])
    return reverse("log-review", args=[judged.review_id])
