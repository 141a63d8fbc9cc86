"""S125 and S104: reading in a file, and following the job that does it."""

from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kring.access import submissions
from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.record import commands, queries
from kring.portal.jobs.queries import one_job

from . import presenters
from .forms import UploadForm, megabytes

LISTED = 20
PLACES = 200


@requires(Permission.IMPORT_RECORDS)
def imports(request: HttpRequest) -> HttpResponse:
    sources = [(str(source.pk), source.name) for source in queries.sources(request.actor)]
    form = UploadForm(
        request.POST if request.method == "POST" else None, request.FILES or None, sources=sources
    )
    if form.is_bound and form.is_valid():
        return redirect(_start(request, form))
    context = {
        "form": form,
        "has_sources": bool(sources),
        "submission": request.POST.get("submission") or str(uuid4()),
        "limit": megabytes(settings.IMPORT_UPLOAD_MAX_BYTES),
        "deliveries": presenters.rows(queries.deliveries(request.actor)[:LISTED]),
    }
    return render(request, "portal/imports/list.html", context)


def _start(request: HttpRequest, form: UploadForm) -> str:
    def work() -> str:
        job_id = commands.start_import(
            by=request.actor,
            source_id=int(form.cleaned_data["source"]),
            upload=form.cleaned_data["file"],
        )
        return reverse("import-job", kwargs={"job_id": job_id})

    key = submissions.key_from(request.POST.get("submission", ""))
    return submissions.once(key=key, by=request.actor, work=work)


@requires(Permission.IMPORT_RECORDS)
def import_job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    found = one_job(request.actor, job_id)
    if not found.mine or found.row.kind != commands.JOB:
        raise Http404
    context = {"row": found.row, "job": presenters.job_parts(found, request.actor.now)}
    if delivery_id := found.row.result.get("delivery"):
        delivery = queries.deliveries(request.actor, ids=[delivery_id]).get()
        context |= {
            "delivery": delivery,
            "outcome": presenters.outcome(delivery),
            "verdict": presenters.verdict(delivery),
            "places": presenters.places(queries.problems(request.actor, [delivery_id], at_most=PLACES)),
        }
    part = "portal/imports/progress.html" if request.htmx else "portal/imports/job.html"
    return render(request, part, context)
