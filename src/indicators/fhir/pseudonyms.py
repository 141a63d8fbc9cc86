"""Pseudonyms: HMAC-SHA-256 (RFC 2104, FIPS 198-1) of an identity under a secret that only the region has.

The same secret gives the same pseudonym next time and in another source, so loads can be compared; without it
nobody can go from a pseudonym to a person by trying every number there is.
"""

import hmac
import re
from collections.abc import Iterable

LEAST = 32
"""Characters of a secret."""
PERSONAL = re.compile(r"(?:\d\d)?\d\d(?:0[1-9]|1[0-2])(?:[0-7]\d|[89]\d)[-+]?\d{4}")
"""What could be a personal or coordination number: ten or twelve digits with a month in the right place.
Numbers of organisations have at least 20 there (lag 1974:174).
"""


class WeakSecretError(ValueError):
    """The secret is too short to keep anything secret, in words."""


class Pseudonyms:
    """What children and staff are called in the tables."""

    def __init__(self, secret: str) -> None:
        """WeakSecretError for one that is shorter than LEAST."""
        if len(secret) < LEAST:
            raise WeakSecretError(f"hemligheten behöver vara minst {LEAST} tecken lång")
        self._secret = secret.encode()

    def child(self, identity: str) -> int:
        """63 bits: among a million children the chance that any two collide is below one in ten million."""
        return int.from_bytes(self._of("child", identity)[:8], "big") >> 1

    def staff(self, identity: str) -> str:
        """Of somebody whom children meet."""
        return "s" + self._of("staff", identity)[:8].hex()

    def unit(self, identity: str) -> str:
        """A unit keeps its name, unless that could be the number of a person who runs it."""
        return "u" + self._of("unit", identity)[:8].hex() if PERSONAL.search(identity) else identity

    def _of(self, kind: str, identity: str) -> bytes:
        return hmac.digest(self._secret, f"{kind}:{identity}".encode(), "sha256")


def same_number(text: str) -> str:
    """A number however it is written: digits only, with the century where it is known."""
    digits = re.sub(r"[\s+-]", "", text)
    return digits if digits.isdigit() and digits.isascii() else text.strip()


def apart(made: Iterable[int]) -> None:
    """ArithmeticError if any two pseudonyms are the same."""
    found = list(made)
    if len(set(found)) < len(found):
        raise ArithmeticError("two children have the same pseudonym: use another secret")
