"""Children under extra watch, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.design import days
from kring.log_review.queries.watches import Watched

from .review import child_words


@dataclass(frozen=True)
class WatchLine:
    """One watch. `end_href` is empty when it is over."""

    child: str
    reason: str
    period: str
    state: str
    tone: str
    end_href: str


def lines(found: Sequence[Watched]) -> list[WatchLine]:
    return [line(one) for one in found]


def line(one: Watched) -> WatchLine:
    """Of a child with protected identity neither name nor the reason, which may tell who it is."""
    row = one.watch
    protected = one.child is not None and one.child.protected
    start, end = days.plain_day(row.starts_on), days.plain_day(row.ends_on)
    return WatchLine(
        child=child_words(one.child),
        reason=_("Skälet visas inte") if protected else row.reason,
        period=_("%(start)s till %(end)s") % {"start": start, "end": end},
        state=_("Pågår") if one.standing else _("Avslutad"),
        tone="info" if one.standing else "neutral",
        end_href=reverse("log-watch-end", args=[row.pk]) if one.standing else "",
    )
