"""Addresses of pages by name."""

from django.urls import NoReverseMatch, reverse


def address(name: str, **kwargs: object) -> str:
    """The address of a named page, or "" while nobody has built it."""
    try:
        return reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""
