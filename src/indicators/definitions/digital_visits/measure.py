"""Andel digitala vårdmöten: se definition.toml."""

from indicators.measures import ShareOfRows, is_in, rows

MEASURE = ShareOfRows(
    of=rows("contact", is_in("status", "done"), is_in("form", "visit", "video")),
    that=is_in("form", "video"),
)
