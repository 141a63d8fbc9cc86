"""Handing out a file."""

from django.http import HttpResponse

from kring.followup.presenters.files import KINDS


def sent(content: bytes, name: str, ending: str) -> HttpResponse:
    """A file to keep, with a name that says what it is."""
    disposition = "inline" if ending in ("svg", "png") else "attachment"
    return HttpResponse(
        content,
        content_type=KINDS[ending],
        headers={"Content-Disposition": f'{disposition}; filename="{name}.{ending}"'},
    )
