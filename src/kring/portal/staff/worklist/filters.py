"""The worklist's addresses: each tab, counter, filter, sort order and page is one.

A value that is not known shows everything rather than nothing, so a mistyped or old link still works.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from kring.timeline.queries import Filters

VIEWS = {"mina": "mine", "teamet": "team", "vantar": "waiting", "utan": "unassigned"}
DUE = {"forsenade": "overdue", "idag": "today", "vecka": "week", "vantar": "waiting"}
ORDERS = {"": "", "-forfaller": "due_last", "namn": "name", "-namn": "name_last"}
LONGEST = 40


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the address asks for, in the address's own words."""

    view: str = "mina"
    due: str = ""
    kind: str = ""
    municipality: str = ""
    sort: str = ""
    page: int = 1

    @property
    def filters(self) -> Filters:
        return Filters(
            view=VIEWS[self.view],
            due=DUE.get(self.due, ""),
            kind=self.kind,
            municipality=self.municipality,
            order=ORDERS[self.sort],
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.due or self.kind or self.municipality)

    def query(self, **changes: object) -> str:
        """The same choice with some parts changed, as an address's query; a change goes back to the first
        page.
        """
        new = replace(self, **({"page": 1} | changes))  # type: ignore[arg-type]
        named = {
            "vy": new.view,
            "forfaller": new.due,
            "uppgift": new.kind,
            "kommun": new.municipality,
            "ordning": new.sort,
            "sida": new.page if new.page > 1 else "",
        }
        filled = {name: value for name, value in named.items() if value}
        return "?" + urlencode(filled) if filled else "?"


def choice_from(parameters: Mapping[str, str]) -> Choice:
    """Read an address; what it does not say, or says wrongly, is as if it had not been asked."""
    view, due, sort = (parameters.get(name, "") for name in ("vy", "forfaller", "ordning"))
    return Choice(
        view=view if view in VIEWS else "mina",
        due=due if due in DUE else "",
        kind=_short(parameters.get("uppgift", "")),
        municipality=_short(parameters.get("kommun", "")),
        sort=sort if sort in ORDERS else "",
        page=_number(parameters.get("sida", "")),
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST and text.isprintable() else ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 and int(text) else 1
