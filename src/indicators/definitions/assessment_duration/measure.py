"""Utredningens längd: se definition.toml."""

from indicators.measures import Wait, is_in, rows

MEASURE = Wait(
    start=rows("step", is_in("process", "ndd"), is_in("kind", "assessment_started")),
    stop=rows("step", is_in("process", "ndd"), is_in("kind", "diagnosis_feedback_given")),
    limit=120,
)
