"""Från upptäckt till första stöd: se definition.toml."""

from indicators.measures import Wait, is_in, rows

MEASURE = Wait(
    start=rows("step", is_in("process", "ndd"), is_in("kind", "concern_raised")),
    stop=rows("step", is_in("process", "ndd"), is_in("kind", "first_intervention_started")),
    limit=90,
)
