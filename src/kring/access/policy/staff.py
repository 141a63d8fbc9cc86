"""What the two tables for staff and the record share: their words, and the locks before either."""

from enum import StrEnum

from kring.access.policy.sources import law, ruling


class WorkNeed(StrEnum):
    """Why the information is needed. CARE only while taking part in the care of this child."""

    CARE = "care"
    OTHER_WORK = "other_work"
    NONE = "none"


class Step(StrEnum):
    """What is asked for: to read, to lift a block, the two steps of an emergency, or to ask for a lift."""

    READ = "read"
    LIFT = "lift_block"
    REVEAL = "reveal_block"
    OPEN = "emergency_open"
    REQUEST_LIFT = "request_lift"


class SharingConsent(StrEnum):
    """The patient's answer to cross-provider sharing with the one who asks."""

    NONE = "none"
    GIVEN = "given"
    REFUSED = "refused"
    CANNOT_BE_OBTAINED = "cannot_be_obtained"


class Block(StrEnum):
    """The block that covers this information (by its documentation time) for the one who asks."""

    NONE = "none"
    INNER = "inner"
    OUTER = "outer"
    BOTH = "both"


LOGIN = law("staff.login", "Inloggningen ska vara stark.", "PDL 4:2; HSLF-FS 2016:40")
ASSIGNMENT = law("staff.assignment", "Uppdraget på enheten ska gälla i dag.", "PDL 4:2")
PROFILE = law("staff.profile", "Behörigheten ska omfatta den sortens uppgifter.", "PDL 4:2")
REASON = ruling("staff.reason", "En nödöppning utan skriftligt skäl nekas.", 29)
