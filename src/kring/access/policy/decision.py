"""The vocabulary of the decision tables: rule, row, requirement, table, decision.

A table is read from the top, and the first row that speaks decides. Most rows speak when their facts are so
(`allow`, `masked`, `deny`); a `require` row speaks, and refuses, when its facts are *not* so. Where no row
speaks, or a fact is unknown, the answer is the refusal of the table's own default rule. Rules are dated: a
row counts only on days when its rule is in force.

The facts of a table are a frozen dataclass of booleans and enums whose defaults are the closed ones, so that
a fact nobody filled in never opens anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Generic, TypeVar, get_type_hints


class Outcome(StrEnum):
    """The answer. MASKED: may open, with the sensitive part hidden."""

    ALLOW = "allow"
    MASKED = "masked"
    DENY = "deny"


class Reveal(StrEnum):
    """What an answer may tell about data that is not shown."""

    NOTHING = "nothing"
    EXISTS = "exists"
    WHICH_UNIT = "which_unit"
    WHICH_PROVIDER = "which_provider"


class Need(StrEnum):
    """What is missing; with it in place the same question may get a more open answer."""

    ACTIVE_CHOICE = "active_choice"
    WRITTEN_REASON = "written_reason"
    OFFICER_LIFTS = "officer_lifts"
    FIRST_REVEAL = "first_reveal"
    REQUEST_TO_LIFT = "request_to_lift"
    PATIENT_ASKS_TO_LIFT = "patient_asks_to_lift"
    CONSENT = "consent"
    HARM_TEST = "harm_test"
    UNIT_HEAD_ADDS = "unit_head_adds"


@dataclass(frozen=True)
class Rule:
    """One rule of law or ruling: what it says in Swedish, where it stands and which days it holds."""

    id: str
    says: str
    source: str
    valid_from: date
    valid_to: date | None = None
    needs_sign_off: bool = False

    def in_force(self, on: date) -> bool:
        """Whether the rule holds on the day `on`; first and last day included."""
        return self.valid_from <= on <= (self.valid_to or date.max)

    def covers(self, other: "Rule") -> bool:
        """Whether this rule is in force on every day that the other one is."""
        return self.valid_from <= other.valid_from and (other.valid_to or date.max) <= (
            self.valid_to or date.max
        )


@dataclass(frozen=True)
class Decision:
    """An answer with its rule; `needs` says what is missing for a more open one."""

    outcome: Outcome
    rule_id: str
    reveal: Reveal = Reveal.NOTHING
    needs: frozenset[Need] = frozenset()

    @property
    def opens(self) -> bool:
        """Whether anything is shown at all."""
        return self.outcome is not Outcome.DENY


Wanted = Mapping[str, frozenset[Any]]


class Facts:
    """What a table asks about. Subclasses are frozen dataclasses of bools and enums, closed by default."""

    @classmethod
    @cache
    def admissible(cls) -> Mapping[str, frozenset[Any]]:
        """Fact name -> the values it can have."""
        return {name: _values_of(kind) for name, kind in get_type_hints(cls).items()}


FactsT = TypeVar("FactsT", bound=Facts)


@dataclass(frozen=True)
class Row:
    """One line of a table: an answer and the facts under which it speaks; others may be anything."""

    rule: Rule
    outcome: Outcome
    wanted: Wanted
    reveal: Reveal = Reveal.NOTHING
    needs: frozenset[Need] = frozenset()
    inverted: bool = False

    def speaks(self, facts: Facts) -> bool:
        """Whether the facts are as wanted - or, for a requirement, whether they are not."""
        as_wanted = all(getattr(facts, name) in values for name, values in self.wanted.items())
        return as_wanted is not self.inverted

    def answer(self) -> Decision:
        """The decision this row gives when it speaks."""
        return Decision(self.outcome, self.rule.id, self.reveal, self.needs)


def allow(rule: Rule, reveal: Reveal = Reveal.NOTHING, /, **when: Any) -> Row:
    """Opens when the facts are so. A set stands for any one of its values."""
    return Row(rule, Outcome.ALLOW, _as_sets(when), reveal)


def masked(rule: Rule, /, *needs: Need, **when: Any) -> Row:
    """Opens with the sensitive part hidden when the facts are so; `needs` would show that too."""
    return Row(rule, Outcome.MASKED, _as_sets(when), needs=frozenset(needs))


def deny(rule: Rule, /, *tells: Reveal | Need, **when: Any) -> Row:
    """Refuses when the facts are so; `tells`: what of the hidden may be told, and what is missing."""
    reveal = next((one for one in tells if isinstance(one, Reveal)), Reveal.NOTHING)
    needs = frozenset(one for one in tells if isinstance(one, Need))
    return Row(rule, Outcome.DENY, _as_sets(when), reveal, needs)


def require(rule: Rule, /, *needs: Need, **must: Any) -> Row:
    """Refuses, revealing nothing, unless the facts are so; what follows may rely on them."""
    return Row(rule, Outcome.DENY, _as_sets(must), needs=frozenset(needs), inverted=True)


def _as_sets(conditions: Mapping[str, Any]) -> Wanted:
    return {
        name: frozenset(value if isinstance(value, set) else {value}) for name, value in conditions.items()
    }


@dataclass(frozen=True)
class Table(Generic[FactsT]):
    """A decision table over one kind of facts. Wrong names or values in a row raise TypeError at import."""

    name: str
    title: str
    facts: type[FactsT]
    default: Rule
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        """Check the table against its facts, so that a misspelt row cannot sit there and never speak."""
        admissible = self.facts.admissible()
        for row in self.rows:
            for name, values in row.wanted.items():
                if name not in admissible or not values <= admissible[name]:
                    raise TypeError(
                        f"{self.name}, {row.rule.id}: {name} cannot be {sorted(map(str, values))}"
                    )
        self._check_requirements_hold()

    def decide(self, facts: FactsT, *, on: date) -> Decision:
        """The answer of the first row that speaks on the day `on`, else the default refusal."""
        if self._known(facts):
            for row in self.rows:
                if row.rule.in_force(on) and row.speaks(facts):
                    return row.answer()
        return Decision(Outcome.DENY, self.default.id)

    def rules(self) -> tuple[Rule, ...]:
        """Every rule of the table in reading order, the default last."""
        return (*dict.fromkeys(row.rule for row in self.rows), self.default)

    def _known(self, facts: FactsT) -> bool:
        """Whether every fact is there, with a value of its kind."""
        return isinstance(facts, self.facts) and all(
            getattr(facts, name) in values for name, values in self.facts.admissible().items()
        )

    def _check_requirements_hold(self) -> None:
        """A requirement must hold on every day that a row which relies on it opens something."""
        required: list[Rule] = []
        for row in self.rows:
            if row.inverted:
                required.append(row.rule)
            for rule in required if row.outcome is not Outcome.DENY else ():
                if not rule.covers(row.rule):
                    raise TypeError(f"{self.name}: {row.rule.id} can open while {rule.id} is not in force")


def _values_of(kind: Any) -> frozenset[Any]:
    if kind is bool:
        return frozenset({True, False})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return frozenset(kind)
    raise TypeError(f"a fact is a bool or an enum, not {kind}")


def strictest(*decisions: Decision) -> Decision:
    """Several locks on one door: the first refusal, else the first masked answer, else the first yes."""
    order = (Outcome.DENY, Outcome.MASKED, Outcome.ALLOW)
    return min(decisions, key=lambda decision: order.index(decision.outcome))
