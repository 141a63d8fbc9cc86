"""What may be said of entries that are not shown: only what each unit's decision reveals, and never whose
they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kring.access.policy.decision import Decision, Need, Reveal
from kring.secrecy.rules.choices import Reach

CHOICE, CONSENT, BLOCKED = "choice", "consent", "blocked"


@dataclass(frozen=True)
class Hidden:
    """Why there is more than is shown, for other units of the care provider and for other care providers.

    `choice`: an active choice would show it, or ask for the next thing. `consent`: the patient has not said
    yes. `blocked`: blocked information exists.
    """

    units: frozenset[str] = frozenset()
    providers: frozenset[str] = frozenset()

    def asks_for_choice(self, reach: Reach) -> bool:
        """Whether an active choice in this direction means anything."""
        return CHOICE in (self.units if reach is Reach.UNITS else self.providers)


def told_of(decisions: Iterable[tuple[Reach, Decision]]) -> Hidden:
    """Put together what the decisions about others' entries allow to be told."""
    why: dict[Reach, set[str]] = {reach: set() for reach in Reach}
    for reach, decision in decisions:
        if not decision.opens and decision.reveal is not Reveal.NOTHING:
            why[reach].add(_reason(decision.needs))
    return Hidden(frozenset(why[Reach.UNITS]), frozenset(why[Reach.PROVIDERS]))


def _reason(needs: frozenset[Need]) -> str:
    if Need.ACTIVE_CHOICE in needs:
        return CHOICE
    return CONSENT if Need.CONSENT in needs else BLOCKED
