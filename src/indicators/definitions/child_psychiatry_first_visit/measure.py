"""BUP: från remiss till första besök: se definition.toml."""

from indicators.measures import Wait, is_in, rows

MEASURE = Wait(
    start=rows("step", is_in("process", "bup"), is_in("kind", "referral_sent")),
    stop=rows("step", is_in("process", "bup"), is_in("kind", "first_visit_done")),
    limit=30,
)
