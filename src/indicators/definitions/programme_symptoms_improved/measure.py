"""Bättre efter programmet: se definition.toml."""

from indicators.measures import ShareOfRows, is_in, rows

MEASURE = ShareOfRows(
    of=rows("step", is_in("kind", "symptoms_improved", "symptoms_unchanged", "symptoms_worse")),
    that=is_in("kind", "symptoms_improved"),
)
