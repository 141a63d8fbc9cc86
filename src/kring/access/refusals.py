"""Saying no to something that was understood: words for the person, a field for the form, a code for code."""

from typing import Any


class Refusal(Exception):
    """Something that may not be done as asked. Each package keeps its own table of codes and words."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        self.code = code
        self.message = message
        self.field = field
        super().__init__(message)


class EditConflict(Exception):
    """Somebody else has changed it since the page was shown. `current` is the row as it stands now."""

    def __init__(self, current: Any) -> None:
        super().__init__(str(current))
        self.current = current
