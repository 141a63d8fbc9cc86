"""What a reader of the extract has chosen to see, as it stands in the page's address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from .queries.extract import Extract, Wanted

PERIODS = {"30": 30, "90": 90, "365": 365}
"""Words in the address -> how many days back, today included."""


def wanted_from(query: Mapping[str, str], today: date) -> Wanted:
    """From an address; what cannot be read chooses nothing."""
    back = PERIODS.get(query.get("tid", ""))
    return Wanted(
        starts_on=today - timedelta(days=back - 1) if back else None,
        unit_id=_key(query.get("enhet", "")),
        family=query.get("vem") == "familjen",
        lists=query.get("listor") == "ja",
    )


def page_from(query: Mapping[str, str]) -> int:
    """The page in an address; the first when there is none to be read."""
    text = query.get("sida", "")
    return max(int(text), 1) if text.isdecimal() and len(text) < 7 else 1


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def address_of(wanted: Wanted, today: date, **more: object) -> str:
    """The same as an address: «?tid=30&enhet=…»; `more` changes or adds, an empty value takes away."""
    chosen: dict[str, object] = {
        "tid": _period(wanted, today),
        "enhet": wanted.unit_id or "",
        "vem": "familjen" if wanted.family else "",
        "listor": "ja" if wanted.lists else "",
    }
    kept = {name: value for name, value in (chosen | more).items() if value}
    return "?" + urlencode(kept) if kept else "?"


def _period(wanted: Wanted, today: date) -> str:
    if wanted.starts_on is None:
        return ""
    back = (today - wanted.starts_on).days + 1
    return next((word for word, n in PERIODS.items() if n == back), "")


@dataclass(frozen=True)
class Option:
    """One choice in a list of choices."""

    value: str
    label: str
    chosen: bool


def periods(wanted: Wanted, today: date) -> list[Option]:
    """The periods to choose from."""
    words = {
        "": _("All tid"),
        "30": _("Senaste 30 dagarna"),
        "90": _("Senaste 90 dagarna"),
        "365": _("Senaste året"),
    }
    now = _period(wanted, today)
    return [Option(value, label, value == now) for value, label in words.items()]


def units(found: Extract) -> list[Option]:
    """The units that have read."""
    chosen = found.wanted.unit_id
    every = Option("", _("Alla enheter"), chosen is None)
    return [every, *(Option(str(unit.pk), unit.name, unit.pk == chosen) for unit in found.units)]
