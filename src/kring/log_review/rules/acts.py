"""Which acts in the log are openings, and which rules open in an emergency."""

OPENINGS = frozenset({"read", "search", "write", "print", "export"})
"""What a review is about. Standing in a list is no opening, though a family can see that too."""
FAMILY_ROLES = frozenset({"guardian", "child"})
NOT_REVIEWED = FAMILY_ROLES | {"machine", "log_reviewer"}
"""Whose acts a review leaves out: the family's own, those of systems, and reviews themselves."""
EMERGENCY_RULES = frozenset({"8.2.5.reveal", "8.2.5.open", "8.3.4.reveal", "8.3.4.open", "8.3.8.reveal"})

NEIGHBOUR_RULES = frozenset({"8.2.2", "8.2.2.outer", "8.2.4", "8.3.1", "8.3.2", "8.3.5"})
"""By which what another unit, or another care provider, has written is opened after an active choice."""


def is_emergency(rule: str) -> bool:
    """Whether what happened was an emergency opening (nödöppning), or its first step."""
    return rule in EMERGENCY_RULES
