"""JSON read twice over: as data to decide by, and as the exact slice of text to keep.

In the data, numbers stay the text they were, behind a mark (`NUMBER`): 1.10 and 1.1 are two versions of a
dosage, and a number of five thousand digits is nobody's problem. Fields that stand twice, NaN and unreadable
parts are told of, and reading goes on after them.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from kring.care.record.rules.faults import Fault
from kring.care.record.rules.identity import NUMBER

_SPACE = re.compile(r"[ \t\n\r]*")
_BRACKETS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]"]', re.DOTALL)
_FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")


class Unreadable(Exception):
    """The text cannot be followed further than this place."""

    def __init__(self, text: str, at: int) -> None:
        super().__init__(f"at {at}")
        self.line = text.count("\n", 0, at) + 1
        self.column = at - text.rfind("\n", 0, at)


@dataclass
class Value:
    """A value: its data (None when it could not be read), its exact text, and what is wrong with it."""

    tree: Any
    text: str
    fault: Fault | None = None
    words: dict[str, str] = field(default_factory=dict)
    broken_at: int = 0


class Reader:
    """Walks one JSON text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._twice: list[str] = []
        self._not_numbers = False
        decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_float=NUMBER.__add__,
            parse_int=NUMBER.__add__,
            parse_constant=self._constant,
        )
        self._scan: Callable[[str, int], tuple[Any, int]] = decoder.scan_once  # type: ignore[attr-defined]

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            self._twice.append(next(name for name in names if names.count(name) > 1))
        return found

    def _constant(self, name: str) -> None:
        self._not_numbers = True

    def after_space(self, at: int) -> int:
        return _SPACE.match(self.text, at).end()  # type: ignore[union-attr]

    def value(self, at: int) -> tuple[Value, int]:
        """The value that begins at a place, and where it ends. A broken object or list is stepped over.

        Raises:
            Unreadable: there is no value, or its end cannot be found.
        """
        self._twice, self._not_numbers = [], False
        try:
            tree, end = self._scan(self.text, at)
        except (ValueError, StopIteration, RecursionError) as error:
            end = self._step_over(at)
            fault = Fault.TOO_DEEP if isinstance(error, RecursionError) else Fault.BROKEN_ENTRY
            return Value(None, self.text[at:end], fault, broken_at=_where(error, at)), end
        return self._judged(Value(tree, self.text[at:end])), end

    def _judged(self, value: Value) -> Value:
        if self._not_numbers:
            value.fault = Fault.NOT_A_NUMBER
        if self._twice:
            name = self._twice[0]
            value.fault, value.words = (
                Fault.DUPLICATE_FIELD,
                {"field": name if _FIELD_NAME.fullmatch(name) else "…"},
            )
        return value

    def _step_over(self, at: int) -> int:
        depth = 0
        for found in _BRACKETS.finditer(self.text, at):
            # A quotation mark on its own begins a text that never ends.
            if found[0] == '"' or (found.start() == at and found[0] not in ("{", "[")):
                break
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found[0], 0)
            if depth <= 0:
                return found.end()
        raise Unreadable(self.text, at)

    def members(self, at: int, found: Callable[[str, int], int]) -> int:
        """Walk the object at a place: `found` gets each field's name and place and answers where its value
        ends.
        """
        at = self.after_space(at + 1)
        if self.text[at : at + 1] == "}":
            return at + 1
        while True:
            name, at = self._name(at)
            at = self.after_space(found(name, at))
            if self.text[at : at + 1] == "}":
                return at + 1
            at = self.after_space(self._expect(",", at))

    def items(self, at: int, found: Callable[[int, int], int]) -> int:
        """Walk the list at a place: `found` gets each item's index and place and answers where it ends."""
        at = self.after_space(at + 1)
        if self.text[at : at + 1] == "]":
            return at + 1
        index = 0
        while True:
            at = self.after_space(found(index, at))
            if self.text[at : at + 1] == "]":
                return at + 1
            at, index = self.after_space(self._expect(",", at)), index + 1

    def _name(self, at: int) -> tuple[str, int]:
        start = self._expect('"', at)
        try:
            name, at = scanstring(self.text, start, True)
        except ValueError as error:
            raise Unreadable(self.text, start) from error
        return name, self.after_space(self._expect(":", self.after_space(at)))

    def _expect(self, sign: str, at: int) -> int:
        if self.text[at : at + 1] != sign:
            raise Unreadable(self.text, at)
        return at + 1


def _where(error: Exception, at: int) -> int:
    if isinstance(error, StopIteration):
        return error.value if isinstance(error.value, int) else at
    return getattr(error, "pos", at)


def digest_of(tree: Any) -> str:
    """SHA-256 of what the text says: the same for other spacing and field order, another for 1.1 than for
    1.10.
    """
    canonical = json.dumps(tree, sort_keys=True, separators=(",", ":"), check_circular=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
