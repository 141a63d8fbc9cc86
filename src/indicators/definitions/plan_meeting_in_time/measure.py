"""Samordnad plan: möte inom 21 dagar: se definition.toml."""

from indicators.measures import Within, is_in, rows

MEASURE = Within(
    start=rows("step", is_in("process", "sip"), is_in("kind", "plan_need_noted")),
    stop=rows("step", is_in("process", "sip"), is_in("kind", "meeting_with_child", "meeting_without_child")),
    limit=21,
)
