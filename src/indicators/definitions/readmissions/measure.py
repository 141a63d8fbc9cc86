"""Oplanerad återinskrivning inom 30 dagar: se definition.toml."""

from indicators.measures import FollowedBy, is_in, rows

MEASURE = FollowedBy(
    first=rows("hospital", is_in("kind", "discharged"), is_in("reason", "other")),
    then=rows("hospital", is_in("kind", "admitted"), is_in("planned", False)),
    limit=30,
)
