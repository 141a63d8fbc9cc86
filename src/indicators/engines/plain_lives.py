"""Of the reference engine: a child's life, asked day by day."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from indicators import tables
from indicators.measures import Key, band_of
from indicators.tables import Data

from .plain_conditions import Row

Ages = tuple[int, int]
DAY = timedelta(days=1)


@dataclass
class Life:
    """A child: when it is followed and where it lives."""

    born: date
    sex: str
    ended: date | None
    protected: bool
    homes: list[Row] = field(default_factory=list)

    def age_on(self, day: date) -> int:
        """Whole years."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def turns(self, months: int) -> date:
        """The day it is so many months old; a day that the month lacks is counted into the next."""
        years, month = divmod(self.born.month - 1 + months, 12)
        return date(self.born.year + years, month + 1, 1) + (self.born.day - 1) * DAY

    def home_on(self, day: date) -> str | None:
        """The municipality of the spell that began last; None when that has ended or none has begun."""
        begun = [home for home in self.homes if home["first"] <= day]
        if not begun:
            return None
        latest = max(begun, key=lambda home: (home["first"], home["municipality"], home["last"] or date.max))
        return latest["municipality"] if latest["last"] is None or day <= latest["last"] else None

    def counts_on(self, day: date, ages: Ages) -> bool:
        """Whether it lives here that day, at one of the ages."""
        followed = self.born <= day and (self.ended is None or day <= self.ended)
        return followed and ages[0] <= self.age_on(day) <= ages[1] and self.home_on(day) is not None

    def key_on(self, day: date, year: int) -> Key:
        """Where an observation of that day belongs."""
        home = None if self.protected else self.home_on(day)
        return Key(year, home, self.sex, band_of(self.age_on(day)))


def lives_of(data: Data) -> dict[int, Life]:
    """Every child of the data, with its homes."""
    lives = {
        row["child"]: Life(row["born"], row["sex"], row["ended"], row["protected"])
        for row in tables.rows(data, "child")
    }
    for row in tables.rows(data, "residence"):
        if row["child"] in lives:
            lives[row["child"]].homes.append(row)
    return lives
