"""Whose an item of the plan is: to change it, and to say how it goes."""

from typing import Any


def is_own(by: Any, item: Any) -> bool:
    """Whether the actor's unit wrote it. The guardians write theirs together; what the child wrote is the
    child's alone.
    """
    return bool(item.unit_id == by.unit_id and item.by_child == (by.child_id is not None))


def says_how(by: Any, activity: Any) -> bool:
    """Whether it is the actor's to say how an activity goes: the unit that wrote it or does it, the family
    for what it wrote or does.
    """
    if by.is_staff:
        return by.unit_id in (activity.unit_id, activity.responsible_unit_id)
    return activity.unit_id is None or activity.responsible == "family"
