"""S103 and S105: making a report, writing in it, and publishing it between two people."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.access.permissions import Permission
from kring.access.refusals import EditConflict
from kring.access.submissions import FIELD
from kring.access.views import requires
from kring.followup.presenters.indicator import slug_of
from kring.reports import commands, queries
from kring.reports import publishing as publications
from kring.reports.forms import ChapterForm, MakeForm
from kring.reports.presenters import blocks, front
from kring.reports.presenters import staff as words

from .sent import file, filled_in, pressed


def page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    """A page; what is sent from it has a key of its own."""
    context |= {"submission": request.POST.get(FIELD) or uuid4()}
    return render(request, f"reports/{name}.html", context)


@requires(Permission.SEE_FOLLOW_UP)
def reports(request: HttpRequest) -> HttpResponse:
    found = queries.every()
    return page(
        request,
        "staff_list",
        rows=words.rows(found),
        working=words.working(queries.work_under_way(), request.actor),
        may_make=request.actor.may(Permission.WRITE_REPORT) and bool(queries.years_to_make()),
        label=front.label(found[0]) if found else "",
    )


@requires(Permission.WRITE_REPORT)
def make(request: HttpRequest) -> HttpResponse:
    form = MakeForm(request.POST if request.method == "POST" else None, years=queries.years_to_make())
    if form.is_valid():
        asked = {"year": int(form.cleaned_data["year"]), "correction": form.cleaned_data["correction"]}
        work = lambda: _started(request, asked)  # noqa: E731
        if answer := filled_in(request, form, work, _("Rapporten görs nu. Du kan lämna sidan.")):
            return answer
    return page(request, "make", form=form)


def _started(request: HttpRequest, asked: dict[str, object]) -> str:
    job = commands.start_report(by=request.actor, **asked)
    return reverse("job", kwargs={"job_id": job.pk})


@requires(Permission.SEE_FOLLOW_UP)
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    found = queries.opened(report_id)
    return page(
        request,
        "builder",
        title=front.title(found.report),
        label=front.label(found.report),
        tag=words.tag(found.state),
        correction=found.report.correction,
        facts=front.facts(found),
        chapters=words.chapters(found),
        verdict=words.verdict(found.report),
        report_id=report_id,
        published_href=front.published_href(found),
    )


@requires(Permission.SEE_FOLLOW_UP)
def chapter(request: HttpRequest, report_id: UUID, address: str) -> HttpResponse:
    found = queries.opened(report_id, address)
    may_write = found.state == "draft" and request.actor.may(Permission.WRITE_REPORT)
    form, conflict = ChapterForm(request.POST or None, initial=words.written(found)), None
    if may_write and form.is_valid():
        work = lambda: _written(request, found, form)  # noqa: E731
        try:
            if answer := filled_in(request, form, work, _("Texten är sparad.")):
                return answer
        except EditConflict as moved:
            form, conflict = words.again(form, moved.current), moved.current
    return page(
        request,
        "write",
        **words.around_chapter(found),
        blocks=blocks.blocks(found.parts),
        form=form if may_write else None,
        conflict=conflict,
    )


def _written(request: HttpRequest, found: queries.Opened, form: ChapterForm) -> str:
    told, key = form.cleaned_data, found.declared.key if found.declared else ""
    commands.write_chapter(by=request.actor, report_id=found.report.pk, key=key, **told)
    return request.path


@requires(Permission.SEE_FOLLOW_UP)
def measure(request: HttpRequest, report_id: UUID, address: str, measure: str) -> HttpResponse:
    found = queries.opened(report_id, address)
    one = blocks.compared(queries.part(found, slug_of(measure)))
    return page(request, "staff_measure", **words.around_chapter(found), one=one)


@requires(Permission.SEE_FOLLOW_UP)
def publishing(request: HttpRequest, report_id: UUID) -> HttpResponse:
    found = queries.opened(report_id)
    is_author = queries.is_author(request.actor, found.report)
    return page(
        request,
        "publish",
        title=front.title(found.report),
        label=front.label(found.report),
        tag=words.tag(found.state),
        rows=words.review(found.report),
        total=words.summary(found.report),
        verdict=words.verdict(found.report),
        is_safe=not found.report.recovered,
        may=words.publishing(found, request.actor, is_author=is_author),
        report_id=report_id,
        published_href=front.published_href(found),
    )


@requires(Permission.PUBLISH_REPORT)
@require_POST
def publish(request: HttpRequest, report_id: UUID) -> HttpResponse:
    back = reverse("report-publishing", kwargs={"report_id": queries.opened(report_id).report.pk})
    work = lambda: _published(request, report_id)  # noqa: E731
    return pressed(request, work, _("Rapporten är publicerad."), back)


def _published(request: HttpRequest, report_id: UUID) -> str:
    made = publications.publish(by=request.actor, report_id=report_id)
    return reverse("situation-report", kwargs=front.keys(made.report))


@requires(Permission.WRITE_REPORT)
@require_POST
def ask(request: HttpRequest, report_id: UUID) -> HttpResponse:
    back = reverse("report-publishing", kwargs={"report_id": queries.opened(report_id).report.pk})

    def work() -> str:
        commands.ask_for_publishing(by=request.actor, report_id=report_id)
        return back

    return pressed(request, work, _("Nu kan en kollega publicera rapporten."), back)


@requires(Permission.WRITE_REPORT, Permission.PUBLISH_REPORT)
@require_POST
def take_back(request: HttpRequest, report_id: UUID) -> HttpResponse:
    back = reverse("report-publishing", kwargs={"report_id": queries.opened(report_id).report.pk})

    def work() -> str:
        commands.take_back(by=request.actor, report_id=report_id)
        return back

    return pressed(request, work, _("Rapporten är ett utkast igen."), back)


@requires(Permission.SEE_FOLLOW_UP)
def pdf(request: HttpRequest, report_id: UUID) -> HttpResponse:
    found = queries.opened(report_id)
    made = publications.pdf(found, request.actor.today)
    return file(made, f"lagesrapport-{found.report.year}-utkast", "pdf")
