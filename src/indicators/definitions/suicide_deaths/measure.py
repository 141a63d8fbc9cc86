"""Suicid, 10–17 år: se definition.toml."""

from indicators.measures import Rate, begins_with, rows

MEASURE = Rate(
    of=rows("death", begins_with("cause", "X6", "X7", "X80", "X81", "X82", "X83", "X84")),
    per=100_000,
    years=5,
    ages=(10, 17),
)
