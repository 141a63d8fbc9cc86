"""Lists and bookings: care sees its own unit's, reception sees the least it needs (ruling 26).

The log has its own reader: who administers the system never reads it.
"""

from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.decision import Facts, Table, allow, deny, masked, require
from kring.access.policy.sources import law, ruling
from kring.access.policy.staff import ASSIGNMENT, LOGIN


class Reader(StrEnum):
    """What kind of work the reader does."""

    CARE = "care"
    RECEPTION = "reception"
    BILLING = "billing"
    ADMINISTRATION = "administration"
    LOG_REVIEW = "log_review"
    OTHER = "other"


class Thing(StrEnum):
    """What is asked for. The access log tells who read about which child."""

    LIST = "list"
    BOOKINGS = "bookings"
    CONTENT = "content"
    ACCESS_LOG = "access_log"


@dataclass(frozen=True)
class ListFacts(Facts):
    """`own_unit`: the list, or the booking, is that of the reader's own unit; `own_provider`: the log is that
    of the reader's own care provider, who answers for it.
    """

    strong_auth: bool = False
    assignment_active: bool = False
    reader: Reader = Reader.OTHER
    thing: Thing = Thing.CONTENT
    own_unit: bool = False
    own_provider: bool = False


MINIMUM_FIELDS = ("name", "birth_date", "time", "place", "professional", "interpreter", "communication")
"""What a masked list shows: enough to receive and to book, never why the child comes."""

OVERVIEWS = {Thing.LIST, Thing.BOOKINGS}
OFFICE = {Reader.RECEPTION, Reader.BILLING, Reader.ADMINISTRATION}

LISTS = Table(
    "lists",
    "Listor, bokningar och logg",
    ListFacts,
    law("lists.none", "Den vars arbete inte kräver det ser varken listor eller innehåll.", "PDL 4:1–2"),
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        allow(
            law("lists.care", "Vårdpersonal ser sin egen enhets listor och bokningar.", "PDL 4:1"),
            reader=Reader.CARE,
            thing=OVERVIEWS,
            own_unit=True,
        ),
        masked(
            ruling(
                "lists.minimum",
                "Reception och administration ser den egna enhetens listor, så lite som går.",
                26,
            ),
            reader=OFFICE,
            thing=OVERVIEWS,
            own_unit=True,
        ),
        allow(
            ruling("lists.log_review", "Granskning av loggen är en egen roll.", 26),
            reader=Reader.LOG_REVIEW,
            thing=Thing.ACCESS_LOG,
            own_provider=True,
        ),
        deny(
            ruling("lists.no_log", "Den som administrerar läser aldrig loggen över innehåll.", 26),
            reader=OFFICE,
            thing=Thing.ACCESS_LOG,
        ),
        deny(
            ruling("lists.no_content", "Reception och administration läser aldrig innehåll.", 26),
            reader=OFFICE,
        ),
    ),
)
