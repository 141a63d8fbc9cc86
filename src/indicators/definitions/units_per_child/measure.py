"""Antal enheter per barn och år: se definition.toml."""

from indicators.measures import Spread, is_in, rows

MEASURE = Spread(
    of=rows("contact", is_in("status", "done")),
    provider="unit",
)
