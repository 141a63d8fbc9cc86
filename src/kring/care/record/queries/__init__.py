"""Reading what care givers sent: a child's entries through the gate, and deliveries without any child in
them.
"""

from kring.care.record.rules.hidden import Hidden
from kring.secrecy.rules.choices import ActiveChoice, Reach

from .deliveries import deliveries, problems, sources, upload_kept_until
from .entries import PAGE, Entries, RecordPage, Row, Wanted, entries_for, record_page, to_choose
from .family import FamilyEntry, FamilyRecord, family_entry, family_record
from .one import OneEntry, exact_text, one_entry

__all__ = [
    "PAGE", "ActiveChoice", "Entries", "FamilyEntry", "FamilyRecord", "Hidden", "OneEntry", "Reach",
    "RecordPage", "Row", "Wanted", "deliveries", "entries_for", "exact_text", "family_entry",
    "family_record", "one_entry", "problems", "record_page", "sources", "to_choose", "upload_kept_until",
]  # fmt: skip
