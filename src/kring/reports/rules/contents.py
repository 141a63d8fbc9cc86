"""The chapters of a report, as they are declared in contents.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DECLARED = Path(__file__).parents[1] / "contents.toml"
POPULATION, EQUALITY, CHANGES = "population", "equality", "changes"


@dataclass(frozen=True)
class Chapter:
    """A chapter: its key, address and title, what it is about, and the indicators in it.

    `counted_from`: an indicator whose denominator is told as figures of its own.
    """

    key: str
    address: str
    title: str
    lead: str
    indicators: tuple[str, ...] = ()
    counted_from: str = ""


@dataclass(frozen=True)
class Contents:
    """Every chapter in order, and the indicators that stand in none, with the reason."""

    chapters: tuple[Chapter, ...]
    left_out: Mapping[str, str]

    def chapter_at(self, address: str) -> Chapter | None:
        """The chapter that an address names."""
        return next((one for one in self.chapters if one.address == address), None)


@cache
def contents() -> Contents:
    """The chapters that there are."""
    return read(tomllib.loads(DECLARED.read_text(encoding="utf-8")))


def read(given: Mapping[str, Any]) -> Contents:
    """From the fields of the file. ValueError when an indicator stands in two places."""
    chapters = tuple(_chapter(one) for one in given["chapter"])
    left_out = given.get("left_out", {})
    placed = [slug for one in chapters for slug in one.indicators] + list(left_out)
    twice = sorted({slug for slug in placed if placed.count(slug) > 1})
    if twice:
        raise ValueError(f"står på två ställen: {', '.join(twice)}")
    return Contents(chapters, left_out)


def _chapter(given: Mapping[str, Any]) -> Chapter:
    return Chapter(**{**given, "indicators": tuple(given.get("indicators", ()))})
