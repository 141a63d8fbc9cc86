"""The plan as a file to print. A protected child's is made only after a second page, with a reason."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kring.access.permissions import Permission
from kring.access.views import requires

from . import make, queries
from .forms import ReasonForm
from .rules import Version


@requires(Permission.SEE_PLAN)
def plan_pdf(request: HttpRequest, plan_id: UUID, version: Version | None = None) -> HttpResponse:
    actor = request.actor
    printing = queries.printing_or_404(actor, plan_id, version or queries.own_version(actor))
    form = ReasonForm(request.POST or None)
    if printing.stopped_by and not form.is_valid():
        return render(request, "plans/pdf/confirm.html", {"form": form})
    reason = form.cleaned_data["reason"] if printing.stopped_by else ""
    queries.log_printed(actor, printing, reason)
    marked = bool(printing.stopped_by)
    paper = make.paper(printing.version, printing.content, actor, changed=printing.changed, marked=marked)
    return _file(paper, make.file_name(actor.today))


def _file(paper: bytes, name: str) -> HttpResponse:
    """Shown in the browser's own reader, saved under a name that tells nothing; kept by nobody on the way."""
    response = HttpResponse(paper, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
