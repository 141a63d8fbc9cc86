"""Whose answer a unit waits for that was taken into a plan after the family had answered.

Consent to the plan stands as it was: the units of the earlier answers go on seeing it. The new one sees
nothing until everyone whose yes counts has said yes to it too. Who has answered since and left it out has
said no.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kring.access.policy.answers import Signer


@dataclass(frozen=True)
class Joined:
    """A unit in the plan, and since when."""

    unit_id: UUID
    at: datetime


@dataclass(frozen=True)
class Said:
    """The latest yes of one whose yes counts: when, and the units that it opens the plan to."""

    signer: Signer
    at: datetime
    units: frozenset[UUID]


def unanswered(joined: Iterable[Joined], said: Iterable[Said]) -> dict[UUID, frozenset[Signer]]:
    """Each unit that waits, and for whom; those that are open, or left out on purpose, do not."""
    said = list(said)
    waits = {one.unit_id: _waits_for(one, said) for one in joined}
    return {unit_id: signers for unit_id, signers in waits.items() if signers}


def _waits_for(one: Joined, said: list[Said]) -> frozenset[Signer]:
    without = [yes for yes in said if one.unit_id not in yes.units]
    if any(yes.at >= one.at for yes in without):
        return frozenset()
    return frozenset(yes.signer for yes in without)
