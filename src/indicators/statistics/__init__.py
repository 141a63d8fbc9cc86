"""Small, exact statistics with their sources. Unknown is None, never NaN; a bad input is a ValueError."""
