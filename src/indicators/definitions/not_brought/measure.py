"""Bokade besök som inte blev av: se definition.toml."""

from indicators.measures import ShareOfRows, is_in, rows

MEASURE = ShareOfRows(
    of=rows("contact", is_in("planned", True), is_in("status", "done", "no_show")),
    that=is_in("status", "no_show"),
)
