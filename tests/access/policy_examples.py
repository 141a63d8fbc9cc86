"""How the decision tables are exercised: hand-written examples, and the proof that they miss no row.

An example is a case a lawyer can read: what it is about, the facts, and the answer with its rule. The proof
is a small mutation test: take away a row, a condition or a value of any table, and some example must notice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from kring.access.policy.decision import Decision, Facts, Need, Outcome, Reveal, Row, Table

TODAY = date(2026, 11, 16)


@dataclass(frozen=True)
class Example:
    """A case and its answer."""

    says: str
    facts: Facts
    answer: Decision

    def __str__(self) -> str:
        return self.says


def allowed(says: str, facts: Facts, rule: str, reveal: Reveal = Reveal.NOTHING) -> Example:
    return Example(says, facts, Decision(Outcome.ALLOW, rule, reveal))


def masked(says: str, facts: Facts, rule: str, *needs: Need) -> Example:
    return Example(says, facts, Decision(Outcome.MASKED, rule, needs=frozenset(needs)))


def refused(says: str, facts: Facts, rule: str, reveal: Reveal = Reveal.NOTHING, *needs: Need) -> Example:
    return Example(says, facts, Decision(Outcome.DENY, rule, reveal, frozenset(needs)))


def facts_of(table: Table[Any]) -> st.SearchStrategy[Any]:
    """Any facts at all for a table."""
    values = table.facts.admissible().items()
    return st.builds(table.facts, **{name: st.sampled_from(sorted(kind, key=str)) for name, kind in values})


def unnoticed(table: Table[Any], examples: Sequence[Example]) -> list[str]:
    """The changes to a table that no example would notice; an empty list is the proof."""
    return [what for what, changed in _changes(table) if _all_hold(changed, examples)]


def _all_hold(table: Table[Any], examples: Sequence[Example]) -> bool:
    return all(table.decide(one.facts, on=TODAY) == one.answer for one in examples)


def _changes(table: Table[Any]) -> Iterator[tuple[str, Table[Any]]]:
    for place, row in enumerate(table.rows):
        before, after = table.rows[:place], table.rows[place + 1 :]
        yield f"{row.rule.id} removed", replace(table, rows=before + after)
        for what, changed in _row_changes(row):
            yield f"{row.rule.id} {what}", replace(table, rows=(*before, changed, *after))


def _row_changes(row: Row) -> Iterator[tuple[str, Row]]:
    for name, values in row.wanted.items():
        without = {other: wanted for other, wanted in row.wanted.items() if other != name}
        yield f"without {name}", replace(row, wanted=without)
        for value in values if len(values) > 1 else ():
            yield f"without {name}={value}", replace(row, wanted=row.wanted | {name: values - {value}})
