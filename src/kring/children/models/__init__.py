"""The child and everything the gate needs to know about who is around it."""

from .child import Child, ChildNumber
from .consent import Consent, ConsentScope, Disclosure
from .people import CareRelation, CloseRelation, Custody, Guardian, ProtectedGroupMember

__all__ = [
    "CareRelation",
    "Child",
    "ChildNumber",
    "CloseRelation",
    "Consent",
    "ConsentScope",
    "Custody",
    "Disclosure",
    "Guardian",
    "ProtectedGroupMember",
]
