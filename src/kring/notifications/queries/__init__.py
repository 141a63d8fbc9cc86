"""Everything that is read about notices."""

from .addresses import (
    AddressState,
    addresses_of,
    code_facts,
    code_of,
    contact_ways,
    no_post_because,
    people,
)
from .lists import Outbox, has_a_list, listed, notices_of, outbox, unread, unread_count
from .receivers import facts_of, guardians_of, heads_at, post_facts, told_about

__all__ = [
    "AddressState",
    "Outbox",
    "addresses_of",
    "code_facts",
    "code_of",
    "contact_ways",
    "facts_of",
    "guardians_of",
    "has_a_list",
    "heads_at",
    "listed",
    "no_post_because",
    "notices_of",
    "outbox",
    "people",
    "post_facts",
    "told_about",
    "unread",
    "unread_count",
]
