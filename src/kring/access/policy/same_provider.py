"""Staff and the record of the own care provider: inner secrecy (table 8.2, PDL 4 kap.).

The emergency rows stand here as the law has them. Nothing reaches them unless somebody fills in the facts of
an emergency, and those are closed by default.
"""

from dataclasses import dataclass

from kring.access.policy.decision import Facts, Need, Reveal, Table, allow, deny, require
from kring.access.policy.sources import law, ruling
from kring.access.policy.staff import ASSIGNMENT, LOGIN, PROFILE, REASON, Block, Step, WorkNeed


@dataclass(frozen=True)
class SameProvider(Facts):
    """Facts of 8.2.

    `block`: the patient's block on this information for other units than the documenting one;
    `same_unit`: the unit that asks is the documenting one; `consent_now`: the patient agrees now to lifting;
    `lifted_for_this_access`: a competent officer has lifted; the rest as in the emergency rows.
    """

    strong_auth: bool = False
    assignment_active: bool = False
    need: WorkNeed = WorkNeed.NONE
    profile_covers: bool = False
    same_unit: bool = False
    active_choice: bool = False
    block: Block = Block.BOTH
    consent_now: bool = False
    lifted_for_this_access: bool = False
    competent_officer: bool = False
    step: Step = Step.READ
    consent_impossible: bool = False
    indispensable: bool = False
    revealed: bool = False
    may_matter: bool = False
    reason: bool = False


NEED = law(
    "8.2.need",
    "Den som läser ska delta i vården eller av annat skäl behöva uppgifterna i sitt arbete i vården.",
    "PDL 4:1",
)
ROW_1 = law("8.2.1", "Den egna enhetens uppgifter visas, också när de är spärrade för andra.", "PDL 4:4")
ROW_2 = law(
    "8.2.2",
    "En annan enhets ospärrade uppgifter visas efter ett aktivt val.",
    "PDL 4:1, 4:4; HSLF-FS 2016:40 4 kap.",
)
ROW_2_CHOICE = law(
    "8.2.2.choice",
    "Före det aktiva valet visas bara att uppgifter finns hos en annan enhet.",
    "HSLF-FS 2016:40 4 kap.",
)
ROW_2_OUTER = ruling("8.2.2.outer", "En spärr mot andra vårdgivare döljer inget inom den egna.", 3)
ROW_3 = law("8.2.3", "Spärrade uppgifter visas inte, bara att de finns.", "PDL 4:4")
ROW_4 = law("8.2.4", "Patienten samtycker nu och en behörig person har hävt spärren: de visas.", "PDL 4:5")
ROW_4_LIFT = law("8.2.4.lift", "En behörig person får häva spärren när patienten samtycker.", "PDL 4:5")
ROW_4_WAITS = ruling("8.2.4.waits", "Patientens ja räcker inte: en behörig person häver spärren först.", 2)
ROW_5_REVEAL = law(
    "8.2.5.reveal", "I nöd får en behörig person först se vilken enhet som har dem.", "PDL 4:5"
)
ROW_5_ORDER = law("8.2.5.order", "I nöd öppnas inget innehåll innan enheten har visats.", "PDL 4:5")
ROW_5_OPEN = law("8.2.5.open", "I nöd öppnas därefter bara de uppgifter som kan ha betydelse.", "PDL 4:5")
NO_ROW = law("8.2.none", "Det som ingen rad öppnar är stängt.", "PDL 4:1")

BLOCKED = {Block.INNER, Block.BOTH}
LIFTED = {"block": BLOCKED, "consent_now": True, "lifted_for_this_access": True}
EMERGENCY = {"block": BLOCKED, "competent_officer": True, "consent_impossible": True, "indispensable": True}

SAME_PROVIDER = Table(
    "8.2",
    "Personal hos samma vårdgivare: inre sekretess",
    SameProvider,
    NO_ROW,
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        require(NEED, need={WorkNeed.CARE, WorkNeed.OTHER_WORK}),
        require(PROFILE, profile_covers=True),
        allow(ROW_1, step=Step.READ, same_unit=True),
        allow(ROW_2, step=Step.READ, block=Block.NONE, active_choice=True),
        allow(ROW_2_OUTER, step=Step.READ, block=Block.OUTER, active_choice=True),
        allow(ROW_4, step=Step.READ, active_choice=True, **LIFTED),
        deny(
            ROW_2_CHOICE, Reveal.EXISTS, Need.ACTIVE_CHOICE, step=Step.READ, block={Block.NONE, Block.OUTER}
        ),
        deny(ROW_2_CHOICE, Reveal.EXISTS, Need.ACTIVE_CHOICE, step=Step.READ, **LIFTED),
        allow(ROW_4_LIFT, step=Step.LIFT, block=BLOCKED, competent_officer=True, consent_now=True),
        deny(
            ROW_4_WAITS,
            Reveal.EXISTS,
            Need.OFFICER_LIFTS,
            step={Step.READ, Step.LIFT},
            block=BLOCKED,
            consent_now=True,
        ),
        deny(REASON, Reveal.EXISTS, Need.WRITTEN_REASON, step={Step.REVEAL, Step.OPEN}, reason=False),
        allow(ROW_5_REVEAL, Reveal.WHICH_UNIT, step=Step.REVEAL, reason=True, **EMERGENCY),
        deny(ROW_5_ORDER, Reveal.EXISTS, Need.FIRST_REVEAL, step=Step.OPEN, revealed=False, **EMERGENCY),
        allow(ROW_5_OPEN, step=Step.OPEN, reason=True, revealed=True, may_matter=True, **EMERGENCY),
        deny(ROW_3, Reveal.EXISTS, block=BLOCKED),
    ),
)
