"""Stora behov: antal enheter per barn och år: se definition.toml."""

from indicators.definitions.complex_needs_vgr.measure import CONDITION
from indicators.measures import Spread, is_in, rows

MEASURE = Spread(of=rows("contact", is_in("status", "done")), provider="unit", among=CONDITION)
