"""Text that the fonts can draw. PDF/UA refuses a file with a character that no font has, so those are marked.

Everything else a person has written comes through as it is: what looks like code is only letters here.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
LONG_WORD = re.compile(r"\S{40,}")
PIECE = 24
# Marks without a glyph: byte order, variants, skin tones, tags, and those that turn the reading order.
UNSEEN = re.compile(
    "[\ufeff\ufe00-\ufe0f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U0001f3fb-\U0001f3ff\U000e0000-\U000e007f]"
)
# Joiners belong in Persian and Ethiopic words; between pictures they ask for one that the font does not have.
PICTURE_JOINER = re.compile("(?<=[^\u0600-\u077f])[\u200c\u200d]|^[\u200c\u200d]")


@cache
def drawable() -> frozenset[str]:
    """Every character that some font in `fonts/` has."""
    lines = (FONTS / "coverage.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(
        char for line in lines if line[:1] != "#" for part in line.split() for char in _span(part)
    )


def _span(part: str) -> Iterator[str]:
    first, _, last = part.partition("-")
    return (chr(code) for code in range(int(first, 16), int(last or first, 16) + 1))


def printable(text: str) -> str:
    """The text with line breaks kept, unseen marks gone, and what no font has as `UNKNOWN`."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    plain = PICTURE_JOINER.sub("", UNSEEN.sub("", plain))
    known = drawable()
    drawn = "".join(char if char == "\n" or char in known else _instead(char) for char in plain)
    return LONG_WORD.sub(_breakable, drawn)


def _instead(char: str) -> str:
    return "" if unicodedata.category(char) in {"Cc", "Cf"} else UNKNOWN


def _breakable(word: "re.Match[str]") -> str:
    """A word wider than the page may be broken anywhere; a zero-width space says so and shows nothing."""
    whole = word[0]
    return "\N{ZERO WIDTH SPACE}".join(whole[at : at + PIECE] for at in range(0, len(whole), PIECE))


def all_printable(data: Any) -> Any:
    """The same for every text in nested lists and dictionaries; keys stay."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: all_printable(value) for key, value in data.items()}
    return [all_printable(value) for value in data] if isinstance(data, (list, tuple)) else data


def has_unknown(data: Any) -> bool:
    """Whether anything had to be left as «\N{REPLACEMENT CHARACTER}»: the paper then says so."""
    if isinstance(data, str):
        return UNKNOWN in data
    rows = data.values() if isinstance(data, dict) else data if isinstance(data, (list, tuple)) else ()
    return any(has_unknown(row) for row in rows)
