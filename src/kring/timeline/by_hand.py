"""Tasks that are done by a call or a talk outside Kring, and so are noted as done by hand in the worklist.

Every other task is a step of something Kring keeps, and is done by doing it: a summons by answering it.
"""

from collections.abc import Mapping
from types import MappingProxyType

BY_HAND: Mapping[str, bool] = MappingProxyType(
    {"change_proposed": True, "visit_change_asked": True, "child_unclear": False, "child_wrong": True}
)
"""Kind -> whether it must be said how it ended: the family has asked something and has an answer to get."""
ANSWERED = "asked_answered"
"""The event of how such a task ended, in the words that whoever asked reads too."""
WITHHELD = "withheld_review"
"""To look again at what a unit keeps from the family: it stands beside the steps of a plan."""
