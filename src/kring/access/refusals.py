"""Saying no to something that was understood: words for the person, a field for the form, a code for code."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID


class Refusal(Exception):
    """Something that may not be done as asked.

    With a `rule` it is refused because of who asks, not of what was written: then the log tells of it, and
    `about` is the child.
    """

    def __init__(
        self, code: str, message: str, field: str = "", *, rule: str = "", about: UUID | None = None
    ) -> None:
        self.code = code
        self.message = message
        self.field = field
        self.rule = rule
        self.about = about
        super().__init__(message)


class FromTable(Refusal):
    """A refusal whose words and field stand in its package's `table`, by code. `values` fill the places in
    the words; `rules` names the rule of those that are refused because of who asks.
    """

    table: Mapping[str, tuple[str, Any]] = {}
    rules: Mapping[str, str] = {}

    def __init__(self, code: str, about: UUID | None = None, *, rule: str = "", **values: str) -> None:
        field, words = self.table[code]
        said = str(words) % values if values else str(words)
        super().__init__(code, said, field, rule=rule or self.rules.get(code, ""), about=about)


class EditConflict(Exception):
    """Somebody else has changed it since the page was shown. `current` is the row as it stands now."""

    def __init__(self, current: Any) -> None:
        super().__init__(str(current))
        self.current = current
