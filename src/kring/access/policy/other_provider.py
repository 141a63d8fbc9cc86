"""Staff and the record of another care provider: cross-provider sharing (table 8.3, lag 2022:913).

The rows are exhaustive (3:7): not even the patient's yes opens more than they say. The emergency rows stand
here as the law has them; the facts of an emergency are closed by default, and no row opens blocked data.
"""

from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.decision import Facts, Need, Reveal, Table, allow, deny, require
from kring.access.policy.sources import law, ruling
from kring.access.policy.staff import ASSIGNMENT, LOGIN, PROFILE, REASON, Block, Step


class SharingConsent(StrEnum):
    """The patient's answer to cross-provider sharing with the one who asks."""

    NONE = "none"
    GIVEN = "given"
    REFUSED = "refused"
    CANNOT_BE_OBTAINED = "cannot_be_obtained"


@dataclass(frozen=True)
class OtherProvider(Facts):
    """Facts of 8.3.

    `both_connected`: see `parties.both_connected`; `relation`: a current care relation with the one who asks;
    `child_cannot_consent`: judged by the treating professional from age or maturity, and recorded - never a
    passing inability; `lasting_lack`, `will_clarified`, `necessary`: adults without ability (3:3).
    """

    strong_auth: bool = False
    assignment_active: bool = False
    profile_covers: bool = False
    both_connected: bool = False
    patient_informed: bool = False
    relation: bool = False
    active_choice: bool = False
    may_matter: bool = False
    svod_consent: SharingConsent = SharingConsent.NONE
    block: Block = Block.BOTH
    adult: bool = False
    child_cannot_consent: bool = False
    lasting_lack: bool = False
    will_clarified: bool = False
    necessary: bool = False
    step: Step = Step.READ
    danger: bool = False
    indispensable: bool = False
    can_request_lift: bool = True
    revealed: bool = False
    reason: bool = False


CONNECTED = law("8.3.connected", "Båda vårdgivarna ska vara anslutna.", "lag 2022:913 2:1")
INFORMED = law(
    "8.3.informed", "Patienten ska ha informerats innan uppgifterna görs tillgängliga.", "lag 2022:913 2:3"
)
RELATION = ruling("8.3.relation", "Raderna 1–5 kräver alltid en aktuell patientrelation.", 4)
ROW_1 = law(
    "8.3.1", "Patientrelation, samtycke och betydelse för vården: uppgifterna visas.", "lag 2022:913 3:1"
)
ROW_2 = law(
    "8.3.2",
    "Ett barn som på grund av ålder eller mognad inte kan samtycka: uppgifterna visas utan samtycke.",
    "lag 2022:913 3:1 st 3; Kring, ställningstagande 5",
    sign_off=True,
)
ROW_3 = law("8.3.3", "Utan samtycke visas bara att ospärrade uppgifter finns.", "lag 2022:913 3:1, 3:5")
CHOICE = law("8.3.choice", "Före det aktiva valet visas bara att uppgifter finns.", "HSLF-FS 2016:40 4 kap.")
ROW_4_REVEAL = law(
    "8.3.4.reveal", "I nöd visas först vilken vårdgivare som har uppgifterna.", "lag 2022:913 3:6"
)
ROW_4_ORDER = law("8.3.4.order", "I nöd öppnas inget innan vårdgivaren har visats.", "lag 2022:913 3:6")
ROW_4_OPEN = law("8.3.4.open", "I nöd öppnas därefter de uppgifter som behövs.", "lag 2022:913 3:6")
ROW_5 = law(
    "8.3.5",
    "En vuxen som varaktigt saknar förmåga, vilja klarlagd och nödvändigt: uppgifterna visas.",
    "lag 2022:913 3:3; Kring, ställningstagande 4",
)
ROW_6 = law("8.3.6", "Spärrade uppgifter visas aldrig, bara att de finns.", "lag 2022:913 2:3, 3:5")
ROW_6_INNER = ruling("8.3.6.inner", "En inre spärr döljer också för andra vårdgivare.", 3)
ROW_7 = law(
    "8.3.7", "I nöd ber patienten själv vårdgivaren att häva spärren, om det går.", "lag 2022:913 3:5"
)
ROW_8_REVEAL = law(
    "8.3.8.reveal", "I nöd visas vilken vårdgivare som har spärrade uppgifter.", "lag 2022:913 3:5"
)
ROW_8_REQUEST = law(
    "8.3.8.request", "I nöd får den vårdgivaren en begäran om att häva spärren.", "lag 2022:913 3:5"
)
ROW_8_CLOSED = law(
    "8.3.8.closed", "Nöd öppnar aldrig det som en annan vårdgivare har spärrat.", "lag 2022:913 3:5"
)
ROW_9 = law(
    "8.3.9", "Utan aktuell patientrelation nekas också den som har samtycke.", "lag 2022:913 3:1, 3:7"
)
NO_ROW = law("8.3.none", "Raderna är uttömmande: samtycke kan inte utvidga dem.", "lag 2022:913 3:7")

