"""Seeded draws: one source of chance that is told, before each child, which child it draws for."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class Draw:
    """Chance that can be repeated. Draws for one child never depend on how much another child drew."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance_source = Random(seed)
        self.random = self.chance_source.random

    def start_over_for(self, layer: int, number: int) -> None:
        """Begin the draws of one layer for one child."""
        self.chance_source.seed(((self.seed * 16 + layer) << 32) + number)

    def chance(self, share: float) -> bool:
        """True in this share of cases."""
        return self.random() < share

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items, each as likely."""
        return items[int(self.random() * len(items))]

    def whole(self, first: int, last: int) -> int:
        """A whole number from first through last."""
        return first + int(self.random() * (last - first + 1))

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """Up to `count` different items, in the order drawn."""
        return self.chance_source.sample(items, min(count, len(items)))

    def weighted(self, items: Sequence[Item], cumulative: Sequence[float]) -> Item:
        """One of the items by cumulative weights."""
        return self.chance_source.choices(items, cum_weights=cumulative)[0]
