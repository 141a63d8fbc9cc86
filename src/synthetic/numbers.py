"""Personal numbers that belong to nobody: the Tax Agency's test series, each number given out once."""

from collections.abc import Iterable
from datetime import date

FIRST_YEAR = 2002
BIRTH_NUMBERS = {"female": ("238", "239"), "male": ("239", "238")}
"""The reserved pair, the one that the register would give first. Nothing may be concluded from it."""


class TestSeries:
    """Gives out test numbers: at most two personal and two coordination numbers for each date."""

    __test__ = False  # not a test class, although its name begins like one

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._given = set(taken)

    def give(self, born: date, sex: str, coordination: bool = False) -> str | None:
        """A free number of twelve digits for this date, or None when the date has none left."""
        if born.year < FIRST_YEAR:
            return None
        day = f"{born:%Y%m}{born.day + (60 if coordination else 0):02}"
        for birth_number in BIRTH_NUMBERS[sex]:
            number = day + birth_number + _check_digit(day[2:] + birth_number)
            if number not in self._given:
                self._given.add(number)
                return number
        return None


def _check_digit(nine: str) -> str:
    """Luhn, as on every Swedish personal number."""
    values = [int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(nine)]
    return str(-sum(value - 9 if value > 9 else value for value in values) % 10)
