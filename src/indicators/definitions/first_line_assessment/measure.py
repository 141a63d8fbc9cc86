"""Första linjen: bedömning inom tre dagar: se definition.toml."""

from indicators.measures import Within, is_in, rows

MEASURE = Within(
    start=rows("step", is_in("process", "first_line"), is_in("kind", "first_contact")),
    stop=rows("step", is_in("process", "first_line"), is_in("kind", "first_visit_done")),
    limit=3,
)
