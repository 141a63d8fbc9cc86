"""Who of the staff writes in what somebody has said about a plan outside the portal (8.6, rulings 13 and 15).

What closes is written in by whoever hears it, at once. What opens is written in by the unit that asked. That
a child is mature for the question is judged by a professional who treats it, whatever its age.
"""

from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.decision import Facts, Table, allow, deny, require
from kring.access.policy.sources import law, ruling


class Said(StrEnum):
    """What was said. NOT_ASKED takes nothing back and gives nothing."""

    YES = "given"
    NO = "refused"
    NOT_ASKED = "not_asked"
    TAKEN_BACK = "withdrawn"


class Sayer(StrEnum):
    """Whose word it is."""

    GUARDIAN = "guardian"
    ADULT = "adult"
    CHILD = "child"
    BOARD = "board"


@dataclass(frozen=True)
class Recording(Facts):
    """`in_plan`: the unit takes part in the plan now; `keeps_plan`: it keeps it going; `treats`: the role is
    one that treats children; `judged_mature`: who writes it in has found the child mature for the question;
    `own_board`: it is the social services whose board has decided; `in_writing`: as a written decision.
    """

    said: Said = Said.YES
    sayer: Sayer = Sayer.CHILD
    in_plan: bool = False
    keeps_plan: bool = False
    treats: bool = False
    judged_mature: bool = False
    own_board: bool = False
    in_writing: bool = False


NOT_TREATING = "8.6.record.not_treating"
BOARD_WRITING = "8.6.record.board_writing"

RECORDING = Table(
    "8.6 c",
    "Vem som skriver in ett samtycke som lämnats utanför portalen",
    Recording,
    ruling(
        "8.6.record.yes_elsewhere",
        "Ett ja skrivs in av den verksamhet som håller i planen.",
        13,
        sign_off=True,
    ),
    (
        require(
            ruling("8.6.record.in_plan", "Bara den som är med i planen skriver in svar.", 13, sign_off=True),
            in_plan=True,
        ),
        allow(
            law("8.6.record.closes", "Ett nej och ett återtagande skrivs in av den som får det.", "OSL 12:2"),
            said={Said.NO, Said.TAKEN_BACK, Said.NOT_ASKED},
        ),
        allow(
            ruling(
                "8.6.record.mature",
                "Ett moget barns ja skrivs in av den behandlare som bedömt mognaden. Ingen ålder krävs.",
                15,
                sign_off=True,
            ),
            sayer=Sayer.CHILD,
            judged_mature=True,
            treats=True,
        ),
        deny(
            ruling(
                NOT_TREATING,
                "Att ett barn är moget för frågan bedömer den som behandlar det.",
                15,
                sign_off=True,
            ),
            sayer=Sayer.CHILD,
            judged_mature=True,
        ),
        deny(
            law("8.6.record.nobody_else", "Mognad bedöms bara hos ett barn.", "FB 6:11"), judged_mature=True
        ),
        deny(
            ruling(
                BOARD_WRITING,
                "En socialnämnds ja är ett skriftligt beslut: ett muntligt skrivs inte in.",
                14,
                sign_off=True,
            ),
            sayer=Sayer.BOARD,
            in_writing=False,
        ),
        allow(
            ruling(
                "8.6.record.own_board",
                "Socialtjänsten skriver in sin egen nämnds beslut i en plan som den är med i.",
                14,
                sign_off=True,
            ),
            sayer=Sayer.BOARD,
            own_board=True,
        ),
        allow(
            ruling(
                "8.6.record.keeper",
                "Den verksamhet som håller i planen skriver in hur, när och av vem ett ja har lämnats.",
                13,
                sign_off=True,
            ),
            keeps_plan=True,
        ),
    ),
)
