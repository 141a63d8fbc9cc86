"""The programme and the public: follow-up, pilots, decisions, councils and the newsletter (8.9, ruling 24).

None of them reaches an identifiable child. A small number is hidden from every reader.
"""

from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.decision import Facts, Table, allow, deny, masked, require
from kring.access.policy.sources import law, ruling
from kring.access.policy.staff import ASSIGNMENT, LOGIN

PURPOSES = "PDL 2:4 p 4–6"


class Part(StrEnum):
    """Who asks, by their work; EVERYONE is also somebody who has not logged in."""

    ANALYST = "analyst"
    PROCESS_LEADER = "process_leader"
    STEERING_GROUP = "steering_group"
    COUNCIL_CONTACT = "council_contact"
    ADMINISTRATOR = "administrator"
    STAFF = "staff"
    EVERYONE = "everyone"


class Matter(StrEnum):
    """What is asked for."""

    INDICATOR = "indicator"
    SMALL_CELL = "small_cell"
    PSEUDONYMISED_ROW = "pseudonymised_row"
    PILOT = "pilot"
    DECISION = "decision"
    COUNCIL_OPINION = "council_opinion"
    COUNCIL_MEMBER = "council_member"
    NEWSLETTER = "newsletter"
    SUBSCRIBERS = "newsletter_subscribers"


class Wish(StrEnum):
    """To read (search, print and take out likewise), or to write."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True)
class ProgrammeFacts(Facts):
    """`published`: made public by decision; `identifiable`: it names an individual child."""

    part: Part = Part.EVERYONE
    matter: Matter = Matter.PSEUDONYMISED_ROW
    wish: Wish = Wish.WRITE
    published: bool = False
    identifiable: bool = True
    strong_auth: bool = False
    assignment_active: bool = False


PUBLIC = {Matter.INDICATOR, Matter.PILOT, Matter.DECISION, Matter.COUNCIL_OPINION, Matter.NEWSLETTER}
LEADS = {Part.PROCESS_LEADER, Part.STEERING_GROUP}

PROGRAMME = Table(
    "programme",
    "Uppföljning, förbättring och det öppna",
    ProgrammeFacts,
    law("programme.none", "Det som ingen rad öppnar är stängt.", PURPOSES),
    (
        deny(
            law("programme.identifiable", "Programmet når aldrig ett barn som går att känna igen.", PURPOSES),
            identifiable=True,
        ),
        masked(
            ruling("programme.small_cell.public", "Ett litet antal är dolt för alla.", 24),
            matter=Matter.SMALL_CELL,
            wish=Wish.READ,
            published=True,
        ),
        allow(
            law("programme.published", "Det som är publicerat får alla läsa.", "TF 2 kap."),
            matter=PUBLIC,
            wish=Wish.READ,
            published=True,
        ),
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        masked(
            ruling("programme.small_cell", "Ett litet antal är dolt också i arbetet med siffrorna.", 24),
            matter=Matter.SMALL_CELL,
            wish=Wish.READ,
            part={Part.ANALYST, *LEADS},
        ),
        allow(
            law("programme.indicator", "De som följer upp ser siffrorna innan de publiceras.", PURPOSES),
            matter=Matter.INDICATOR,
            wish=Wish.READ,
            part={Part.ANALYST, *LEADS},
        ),
        allow(
            law("programme.rows", "Bara analytikern ser pseudonyma rader.", PURPOSES),
            matter=Matter.PSEUDONYMISED_ROW,
            wish=Wish.READ,
            part=Part.ANALYST,
        ),
        allow(
            law("programme.improvement", "De som leder förbättringen ser försök och beslut.", PURPOSES),
            matter={Matter.PILOT, Matter.DECISION},
            wish=Wish.READ,
            part={Part.ANALYST, *LEADS},
        ),
        allow(
            law("programme.pilot.write", "Processledaren skriver i försöken.", PURPOSES),
            matter=Matter.PILOT,
            wish=Wish.WRITE,
            part=Part.PROCESS_LEADER,
        ),
        allow(
            law("programme.decision.write", "Styrgruppen beslutar.", PURPOSES),
            matter=Matter.DECISION,
            wish=Wish.WRITE,
            part=Part.STEERING_GROUP,
        ),
        allow(
            law(
                "programme.opinion",
                "Rådets åsikter läses av den som håller i rådet och de som ska svara.",
                "barnkonventionen art. 12",
            ),
            matter=Matter.COUNCIL_OPINION,
            wish=Wish.READ,
            part={Part.COUNCIL_CONTACT, *LEADS},
        ),
        allow(
            law(
                "programme.council",
                "Den som håller i rådet sköter dess medlemmar och åsikter.",
                "barnkonventionen art. 12",
            ),
            matter={Matter.COUNCIL_OPINION, Matter.COUNCIL_MEMBER},
            part=Part.COUNCIL_CONTACT,
        ),
        allow(
            law(
                "programme.newsletter",
                "Administratören sköter nyhetsbrevet och dess mottagare.",
                "GDPR art. 6.1 a",
            ),
            matter={Matter.NEWSLETTER, Matter.SUBSCRIBERS},
            part=Part.ADMINISTRATOR,
        ),
    ),
)
