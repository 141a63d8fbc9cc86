"""What is logged, how long it is kept and what the family may have of it (8.7)."""

from dataclasses import dataclass
from datetime import date

from kring.access.policy.ages import birthday
from kring.access.policy.decision import Rule
from kring.access.policy.sources import law


@dataclass(frozen=True)
class Logged:
    """One kind of act that leaves a row in the access log, refused ones too."""

    action: str
    rule: Rule


@dataclass(frozen=True)
class LogField:
    """One field of a row: whether it must be there, and whether the family's extract shows it."""

    name: str
    mandatory: bool
    in_extract: bool
    rule: Rule


@dataclass(frozen=True)
class Retention:
    """How many years a row is kept, at least."""

    years: int
    rule: Rule


SOURCE = "PDL 4:3; HSLF-FS 2016:40 4:9"
_EVERY_ACT = law(
    "8.7.acts", "Varje läsning, ändring, sökträff, utskrift och uttag loggas, liksom varje nekande.", SOURCE
)
_REQUIRED = law("8.7.fields", "Loggen visar åtgärd, vårdenhet, tid, användare och patient.", SOURCE)
_WHY = law(
    "8.7.why", "Loggen visar regel, ändamål och skäl, så att åtkomsten går att bedöma.", "PDL 4:3; IMY"
)
_EXTRACT = law(
    "8.7.extract",
    "Logguttaget visar från vilken vårdenhet och när, men inte vem.",
    "PDL 8:5",
)

LOGGED_ACTS = tuple(
    Logged(action, _EVERY_ACT) for action in ("read", "list", "search", "write", "print", "export")
)

LOG_FIELDS = (
    LogField("action", mandatory=True, in_extract=True, rule=_REQUIRED),
    LogField("unit_id", mandatory=True, in_extract=True, rule=_EXTRACT),
    LogField("at", mandatory=True, in_extract=True, rule=_EXTRACT),
    LogField("person_id", mandatory=True, in_extract=False, rule=_REQUIRED),
    LogField("child_id", mandatory=True, in_extract=False, rule=_REQUIRED),
    LogField("outcome", mandatory=True, in_extract=False, rule=_WHY),
    LogField("rule", mandatory=True, in_extract=True, rule=_WHY),
    LogField("purpose", mandatory=True, in_extract=True, rule=_WHY),
    LogField("role", mandatory=False, in_extract=True, rule=_WHY),
    LogField("what", mandatory=False, in_extract=True, rule=_WHY),
    LogField("reason", mandatory=False, in_extract=False, rule=_WHY),
)

RETENTIONS = (Retention(5, law("8.7.retention", "Loggen sparas i minst fem år.", "HSLF-FS 2016:40 4:9 a")),)


def mandatory_fields() -> frozenset[str]:
    """The fields without which a row is no log row."""
    return frozenset(field.name for field in LOG_FIELDS if field.mandatory)


def extract_fields() -> tuple[str, ...]:
    """What the family's extract shows, in order."""
    return tuple(field.name for field in LOG_FIELDS if field.in_extract)


def kept_through(logged_on: date, on: date) -> date:
    """The last day a row must be kept under the rule in force on `on`; for ever when no rule is."""
    years = [one.years for one in RETENTIONS if one.rule.in_force(on)]
    return birthday(logged_on, max(years)) if years else date.max
