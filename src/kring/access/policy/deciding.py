"""Who decides what opens or closes around one child: a guardian's access on the net (8.5), maturity (rulings
13-16) and the restricted group of a protected child (ruling 9); and how long an emergency lasts.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kring.access.policy.decision import Facts, Need, Rule, Table, allow, deny, require
from kring.access.policy.sessions import Lasting
from kring.access.policy.sources import FIRST_DAY, law, ruling
from kring.access.policy.staff import ASSIGNMENT, LOGIN

SECRECY = "OSL 12:3, 25:1"
PRACTICE = "1177, Inera: förlängd tillgång"


class AccessAct(StrEnum):
    """What is decided about a guardian: closed, kept open, open past the age limit, or the end of any."""

    BLOCK = "blocked"
    KEEP = "kept"
    EXTEND = "extended"
    END = "end"


@dataclass(frozen=True)
class GuardianAccess(Facts):
    """`custody`: who is decided about has custody today; `own`: the decision to end is the own unit's;
    `other_protected`: another guardian has protected identity; `of_age`: the child has turned 13 and not 16;
    `agreed`: the child has said yes to it; `ends_in_time`: at the latest the day before the 16th birthday.
    """

    act: AccessAct = AccessAct.BLOCK
    strong_auth: bool = False
    assignment_active: bool = False
    unit_head: bool = False
    custody: bool = False
    reason: bool = False
    own: bool = False
    other_protected: bool = False
    of_age: bool = False
    agreed: bool = False
    ends_in_time: bool = False


GUARDIAN_ACCESS = Table(
    "8.5 c",
    "Vem som beslutar om en vårdnadshavares tillgång på nätet",
    GuardianAccess,
    law("8.5.decide.none", "Ingen annan ändrar en vårdnadshavares tillgång.", SECRECY),
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        require(
            law("8.5.decide.head", "Verksamhetschefen beslutar om en vårdnadshavares tillgång.", SECRECY),
            unit_head=True,
        ),
        allow(
            law("8.5.decide.end", "Ett beslut avslutas av den verksamhet som har fattat det.", SECRECY),
            act=AccessAct.END,
            own=True,
        ),
        require(law("8.5.decide.custody", "Beslutet gäller en vårdnadshavare.", SECRECY), custody=True),
        require(
            law("8.5.decide.reason", "Ett beslut har ett skriftligt skäl.", SECRECY),
            Need.WRITTEN_REASON,
            reason=True,
        ),
        allow(
            law(
                "8.5.decide.block",
                "Tillgången blockeras när barnet annars kan lida men; vårdnadshavaren märker inget.",
                SECRECY,
            ),
            act=AccessAct.BLOCK,
        ),
        allow(
            ruling(
                "8.5.decide.keep",
                "En vårdnadshavare behåller tillgången trots att en annan har skyddade uppgifter.",
                8,
                sign_off=True,
            ),
            act=AccessAct.KEEP,
            other_protected=True,
        ),
        deny(
            law("8.5.decide.agreed", "Barnet ska vara med på en förlängd tillgång.", PRACTICE),
            Need.CONSENT,
            act=AccessAct.EXTEND,
            agreed=False,
        ),
        allow(
            law(
                "8.5.decide.extend",
                "Från 13 år läser en vårdnadshavare enhetens journal efter beslut, längst till 16 år.",
                PRACTICE,
            ),
            act=AccessAct.EXTEND,
            of_age=True,
            ends_in_time=True,
        ),
    ),
)


class Question(StrEnum):
    """What a child may be mature for."""

    RECORD = "record"
    CONSENT = "consent"
    BLOCK = "block"


@dataclass(frozen=True)
class Maturity(Facts):
    """`treats`: a licensed professional who treats the child; `has_turned_13`: surely."""

    question: Question = Question.RECORD
    strong_auth: bool = False
    assignment_active: bool = False
    takes_part: bool = False
    treats: bool = False
    unit_head: bool = False
    grounds: bool = False
    has_turned_13: bool = False


MATURITY = Table(
    "8.5 d",
    "Vem som bedömer om barnet är moget",
    Maturity,
    law("8.5.maturity.none", "Ingen annan bedömer om barnet är moget.", "FB 6:11"),
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        require(law("8.5.maturity.part", "Den som bedömer deltar i vården.", "PDL 4:1"), takes_part=True),
        require(
            law("8.5.maturity.grounds", "En bedömning har skäl i ord.", "FB 6:11"),
            Need.WRITTEN_REASON,
            grounds=True,
        ),
        allow(
            ruling(
                "8.5.maturity.treats",
                "Den som behandlar bedömer om barnet är moget att samtycka eller spärra, utan åldersgräns.",
                15,
            ),
            question={Question.CONSENT, Question.BLOCK},
            treats=True,
        ),
        allow(
            ruling(
                "8.5.maturity.record",
                "Verksamhetschefen beslutar från 13 år om barnet får läsa sin journal före 16.",
                15,
            ),
            question=Question.RECORD,
            unit_head=True,
            has_turned_13=True,
        ),
    ),
)


@dataclass(frozen=True)
class Group(Facts):
    """`takes_part`: the head's unit has a care relation to the child."""

    strong_auth: bool = False
    assignment_active: bool = False
    unit_head: bool = False
    takes_part: bool = False
    reason: bool = False


GROUP = Table(
    "8.8 e",
    "Vem som bestämmer den begränsade gruppen",
    Group,
    law("8.8.group.none", "Utan beslut ändras inte gruppen.", "OSL 22:1"),
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        require(
            law("8.8.group.part", "Bara en verksamhet som möter barnet har egna i gruppen.", "PDL 4:1"),
            takes_part=True,
        ),
        allow(
            ruling(
                "8.8.group.head",
                "Verksamhetschefen lägger till och tar bort egna medarbetare, också i ett akut läge.",
                9,
            ),
            unit_head=True,
            reason=True,
        ),
    ),
)

EMERGENCY_LASTS = Lasting(
    Rule(
        "emergency.lasts",
        "En nödöppning gäller den som öppnade i 60 minuter och tar sedan slut av sig själv.",
        "PDL 4:5; lag 2022:913 3:6; Kring, nödöppning",
        FIRST_DAY,
        needs_sign_off=True,
    ),
    timedelta(minutes=60),
)
EMERGENCY_REFUSED = ruling(
    "emergency.no_stands",
    "Ett nej till sammanhållen vårddokumentation står kvar i nöd: det är inte att samtycke saknas.",
    29,
    sign_off=True,
)
EMERGENCIES = (EMERGENCY_LASTS.rule, EMERGENCY_REFUSED)
