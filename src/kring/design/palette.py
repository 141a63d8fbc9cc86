"""Colours for charts and pictures made on the server, with measured contrast on white (ux.md c10).

Colour never stands alone: each has a shape and a word. Pages take theirs from static/design/source/
10-theme.css; `PAIRS` there is tested against the same limits.
"""

from typing import NamedTuple


class Mark(NamedTuple):
    """One meaning in a chart: colour, shape and the word that goes with it."""

    colour: str
    shape: str
    word: str


INK = "#1f2933"
IMPROVEMENT = Mark("#0072b2", "■", "Förbättring")
CONCERN = Mark("#b34700", "▲", "Försämring")
NEUTRAL_CHANGE = Mark("#490092", "◆", "Förändring utan riktning")
COMMON = Mark("#6b7680", "●", "Normal variation")
LATE = "#8a1c00"
CHART_MARKS = (IMPROVEMENT, CONCERN, NEUTRAL_CHANGE, COMMON)


def luminance(colour: str) -> float:
    """Relative luminance 0-1 of #rrggbb (WCAG 2.2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1-21 of two #rrggbb colours (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
