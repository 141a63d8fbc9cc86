"""Kring's own extract: how it stands, and to make a new one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kring.access.permissions import Permission
from kring.access.views import requires

from . import commands, presenters, queries


@requires(Permission.MAKE_FIGURES)
def own_extract(request: HttpRequest) -> HttpResponse:
    page = presenters.page(queries.state(), request.actor)
    return render(request, "extract/page.html", {"page": page, "label": ""})


@requires(Permission.MAKE_FIGURES)
@require_POST
def take_out(request: HttpRequest) -> HttpResponse:
    if queries.state().may_start:
        return redirect("job", job_id=commands.start_extract(by=request.actor).pk)
    return redirect("own-extract")
