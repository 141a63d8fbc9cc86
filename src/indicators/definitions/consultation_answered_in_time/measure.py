"""Konsultation besvarad i tid: se definition.toml."""

from indicators.measures import ShareOfRows, is_in, rows

MEASURE = ShareOfRows(
    of=rows("deadline", is_in("kind", "consultation_answer")),
    that=is_in("kept", True),
)
