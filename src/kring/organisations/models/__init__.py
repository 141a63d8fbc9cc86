"""Places and the people who work in them or log in."""

from .people import Assignment, Person
from .places import Administration, Controller, Grouping, Municipality, Region, Unit

__all__ = [
    "Administration",
    "Assignment",
    "Controller",
    "Grouping",
    "Municipality",
    "Person",
    "Region",
    "Unit",
]
