"""Numbers and words without meaning instead of children, cases, units and staff: keyed digests (HMAC-SHA256).

Without the key nobody can tell whose a pseudonym is, nor make one from a known id. With one key the same id
gives the same pseudonym, so that rows of a child belong together; with another key nothing does.
"""

import hmac
from collections.abc import Hashable
from functools import lru_cache

SHORTEST_KEY = 50
"""As of Kring's other keys."""


class Pseudonyms:
    """All pseudonyms of one key. ValueError for one that is too short to keep anything secret."""

    def __init__(self, key: str) -> None:
        if len(key) < SHORTEST_KEY:
            raise ValueError("the key of the pseudonyms is missing or too short")
        self._key = key.encode()
        self.word = lru_cache(maxsize=100_000)(self._word)

    def number(self, kind: str, one: Hashable) -> int:
        """A number of 63 bits: a child, a case, or what was known of somebody."""
        return int.from_bytes(self._digest(kind, one)[:8]) >> 1

    def _word(self, kind: str, one: Hashable) -> str:
        """A short word: a unit, or a member of staff. (Made once for each, by `word`.)"""
        return kind[0] + self._digest(kind, one)[:8].hex()

    def fingerprint(self) -> str:
        """What tells two keys apart, and nothing else about them."""
        return self._digest("fingerprint", "").hex()

    def _digest(self, kind: str, one: Hashable) -> bytes:
        return hmac.digest(self._key, f"{kind}:{one}".encode(), "sha256")
