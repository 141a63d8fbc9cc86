"""The language of the pages: what was chosen in this browser, else what the person has chosen before."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

YEAR = 31_536_000


def remember(response: HttpResponseBase, language: str) -> None:
    """Keep a choice of language in the browser for a year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", secure=settings.HTTPS
    )


def bring_own(request: HttpRequest, response: HttpResponseBase) -> None:
    """After log-in: the person's own language, where nobody has chosen one in this browser.

    The first language of the house says nothing: it stands for everybody who has not chosen.
    """
    own = request.user.language
    chosen_here = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    if own != settings.LANGUAGE_CODE and own in dict(settings.LANGUAGES) and not chosen_here:
        remember(response, own)
