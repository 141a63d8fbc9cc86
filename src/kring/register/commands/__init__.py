"""Writing what files say: many lines to a transaction, each of which stands or falls by itself."""

from .filling import Outcome, read_people
from .places import Changes, read_places
from .writing import Permit, operator

__all__ = ["Changes", "Outcome", "Permit", "operator", "read_people", "read_places"]
