"""Who consents (8.6, rulings 11 to 16): who may sign and take it back, and whether all signatures are there.

Consent is never a boolean. It is some people's signatures, each for named parties and named kinds of
information, for a time; what is needed depends on the matter and on who decides for this child.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kring.access.policy.decision import Facts, Need, Table, allow, deny
from kring.access.policy.family import Channel, Close
from kring.access.policy.sources import law, ruling


class Signing(StrEnum):
    """To give one's own signature, or to take it back."""

    SIGN = "consent"
    WITHDRAW = "withdraw_consent"


class Matter(StrEnum):
    """How much the decision weighs."""

    SIGNIFICANT = "significant"
    EVERYDAY = "everyday"


class Decider(StrEnum):
    """Who decides for this child in this matter."""

    GUARDIANS = "guardians"
    CHILD = "child"
    BOARD = "board"
    NOBODY = "nobody"


class Named(StrEnum):
    """Whom the board's decision about a child placed by order names to consent (ruling 14); NOBODY also when
    the child is not placed.
    """

    NOBODY = "nobody"
    BOARD = "board"
    GUARDIANS = "guardians"


class Signed(StrEnum):
    """How many of those who are needed have said yes."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


@dataclass(frozen=True)
class Signer(Facts):
    """`has_signed`: there is a signature of one's own to take back; `link_closed`: blocked, or with protected
    identity, which closes the way over the net; `named`: whom the board's decision names.
    """

    who: Close = Close.NOT_GUARDIAN
    act: Signing = Signing.SIGN
    channel: Channel = Channel.E_SERVICE
    strong_auth: bool = False
    has_signed: bool = False
    decider: Decider = Decider.NOBODY
    custody: bool = False
    link_closed: bool = True
    named: Named = Named.NOBODY


@dataclass(frozen=True)
class Signatures(Facts):
    """Of those who decide; a guardian without custody today is not among them. `refused`: any of them.
    `named`: whom the board's decision about a placed child names.
    """

    matter: Matter = Matter.SIGNIFICANT
    decider: Decider = Decider.NOBODY
    named: Named = Named.NOBODY
    signed: Signed = Signed.NONE
    refused: bool = True


@dataclass(frozen=True)
class Signature:
    """One person's answer. Days are Swedish days, first and last included; `withdrawn_at` is an instant."""

    state: str
    parties: frozenset[str]
    categories: frozenset[str]
    starts_on: date
    ends_on: date | None = None
    withdrawn_at: datetime | None = None

    def covers(self, *, party: str | None, category: str, now: datetime, today: date) -> bool:
        """Whether it is a yes to this party having this kind of information now; `party` None is any."""
        in_time = self.starts_on <= today <= (self.ends_on or date.max)
        standing = self.withdrawn_at is None or now < self.withdrawn_at
        meant = (party is None or party in self.parties) and category in self.categories
        return self.state == "given" and in_time and standing and meant


def decider(
    *, adult: bool, child_mature: bool, placed_by_order: bool, named: Named = Named.NOBODY
) -> Decider:
    """Who decides: the child itself when grown or judged mature for the question (FB 6:11), else the
    guardians. For a child placed by compulsory order the social services board, unless its decision names the
    guardians (ruling 14).
    """
    if adult or child_mature:
        return Decider.CHILD
    board = placed_by_order and named is not Named.GUARDIANS
    return Decider.BOARD if board else Decider.GUARDIANS


def how_many(answers: Mapping[str, bool]) -> Signed:
    """How many of the needed have said yes; with nobody to ask, nobody has."""
    if answers and all(answers.values()):
        return Signed.ALL
    return Signed.SOME if any(answers.values()) else Signed.NONE


