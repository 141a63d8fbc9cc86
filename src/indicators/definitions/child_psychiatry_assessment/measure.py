"""BUP: fördjupad utredning eller behandling inom 30 dagar: se definition.toml."""

from indicators.measures import Within, is_in, rows

MEASURE = Within(
    start=rows("step", is_in("process", "bup"), is_in("kind", "assessment_decided")),
    stop=rows(
        "step", is_in("process", "bup"), is_in("kind", "assessment_started", "first_intervention_started")
    ),
    limit=30,
)
