"""How rows are drawn: a seeded order that the database can sort by, and who of the candidates are picked.

The order is (id · a + b) mod p with a and b from the seed: the same seed gives the same order for as long as
the log stands, without loading the log or keeping a list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

PRIME = 2_147_483_647
"""2³¹ − 1; an id times the factor stays within 64 bits for as many rows."""
SMALLEST, LARGEST = 5, 200
RANDOM_PART = 3
"""One row in so many, rounded up, is always picked by chance alone."""


@dataclass(frozen=True)
class Order:
    """The seed's own order of rows."""

    factor: int
    term: int

    @classmethod
    def of(cls, seed: int) -> "Order":
        drawn = Random(seed)  # noqa: S311 - anybody with the seed is to be able to draw it again
        return cls(drawn.randrange(PRIME // 3, PRIME), drawn.randrange(PRIME))

    def place(self, row_id: int) -> int:
        """Where a row stands; lower is drawn first."""
        return (row_id * self.factor + self.term) % PRIME


def pick(
    by_chance: Sequence[int], by_pattern: Mapping[str, Sequence[int]], size: int, chance: str
) -> dict[int, str]:
    """At most `size` rows with the rule that picked each, in the order they were picked.

    First the part that chance alone picks, then one of each pattern in turn, then chance again if there is
    room.
    """
    picked = dict.fromkeys(by_chance[: -(-size // RANDOM_PART)], chance)
    waiting = {rule: [row for row in rows if row not in picked] for rule, rows in by_pattern.items()}
    while any(waiting.values()) and len(picked) < size:
        for rule, rows in waiting.items():
            _take_one(picked, rows, rule, size)
    for row in by_chance:
        if len(picked) < size:
            picked.setdefault(row, chance)
    return picked


def _take_one(picked: dict[int, str], rows: list[int], rule: str, size: int) -> None:
    while rows and len(picked) < size:
        row = rows.pop(0)
        if row not in picked:
            picked[row] = rule
            return
