"""S110-S112 and S117: what everybody may read. Every figure here was guarded before it was kept."""

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from kring.access.views import open_page
from kring.followup import queries
from kring.followup.presenters import (
    chart_files,
    control,
    equality,
    files,
    indicator,
    pictures,
    places,
    sensitivity,
    start,
    summary,
)

from .sending import sent

DRAWN = {"svg": pictures.svg, "png": pictures.png}


@open_page
def figures(request: HttpRequest) -> HttpResponse:
    calculation = queries.latest()
    found = queries.indicators(calculation) if calculation else []
    context = {
        "headlines": start.headlines(found),
        "others": start.others(found),
        "source": indicator.source(calculation) if calculation else (),
        "label": indicator.label(calculation) if calculation else "",
    }
    return render(request, "followup/start.html", context)


@open_page
def figure(request: HttpRequest, measure: str) -> HttpResponse:
    one = queries.indicator(queries.latest_or_404(), indicator.slug_of(measure), queries.groups())
    context = around(one, measure, "figure") | {
        "years": indicator.years(one),
        "both_sides": indicator.both_sides(one),
        "groups": indicator.groups(one),
        "sensitivity": sensitivity.rows(one),
        "chart": indicator.chart(one),
    }
    return render(request, "followup/indicator.html", context)


@open_page
def figure_in_place(request: HttpRequest, measure: str, place: str) -> HttpResponse:
    names = queries.municipalities()
    if place not in names:
        raise Http404
    slug = indicator.slug_of(measure)
    one = queries.indicator(queries.latest_or_404(), slug, queries.of_municipality(place))
    context = around(one, measure, "", place) | {
        "years": indicator.years(one, place),
        "chart": indicator.chart(one, place, names[place]),
        "where": names[place],
        "place_href": places.place_address(place),
    }
    return render(request, "followup/indicator.html", context)


def around(one: queries.Indicator, measure: str, page: str, place: str = "") -> dict[str, object]:
    """What every page of an indicator shows around its tables."""
    return {
        "headline": indicator.headline(one, place),
        "history": control.history(one, place),
        "limits": control.limits_in_words(control.changed(one, place)),
        "chart_files": chart_files.downloads(one.result.slug, place),
        "tabs": indicator.tabs(measure, page),
        "meaning": one.result.definition,
        "about": indicator.meaning(one.result.definition),
        "source": indicator.source(one.calculation),
        "citation": indicator.citation(one),
        "downloads": indicator.downloads(measure),
        "label": indicator.label(one.calculation),
    }


@open_page
def figure_file(request: HttpRequest, measure: str, ending: str) -> HttpResponse:
    chosen = queries.WHOLE if ending in DRAWN else queries.EVERY_CELL
    one = queries.indicator(queries.latest_or_404(), indicator.slug_of(measure), chosen)
    if ending in DRAWN:
        chart = indicator.chart(one)
        made = DRAWN[ending](chart) if chart else None
    else:
        made = files.table_file(one, queries.municipalities(), ending)
    if made is None:
        raise Http404
    return sent(made, f"kring-{measure}", ending)


@open_page
def chart_file(request: HttpRequest, measure: str, ending: str) -> HttpResponse:
    """The chart with its limits, of the region or of a municipality."""
    names, place = queries.municipalities(), request.GET.get("kommun", "")
    if place and place not in names:
        raise Http404
    slug, where = indicator.slug_of(measure), names.get(place, "")
    one = queries.indicator(queries.latest_or_404(), slug, queries.of_municipality(place))
    if ending in DRAWN:
        chart = indicator.chart(one, place, where)
        made = DRAWN[ending](chart) if chart else None
    else:
        made = chart_files.chart_file(one, place, where, ending)
    if made is None:
        raise Http404
    return sent(made, "-".join(["kring", measure, "diagram", *([place] if place else [])]), ending)


@open_page
def chart_summary(request: HttpRequest) -> HttpResponse:
    calculation, names = queries.latest_or_404(), queries.municipalities()
    place, chosen = queries.known_place(request.GET.get("kommun", ""), names), request.GET.get("visa", "")
    found = queries.indicators(calculation, queries.of_municipality(place))
    rows = summary.rows(found, place, chosen, staff=False)
    context = summary.choices(names, place, chosen) | {
        "rows": rows,
        "told": summary.how_many(rows, len(found)),
        "label": indicator.label(calculation),
        "source": indicator.source(calculation),
        "address": "figure-summary",
    }
    return render(request, "followup/summary_open.html", context)


@open_page
def figure_places(request: HttpRequest, measure: str) -> HttpResponse:
    slug = indicator.slug_of(measure)
    one = queries.indicator(queries.latest_or_404(), slug, queries.by_municipality())
    found = {
        "found": places.comparison(one, queries.municipalities()),
        "conditions": equality.by_conditions(one),
    }
    return render(request, "followup/places.html", around(one, measure, "figure-places") | found)


@open_page
def all_places(request: HttpRequest) -> HttpResponse:
    calculation = queries.latest_or_404()
    context = {
        "places": places.every_place(queries.municipalities()),
        "label": indicator.label(calculation),
    }
    return render(request, "followup/all_places.html", context)


@open_page
def figure_place(request: HttpRequest, place: str) -> HttpResponse:
    names, calculation = queries.municipalities(), queries.latest_or_404()
    if place not in names:
        raise Http404
    found = queries.indicators(calculation, queries.of_municipality(place))
    context = {
        "name": names[place],
        "rows": places.of_place(found, place),
        "year": calculation.last_year,
        "places": places.every_place(names, place),
        "source": indicator.source(calculation),
        "label": indicator.label(calculation),
    }
    return render(request, "followup/place.html", context)


@open_page
def downloads(request: HttpRequest) -> HttpResponse:
    calculation = queries.latest_or_404()
    context = {
        "rows": start.file_rows(queries.indicators(calculation, queries.NOTHING)),
        "source": indicator.source(calculation),
        "label": indicator.label(calculation),
    }
    return render(request, "followup/downloads.html", context)


@open_page
def everything(request: HttpRequest) -> HttpResponse:
    calculation = queries.latest_or_404()
    made = _package(calculation, get_language())
    return sent(made, f"kring-{calculation.data_version[:12]}", "zip")


@lru_cache(maxsize=4)
def _package(calculation: queries.Calculation, _language: str | None) -> bytes:
    """Everything as one file, made once: a calculation never changes, and anybody may ask for it."""
    found = queries.indicators(calculation, queries.EVERY_CELL)
    return start.everything(found, queries.municipalities(), calculation)
