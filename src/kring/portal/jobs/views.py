"""S104: the list of jobs, a job, and what can be done about it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.care.record.commands import discard_upload
from kring.jobs import commands

from . import presenters, queries


@requires(Permission.SEE_JOBS)
def jobs(request: HttpRequest) -> HttpResponse:
    actor, state = request.actor, presenters.state_from(request.GET.get("lage", ""))
    page = request.GET.get("sida", "")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) <= 6 else 1
    found = queries.page_of_jobs(actor, state=state, page=number)
    context = {
        "rows": presenters.rows(found, actor.person_id, actor.now),
        "tabs": presenters.tabs(found, state),
        "pager": presenters.pages(found, state),
        "state": state,
        "everybodys": actor.may(Permission.ADMINISTER_ORGANISATION),
    }
    return render(request, "portal/jobs/list.html", context)


@requires(Permission.SEE_JOBS)
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    found = queries.one_job(request.actor, job_id)
    href = reverse("job", kwargs={"job_id": job_id})
    parts = presenters.parts(found.row, request.actor.now, href=href, failed=presenters.failed(found.row))
    context = {
        "row": found.row,
        "job": parts | {"expected": presenters.usual(found.usual)},
        "facts": presenters.facts(found),
        "may_retry": presenters.may_retry(found),
        "may_cancel": presenters.may_cancel(found),
        "may_discard": found.file_until is not None and request.actor.may(Permission.IMPORT_RECORDS),
    }
    part = "portal/jobs/progress.html" if request.htmx else "portal/jobs/job.html"
    return render(request, part, context)


@requires(Permission.SEE_JOBS)
@require_POST
def cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    found = queries.one_job(request.actor, job_id)
    commands.cancel(job_id=job_id, by_id=request.actor.person_id, now=request.actor.now)
    return redirect(presenters.page_of(found.row, mine=found.mine))


@requires(Permission.SEE_JOBS)
@require_POST
def retry(request: HttpRequest, job_id: UUID) -> HttpResponse:
    found = queries.one_job(request.actor, job_id)
    if presenters.may_retry(found):
        commands.try_again(job_id=job_id, by_id=request.actor.person_id)
    return redirect(presenters.page_of(found.row, mine=found.mine))


@requires(Permission.IMPORT_RECORDS)
@require_POST
def discard(request: HttpRequest, job_id: UUID) -> HttpResponse:
    found = queries.one_job(request.actor, job_id)
    discard_upload(by=request.actor, job=found.row)
    return redirect(presenters.page_of(found.row, mine=found.mine))
