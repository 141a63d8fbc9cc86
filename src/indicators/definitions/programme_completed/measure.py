"""Stöd- och behandlingsprogram som fullföljs: se definition.toml."""

from indicators.measures import Within, is_in, rows

MEASURE = Within(
    start=rows("step", is_in("process", "programme"), is_in("kind", "programme_started")),
    stop=rows("step", is_in("process", "programme"), is_in("kind", "programme_completed")),
    limit=180,
)
