"""Placerade barn: hälsoundersökning inom 30 dagar: se definition.toml."""

from indicators.measures import Within, is_in, rows

MEASURE = Within(
    start=rows("step", is_in("process", "placement"), is_in("kind", "placed")),
    stop=rows("step", is_in("process", "placement"), is_in("kind", "health_examined")),
    limit=30,
)
