"""Samordnad plan: uppföljning på utsatt dag: se definition.toml."""

from indicators.measures import ShareOfRows, is_in, rows

MEASURE = ShareOfRows(
    of=rows("deadline", is_in("kind", "plan_follow_up")),
    that=is_in("kept", True),
)
