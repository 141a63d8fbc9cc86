"""S102: the control charts as an improver uses them: what to look at first, and what is decided."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kring.access.permissions import Permission
from kring.access.refusals import EditConflict, Refusal
from kring.access.submissions import FIELD, key_from, once
from kring.access.views import requires
from kring.followup import commands, queries
from kring.followup.chart_forms import FORMS, ChartForm, seen
from kring.followup.presenters import deciding, summary
from kring.followup.presenters.indicator import label, slug_of


@requires(Permission.SEE_FOLLOW_UP)
def summary_table(request: HttpRequest) -> HttpResponse:
    calculation, names = queries.latest(), queries.municipalities()
    if calculation is None:
        return render(request, "followup/summary.html", {"rows": None})
    place, chosen = queries.known_place(request.GET.get("kommun", ""), names), request.GET.get("visa", "")
    found = queries.indicators(calculation, queries.of_municipality(place))
    rows = summary.rows(found, place, chosen, staff=True)
    context = summary.choices(names, place, chosen) | {
        "rows": rows,
        "told": summary.how_many(rows, len(found)),
        "label": label(calculation),
        "address": "chart-summary",
    }
    return render(request, "followup/summary.html", context)


@requires(Permission.SEE_FOLLOW_UP)
def chart(request: HttpRequest, measure: str) -> HttpResponse:
    """The chart of the region or of a municipality, and what the actor may decide about it."""
    asked = deciding.at(request.GET)
    if asked.place and asked.place not in queries.municipalities():
        raise Http404
    if request.method == "POST":
        return _decide(request, measure, asked)
    return _chart(request, measure, asked)


def _decide(request: HttpRequest, measure: str, asked: deciding.At) -> HttpResponse:
    """Decided once, however often it is sent; whatever is refused, what was written is kept."""
    made = FORMS.get(request.POST.get("kind", ""))
    if made is None:
        raise Http404
    form = made(request.POST)
    if not form.is_valid():
        return _chart(request, measure, asked, form, 422)
    key = key_from(request.POST.get(FIELD, ""))
    try:
        to = once(key=key, by=request.actor, work=lambda: _kept(request, measure, asked, form))
    except Refusal as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _chart(request, measure, asked, form, 422)
    except EditConflict:
        said = _("Någon hann bestämma om diagrammet före dig. Läs vad som gäller nu och spara igen.")
        form.add_error(None, said)
        return _chart(request, measure, asked, form, 409)
    messages.success(request, _("Sparat. Det syns i diagrammet och för alla på den öppna sidan."))
    return redirect(to)


def _kept(request: HttpRequest, measure: str, asked: deciding.At, form: ChartForm) -> str:
    commands.decide_on_chart(
        by=request.actor,
        slug=slug_of(measure),
        place=asked.place,
        given=form.proposed(),
        seen=seen(request.POST.get("seen", "")),
    )
    return deciding.address_of_chart(measure, asked.place)


def _chart(
    request: HttpRequest, measure: str, asked: deciding.At, sent: ChartForm | None = None, status: int = 200
) -> HttpResponse:
    found = queries.indicator(queries.latest_or_404(), slug_of(measure), queries.of_municipality(asked.place))
    own_place, names = queries.own_place(request.actor), queries.municipalities()
    context = deciding.page(found, asked, names, request.actor, own_place, sent) | {
        "submission": uuid4(),
        "sent": sent,
    }
    return render(request, "followup/chart.html", context, status=status)
