"""What a log row is about, and whether the one who reads the extract is to learn that it was read at all.

`HIDDEN` is the list to extend: a word that begins `AccessLogRow.what`, and whom it is hidden from. What is
chosen item by item (visibility) comes in by the item's key; see `queries.hidden.tells_hidden_items`.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from kring.access.policy.extract import ExtractReader

GUARDIAN = frozenset({ExtractReader.GUARDIAN})
BOTH = frozenset({ExtractReader.GUARDIAN, ExtractReader.CHILD})

HIDDEN: Mapping[str, frozenset[ExtractReader]] = MappingProxyType(
    {
        "concern": BOTH,
        "child.concern": BOTH,
        "internal_note": BOTH,
        "plan.internal": BOTH,
        "guardian_access": GUARDIAN,
        "guardian.decision": GUARDIAN,
        "guardian.block": GUARDIAN,
        "block": GUARDIAN,
        "prem": GUARDIAN,
        "maturity": GUARDIAN,
        "own.": GUARDIAN,
        "mood.kept": GUARDIAN,
        "message.kept": BOTH,
        "log_review.watch": GUARDIAN,
    }
)
"""Concern reports and internal notes (ruling 18), decisions that a guardian is not to notice (OSL 12:3),
blocks that the child has set, single survey answers (ruling 24), what is done on the child's own pages,
readings of what the child has answered and keeps to itself (ruling 19), of what somebody of the family writes
to a unit alone (ruling 20), and that readings about the child are watched: a guardian may be curious.
"""


def hidden_beginnings(reader: ExtractReader) -> tuple[str, ...]:
    """The beginnings of `what` that are hidden from a reader."""
    return tuple(word for word, readers in HIDDEN.items() if reader in readers)


def touches_hidden(
    what: str, object_id: str, reader: ExtractReader, hidden_items: Collection[str] = frozenset()
) -> bool:
    """Whether a row is about something that this reader does not see. `hidden_items`: keys of single items
    that are hidden from the reader now.
    """
    return what.startswith(hidden_beginnings(reader)) or (object_id != "" and object_id in hidden_items)
