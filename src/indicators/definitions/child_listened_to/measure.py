"""Barnet: de lyssnade på mig: se definition.toml."""

from indicators.measures import ShareOfRows, is_in, rows

MEASURE = ShareOfRows(
    of=rows("answer", is_in("by", "child"), is_in("item", "listened")),
    that=is_in("positive", True),
    ages=(10, 14),
)
