"""A unit's choice of who of the family sees a visit, checked before it is stored. Pure."""

from datetime import date
from typing import Any

from kring.access.policy.visibility import Category, Visibility

from .refusals import Refusal

KINDS = {*Category, "third_person"}
"""As `children.models.ShownToFamily` names them."""


def readers_checked(visibility: str, category: str, visible_from: date | None, today: date) -> dict[str, Any]:
    """The choice as it is stored; a day counts only where it is asked for.

    Raises:
        Refusal: readers_missing, visible_from_missing (no day, or one that has come already).
    """
    if visibility not in set(Visibility) or category not in KINDS:
        raise Refusal("readers_missing")
    until = visibility == Visibility.NOT_CHILD_UNTIL
    if until and (visible_from is None or visible_from <= today):
        raise Refusal("visible_from_missing")
    return {
        "visibility": visibility,
        "category": category,
        "visible_to_child_from": visible_from if until else None,
    }
