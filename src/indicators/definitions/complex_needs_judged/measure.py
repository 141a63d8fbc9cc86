"""Barn som vården bedömer behöver samordning: se definition.toml."""

from indicators.measures import Holds, ShareOfGroup, is_in, rows

CONDITION = Holds(rows("arrangement", is_in("kind", "coordination_need")))
MEASURE = ShareOfGroup(having=CONDITION)
