"""The lock on every page: which permission it asks for."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required

from .permissions import Permission

View = Callable[..., Any]


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Declare that a page is for those whose role has any of these permissions. Enforced by
    `PermissionMiddleware`.
    """

    def declare(view: View) -> View:
        view.permissions = permissions  # type: ignore[attr-defined]
        return view

    return declare


def open_page(view: View) -> View:
    """Declare that a page is for everyone, logged in or not."""
    view.permissions = ()  # type: ignore[attr-defined]
    return login_not_required(view)
