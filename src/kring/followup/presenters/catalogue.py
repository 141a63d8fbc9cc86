"""S101: what every indicator means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from . import indicator


@dataclass(frozen=True)
class Meaning:
    """An indicator in the catalogue."""

    name: str
    slug: str
    why: str
    href: str
    chart: str
    facts: list[dict[str, str]]
    is_due: bool
    counted: str


def rows(
    definitions: Mapping[str, Mapping[str, Any]], counted: Mapping[str, int], today: date
) -> list[Meaning]:
    """Every indicator by name. `counted`: the version that the figures on the pages were counted by."""
    return [_row(slug, one, counted.get(slug), today) for slug, one in definitions.items()]


def _row(slug: str, one: Mapping[str, Any], counted: int | None, today: date) -> Meaning:
    address = indicator.address_of(slug)
    return Meaning(
        name=one["name"],
        slug=address,
        why=one["why"],
        href=reverse("figure", kwargs={"measure": address}) if counted else "",
        chart=reverse("indicator-chart", kwargs={"measure": address}) if counted else "",
        facts=indicator.meaning(one),
        is_due=today >= date.fromisoformat(one["next_review"]),
        counted=_counted(counted, one["version"]),
    )


def _counted(counted: int | None, version: int) -> str:
    if counted is None:
        return _("Inte räknat ännu.")
    if counted != version:
        return _("Siffrorna är räknade med version %(n)s.") % {"n": counted}
    return ""
