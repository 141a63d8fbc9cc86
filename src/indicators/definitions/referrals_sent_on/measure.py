"""Remisser som skickas tillbaka eller vidare: se definition.toml."""

from indicators.measures import ShareOfRows, is_in, rows

MEASURE = ShareOfRows(
    of=rows("step", is_in("kind", "referral_accepted", "referral_returned", "referral_redirected")),
    that=is_in("kind", "referral_returned", "referral_redirected"),
)
