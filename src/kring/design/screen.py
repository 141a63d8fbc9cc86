"""«Dölj personuppgifter»: whether somebody else sees the screen just now, for the length of one request.

Presenters ask here when they put a name on a page. It is about what is shown and never about what is stored:
commands do not ask, so nothing is written without its name because a screen was shared.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_shared: ContextVar[bool] = ContextVar("screen_is_shared", default=False)


def is_shared() -> bool:
    """Whether names and numbers are to be left out."""
    return _shared.get()


@contextmanager
def sharing(on: bool) -> Iterator[None]:
    """Hold the answer while a page is made."""
    before = _shared.set(on)
    try:
        yield
    finally:
        _shared.reset(before)
