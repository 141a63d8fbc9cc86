"""Egna mätningar: larm omhändertagna: se definition.toml."""

from indicators.measures import ShareOfRows, is_in, rows

MEASURE = ShareOfRows(
    of=rows("deadline", is_in("kind", "monitoring_flag")),
    that=is_in("kept", True),
)
