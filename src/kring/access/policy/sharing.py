"""Giving to another party, and writing in what is one's own (8.1, 8.6, rulings 7, 11, 18 and 30)."""

from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.decision import Facts, Need, Table, allow, deny, require
from kring.access.policy.sources import law, ruling
from kring.access.policy.staff import ASSIGNMENT, LOGIN, PROFILE

SECRECY = "OSL 10:1, 12:2, 25 kap., 26 kap."
CARE_ONLY = ruling("sharing.care_only", "Det som bara visas för vården lämnas inte utanför den.", 21)


@dataclass(frozen=True)
class Sharing(Facts):
    """May this be given to that party now? `own`: one's own unit is its controller; `signatures`: those that
    8.6 asks for are there, for this party and this kind; `duty_to_report`: a concern report to those who
    handle it; `concern_report`: to anybody; `blocked`: the child's block covers it, for that party;
    `care_only`: its writer chose that
    only care sees it; `child_protected`: in the stronger grade, or without a passed harm test.
    """

    strong_auth: bool = False
    assignment_active: bool = False
    profile_covers: bool = False
    own: bool = False
    takes_part: bool = False
    concern_report: bool = True
    duty_to_report: bool = False
    draft: bool = True
    blocked: bool = True
    care_only: bool = True
    to_care: bool = False
    child_protected: bool = True
    same_provider: bool = False
    signatures: bool = False


SHARING = Table(
    "sharing",
    "Vad som lämnas till en annan verksamhet",
    Sharing,
    law("sharing.none", "Utan de samtycken som behövs lämnas inget ut.", SECRECY),
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        require(PROFILE, profile_covers=True),
        require(ruling("sharing.own", "En verksamhet lämnar bara ut det som är dess eget.", 30), own=True),
        allow(
            law(
                "sharing.report",
                "En orosanmälan lämnas genast till socialtjänsten, utan samtycke.",
                "SoL 2025:400 19:1",
            ),
            duty_to_report=True,
            concern_report=True,
        ),
        deny(
            ruling("sharing.concern", "En orosanmälan lämnas bara till den som ska ta hand om den.", 18),
            concern_report=True,
        ),
        require(
            law("sharing.relation", "Den som lämnar ut deltar i vården eller insatsen.", "PDL 4:1; OSL 25:1"),
            takes_part=True,
        ),
        deny(law("sharing.draft", "Ett utkast lämnas inte ut.", SECRECY), draft=True),
        deny(
            law("sharing.blocked", "Det som barnet har spärrat lämnas inte ut.", "PDL 4:4; lag 2022:913 2:3"),
            blocked=True,
        ),
        deny(
            CARE_ONLY,
            care_only=True,
            to_care=False,
        ),
        deny(
            law(
                "sharing.protected",
                "För ett barn med skyddade uppgifter lämnas inget ut av sig självt.",
                "OSL 22:1",
            ),
            child_protected=True,
        ),
        allow(
            law("sharing.same_provider", "Inom samma vårdgivare behövs inget utlämnande.", "PDL 4:1, 5:4"),
            same_provider=True,
        ),
        allow(law("sharing.signatures", "De samtycken som behövs finns.", SECRECY), signatures=True),
        deny(
            law("sharing.no_signatures", "De samtycken som behövs finns inte.", SECRECY),
            Need.CONSENT,
        ),
    ),
)


class Writer(StrEnum):
    """Who writes."""

    STAFF = "staff"
    GUARDIAN = "guardian"
    CHILD = "child"
    OTHER = "other"


@dataclass(frozen=True)
class Writing(Facts):
    """`own`: the writer's own unit is to be its controller; `takes_part`: in the care or the plan today;
    `families_write`: a kind of item that has a place for the family's own words; `opens_pages`: 8.5 lets the
    writer into the pages.
    """

    writer: Writer = Writer.OTHER
    strong_auth: bool = False
    assignment_active: bool = False
    profile_covers: bool = False
    own: bool = False
    takes_part: bool = False
    families_write: bool = False
    opens_pages: bool = False


FAMILY_WRITES = {"writer": {Writer.GUARDIAN, Writer.CHILD}}

WRITING = Table(
    "writing",
    "Vem som skriver om ett barn",
    Writing,
    law("writing.none", "Bara den som deltar skriver.", "PDL 3 kap."),
    (
        deny(law("writing.other", "Den som inte deltar skriver inget.", "PDL 3 kap."), writer=Writer.OTHER),
        allow(
            ruling(
                "writing.family",
                "Familjen skriver sina egna delar av planen, sina svar och meddelanden.",
                19,
                sign_off=True,
            ),
            families_write=True,
            opens_pages=True,
            **FAMILY_WRITES,
        ),
        deny(law("writing.family.record", "Familjen skriver inte i journalen.", "PDL 3:3"), **FAMILY_WRITES),
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        require(PROFILE, profile_covers=True),
        require(ruling("writing.own", "En verksamhet skriver bara i det som är dess eget.", 30), own=True),
        allow(
            law("writing.staff", "Den som deltar skriver i den egna verksamhetens del.", "PDL 3:3"),
            takes_part=True,
        ),
    ),
)


@dataclass(frozen=True)
class Mandate(Facts):
    """A coordinator's mandate: data, never a title. `covers`: this act, or reading this kind, is in it."""

    in_period: bool = False
    covers: bool = False


MANDATE = Table(
    "mandate",
    "Samordnarens uppdrag",
    Mandate,
    law("mandate.none", "Titeln samordnare öppnar inget; uppdraget säger vad som ingår.", "PDL 4:1"),
    (
        require(law("mandate.period", "Uppdraget ska gälla i dag.", "PDL 4:1"), in_period=True),
        allow(
            law(
                "mandate.covers",
                "Det som uppdraget nämner ingår, och prövas sedan som för all personal.",
                "PDL 4:1",
            ),
            covers=True,
        ),
    ),
)


@dataclass(frozen=True)
class Draft(Facts):
    """`own`: the reader's unit writes it."""

    draft: bool = True
    own: bool = False


DRAFTS = Table(
    "drafts",
    "Utkast",
    Draft,
    law("drafts.others", "Ett utkast ser bara den verksamhet som skriver det.", "PDL 3:10"),
    (
        allow(law("drafts.own", "Den som skriver ser sitt utkast.", "PDL 3:10"), draft=True, own=True),
        allow(
            law("drafts.none", "Det är inget utkast: de vanliga reglerna gäller.", "PDL 3:10"), draft=False
        ),
    ),
)


@dataclass(frozen=True)
class Report(Facts):
    """`handles`: the reader works where concern reports are taken care of."""

    strong_auth: bool = False
    assignment_active: bool = False
    profile_covers: bool = False
    handles: bool = False


REPORTS = Table(
    "reports",
    "Vem som tar hand om en orosanmälan",
    Report,
    ruling("reports.none", "En orosanmälan läses av vården och av den som ska ta hand om den.", 18),
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        require(PROFILE, profile_covers=True),
        allow(
            law("reports.handles", "Socialtjänsten tar hand om orosanmälan.", "SoL 2025:400 19:1"),
            handles=True,
        ),
    ),
)
