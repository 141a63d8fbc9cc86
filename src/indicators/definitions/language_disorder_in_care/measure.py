"""Barn som har fått vård för språkstörning: se definition.toml."""

from indicators.measures import ShareOfChildren, begins_with, rows

MEASURE = ShareOfChildren(having=rows("diagnosis", begins_with("code", "F80")))
