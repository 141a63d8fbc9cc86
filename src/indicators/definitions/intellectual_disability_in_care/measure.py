"""Barn som har fått vård för intellektuell funktionsnedsättning: se definition.toml."""

from indicators.measures import ShareOfChildren, begins_with, rows

MEASURE = ShareOfChildren(
    having=rows("diagnosis", begins_with("code", "F70", "F71", "F72", "F73", "F78", "F79"))
)