SIGNERS = Table(
    "8.6 a",
    "Vem som lämnar och tar tillbaka ett samtycke",
    Signer,
    law("8.6.none", "Bara den som bestämmer för barnet lämnar samtycke.", "FB 6:11"),
    (
        allow(
            law(
                "8.6.withdraw", "Den som har samtyckt får när som helst ta tillbaka det.", "OSL 12:2; PDL 4:4"
            ),
            act=Signing.WITHDRAW,
            has_signed=True,
            who={Close.CHILD, Close.GUARDIAN},
        ),
        deny(
            law("8.6.withdraw.own", "Bara det egna samtycket går att ta tillbaka.", "OSL 12:2"),
            act=Signing.WITHDRAW,
        ),
        deny(
            law(
                "8.6.login",
                "Den som samtycker på nätet ska vara inloggad med e-legitimation.",
                "1177, Inera: regler för ombud och barn",
            ),
            channel=Channel.E_SERVICE,
            strong_auth=False,
        ),
        deny(
            ruling(
                "8.6.not_guardian",
                "Den som inte är vårdnadshavare samtycker inte till något.",
                14,
                sign_off=True,
            ),
            who=Close.NOT_GUARDIAN,
        ),
        allow(
            law(
                "8.6.child",
                "Den som är vuxen eller mogen för frågan bestämmer själv.",
                "FB 6:11; Kring, ställningstagande 15",
            ),
            who=Close.CHILD,
            decider=Decider.CHILD,
        ),
        deny(
            law(
                "8.6.child.not_mature",
                "Ett barn som inte är moget för frågan hörs, men samtycker inte.",
                "FB 6:11",
            ),
            who=Close.CHILD,
        ),
        deny(law("8.6.custody", "Vårdnaden ska gälla i dag.", "FB 6:2, 6:11"), custody=False),
        deny(
            law(
                "8.6.child_decides",
                "Barnet bestämmer själv: vårdnadshavarens samtycke behövs inte.",
                "FB 6:11",
            ),
            decider=Decider.CHILD,
        ),
        deny(
            ruling(
                "8.6.board",
                "För ett placerat barn säger nämndens beslut vem som samtycker.",
                14,
                sign_off=True,
            ),
            decider=Decider.BOARD,
        ),
        deny(
            ruling(
                "8.6.outside_portal",
                "Den vars väg på nätet är stängd samtycker utanför, och personalen skriver in det.",
                13,
                sign_off=True,
            ),
            link_closed=True,
            channel=Channel.E_SERVICE,
        ),
        allow(
            ruling(
                "8.6.guardian.placed",
                "Nämndens beslut säger att vårdnadshavarna samtycker för det placerade barnet.",
                14,
                sign_off=True,
            ),
            decider=Decider.GUARDIANS,
            named=Named.GUARDIANS,
        ),
        allow(
            law("8.6.guardian", "Vårdnadshavaren lämnar sitt samtycke.", "FB 6:11, 6:13"),
            decider=Decider.GUARDIANS,
        ),
    ),
)

SIGNATURES = Table(
    "8.6 b",
    "Vilka samtycken som behövs",
    Signatures,
    law("8.6.missing", "Alla samtycken som behövs finns inte.", "FB 6:11, 6:13; OSL 12:2"),
    (
        deny(
            ruling(
                "8.6.signatures.board",
                "För ett placerat barn gäller nämndens beslut. Säger det inte vem är det stängt.",
                14,
                sign_off=True,
            ),
            Need.CONSENT,
            decider=Decider.BOARD,
            named={Named.NOBODY, Named.GUARDIANS},
        ),
        deny(
            ruling("8.6.conflict", "Ett nej från någon som bestämmer är en konflikt, aldrig ett ja.", 12),
            Need.CONSENT,
            refused=True,
        ),
        allow(
            ruling(
                "8.6.signatures.board_yes",
                "Nämnden har samtyckt för det placerade barnet, som dess beslut säger.",
                14,
                sign_off=True,
            ),
            decider=Decider.BOARD,
            matter=Matter.SIGNIFICANT,
            signed=Signed.ALL,
        ),
        allow(
            ruling(
                "8.6.signatures.placed",
                "Alla vårdnadshavare har samtyckt, som nämndens beslut säger.",
                14,
                sign_off=True,
            ),
            decider=Decider.GUARDIANS,
            named=Named.GUARDIANS,
            signed=Signed.ALL,
        ),
        allow(
            law("8.6.signatures.child", "Den som bestämmer själv har samtyckt.", "FB 6:11"),
            decider=Decider.CHILD,
            signed=Signed.ALL,
        ),
        allow(
            ruling("8.6.everyday", "I en vardaglig fråga räcker en vårdnadshavares ja.", 12),
            decider=Decider.GUARDIANS,
            matter=Matter.EVERYDAY,
            signed={Signed.SOME, Signed.ALL},
        ),
        allow(
            law("8.6.both", "I en fråga av vikt har alla vårdnadshavare samtyckt.", "FB 6:13"),
            decider=Decider.GUARDIANS,
            signed=Signed.ALL,
        ),
        deny(
            law("8.6.one_of_two", "I en fråga av vikt räcker inte den ena vårdnadshavarens ja.", "FB 6:13"),
            Need.CONSENT,
            signed=Signed.SOME,
        ),
        deny(
            law("8.6.nobody", "Ingen som bestämmer har samtyckt.", "OSL 10:1, 12:2"),
            Need.CONSENT,
            signed=Signed.NONE,
        ),
    ),
)
