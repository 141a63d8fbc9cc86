"""The Jinja environment of Kring's own pages."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment
from markupsafe import Markup

from kring.design.local.showing import address_of


def environment(**options: Any) -> Environment:
    """What every template may use: addresses, static files, translated words."""
    env = Environment(**options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    # A page says some hundred words and shows as many icons: each is looked up once, not each time.
    env.globals.update(static=lru_cache(static), url=url, language=translation.get_language, _=words)
    env.globals.update(local_symbol=address_of)
    return env


def words(text: str, **values: object) -> Markup:
    """A text in the reader's language, with values in its places. The text is the house's own; the values are
    escaped.
    """
    return _said(translation.get_language(), text) % values


@lru_cache(maxsize=8192)
def _said(language: str | None, text: str) -> Markup:
    return Markup(translation.gettext(text))  # noqa: S704 - our own words, from templates and catalogue


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page."""
    return reverse(name, args=args, kwargs=kwargs)
