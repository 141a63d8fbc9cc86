"""Stöd före diagnos: se definition.toml."""

from indicators.measures import ShareBefore, begins_with, is_in, rows

MEASURE = ShareBefore(
    then=rows(
        "diagnosis", begins_with("code", "F70", "F71", "F72", "F73", "F78", "F79", "F80", "F84", "F90")
    ),
    early=rows("step", is_in("kind", "first_intervention_started")),
)
