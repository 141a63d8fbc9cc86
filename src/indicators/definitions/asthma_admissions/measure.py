"""Inläggningar för astma: se definition.toml."""

from indicators.measures import Rate, begins_with, is_in, rows

MEASURE = Rate(
    of=rows("diagnosis", begins_with("code", "J45", "J46"), is_in("admitted", True), is_in("main", True)),
    per=100_000,
)
