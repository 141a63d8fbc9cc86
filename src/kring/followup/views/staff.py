"""S100-S102: the data's state, what the indicators mean, and every table by choice."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kring.access.permissions import Permission
from kring.access.views import requires
from kring.followup import commands, definitions, queries
from kring.followup.forms import ExploreForm
from kring.followup.presenters import catalogue as meanings
from kring.followup.presenters import exploring, files, status
from kring.followup.presenters.indicator import label

from .sending import sent


@requires(Permission.SEE_FOLLOW_UP)
def data_status(request: HttpRequest) -> HttpResponse:
    found = queries.data_status()
    context = {
        "state": status.state(found, request.actor),
        "tables": status.tables(found),
        "quality": status.odd(found),
        "earlier": status.earlier(found),
        "may_make": request.actor.may(Permission.MAKE_FIGURES),
        "label": label(found.calculations[0]) if found.calculations else "",
    }
    return render(request, "followup/status.html", context)


@requires(Permission.MAKE_FIGURES)
@require_POST
def calculate(request: HttpRequest) -> HttpResponse:
    if queries.data_status().may_start:
        job = commands.start_calculation(by=request.actor)
        return redirect("job", job_id=job.pk)
    return redirect("data-status")


@requires(Permission.SEE_FOLLOW_UP)
def catalogue(request: HttpRequest) -> HttpResponse:
    counted = queries.counted_versions()
    rows = meanings.rows(definitions.every(), counted, request.actor.today)
    return render(request, "followup/catalogue.html", {"rows": rows})


@requires(Permission.SEE_FOLLOW_UP)
def explore(request: HttpRequest) -> HttpResponse:
    calculation = queries.latest()
    if calculation is None:
        return render(request, "followup/explore.html", {"form": None})
    form = ExploreForm(request.GET, calculation=calculation)
    one = queries.indicator(calculation, form.choice.measure, form.choice.cells())
    context = exploring.context(one, form.choice, queries.municipalities(), request.GET.urlencode())
    return render(request, "followup/explore.html", context | {"form": form})


@requires(Permission.SEE_FOLLOW_UP)
def explore_file(request: HttpRequest, ending: str) -> HttpResponse:
    calculation = queries.latest_or_404()
    choice = ExploreForm(request.GET, calculation=calculation).choice
    one = queries.indicator(calculation, choice.measure, choice.cells())
    made = files.table_file(one, queries.municipalities(), ending)
    if made is None:
        raise Http404
    return sent(made, f"kring-{choice.measure.replace('_', '-')}-urval", ending)
