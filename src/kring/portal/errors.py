"""S04: the pages for what is not there, not allowed, not understood or broken. Each says what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "portal/errors/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "portal/errors/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "portal/errors/not_found.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/errors/failed.html", status=500)
