"""Konsultation i stället för remiss: se definition.toml."""

from indicators.measures import ShareOfRows, is_in, rows

MEASURE = ShareOfRows(
    of=rows("step", is_in("kind", "consultation_solved", "consultation_referred")),
    that=is_in("kind", "consultation_solved"),
)
