"""Children under extra watch in the log."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.log_review import watching
from kring.log_review.forms import EndWatchForm, WatchForm
from kring.log_review.presenters import watches as words
from kring.log_review.queries import watches as queries
from kring.log_review.queries.choosing import chosen_child

from .sent import page, sent


@requires(Permission.REVIEW_LOG)
def watches(request: HttpRequest) -> HttpResponse:
    found = queries.watches(request.actor)
    return page(request, "watches", rows=words.lines(found))


@requires(Permission.REVIEW_LOG)
def start(request: HttpRequest) -> HttpResponse:
    form = WatchForm(request.POST or None, today=request.actor.today)
    if form.is_valid():
        said = _("Barnet står nu under extra uppsikt.")
        if answer := sent(request, form, lambda: _set(request, form.cleaned_data), said):
            return answer
    return page(request, "watch", form=form)


def _set(request: HttpRequest, said: dict[str, Any]) -> str:
    child_id = chosen_child(request.actor, said["number"], what=queries.WHAT)
    about = {name: said[name] for name in ("starts_on", "ends_on", "reason")}
    watching.set_watch(by=request.actor, child_id=child_id, **about)
    return reverse("log-watches")


@requires(Permission.REVIEW_LOG)
def end(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    found = queries.watch_or_404(request.actor, watch_id)
    form = EndWatchForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        work = lambda: _ended(request, watch_id)  # noqa: E731
        if answer := sent(request, form, work, _("Uppsikten är slut.")):
            return answer
    return page(request, "watch_end", form=form, row=words.line(found))


def _ended(request: HttpRequest, watch_id: UUID) -> str:
    watching.end_watch(by=request.actor, watch_id=watch_id)
    return reverse("log-watches")
