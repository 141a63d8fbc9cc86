"""Which local symbol stands in for one of Kring's own, asked at every picture of every page."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from kring.design import symbols

from .importing import SPRITE, WORDS, key_of, matching


def folder() -> Path:
    """Where the set is kept: with the data, never with the code."""
    return Path(settings.VAR) / "symbols"


def address_of(name: str) -> str:
    """Where the local drawing of one of Kring's symbols is; empty when Kring's own is used."""
    try:
        changed = (folder() / WORDS).stat().st_mtime_ns
    except OSError:
        return ""
    word = _standing_in(folder(), changed).get(name)
    return f"{reverse('local-symbols')}#{key_of(word)}" if word else ""


@lru_cache(maxsize=4)
def _standing_in(where: Path, _changed: int) -> dict[str, str]:
    """The set's words by symbol, read anew when the file has changed. The words are Swedish, as the list."""
    try:
        drawn = json.loads((where / WORDS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    with translation.override("sv"):
        return matching(drawn, {name: str(word) for name, word in symbols.WORDS.items()})


def sprite() -> bytes | None:
    """The whole set as one file; None when there is none."""
    try:
        return (folder() / SPRITE).read_bytes()
    except OSError:
        return None
