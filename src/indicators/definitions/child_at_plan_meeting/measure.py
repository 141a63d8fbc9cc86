"""Barnet var med vid mötet om sin plan: se definition.toml."""

from indicators.measures import ShareOfRows, is_in, rows

MEASURE = ShareOfRows(
    of=rows("step", is_in("kind", "meeting_with_child", "meeting_without_child")),
    that=is_in("kind", "meeting_with_child"),
)
