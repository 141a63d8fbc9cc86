"""S86 «Så ser min sida ut»: the looks to choose among, to the child and to the adults who may choose too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kring.portal.child_pages.rules import BY_AGE, MORE_PICTURES, MORE_TEXT, SIMPLE

from .when import Words

PICTURES = {
    BY_AGE: "look-plain",
    SIMPLE: "look-simple",
    MORE_TEXT: "look-text",
    MORE_PICTURES: "look-pictures",
}


@dataclass(frozen=True)
class Look:
    """One look: what it is called, what it means, whether the pages have it now."""

    value: str
    picture: str
    word: str
    more: str
    now: bool


def look_page(looks: Sequence[str], kept: str, words: Words) -> list[Look]:
    """The choices in the child's own words."""
    return [
        Look(value, PICTURES[value], words[f"look_{value}"], words[f"look_{value}_more"], value == kept)
        for value in looks
    ]


def other_look_page(looks: Sequence[str], kept: str) -> list[Look]:
    """The same choices as adults read them."""
    said: dict[str, tuple[Any, Any]] = {
        BY_AGE: (_("Vanlig sida"), _("Som de flesta i samma ålder har.")),
        SIMPLE: (_("Enkel vy"), _("Få ord på varje rad, en sak i taget, fyra val eller färre.")),
        MORE_TEXT: (_("Mer att läsa"), _("Fler ord och mer på varje sida.")),
        MORE_PICTURES: (_("Mer bilder"), _("Större bilder, och bilder till orden i planen.")),
    }
    return [Look(value, PICTURES[value], *said[value], value == kept) for value in looks]
