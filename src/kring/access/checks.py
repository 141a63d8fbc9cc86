"""Start-up check: a page without a declared permission does not start."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver


def pages(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address pattern of the product with its view."""
    for part in (resolver or get_resolver()).url_patterns:
        path = prefix + str(part.pattern)
        if isinstance(part, URLPattern):
            yield path, part.callback
        else:
            yield from pages(part, path)


@register()
def every_page_declares(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Complain of every address whose view says neither `@requires` nor `@open_page`."""
    undeclared = [path for path, view in pages() if not hasattr(view, "permissions")]
    return [Error(f"{path}: the view declares no permission", id="access.E001") for path in undeclared]
