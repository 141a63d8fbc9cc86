"""What every page has around it: who is logged in, where they can go, how long the session lasts."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor of Kring's own pages."""
    return {}
