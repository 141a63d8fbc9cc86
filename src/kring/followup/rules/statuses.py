"""How a cell is told or not. Four kinds of absence, never mixed: a reader acts differently on each.

The same words as `indicators.disclosure`, which sets them; here without the arithmetic it needs.
"""

SHOWN, FEW, PROTECTED, MISSING, NOT_APPLICABLE = "shown", "few", "protected", "missing", "not_applicable"
HIDDEN = (FEW, PROTECTED, MISSING, NOT_APPLICABLE)
ROUNDING = 5
"""What counts are rounded to."""
EVERYWHERE, NOWHERE = "", "protected"
"""How a cell tells that it is not broken down by place, and that its place is told to nobody."""
