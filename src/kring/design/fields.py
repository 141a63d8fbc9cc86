"""A known day in three boxes (ux.md c6): day, month, year; month names are accepted. And a time of day.

Three boxes are quicker and safer than a calendar for a date people already know, such as the day of
a meeting in a letter. Error words tell the fix and never say that the person did wrong.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)

FIRST_YEAR, LAST_YEAR = 1900, 2199


def month_number(text: str) -> int | None:
    """1-12 from «3», «03», «mar», «mars» or «MARS»; None when it cannot be read."""
    word = text.strip().lower().rstrip(".")
    if word.isdecimal():
        return int(word) if len(word) <= 2 else None
    found = [at for at, name in enumerate(MONTHS, start=1) if len(word) >= 3 and name.startswith(word)]
    return found[0] if len(found) == 1 else None


def read_day(parts: Sequence[str | None]) -> date | None:
    """The date in (day, month, year), None when it is no real day. A two-digit year is not guessed."""
    day, month, year = ((part or "").strip() for part in parts)
    number = month_number(month)
    if number is None or not (day.isdecimal() and year.isdecimal() and len(year) == 4):
        return None
    try:
        found = date(int(year), number, int(day))
    except ValueError:
        return None
    return found if may_be_meant(found) else None


def may_be_meant(day: date) -> bool:
    """Whether somebody can mean the day. Counting from the first and the last of all days comes to no day."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


class DayBoxes(forms.MultiWidget):
    """Three text boxes; the macro `forms.date` writes their labels."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__([forms.TextInput() for _part in range(3)], attrs)

    def decompress(self, value: date | None) -> list[str | None]:
        """The three texts shown for a date that is already known."""
        return [str(value.day), str(value.month), str(value.year)] if value else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        """A group of boxes is named by its legend."""
        return ""


class DayField(forms.Field):
    """A day. `example` is written in the error text, so it should be a likely day for this question."""

    widget = DayBoxes
    default_error_messages = {
        "required": _("Ange datum, till exempel %(example)s."),
        "unreadable": _("Ange ett datum som finns, till exempel %(example)s."),
    }

    def __init__(self, *, example: str = "24 11 2026", **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.example = example

    def clean(self, value: Sequence[str | None]) -> date | None:
        """The date, None when optional and empty; raises ValidationError with words that tell the fix."""
        if not any((part or "").strip() for part in value or ()):
            if self.required:
                raise self._error("required")
            return None
        day = read_day(value)
        if day is None:
            raise self._error("unreadable")
        self.run_validators(day)
        return day

    def _error(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params={"example": self.example})


TIME_WORDS = _("Ange tiden med timmar och minuter, till exempel 10.00.")


class ClockField(forms.TimeField):
    """A time of day: «10.00», «10:00» or «10»."""

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%H.%M", "%H:%M", "%H"]
        messages = {"required": TIME_WORDS, "invalid": TIME_WORDS}
        widget = forms.TimeInput(format="%H.%M")
        super().__init__(input_formats=formats, error_messages=messages, widget=widget, **kwargs)
