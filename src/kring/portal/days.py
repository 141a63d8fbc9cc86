"""Days and times in words: they stand in the design package, which the care packages reach too."""

from kring.design.days import (
    at,
    day,
    day_and_time,
    distance,
    headline,
    local,
    month,
    nights,
    oclock,
    plain_day,
    weekday,
)

__all__ = [
    "at",
    "day",
    "day_and_time",
    "distance",
    "headline",
    "local",
    "month",
    "nights",
    "oclock",
    "plain_day",
    "weekday",
]
