"""Everything that is written about notices and about how each wants to be told."""

from .choosing import Confirmed, ask_code, choose_ways, confirm_address
from .telling import close_to_guardian, close_to_units, mark_read, mark_seen, take_back, tell

__all__ = [
    "Confirmed",
    "ask_code",
    "choose_ways",
    "close_to_guardian",
    "close_to_units",
    "confirm_address",
    "mark_read",
    "mark_seen",
    "take_back",
    "tell",
]
