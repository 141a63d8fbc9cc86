"""What kind of place a meeting has, read out of what somebody wrote, for the pictures beside the words.

A place is free text. What is not plainly a screen, a home, a school or a place of care is just a place: no
picture is better than another's. Streets are named after schools and hospitals that are not there.
"""

import re
from enum import StrEnum

STREET = "(?!s?(?:gat|väg|gränd|torg|plan|park|back))"


class PlaceKind(StrEnum):
    SCREEN = "screen"
    HOME = "home"
    SCHOOL = "school"
    CARE = "care"
    OTHER = "other"


KINDS = (
    (PlaceKind.HOME, re.compile(r"\b(?:hemma|hemmet|hembesök\w*|hem (?:till|hos))\b")),
    (PlaceKind.SCHOOL, re.compile(rf"skol(?:an?s?\b|or)?{STREET}|\belevhäls|\bfritids")),
    (
        PlaceKind.CARE,
        re.compile(
            rf"mottagning|sjukhus(?:et)?{STREET}|vårdcentral|habilitering|klinik|lasarett|barnhäls|logoped"
            r"|\b(?:bvc|bup|bum)\b"
        ),
    ),
)


def kind_of_place(place: str, link: str = "") -> PlaceKind:
    """A link without a place is a screen; a place with a link is a place that one may also join from afar."""
    text = place.strip().lower()
    if not text:
        return PlaceKind.SCREEN if link.strip() else PlaceKind.OTHER
    return next((kind for kind, words in KINDS if words.search(text)), PlaceKind.OTHER)
