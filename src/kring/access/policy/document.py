"""The tables as a page that a lawyer can read: docs/access.md is this text, and a test holds it to it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from kring.access.policy.access_log import LOG_FIELDS, RETENTIONS
from kring.access.policy.ages import AGE_LIMITS
from kring.access.policy.catalogue import TABLES, rules
from kring.access.policy.deciding import EMERGENCIES
from kring.access.policy.decision import Outcome, Reveal, Row, Rule, Table
from kring.access.policy.doors import DOORS
from kring.access.policy.lists import MINIMUM_FIELDS
from kring.access.policy.notices import CODE_LIMITS, QUIET_HOURS
from kring.access.policy.parties import PARTIES
from kring.access.policy.review import rules as review_rules
from kring.access.policy.routes import CLOSED_DOORS
from kring.access.policy.sessions import ACTIVE_CHOICE, SESSION_LIMITS
from kring.access.policy.visibility import REVIEW_LIMITS
from kring.access.policy.working_days import rules as days_off_rules
from kring.access.roles import ROLES

INTRODUCTION = """\
# Vem får se vad, och varför

Den här sidan är skriven av tabellerna i `kring.access.policy`; ändra där. Varje tabell läses uppifrån, och
den första rad som passar bestämmer. Det som ingen rad öppnar är stängt, och en uppgift som saknas räknas
som det som stänger. ⚖ betyder att en jurist eller den personuppgiftsansvarige ska godkänna valet före skarp
drift.
"""

ANSWERS = {Outcome.ALLOW: "öppnas", Outcome.MASKED: "öppnas, känsligt dolt", Outcome.DENY: "nekas"}
TELLS = {
    Reveal.NOTHING: "",
    Reveal.EXISTS: "att uppgifter finns",
    Reveal.WHICH_UNIT: "vilken enhet",
    Reveal.WHICH_PROVIDER: "vilken vårdgivare",
}


def as_markdown() -> str:
    """The whole page."""
    parts = [
        INTRODUCTION,
        _sign_off(),
        _roles(),
        _parties(),
        _ages(),
        _sessions(),
        _doors(),
        _emergencies(),
        _withheld(),
        _quiet_hours(),
        _codes(),
        _log(),
        _review(),
        _days_off(),
    ]
    parts += [_table(table) for table in TABLES]
    return "\n".join(parts)


def _sign_off() -> str:
    waiting = [rule for rule in rules().values() if rule.needs_sign_off]
    lines = _grid(("Regel", "Vad den säger", "Källa"), ((f"`{r.id}`", r.says, r.source) for r in waiting))
    return "## Ska godkännas före skarp drift ⚖\n\n" + lines


def _roles() -> str:
    rows = ((role.title, role.sentence, "ja" if role.meets_children else "nej") for role in ROLES.values())
    return "## Roller\n\n" + _grid(("Roll", "Vad rollen gör", "Möter enskilda barn"), rows)


def _parties() -> str:
    rows = (
        (
            f"`{p.sector}`",
            p.rule.says,
            _yes(p.care_provider),
            _yes(p.reachable),
            f"`{p.ordinary_way}`",
            p.rule.source,
        )
        for p in PARTIES.values()
    )
    heads = (
        "Part",
        "Vad som gäller",
        "Vårdgivare",
        "Nås av sammanhållen vårddokumentation",
        "Vanlig väg",
        "Källa",
    )
    return "## 8.1 Parter\n\n" + _grid(heads, rows)


def _ages() -> str:
    rows = ((f"`{one.rule.id}`", f"{one.years} år", one.rule.says, one.rule.source) for one in AGE_LIMITS)
    return "## Åldersgränser\n\n" + _grid(("Regel", "Ålder", "Vad den säger", "Källa"), rows)


def _sessions() -> str:
    rows = [
        (f"`{one.rule.id}`", one.rule.says, _minutes(one.idle), _minutes(one.warning), _minutes(one.absolute))
        for one in SESSION_LIMITS
    ]
    choice = ACTIVE_CHOICE
    rows.append((f"`{choice.rule.id}`", choice.rule.says, "", "", _minutes(choice.lasts)))
    return "## Inloggningstider\n\n" + _grid(
        ("Regel", "Vad den säger", "Utan aktivitet", "Varning", "Längst"), rows
    )


def _emergencies() -> str:
    rows = ((f"`{rule.id}`", rule.says, rule.source) for rule in EMERGENCIES)
    return "## Nödöppning\n\n" + _grid(("Regel", "Vad den säger", "Källa"), rows)


def _withheld() -> str:
    rows = ((_id(one.rule), one.rule.says, str(one.days), one.rule.source) for one in REVIEW_LIMITS)
    heads = ("Regel", "Vad den säger", "Dagar", "Källa")
    return "## 8.5 b Hur länge något undantas innan det ses över\n\n" + _grid(heads, rows)


def _quiet_hours() -> str:
    rows = ((f"`{one.rule.id}`", one.rule.says, f"{one.starts:%H}", f"{one.ends:%H}") for one in QUIET_HOURS)
    return "## Tysta tider för mejl och sms\n\n" + _grid(("Regel", "Vad den säger", "Från", "Till"), rows)


def _codes() -> str:
    rows = (
        (
            f"`{one.rule.id}`",
            one.rule.says,
            str(one.digits),
            _minutes(one.holds),
            str(one.tries),
            str(one.a_day),
        )
        for one in CODE_LIMITS
    )
    heads = ("Regel", "Vad den säger", "Siffror", "Gäller", "Försök", "Koder på ett dygn")
    return "## Koden som bekräftar en adress\n\n" + _grid(heads, rows)


def _doors() -> str:
    rows = ((f"`{rule.id}`", rule.says, rule.source) for rule in (*DOORS, *CLOSED_DOORS))
    return "## Det som nekas redan vid dörren\n\n" + _grid(("Regel", "Vad den säger", "Källa"), rows)


def _log() -> str:
    rows = (
        (f"`{f.name}`", _yes(f.mandatory), _yes(f.in_extract), f.rule.says, f.rule.source) for f in LOG_FIELDS
    )
    grid = _grid(("Fält", "Måste finnas", "I logguttaget", "Varför", "Källa"), rows)
    kept = "".join(f"\n{one.rule.says} ({one.rule.source})\n" for one in RETENTIONS)
    return "## 8.7 Loggen\n\n" + grid + kept


def _review() -> str:
    rows = ((_id(rule), rule.says, rule.source) for rule in review_rules())
    return "## 8.7 Granskning av loggen\n\n" + _grid(("Regel", "Vad den säger", "Källa"), rows)


def _days_off() -> str:
    rows = ((_id(rule), rule.says, rule.source) for rule in days_off_rules())
    return "## Dagar som inte är arbetsdagar\n\n" + _grid(("Regel", "Vad den säger", "Källa"), rows)


def _table(table: Table[Any]) -> str:
    heads = ("Regel", "Vad den säger", "När", "Svar", "Får röja", "Källa")
    rows = [_row(row) for row in table.rows]
    rows.append(
        (_id(table.default), table.default.says, "annars", ANSWERS[Outcome.DENY], "", table.default.source)
    )
    extra = f"\nEn minsta lista visar: {', '.join(MINIMUM_FIELDS)}.\n" if table.name == "lists" else ""
    return f"## {table.name} {table.title}\n\n" + _grid(heads, rows) + extra


def _row(row: Row) -> tuple[str, ...]:
    facts = "; ".join(f"{name} = {_values(values)}" for name, values in row.wanted.items())
    when = f"om inte {facts}" if row.inverted else facts
    return (_id(row.rule), row.rule.says, when, ANSWERS[row.outcome], TELLS[row.reveal], row.rule.source)


def _values(values: frozenset[Any]) -> str:
    return " eller ".join(sorted(_yes(value) if isinstance(value, bool) else str(value) for value in values))


def _id(rule: Rule) -> str:
    return f"`{rule.id}`" + (" ⚖" if rule.needs_sign_off else "")


def _yes(value: bool) -> str:
    return "ja" if value else "nej"


def _minutes(length: timedelta) -> str:
    return f"{length.total_seconds() / 60:.0f} min"


def _grid(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)
