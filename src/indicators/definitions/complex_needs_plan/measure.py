"""Stora behov: samordnad plan när kommunen är med: se definition.toml."""

from indicators.definitions.complex_needs_vgr.measure import CONDITION
from indicators.measures import Holds, ShareOfGroup, both, is_in, rows

MEASURE = ShareOfGroup(
    having=Holds(rows("arrangement", is_in("kind", "plan"))),
    among=both(CONDITION, Holds(rows("arrangement", is_in("kind", "municipal_support")))),
)
