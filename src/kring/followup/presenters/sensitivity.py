"""What a figure would be if its limits were drawn elsewhere: one line a variant of the definition."""

from types import SimpleNamespace

from django.utils.translation import gettext as _

from kring.followup.queries import Indicator

from . import numbers
from .indicator import Row


def rows(one: Indicator) -> list[Row]:
    """The last year of the region, first by the definition itself; nothing for most indicators."""
    kept = one.result.definition.get("sensitivity", ())
    return [
        Row(told["variant"] or _("Som måttet räknas"), numbers.shown(SimpleNamespace(**told)))
        for told in kept
    ]