BLOCKED = {Block.INNER, Block.OUTER, Block.BOTH}
UNBLOCKED = {"block": Block.NONE, "relation": True}
WITHOUT_CONSENT = {SharingConsent.NONE, SharingConsent.REFUSED, SharingConsent.CANNOT_BE_OBTAINED}
NOT_REFUSED = set(SharingConsent) - {SharingConsent.REFUSED}
"""A refusal is a reason to believe that the person would oppose."""
EMERGENCY = {
    **UNBLOCKED,
    "svod_consent": SharingConsent.CANNOT_BE_OBTAINED,
    "indispensable": True,
    "danger": True,
    "reason": True,
}
BLOCKED_EMERGENCY = {
    "block": BLOCKED,
    "indispensable": True,
    "danger": True,
    "can_request_lift": False,
    "reason": True,
}

OTHER_PROVIDER = Table(
    "8.3",
    "Personal hos en annan vårdgivare: sammanhållen vårddokumentation",
    OtherProvider,
    NO_ROW,
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        require(PROFILE, profile_covers=True),
        require(CONNECTED, both_connected=True),
        require(INFORMED, patient_informed=True),
        deny(ROW_9, relation=False, block=Block.NONE, danger=False),
        deny(RELATION, relation=False, block=Block.NONE),
        allow(
            ROW_1,
            step=Step.READ,
            svod_consent=SharingConsent.GIVEN,
            may_matter=True,
            active_choice=True,
            **UNBLOCKED,
        ),
        allow(
            ROW_2,
            step=Step.READ,
            child_cannot_consent=True,
            adult=False,
            may_matter=True,
            active_choice=True,
            **UNBLOCKED,
        ),
        allow(
            ROW_5,
            step=Step.READ,
            adult=True,
            lasting_lack=True,
            will_clarified=True,
            svod_consent=NOT_REFUSED,
            necessary=True,
            active_choice=True,
            **UNBLOCKED,
        ),
        deny(CHOICE, Reveal.EXISTS, Need.ACTIVE_CHOICE, step=Step.READ, active_choice=False, **UNBLOCKED),
        deny(
            REASON,
            Reveal.EXISTS,
            Need.WRITTEN_REASON,
            step={Step.REVEAL, Step.OPEN, Step.REQUEST_LIFT},
            reason=False,
        ),
        allow(ROW_4_REVEAL, Reveal.WHICH_PROVIDER, step=Step.REVEAL, **EMERGENCY),
        deny(ROW_4_ORDER, Reveal.EXISTS, Need.FIRST_REVEAL, step=Step.OPEN, revealed=False, **EMERGENCY),
        allow(ROW_4_OPEN, step=Step.OPEN, revealed=True, may_matter=True, **EMERGENCY),
        deny(
            ROW_3,
            Reveal.EXISTS,
            Need.CONSENT,
            svod_consent=WITHOUT_CONSENT,
            child_cannot_consent=False,
            **UNBLOCKED,
        ),
        allow(ROW_8_REVEAL, Reveal.WHICH_PROVIDER, step=Step.REVEAL, **BLOCKED_EMERGENCY),
        allow(ROW_8_REQUEST, step=Step.REQUEST_LIFT, revealed=True, **BLOCKED_EMERGENCY),
        deny(
            ROW_8_CLOSED,
            Reveal.WHICH_PROVIDER,
            Need.REQUEST_TO_LIFT,
            step=Step.OPEN,
            revealed=True,
            **BLOCKED_EMERGENCY,
        ),
        deny(
            ROW_7,
            Reveal.EXISTS,
            Need.PATIENT_ASKS_TO_LIFT,
            block=BLOCKED,
            danger=True,
            can_request_lift=True,
        ),
        deny(ROW_6_INNER, Reveal.EXISTS, block=Block.INNER),
        deny(ROW_6, Reveal.EXISTS, block={Block.OUTER, Block.BOTH}),
    ),
)
