"""The refusals that no table about a child speaks of: the log-in, the session, the page, the form, and what
is another unit's to change. Each leaves a row in the log with its rule.
"""

from kring.access.policy.sources import law

SOURCE = "PDL 4:2; HSLF-FS 2016:40"

ROLE = law("role.permission", "Rollen omfattar inte den sortens arbete.", SOURCE)
PAGE = law("page.undeclared", "En sida som inte säger vad den kräver är stängd.", SOURCE)
MISSING = law("page.missing", "Det som inte finns, eller är någon annans, har ingen sida.", SOURCE)
FORM_KEY = law("form.key", "Ett formulär som inte visar att det kommer från Kring tas inte emot.", SOURCE)
SUBMISSION = law("submission.foreign", "En inskickning tillhör den som gjorde den.", SOURCE)
NOT_YOURS = law(
    "owner.only",
    "Det som en verksamhet har skrivit, bokat eller håller i ändrar bara den.",
    "PDL 2:6; OSL 10:1",
)
NOT_IN_LIST = law(
    "worklist.reach",
    "En uppgift ändras från den egna enhetens lista, av den som når barnet.",
    SOURCE,
)
SESSION_OVER = law("session.over", "Efter sessionens slut öppnas ingen sida.", SOURCE)
NOT_OWN_WAY = law("session.way", "Ingen arbetar i ett uppdrag som inte gäller för den själv i dag.", SOURCE)
TOO_WEAK = law("login.level", "En inloggning som inte är stark nog öppnar inget.", SOURCE)
TWO_PEOPLE = law("login.subject", "Svar om olika personer loggar inte in någon.", SOURCE)
UNKNOWN = law("login.unknown", "Den som inte är upplagd loggas inte in.", SOURCE)
NO_ANSWER = law("login.answer", "Ett svar från inloggningen som inte håller loggar inte in någon.", SOURCE)

DOORS = (
    ROLE,
    PAGE,
    MISSING,
    FORM_KEY,
    SUBMISSION,
    NOT_YOURS,
    NOT_IN_LIST,
    SESSION_OVER,
    NOT_OWN_WAY,
    TOO_WEAK,
    TWO_PEOPLE,
    UNKNOWN,
    NO_ANSWER,
)
LOG_INS = {"level": TOO_WEAK, "subject": TWO_PEOPLE, "unknown": UNKNOWN, "answer": NO_ANSWER}
"""Why an identity provider's answer did not let anybody in -> its rule."""
