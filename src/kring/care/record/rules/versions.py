"""Which of an entry's versions may be shown beside the current one."""

from datetime import date
from typing import Any

from .references import is_child_path, links_of

Tree = dict[str, Any]


def about_same_child(current: Tree, other: Tree, today: date) -> bool:
    """Whether another version says in the same words whom it is about.

    A source may have moved an entry from one child to another. Where the two cannot be told to be about the
    same child, the other one is not shown: it may be somebody else's.
    """
    mine, its = _about(current, today), _about(other, today)
    return bool(mine) and mine == its


def _about(tree: Tree, today: date) -> frozenset[str]:
    kind = tree.get("resourceType", "")
    about = {link.text for link in links_of(tree, {}, today) if is_child_path(kind, link.path)}
    # A booked time has other participants too; they may change.
    return frozenset(text for text in about if text.startswith("Patient")) or frozenset(about)
