"""The component gallery: every part of the design once, to look at before writing HTML. Only in the demo."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kring.access.permissions import Permission
from kring.access.views import open_page, requires
from kring.design import gallery as samples
from kring.design.local import showing


@requires(Permission.USE_SYSTEM)
def local_symbols(request: HttpRequest) -> HttpResponse:
    """The symbols that the organisation has its own licence for: for those who log in, and nobody else."""
    found = showing.sprite()
    if found is None:
        raise Http404
    answer = HttpResponse(found, content_type="image/svg+xml")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


@open_page
def gallery(request: HttpRequest) -> HttpResponse:
    """With `?fel=1` the forms are shown as they look when something has to be mended."""
    if not settings.DEMO:
        raise Http404
    return render(request, "design/gallery.html", samples.context(failed="fel" in request.GET))
