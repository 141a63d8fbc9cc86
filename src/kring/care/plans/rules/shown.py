"""What an author chooses about who of the family reads a text, checked before it is stored. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from .refusals import Refusal

UNTIL = "not_child_until"
NOTHING_CHOSEN = {
    "visibility": "default",
    "category": "general",
    "visible_to_child_from": None,
    "review_on": None,
}


@dataclass(frozen=True)
class Readers:
    """A choice of readers, as it stands on a text or as it is about to."""

    visibility: str = "default"
    category: str = "general"
    visible_to_child_from: date | None = None
    review_on: date | None = None

    @classmethod
    def of(cls, text: Any) -> "Readers":
        """The choice that stands on a stored text."""
        return cls(**{name: getattr(text, name) for name in NOTHING_CHOSEN})

    @property
    def told(self) -> dict[str, str]:
        """The choice as data for an event."""
        return {name: str(value or "") for name, value in asdict(self).items()}

    @property
    def mark(self) -> str:
        """The choice as one word, to know again that it has been shown."""
        return ".".join(self.told.values())


def checked(chosen: Mapping[str, Any], *, visibilities: Any, categories: Any, today: date) -> dict[str, Any]:
    """The choice as it is stored. What is not given is left as it is; a day counts only where it is asked
    for.

    Raises:
        Refusal: choice_missing, visible_from_missing (no day, or one that has come already).
    """
    given = dict(chosen)
    if unknown := set(given) - set(NOTHING_CHOSEN):
        raise TypeError(f"nobody chooses {sorted(unknown)}")
    if given.get("visibility", "default") not in visibilities:
        raise Refusal("choice_missing")
    if given.get("category", "general") not in categories:
        raise Refusal("choice_missing")
    if given.get("visibility") == UNTIL:
        day = given.get("visible_to_child_from")
        if day is None or day <= today:
            raise Refusal("visible_from_missing")
    elif "visibility" in given:
        given["visible_to_child_from"] = None
    return given


def review_day(chosen: Mapping[str, Any], *, withheld: bool, today: date, latest: date) -> date | None:
    """The day on which a text that is withheld is looked at again: the one that was said, or the latest that
    may be; where the child sees it sooner by itself, that day. None for what is withheld from nobody.

    Raises:
        Refusal: review_day (a day that has come already, or is too far off).
    """
    if not withheld:
        return None
    usual = [latest, *([chosen["visible_to_child_from"]] if chosen.get("visible_to_child_from") else [])]
    day: date = chosen.get("review_on") or min(usual)
    if not today < day <= latest:
        raise Refusal("review_day")
    return day
