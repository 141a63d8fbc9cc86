"""Inläggningar för självskada, 10–17 år: se definition.toml."""

from indicators.measures import Rate, begins_with, is_in, rows

MEASURE = Rate(
    of=rows(
        "diagnosis",
        begins_with("code", "X6", "X7", "X80", "X81", "X82", "X83", "X84"),
        is_in("admitted", True),
    ),
    per=100_000,
    years=5,
    ages=(10, 17),
)
