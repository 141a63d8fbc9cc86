"""Samma person: den mest träffades andel av besöken: se definition.toml."""

from indicators.measures import Continuity, is_in, rows

MEASURE = Continuity(
    of=rows("contact", is_in("status", "done"), is_in("form", "visit", "video")),
    provider="staff",
    index="upc",
)
