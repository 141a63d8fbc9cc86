"""The published reports, for everybody. Nothing on these pages is counted or worded anew."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kring.access.views import open_page
from kring.followup.presenters.indicator import slug_of
from kring.reports import queries
from kring.reports.presenters import blocks, front

from .sent import file


@open_page
def reports(request: HttpRequest) -> HttpResponse:
    found = queries.published()
    context = {"rows": front.rows(found), "label": front.label(found[0]) if found else ""}
    return render(request, "reports/list.html", context)


@open_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    edition = queries.last_edition(year)
    if not edition:
        raise Http404
    return redirect("situation-report", year=year, edition=edition)


@open_page
def report(request: HttpRequest, year: int, edition: int) -> HttpResponse:
    found = queries.read(year, edition)
    context = front.around(found) | {
        "facts": front.facts(found),
        "citation": front.citation(found.report),
        "keys": front.keys(found.report),
    }
    return render(request, "reports/report.html", context)


@open_page
def chapter(request: HttpRequest, year: int, edition: int, address: str) -> HttpResponse:
    found = queries.read(year, edition, address)
    context = front.around(found) | {
        "chapter": found.declared,
        "texts": front.texts(found),
        "blocks": blocks.blocks(found.parts),
        "here": front.chapter_href(found),
    }
    return render(request, "reports/chapter.html", context)


@open_page
def measure(request: HttpRequest, year: int, edition: int, address: str, measure: str) -> HttpResponse:
    found = queries.read(year, edition, address)
    one = blocks.compared(queries.part(found, slug_of(measure)))
    context = front.around(found) | {"chapter": found.declared, "one": one, "back": front.chapter_href(found)}
    return render(request, "reports/measure.html", context)


@open_page
def pdf(request: HttpRequest, year: int, edition: int) -> HttpResponse:
    kept = queries.paper(queries.read(year, edition).report)
    return file(kept, f"lagesrapport-{year}-utgava-{edition}", "pdf")


@open_page
def tables(request: HttpRequest, year: int, edition: int) -> HttpResponse:
    kept = queries.tables(queries.read(year, edition).report)
    return file(kept, f"lagesrapport-{year}-utgava-{edition}-tabeller", "zip")
