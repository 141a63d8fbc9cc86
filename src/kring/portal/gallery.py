"""The component gallery: every part of the design once, to look at before writing HTML. Only in the demo."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kring.access.views import open_page
from kring.design import gallery as samples


@open_page
def gallery(request: HttpRequest) -> HttpResponse:
    """With `?fel=1` the forms are shown as they look when something has to be mended."""
    if not settings.DEMO:
        raise Http404
    return render(request, "design/gallery.html", samples.context(failed="fel" in request.GET))
