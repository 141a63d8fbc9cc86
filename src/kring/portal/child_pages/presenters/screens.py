"""One idea a screen: the smallest meet the parts of a page one by one, the others all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kring.portal.child_pages.rules import EARLY

ADDRESS = "?del=%d"


@dataclass(frozen=True)
class Screen:
    """The parts that stand on this screen, and the way to the others; `last` is 1 when there are none."""

    shown: Sequence[Any]
    now: int = 1
    last: int = 1

    @property
    def back(self) -> str:
        """The part before, empty on the first."""
        return ADDRESS % (self.now - 1) if self.now > 1 else ""

    @property
    def onward(self) -> str:
        """The part after, empty on the last."""
        return ADDRESS % (self.now + 1) if self.now < self.last else ""

    @property
    def ends(self) -> bool:
        """Whether this is the last there is."""
        return self.now == self.last


def screen(parts: Sequence[Any], mode: str, wanted: str = "") -> Screen:
    """What the child meets now: `wanted` is the number in the address, whatever somebody has written."""
    if mode != EARLY or len(parts) < 2:
        return Screen(parts)
    asked = int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 1
    now = min(max(asked, 1), len(parts))
    return Screen(parts[now - 1 : now], now, len(parts))


def at_part(href: str, wanted: str) -> str:
    """The address of a page at the part that a form was sent from."""
    return href + ADDRESS % int(wanted) if wanted.isdecimal() and len(wanted) < 4 else href
