"""S75 for the young: who has read about oneself, from 16 or when one reads one's own record."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.access import leaving
from kring.access.permissions import Permission
from kring.access.policy.protected import Act
from kring.access.views import requires
from kring.log_review import commands, paper
from kring.log_review.filters import page_from, wanted_from
from kring.log_review.forms import AskForm
from kring.log_review.presenters.extract import extract_page, reading_line
from kring.log_review.queries.extract import extract_for, extract_to_take_out, reading_or_404
from kring.portal.family.views.shown import sent
from kring.portal.young import queries

from .shown import shown


@requires(Permission.SHARE_WITH_GUARDIAN)
def readings(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    own = queries.young(actor, what="own.readings")
    wanted, number = wanted_from(request.GET, actor.today), page_from(request.GET)
    found = extract_for(actor, own.child.pk, wanted, page=number, what="own.readings")
    pdf = "" if leaving.stopped_by(actor, own.child, Act.EXPORT) else reverse("young-readings-pdf")
    page = extract_page(actor, found, ask=lambda key: reverse("young-ask-reading", args=[key]), pdf=pdf)
    return shown(request, own, "readings", page=page)


@requires(Permission.SHARE_WITH_GUARDIAN)
def readings_pdf(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    own = queries.young(actor, what="own.readings.pdf")
    wanted = wanted_from(request.GET, actor.today)
    most, what = paper.MOST, "own.readings.pdf"
    ask = lambda by: extract_to_take_out(by, own.child.pk, wanted, most=most, what=what)  # noqa: E731
    return paper.as_answer(actor, ask)


@requires(Permission.SHARE_WITH_GUARDIAN)
def ask_reading(request: HttpRequest, reading_key: UUID) -> HttpResponse:
    actor = request.actor
    own = queries.young_or_404(actor, what="own.readings.ask")
    _child, reading = reading_or_404(actor, own.child.pk, reading_key, what="own.readings.ask")
    form = AskForm(request.POST or None)
    if form.is_valid():
        said = _("Frågan är skickad. Svaret kommer på den här sidan.")
        if answer := sent(request, form, lambda: _asked(request, own.child.pk, reading_key, form), said):
            return answer
    return shown(request, own, "ask_reading", line=reading_line(actor, reading), form=form)


def _asked(request: HttpRequest, child_id: UUID, reading_key: UUID, form: AskForm) -> str:
    words = form.cleaned_data["words"]
    commands.ask_about_reading(by=request.actor, child_id=child_id, reading_key=reading_key, words=words)
    return reverse("young-readings")
