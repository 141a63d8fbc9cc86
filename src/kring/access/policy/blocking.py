"""Who may block and lift (8.4, rulings 7, 15 and 16). There is no row by which a guardian does either.

How far a block reaches stands in 8.2 and 8.3; whether one covers a text is asked of the day the text was
documented, never of the day somebody reads it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kring.access.policy.decision import Facts, Need, Table, allow, deny, require
from kring.access.policy.sources import law, ruling
from kring.access.policy.staff import ASSIGNMENT, LOGIN

BLOCK_LAW = "PDL 4:4; lag 2022:913 2:3"


class Asker(StrEnum):
    """Who wants to block or lift."""

    CHILD = "child"
    GUARDIAN = "guardian"
    OFFICER = "officer"
    OTHER = "other"


class BlockAct(StrEnum):
    """To set a block, or to lift one."""

    SET = "block"
    LIFT = "lift_block"


class BlockKind(StrEnum):
    """INNER hides from other units of the provider and from other providers; OUTER only from those."""

    INNER = "inner"
    OUTER = "outer"


@dataclass(frozen=True)
class Blocking(Facts):
    """`mature`: grown up, or judged mature for this question; `is_set`: there is a block to lift;
    `own_provider`: the officer works at the provider that has it; `consents`: the patient agrees now;
    `asked_for`: a request to lift is recorded.
    """

    asker: Asker = Asker.OTHER
    act: BlockAct = BlockAct.SET
    kind: BlockKind = BlockKind.OUTER
    mature: bool = False
    is_set: bool = False
    strong_auth: bool = False
    assignment_active: bool = False
    own_provider: bool = False
    consents: bool = False
    asked_for: bool = False


OFFICER = {"asker": Asker.OFFICER, "act": BlockAct.LIFT}

BLOCKING = Table(
    "8.4",
    "Vem som spärrar och häver",
    Blocking,
    law("8.4.none", "Ingen annan än patienten själv spärrar eller häver.", BLOCK_LAW),
    (
        deny(
            law("8.4.guardian", "En vårdnadshavare kan aldrig spärra och aldrig häva.", BLOCK_LAW),
            asker=Asker.GUARDIAN,
        ),
        require(LOGIN, strong_auth=True),
        allow(
            ruling(
                "8.4.child.block",
                "Ett barn som är moget för frågan spärrar själv; ingen lägsta ålder gäller.",
                15,
            ),
            asker=Asker.CHILD,
            act=BlockAct.SET,
            mature=True,
        ),
        deny(
            law("8.4.child.not_mature", "Ett barn som inte är moget för frågan kan inte spärra.", BLOCK_LAW),
            asker=Asker.CHILD,
            act=BlockAct.SET,
        ),
        allow(
            ruling(
                "8.4.child.lift", "Barnet häver sin egen spärr, också om det senare inte bedöms moget.", 16
            ),
            asker=Asker.CHILD,
            act=BlockAct.LIFT,
            is_set=True,
        ),
        deny(
            law("8.4.child.nothing", "Barnet har ingen spärr att häva.", BLOCK_LAW),
            asker=Asker.CHILD,
        ),
        require(ASSIGNMENT, assignment_active=True),
        require(
            ruling("8.4.own_provider", "Bara vårdgivaren som har spärren häver den.", 7), own_provider=True
        ),
        allow(
            law(
                "8.4.officer.inner",
                "En behörig person häver en inre spärr när patienten samtycker.",
                "PDL 4:5",
            ),
            kind=BlockKind.INNER,
            is_set=True,
            consents=True,
            **OFFICER,
        ),
        deny(
            law("8.4.officer.consent", "Utan patientens samtycke hävs ingen inre spärr.", "PDL 4:5"),
            Need.CONSENT,
            kind=BlockKind.INNER,
            is_set=True,
            **OFFICER,
        ),
        allow(
            ruling(
                "8.4.officer.outer",
                "Efter en antecknad begäran häver vårdgivarens behöriga en yttre spärr.",
                7,
            ),
            kind=BlockKind.OUTER,
            is_set=True,
            asked_for=True,
            **OFFICER,
        ),
        deny(
            ruling("8.4.officer.request", "En yttre spärr hävs inte utan en antecknad begäran.", 7),
            Need.REQUEST_TO_LIFT,
            kind=BlockKind.OUTER,
            is_set=True,
            **OFFICER,
        ),
    ),
)


@dataclass(frozen=True)
class SetBlock:
    """A block as it was set: which documentation days it covers, and when it was set and lifted."""

    kind: BlockKind
    documented_from: date | None
    documented_to: date | None
    created_at: datetime
    lifted_at: datetime | None = None

    def covers(self, *, documented_on: date, now: datetime) -> bool:
        """Whether a text documented on a day is hidden now; the days included, the instants at once."""
        in_days = (self.documented_from or date.min) <= documented_on <= (self.documented_to or date.max)
        return in_days and self.created_at <= now and (self.lifted_at is None or now < self.lifted_at)
