"""Vårdnadshavaren: vården pratar med varandra: se definition.toml."""

from indicators.measures import ShareOfRows, is_in, rows

MEASURE = ShareOfRows(
    of=rows("answer", is_in("by", "guardian"), is_in("item", "coordination")),
    that=is_in("positive", True),
)
