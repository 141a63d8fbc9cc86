"""The shared plan: who starts one, and who sees it (rulings 11, 25 and 30).

A shared plan is made of deliberate contributions. Each party always sees its own; what it sees of the others'
rests on an open disclosure with a consent behind it, never on a login into somebody else's record. What the
own care provider holds goes by 8.2 instead.
"""

from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.decision import Facts, Need, Table, allow, deny, require
from kring.access.policy.parties import Sector
from kring.access.policy.sources import law, ruling
from kring.access.policy.staff import ASSIGNMENT, LOGIN, PROFILE

SIP_LAW = "HSL 16:4; SoL 2025:400 10:8–9"


class Part(StrEnum):
    """What of the plan is asked for. A received copy is what was disclosed earlier, with its date."""

    OWN_ITEM = "own_item"
    SHARED_PLAN = "shared_plan"
    RECEIVED_COPY = "received_copy"


class ConsentState(StrEnum):
    """The consent behind the disclosure to this party of this kind of information, today."""

    NONE = "none"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """The acts that start, refuse and settle a plan."""

    REQUEST = "request_plan"
    START = "start_plan"
    SUMMON = "summon"
    TAKE_PART = "take_part"
    REFUSE = "refuse_plan"
    ESTABLISH = "establish_plan"


@dataclass(frozen=True)
class PlanView(Facts):
    """May another party's member of staff see this? `takes_part`: the party takes part in this plan now;
    `draft`: it has not been established. A draft is shared like any plan once there is a consent.
    """

    strong_auth: bool = False
    assignment_active: bool = False
    profile_covers: bool = False
    part: Part = Part.SHARED_PLAN
    contributed_by_own_unit: bool = False
    takes_part: bool = False
    draft: bool = True
    disclosure_open: bool = False
    consent: ConsentState = ConsentState.NONE
    was_disclosed: bool = False


@dataclass(frozen=True)
class PlanAct(Facts):
    """May this party do this with a plan? `under_plan_limit` comes from `ages.standing`."""

    act: Act = Act.ESTABLISH
    sector: Sector = Sector.DENTAL
    publicly_funded: bool = False
    invited: bool = False
    under_plan_limit: bool = False
    documented_reason: bool = False
    four_items: bool = False
    consent: ConsentState = ConsentState.NONE


OWN_ITEM = ruling(
    "plan.own_item",
    "Det en verksamhet själv har bidragit med ser den alltid, också när inget annat knyter den till barnet.",
    30,
)
RECEIVED = ruling(
    "plan.received_copy",
    "Det som redan har lämnats ut förblir mottagarens egen handling, med sitt datum.",
    11,
    sign_off=True,
)
WITHDRAWN = ruling(
    "plan.withdrawn", "När samtycket tas tillbaka stängs den gemensamma planen genast.", 11, sign_off=True
)
EXPIRED = ruling("plan.expired", "När samtycket har löpt ut stängs den gemensamma planen.", 11, sign_off=True)
DRAFT = law(
    "plan.draft", "Innan samtycket finns ser bara familjen och den verksamhet som skriver utkastet.", SIP_LAW
)
CONSENTED = law(
    "plan.disclosed", "Den som deltar ser planen genom ett utlämnande med samtycke.", "OSL 10:1, 12:2"
)
NOT_DISCLOSED = law(
    "plan.not_disclosed", "Utan samtycke och utlämnande är planen stängd.", "OSL 10:1, 25 kap., 26 kap."
)

PLAN_VIEW = Table(
    "plan a",
    "Vem som ser den gemensamma planen",
    PlanView,
    NOT_DISCLOSED,
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        require(PROFILE, profile_covers=True),
        allow(OWN_ITEM, part=Part.OWN_ITEM, contributed_by_own_unit=True),
        allow(RECEIVED, part=Part.RECEIVED_COPY, was_disclosed=True),
        deny(DRAFT, Need.CONSENT, part=Part.SHARED_PLAN, draft=True, consent=ConsentState.NONE),
        deny(WITHDRAWN, Need.CONSENT, part=Part.SHARED_PLAN, consent=ConsentState.WITHDRAWN),
        deny(EXPIRED, Need.CONSENT, part=Part.SHARED_PLAN, consent=ConsentState.EXPIRED),
        allow(
            CONSENTED,
            part=Part.SHARED_PLAN,
            consent=ConsentState.IN_FORCE,
            disclosure_open=True,
            takes_part=True,
        ),
    ),
)

ALWAYS_STARTS = {Sector.REGION_CARE, Sector.SCHOOL_HEALTH, Sector.SCHOOL, Sector.SOCIAL_SERVICES, Sector.LSS}
STARTING = {Act.START, Act.SUMMON}

PLAN_ACTS = Table(
    "plan b",
    "Vem som startar, nekar och fastställer en plan",
    PlanAct,
    law("plan.none", "Det som ingen rad öppnar är stängt.", SIP_LAW),
    (
        deny(
            law(
                "plan.refusal_without_reason", "En begärd plan nekas bara med ett dokumenterat skäl.", SIP_LAW
            ),
            Need.WRITTEN_REASON,
            act=Act.REFUSE,
            documented_reason=False,
        ),
        allow(
            law("plan.refusal", "En begärd plan kan undantagsvis nekas med ett skäl.", SIP_LAW),
            act=Act.REFUSE,
        ),
        require(
            ruling("plan.age", "En plan kan löpa till och med 20 års ålder.", 25),
            under_plan_limit=True,
        ),
        allow(law("plan.request", "Alla runt barnet får be om en plan.", SIP_LAW), act=Act.REQUEST),
        allow(
            law("plan.start", "En parts bedömning räcker för att starta och kalla, också skolans.", SIP_LAW),
            act=STARTING,
            sector=ALWAYS_STARTS,
        ),
        allow(
            ruling(
                "plan.start_private", "En offentligt finansierad privat vårdgivare får starta en plan.", 25
            ),
            act=STARTING,
            sector=Sector.PRIVATE_CARE,
            publicly_funded=True,
        ),
        allow(
            ruling("plan.take_part_dental", "Tandvården deltar när den är inbjuden.", 25),
            act=Act.TAKE_PART,
            sector=Sector.DENTAL,
            invited=True,
        ),
        allow(
            law("plan.take_part", "Den som är kallad deltar.", SIP_LAW),
            act=Act.TAKE_PART,
            sector=ALWAYS_STARTS | {Sector.PRIVATE_CARE},
        ),
        deny(
            law(
                "plan.four_items",
                "Planen fastställs inte förrän alla fyra delar som lagen kräver finns.",
                SIP_LAW,
            ),
            act=Act.ESTABLISH,
            four_items=False,
        ),
        allow(
            law(
                "plan.establish",
                "Planen fastställs med alla fyra delar och ett samtycke som gäller.",
                SIP_LAW,
            ),
            act=Act.ESTABLISH,
            four_items=True,
            consent=ConsentState.IN_FORCE,
        ),
        deny(
            law("plan.no_consent", "Utan samtycke som gäller stannar planen som utkast.", SIP_LAW),
            Need.CONSENT,
            act=Act.ESTABLISH,
        ),
    ),
)
