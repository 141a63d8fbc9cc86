"""Writing what files say, line by line, each a transaction of its own with its log row."""

from .filling import Outcome, read_people
from .places import Changes, read_places
from .writing import Permit, operator

__all__ = ["Changes", "Outcome", "Permit", "operator", "read_people", "read_places"]
