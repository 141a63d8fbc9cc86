"""Från remiss till påbörjad utredning: se definition.toml."""

from indicators.measures import Wait, is_in, rows

MEASURE = Wait(
    start=rows("step", is_in("process", "ndd"), is_in("kind", "referral_sent")),
    stop=rows("step", is_in("process", "ndd"), is_in("kind", "assessment_started")),
    limit=90,
)
