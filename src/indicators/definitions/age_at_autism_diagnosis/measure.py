"""Ålder vid första autismdiagnosen: se definition.toml."""

from indicators.measures import AgeAtFirst, begins_with, rows

MEASURE = AgeAtFirst(of=rows("diagnosis", begins_with("code", "F84")))
