"""Komplexa långvariga tillstånd, efter inläst kodtabell: se definition.toml."""

from indicators.measures import Has, ShareOfGroup, listed, rows

CONDITION = Has(rows("diagnosis", listed("code", "complex_conditions")))
MEASURE = ShareOfGroup(having=CONDITION)
