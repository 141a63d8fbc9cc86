"""How long somebody stays logged in, by role: idle, when to warn, and at most (ux: the owner decides)."""

from dataclasses import dataclass
from datetime import date, timedelta

from kring.access.policy.decision import Rule
from kring.access.policy.sources import FIRST_DAY


@dataclass(frozen=True)
class SessionLimit:
    """`idle`: logged out after so long without a request; `warning`: told by then; `absolute`: in all."""

    rule: Rule
    idle: timedelta
    warning: timedelta
    absolute: timedelta


def _limit(rule_id: str, says: str, *, idle: int, warning: int, hours: int) -> SessionLimit:
    rule = Rule(rule_id, says, "Kring, inloggningstider", FIRST_DAY, needs_sign_off=True)
    return SessionLimit(rule, timedelta(minutes=idle), timedelta(minutes=warning), timedelta(hours=hours))


STAFF = _limit(
    "sessions.staff", "Personal loggas ut efter 15 minuter utan aktivitet.", idle=15, warning=13, hours=10
)
GUARDIAN = _limit(
    "sessions.guardian",
    "Vårdnadshavare loggas ut efter 20 minuter utan aktivitet.",
    idle=20,
    warning=18,
    hours=8,
)
CHILD = _limit(
    "sessions.child", "Barn och unga loggas ut efter 20 minuter utan aktivitet.", idle=20, warning=18, hours=4
)
NOBODY_YET = _limit(
    "sessions.no_role",
    "Den som inte har valt roll, eller loggar in en dag utan gällande regel, får de kortaste tiderna.",
    idle=15,
    warning=13,
    hours=4,
)


@dataclass(frozen=True)
class Lasting:
    """How long something that was chosen in a session counts, for the one child it was chosen for."""

    rule: Rule
    lasts: timedelta


ACTIVE_CHOICE = Lasting(
    Rule(
        "sessions.active_choice",
        "Ett aktivt val gäller ett barn i en inloggning, i högst en timme.",
        "HSLF-FS 2016:40 4 kap.; Kring, inloggningstider",
        FIRST_DAY,
        needs_sign_off=True,
    ),
    timedelta(hours=1),
)

SESSION_LIMITS = (STAFF, GUARDIAN, CHILD, NOBODY_YET)
_BY_ROLE = {"guardian": GUARDIAN, "child": CHILD, "": NOBODY_YET}


def limit_for(role: str, on: date) -> SessionLimit:
    """The limits of a role on a day; the shortest ones where no rule is in force."""
    limits = _BY_ROLE.get(role, STAFF)
    return limits if limits.rule.in_force(on) else NOBODY_YET
