"""S75 «Vem har läst»: who has read about the child, as a page and as a file, and asking about one reading."""

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
from kring.portal.family.presenters.tabs import sharing_tabs

from .shown import sent, shown

HERE = "family-readings"


@requires(Permission.SEE_OWN_FAMILY)
def readings(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor = request.actor
    wanted, number = wanted_from(request.GET, actor.today), page_from(request.GET)
    found = extract_for(actor, child_id, wanted, page=number, what="family.readings")
    stopped = leaving.stopped_by(actor, found.child, Act.EXPORT)
    pdf = "" if stopped else reverse("family-readings-pdf", args=[child_id])
    page = extract_page(actor, found, ask=lambda key: reverse("family-ask", args=[child_id, key]), pdf=pdf)
    tabs = sharing_tabs(found.child, HERE)
    return shown(request, "readings", about=found.child, here=HERE, page=page, tabs=tabs)


@requires(Permission.SEE_OWN_FAMILY)
def readings_pdf(request: HttpRequest, child_id: UUID) -> HttpResponse:
    actor = request.actor
    wanted = wanted_from(request.GET, actor.today)
    most, what = paper.MOST, "family.readings.pdf"
    ask = lambda by: extract_to_take_out(by, child_id, wanted, most=most, what=what)  # noqa: E731
    return paper.as_answer(actor, ask)


@requires(Permission.SEE_OWN_FAMILY)
def ask(request: HttpRequest, child_id: UUID, reading_key: UUID) -> HttpResponse:
    actor = request.actor
    child, reading = reading_or_404(actor, child_id, reading_key, what="family.ask")
    form = AskForm(request.POST or None)
    if form.is_valid():
        said = _("Frågan är skickad. Svaret kommer på den här sidan.")
        if answer := sent(request, form, lambda: _asked(request, child_id, reading_key, form), said):
            return answer
    line = reading_line(actor, reading)
    return shown(request, "ask", about=child, here=HERE, line=line, form=form)


def _asked(request: HttpRequest, child_id: UUID, reading_key: UUID, form: AskForm) -> str:
    words = form.cleaned_data["words"]
    commands.ask_about_reading(by=request.actor, child_id=child_id, reading_key=reading_key, words=words)
    return reverse("family-readings", args=[child_id])
