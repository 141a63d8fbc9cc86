"""The family on the net (8.5): what a guardian and the child itself open, by age, custody and protection.

Custody is read anew at each visit. What is withheld from the reader, item by item, is the next table
(`visibility`). There is no row by which a guardian blocks anything.
"""

from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.decision import Facts, Need, Table, allow, deny, require
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


class Channel(StrEnum):
    """How it is asked for: on the net, by voice, or as a copy on paper."""

    E_SERVICE = "e_service"
    ORAL = "oral"
    PAPER = "paper"


class HarmTest(StrEnum):
    """Whether somebody has judged that telling does not harm the child (OSL 12:3, 25 kap.)."""

    NOT_DONE = "not_done"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True)
class Family(Facts):
    """Facts of 8.5; those of age come from `ages.standing`.

    `custody`: of this guardian, today; `guardian_blocked`: by a unit, which the guardian is not to notice;
    `other_guardian_protected`: any other guardian of the child; `placed_by_order`: the child is placed by
    compulsory order; `board_decided`: the social services board has left this guardian its access;
    `extended_access`: agreed by child and unit, for this unit, today; `shared_by_the_young`: the young person
    shares this kind with the guardian; `for_the_youngest`: own plan, own answers, own meetings.
    """

    who: Close = Close.NOT_GUARDIAN
    wants: Wants = Wants.RECORD
    channel: Channel = Channel.PAPER
    harm_test: HarmTest = HarmTest.NOT_DONE
    strong_auth: bool = False
    under_guardian_limit: bool = False
    has_own_e_services: bool = False
    has_own_record: bool = False
    adult: bool = True
    custody: bool = False
    child_protected: bool = True
    guardian_protected: bool = True
    other_guardian_protected: bool = True
    unit_head_decided: bool = False
    guardian_blocked: bool = True
    placed_by_order: bool = True
    board_decided: bool = False
    extended_access: bool = False
    shared_by_the_young: bool = False
    mature_for_record: bool = False
    for_the_youngest: bool = False


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
ADULT = law("8.5.guardian.adult", "När barnet har fyllt 18 år är ingen längre vårdnadshavare.", "FB 6:2")
PLACED = ruling(
    "8.5.placed",
    "Är barnet placerat enligt LVU har vårdnadshavaren tillgång bara om nämnden har beslutat det.",
    14,
    sign_off=True,
)
HARM = law("8.5.harm", "Det som bedöms kunna skada barnet lämnas inte ut.", "OSL 12:3 p 1, 25:1")
PAPER_TEST = ruling("8.5.paper.test", "En kopia på papper kräver en egen skadeprövning.", 22)
PAPER = ruling("8.5.paper", "Efter skadeprövning får vårdnadshavaren en kopia på papper.", 22)
GUARDIAN_PAGES = law("8.5.guardian.pages", "Vårdnadshavaren ser sitt yngre barns sidor.", PRACTICE)
GUARDIAN_RECORD = law("8.5.guardian.record", "Vårdnadshavaren läser sitt yngre barns journal.", PRACTICE)
ORAL_TEST = law(
    "8.5.oral.test", "Det som rör en tonåring skadeprövas innan det berättas i telefon.", "OSL 12:3; 1177"
)
ORAL = law("8.5.oral", "Fram till 18 år kan vårdnadshavaren få svar i telefon.", PRACTICE)
EXTENDED = law(
    "8.5.guardian.extended",
    "Förlängd tillgång till en enhets journal, överenskommen med den unga, gäller till 16 år.",
    PRACTICE,
)
SHARED = ruling("8.5.guardian.shared", "Vårdnadshavaren ser det som den unga har valt att dela.", 20)
GUARDIAN_OLDER = law(
    "8.5.guardian.older", "Från åldersgränsen är barnets sidor stängda för vårdnadshavare.", PRACTICE
)
OWN_E_SERVICES = law("8.5.child.e_services", "Den unga använder själv e-tjänsterna.", PRACTICE)
OWN_PAGES = ruling("8.5.child.own_pages", "Det yngre barnet öppnar sina egna sidor.", 19, sign_off=True)
OWN_PAGES_ONLY = ruling(
    "8.5.child.own_only", "Det yngre barnet öppnar sin plan, sina svar och sina möten, inget annat.", 19
)
OWN_RECORD = law("8.5.child.record", "Den unga läser själv sin journal.", PRACTICE)
MATURE = ruling(
    "8.5.child.mature", "Från 13 år läser den unga sin journal om verksamhetschefen har beslutat det.", 15
)
TOO_YOUNG = law("8.5.child.too_young", "Före åldersgränsen läser barnet inte sin journal på nätet.", PRACTICE)

GUARDIAN = {"who": Close.GUARDIAN}

FAMILY = Table(
    "8.5",
    "Vårdnadshavare och barn på nätet",
    Family,
    law("8.5.none", "Det som ingen rad öppnar är stängt.", PRACTICE),
    (
        require(LOGIN, strong_auth=True),
        deny(NOT_GUARDIAN, who=Close.NOT_GUARDIAN),
        deny(ADULT, adult=True, **GUARDIAN),
        deny(NO_CUSTODY, custody=False, **GUARDIAN),
        deny(CHILD_PROTECTED, child_protected=True, **GUARDIAN),
        deny(GUARDIAN_PROTECTED, guardian_protected=True, **GUARDIAN),
        deny(OTHER_PROTECTED, other_guardian_protected=True, unit_head_decided=False, **GUARDIAN),
        deny(BLOCKED, guardian_blocked=True, **GUARDIAN),
        deny(PLACED, placed_by_order=True, board_decided=False, **GUARDIAN),
        deny(HARM, harm_test=HarmTest.FAILED, **GUARDIAN),
        deny(HARM, channel=Channel.PAPER, harm_test=HarmTest.FAILED, adult=False),
        deny(PAPER_TEST, Need.HARM_TEST, channel=Channel.PAPER, harm_test=HarmTest.NOT_DONE, adult=False),
        allow(PAPER, channel=Channel.PAPER, **GUARDIAN),
        allow(GUARDIAN_PAGES, wants=Wants.E_SERVICES, under_guardian_limit=True, **GUARDIAN),
        allow(GUARDIAN_RECORD, wants=Wants.RECORD, under_guardian_limit=True, **GUARDIAN),
        deny(ORAL_TEST, Need.HARM_TEST, channel=Channel.ORAL, harm_test=HarmTest.NOT_DONE, **GUARDIAN),
        allow(ORAL, channel=Channel.ORAL, **GUARDIAN),
        allow(EXTENDED, wants=Wants.RECORD, extended_access=True, has_own_record=False, **GUARDIAN),
        allow(SHARED, wants=Wants.E_SERVICES, shared_by_the_young=True, **GUARDIAN),
        deny(GUARDIAN_OLDER, **GUARDIAN),
        allow(OWN_E_SERVICES, who=Close.CHILD, wants=Wants.E_SERVICES, has_own_e_services=True),
        allow(OWN_PAGES, who=Close.CHILD, wants=Wants.E_SERVICES, for_the_youngest=True),
        deny(OWN_PAGES_ONLY, who=Close.CHILD, wants=Wants.E_SERVICES),
        allow(OWN_RECORD, who=Close.CHILD, wants=Wants.RECORD, has_own_record=True),
        allow(MATURE, who=Close.CHILD, wants=Wants.RECORD, mature_for_record=True, has_own_e_services=True),
        deny(TOO_YOUNG, who=Close.CHILD, wants=Wants.RECORD),
    ),
)
