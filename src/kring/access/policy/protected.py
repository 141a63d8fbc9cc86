"""Protected identity (8.8, rulings 9 and 10): who reaches the child, what is hidden, what is stopped.

Everything here answers *nothing* outside the restricted group: a protected child and a missing one look the
same.
"""

from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.decision import Facts, Need, Table, allow, deny, masked
from kring.access.policy.sources import law, ruling


class Grade(StrEnum):
    """How a person's details are protected in the population register."""

    NONE = "none"
    FLAG = "flag"
    REGISTRATION = "registration"


class Field(StrEnum):
    """What can tell where somebody lives."""

    ADDRESS = "address"
    PHONE = "phone"
    MUNICIPALITY = "municipality"
    SCHOOL = "school"
    UNIT = "unit"
    PLACE = "place"
    TIME = "time"
    GUARDIANS = "guardians"
    PHOTO = "photo"


class Viewer(StrEnum):
    """Who looks. The unit concerned is the one that the place, unit or time is about."""

    UNIT_CONCERNED = "unit_concerned"
    OTHER_CARE = "other_care"
    MUNICIPALITY = "municipality"
    GUARDIAN = "guardian"
    CHILD_ITSELF = "child_itself"
    OTHER = "other"


class Act(StrEnum):
    """What can carry the child's details out of the restricted group."""

    SEARCH = "search"
    LIST = "list"
    PROXY = "proxy"
    LETTER = "letter"
    NOTICE = "notice"
    CALENDAR_FILE = "calendar_file"
    PRINT = "print"
    EXPORT = "export"
    SMALL_AREA_STATISTICS = "small_area_statistics"
    HOME_ROUTING = "home_routing"


@dataclass(frozen=True)
class Reach(Facts):
    """May this member of staff know of the child at all? The first lock before 8.2 and 8.3."""

    grade: Grade = Grade.REGISTRATION
    in_group: bool = False


@dataclass(frozen=True)
class FieldShown(Facts):
    """May this one field be shown? `reason`: written for this field, now; it holds for a short while."""

    grade: Grade = Grade.REGISTRATION
    field: Field = Field.ADDRESS
    viewer: Viewer = Viewer.OTHER
    reason: bool = False


@dataclass(frozen=True)
class ActAllowed(Facts):
    """May this be done with the child's details?"""

    grade: Grade = Grade.REGISTRATION
    act: Act = Act.EXPORT
    in_group: bool = False


@dataclass(frozen=True)
class StaffName(Facts):
    """May the name of a member of staff be shown to somebody outside their own unit?"""

    staff_protected: bool = True


PROTECTED = {Grade.FLAG, Grade.REGISTRATION}
WHERE_AND_WHEN = {Field.UNIT, Field.PLACE, Field.TIME}

UNPROTECTED = law("8.8.none", "Ingen skyddsmarkering: de vanliga reglerna gäller.", "OSL 22:1")

REACH = Table(
    "8.8 a",
    "Vilken personal som når ett barn med skyddade personuppgifter",
    Reach,
    ruling(
        "8.8.outside", "Utanför den begränsade gruppen är svaret detsamma som för ett barn som inte finns.", 9
    ),
    (
        allow(UNPROTECTED, grade=Grade.NONE),
        allow(
            ruling("8.8.group", "Bara den som verksamhetschefen har lagt till når barnet.", 9),
            grade=PROTECTED,
            in_group=True,
        ),
    ),
)

FIELDS = Table(
    "8.8 b",
    "Vilka uppgifter som döljs för ett barn med skyddade personuppgifter",
    FieldShown,
    ruling("8.8.hidden", "Det som kan röja var barnet bor är dolt.", 10),
    (
        allow(UNPROTECTED, grade=Grade.NONE),
        deny(
            law(
                "8.8.address_not_kept",
                "Vid skyddad folkbokföring sparas ingen adress och kommunen visas inte som bostadsort.",
                "Folkbokföringslagen 16–17 §§",
            ),
            grade=Grade.REGISTRATION,
            field={Field.ADDRESS, Field.MUNICIPALITY},
        ),
        allow(
            ruling("8.8.unit_concerned", "Enheten som besöket gäller ser sin egen plats och tid.", 10),
            grade=PROTECTED,
            viewer=Viewer.UNIT_CONCERNED,
            field=WHERE_AND_WHEN,
        ),
        allow(
            law("8.8.child_itself", "Barnet ser sina egna uppgifter.", "OSL 12:1"),
            grade=PROTECTED,
            viewer=Viewer.CHILD_ITSELF,
        ),
        allow(
            ruling("8.8.reveal_one", "Vårdpersonal visar en uppgift i taget med ett skriftligt skäl.", 10),
            grade=PROTECTED,
            viewer={Viewer.UNIT_CONCERNED, Viewer.OTHER_CARE},
            reason=True,
        ),
        masked(
            ruling("8.8.masked", "Utan skäl är uppgiften dold också för vårdpersonal.", 10),
            Need.WRITTEN_REASON,
            grade=PROTECTED,
            viewer={Viewer.UNIT_CONCERNED, Viewer.OTHER_CARE},
        ),
        masked(
            law(
                "8.8.outside_care",
                "Kommun, skola och vårdnadshavare ser aldrig enhet, plats eller tid som kan röja bostaden.",
                "OSL 21 kap., 22:1",
            ),
            grade=PROTECTED,
            viewer={Viewer.MUNICIPALITY, Viewer.GUARDIAN},
        ),
    ),
)

ACTS = Table(
    "8.8 c",
    "Vad som stoppas för ett barn med skyddade personuppgifter",
    ActAllowed,
    law("8.8.stopped", "Inget lämnar den begränsade gruppen utan särskilt beslut.", "OSL 22:1"),
    (
        allow(UNPROTECTED, grade=Grade.NONE),
        deny(
            law("8.8.proxy", "Alla ombudskopplingar bryts.", "1177, Inera: skyddade personuppgifter"),
            act=Act.PROXY,
        ),
        deny(
            law(
                "8.8.letter",
                "Post skickas inte; vid skyddad folkbokföring går den genom Skatteverket.",
                "OSL 22:1",
            ),
            act=Act.LETTER,
        ),
        deny(
            law("8.8.carried_out", "Aviseringar, kalenderfiler, utskrift och uttag är stoppade.", "OSL 22:1"),
            act={Act.NOTICE, Act.CALENDAR_FILE, Act.PRINT, Act.EXPORT},
        ),
        deny(
            law("8.8.statistics", "Barnet räknas inte i statistik för små områden.", "OSL 24 kap."),
            act=Act.SMALL_AREA_STATISTICS,
        ),
        deny(
            law(
                "8.8.routing",
                "Inget skickas av sig självt till hemkommunen, som inte är att lita på.",
                "Folkbokföringslagen 16–17 §§",
            ),
            act=Act.HOME_ROUTING,
        ),
        allow(
            ruling("8.8.search", "Sökning och listor visar barnet bara för den begränsade gruppen.", 9),
            act={Act.SEARCH, Act.LIST},
            in_group=True,
        ),
    ),
)

STAFF_NAMES = Table(
    "8.8 d",
    "Personal med skyddade personuppgifter",
    StaffName,
    law("8.8.staff_closed", "Utan uppgift om skydd visas inget namn.", "OSL 22:1"),
    (
        allow(law("8.8.staff_named", "Personalens namn visas.", "PDL 8:5"), staff_protected=False),
        masked(
            law("8.8.staff_role", "Skyddad personal visas bara med sin roll.", "OSL 22:1"),
            staff_protected=True,
        ),
    ),
)
