"""Who of the staff writes in that a family was told of sharing across care providers, and what it answered
(8.6, rulings 13 and 15; lag 2022:913 2:3, 3:1).

What closes is written in by whoever in care hears it. What opens is asked for by the unit that wants to read,
and opens to that unit alone.
"""

from dataclasses import dataclass

from kring.access.policy.decision import Facts, Table, allow, deny, require
from kring.access.policy.recording import Said, Sayer
from kring.access.policy.sources import law, ruling
from kring.access.policy.staff import ASSIGNMENT, LOGIN


@dataclass(frozen=True)
class AcrossRecording(Facts):
    """`in_care`: the actor's role reads records in care; `treats`: it is one that treats children;
    `judged_mature`: who writes it in has found the child mature for the question.
    """

    said: Said = Said.YES
    sayer: Sayer = Sayer.CHILD
    strong_auth: bool = False
    assignment_active: bool = False
    in_care: bool = False
    treats: bool = False
    judged_mature: bool = False


ACROSS_RECORDING = Table(
    "8.6 e",
    "Vem som skriver in svar om sammanhållen vårddokumentation",
    AcrossRecording,
    ruling(
        "8.6.across.child",
        "Ett barns ja räknas när en behandlare har bedömt att barnet är moget för frågan.",
        15,
        sign_off=True,
    ),
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        require(
            law(
                "8.6.across.care",
                "Bara den som arbetar i vården skriver in svar om sammanhållen vårddokumentation.",
                "lag 2022:913 1:1",
            ),
            in_care=True,
        ),
        allow(
            law(
                "8.6.across.closes",
                "Att någon har informerats, och ett nej, skrivs in av den som informerar eller får svaret.",
                "lag 2022:913 2:3",
            ),
            said={Said.NO, Said.TAKEN_BACK, Said.NOT_ASKED},
        ),
        deny(
            ruling(
                "8.6.across.board",
                "En socialnämnds ja öppnar inte andra vårdgivares uppgifter här.",
                14,
                sign_off=True,
            ),
            sayer=Sayer.BOARD,
        ),
        allow(
            ruling(
                "8.6.across.mature",
                "Ett moget barns ja skrivs in av den behandlare som bedömt mognaden. Ingen ålder krävs.",
                15,
                sign_off=True,
            ),
            sayer=Sayer.CHILD,
            judged_mature=True,
            treats=True,
        ),
        allow(
            ruling(
                "8.6.across.yes",
                "Ett ja som lämnats utanför portalen skrivs in av den verksamhet som frågade, för sig själv.",
                13,
                sign_off=True,
            ),
            sayer={Sayer.GUARDIAN, Sayer.ADULT},
        ),
    ),
)
