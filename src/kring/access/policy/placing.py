"""Who writes in that a child is placed (8.6, ruling 14): the social services, what their board has decided.

What follows of it stands in other tables: the guardians' pages in 8.5, who consents in 8.6 a and b.
"""

from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.decision import Facts, Need, Table, allow, deny, require
from kring.access.policy.sources import law, ruling
from kring.access.policy.staff import ASSIGNMENT, LOGIN

LVU = "LVU 11 §, 21 §; SoL 2025:400"


class PlacingAct(StrEnum):
    """A placement written in, changed by a new decision, ended, or taken away as written in by mistake."""

    RECORD = "record"
    CHANGE = "change"
    END = "end"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Placing(Facts):
    """`social_services`: the actor's unit is one; `takes_part`: it meets the child; `own`: the placement is
    its own board's; `decided`: the day of the board's decision is known and has come; `by_order`: by LVU;
    `guardians_decide`: they keep their pages and consent as before; `reason`: in words.
    """

    act: PlacingAct = PlacingAct.RECORD
    strong_auth: bool = False
    assignment_active: bool = False
    social_services: bool = False
    takes_part: bool = False
    own: bool = False
    decided: bool = False
    by_order: bool = False
    guardians_decide: bool = False
    reason: bool = False


PLACING = Table(
    "8.6 d",
    "Vem som skriver in att ett barn är placerat",
    Placing,
    law("8.6.place.none", "Ingen annan skriver in en placering.", LVU),
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        require(
            ruling("8.6.place.board", "Socialtjänsten skriver in sin nämnds beslut.", 14, sign_off=True),
            social_services=True,
        ),
        require(
            ruling("8.6.place.part", "Den som skriver in en placering möter barnet.", 14, sign_off=True),
            takes_part=True,
        ),
        deny(
            ruling(
                "8.6.place.own",
                "En placering ändras och avslutas av den nämnd som har beslutat den.",
                14,
                sign_off=True,
            ),
            act={PlacingAct.CHANGE, PlacingAct.END, PlacingAct.WITHDRAW},
            own=False,
        ),
        deny(
            ruling(
                "8.6.place.reason",
                "Skriv varför placeringen tas bort: den står kvar i loggen.",
                14,
                sign_off=True,
            ),
            Need.WRITTEN_REASON,
            act=PlacingAct.WITHDRAW,
            reason=False,
        ),
        allow(
            ruling(
                "8.6.place.withdraw",
                "Det som skrevs in av misstag tas bort av nämnden själv, med ett skäl.",
                14,
                sign_off=True,
            ),
            act=PlacingAct.WITHDRAW,
        ),
        deny(
            ruling(
                "8.6.place.decision",
                "Bara ett beslut som är fattat skrivs in, med dagen då nämnden fattade det.",
                14,
                sign_off=True,
            ),
            decided=False,
        ),
        allow(
            ruling("8.6.place.end", "Nämnden avslutar sin placering.", 14, sign_off=True),
            act=PlacingAct.END,
        ),
        deny(
            ruling(
                "8.6.place.consent",
                "Med samtycke (SoL) behåller vårdnadshavarna sina sidor och samtycker som förut.",
                14,
                sign_off=True,
            ),
            by_order=False,
            guardians_decide=False,
        ),
        allow(
            ruling(
                "8.6.place.record",
                "Nämndens beslut säger vem som samtycker och om vårdnadshavarna behåller sina sidor.",
                14,
                sign_off=True,
            ),
        ),
    ),
)
