"""Words and measures of messages, for the forms that ask for them."""

from typing import Any

from .models import TEXT_MAX, TITLE_MAX
from .rules import LONGEST, WORDS

TITLE_SIGNS, TEXT_SIGNS, WEEKDAYS = TITLE_MAX, TEXT_MAX, range(1, LONGEST + 1)
"""The most signs of a title and of a message, and the weekdays that a unit may promise."""


def says(code: str) -> Any:
    """The words of a refusal, for the form that finds it first."""
    return WORDS[code][1]
