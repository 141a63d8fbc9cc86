"""BUP: väntande som har väntat mer än 60 dagar: se definition.toml."""

from indicators.measures import StillWaiting, is_in, rows

MEASURE = StillWaiting(
    start=rows("step", is_in("process", "bup"), is_in("kind", "referral_sent")),
    stop=rows("step", is_in("process", "bup"), is_in("kind", "first_visit_done")),
    limit=60,
)
