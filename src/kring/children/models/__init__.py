"""The child and everything the gate needs to know about who is around it."""

from .blocks import AccessBlock, EmergencyAccess, LiftRequest
from .child import Child, ChildNumber
from .consent import Consent, ConsentScope, Disclosure
from .decisions import GuardianDecision, MaturityAssessment, Placement, ShareWish, YoungShare
from .people import CareRelation, CloseRelation, Custody, Guardian, ProtectedGroupMember
from .visibility import ShownToFamily

__all__ = [
    "AccessBlock",
    "CareRelation",
    "Child",
    "ChildNumber",
    "CloseRelation",
    "Consent",
    "ConsentScope",
    "Custody",
    "Disclosure",
    "EmergencyAccess",
    "Guardian",
    "GuardianDecision",
    "LiftRequest",
    "MaturityAssessment",
    "Placement",
    "ProtectedGroupMember",
    "ShareWish",
    "ShownToFamily",
    "YoungShare",
]
