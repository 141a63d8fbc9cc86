"""The family on the net (8.5): what a guardian and the child itself open, by age, custody and protection.

Custody is read anew at each visit. Extended access, early access by maturity and what a young person chooses
to share have their rows here, closed, until there are decisions to rest them on. There is no row by which a
guardian blocks anything.
"""

from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.decision import Facts, Table, allow, deny, require
from kring.access.policy.sources import law, ruling

PRACTICE = "1177, Inera: regler för ombud och barn"


class Close(StrEnum):
    """Who this is to the child."""

    CHILD = "child"
    GUARDIAN = "guardian"
    NOT_GUARDIAN = "not_guardian"


class Wants(StrEnum):
    """E-services are the own pages: plan, times, messages. The record is its own question."""

    E_SERVICES = "e_services"
    RECORD = "record"


@dataclass(frozen=True)
class Family(Facts):
    """Facts of 8.5; the three of age come from `ages.standing`.

    `custody`: of this guardian, today; `guardian_blocked`: by a unit, which the guardian is not to notice;
    `other_guardian_protected`: any other guardian of the child; `withheld`: this item, from this reader.
    """

    who: Close = Close.NOT_GUARDIAN
    wants: Wants = Wants.RECORD
    strong_auth: bool = False
    under_guardian_limit: bool = False
    has_own_e_services: bool = False
    has_own_record: bool = False
    custody: bool = False
    child_protected: bool = True
    guardian_protected: bool = True
    other_guardian_protected: bool = True
    unit_head_decided: bool = False
    guardian_blocked: bool = True
    withheld: bool = True
    extended_access: bool = False
    shared_by_the_young: bool = False
    mature_for_record: bool = False


LOGIN = law("8.5.login", "Den som loggar in ska ha en e-legitimation.", PRACTICE)
NOT_GUARDIAN = law("8.5.not_guardian", "Den som inte är vårdnadshavare har ingen egen tillgång.", PRACTICE)
NO_CUSTODY = law("8.5.custody", "Vårdnaden ska gälla i dag enligt folkbokföringen.", f"FB 6:2; {PRACTICE}")
CHILD_PROTECTED = ruling(
    "8.5.child_protected", "Har barnet skyddade uppgifter bryts alla ombud.", 8, sign_off=True
)
GUARDIAN_PROTECTED = ruling(
    "8.5.guardian_protected", "Har vårdnadshavaren skyddade uppgifter bryts den kopplingen.", 8, sign_off=True
)
OTHER_PROTECTED = ruling(
    "8.5.other_protected",
    "Har en vårdnadshavare skyddade uppgifter stängs de andra ute tills verksamhetschefen beslutat på nytt.",
    8,
    sign_off=True,
)
BLOCKED = law(
    "8.5.blocked", "En enhet har stängt vårdnadshavarens tillgång till skydd för barnet.", "OSL 12:3 p 1"
)
GUARDIAN_PAGES = law("8.5.guardian.pages", "Vårdnadshavaren ser sitt yngre barns sidor.", PRACTICE)
GUARDIAN_RECORD = law(
    "8.5.guardian.record", "Vårdnadshavaren läser sitt yngre barns journal, utom det undantagna.", PRACTICE
)
WITHHELD_GUARDIAN = law(
    "8.5.guardian.withheld", "Det som kan skada barnet undantas från vårdnadshavaren.", "OSL 12:3 p 1"
)
EXTENDED = law("8.5.guardian.extended", "Förlängd tillgång från åldersgränsen är inte öppnad.", PRACTICE)
SHARED = ruling("8.5.guardian.shared", "Den ungas eget val att dela är inte öppnat.", 20)
GUARDIAN_OLDER = law(
    "8.5.guardian.older", "Från åldersgränsen är barnets sidor stängda för vårdnadshavare.", PRACTICE
)
OWN_PAGES = ruling("8.5.child.own_pages", "Det yngre barnet öppnar sina egna sidor.", 19, sign_off=True)
OWN_E_SERVICES = law("8.5.child.e_services", "Den unga använder själv e-tjänsterna.", PRACTICE)
OWN_RECORD = law("8.5.child.record", "Den unga läser själv sin journal.", PRACTICE)
WITHHELD_CHILD = law("8.5.child.withheld", "Det som undantagits från den unga visas inte.", "OSL 25 kap.")
MATURE = ruling("8.5.child.mature", "Tidigare läsning efter mognadsbedömning är inte öppnad.", 15)
TOO_YOUNG = law("8.5.child.too_young", "Före åldersgränsen läser barnet inte sin journal på nätet.", PRACTICE)

OPEN_LINK = {
    "who": Close.GUARDIAN,
    "custody": True,
    "child_protected": False,
    "guardian_protected": False,
    "guardian_blocked": False,
    "under_guardian_limit": True,
}

FAMILY = Table(
    "8.5",
    "Vårdnadshavare och barn på nätet",
    Family,
    law("8.5.none", "Det som ingen rad öppnar är stängt.", PRACTICE),
    (
        require(LOGIN, strong_auth=True),
        deny(NOT_GUARDIAN, who=Close.NOT_GUARDIAN),
        deny(NO_CUSTODY, who=Close.GUARDIAN, custody=False),
        deny(CHILD_PROTECTED, who=Close.GUARDIAN, child_protected=True),
        deny(GUARDIAN_PROTECTED, who=Close.GUARDIAN, guardian_protected=True),
        deny(OTHER_PROTECTED, who=Close.GUARDIAN, other_guardian_protected=True, unit_head_decided=False),
        deny(BLOCKED, who=Close.GUARDIAN, guardian_blocked=True),
        allow(GUARDIAN_PAGES, wants=Wants.E_SERVICES, **OPEN_LINK),
        allow(GUARDIAN_RECORD, wants=Wants.RECORD, withheld=False, **OPEN_LINK),
        deny(WITHHELD_GUARDIAN, wants=Wants.RECORD, **OPEN_LINK),
        deny(EXTENDED, who=Close.GUARDIAN, wants=Wants.RECORD, extended_access=True),
        deny(SHARED, who=Close.GUARDIAN, wants=Wants.E_SERVICES, shared_by_the_young=True),
        deny(GUARDIAN_OLDER, who=Close.GUARDIAN),
        allow(OWN_E_SERVICES, who=Close.CHILD, wants=Wants.E_SERVICES, has_own_e_services=True),
        allow(OWN_PAGES, who=Close.CHILD, wants=Wants.E_SERVICES),
        allow(OWN_RECORD, who=Close.CHILD, wants=Wants.RECORD, has_own_record=True, withheld=False),
        deny(WITHHELD_CHILD, who=Close.CHILD, wants=Wants.RECORD, has_own_record=True),
        deny(MATURE, who=Close.CHILD, wants=Wants.RECORD, mature_for_record=True),
        deny(TOO_YOUNG, who=Close.CHILD, wants=Wants.RECORD),
    ),
)
