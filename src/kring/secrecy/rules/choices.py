"""The active choice: before what other units or care providers hold is shown, the reader says that it is
wanted, and for what (PDL 4 kap., lag 2022:913, HSLF-FS 2016:40 4 kap.).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kring.access.policy.staff import WorkNeed


class Reach(StrEnum):
    """Whose entries the choice is about; each is chosen by itself."""

    UNITS = "units"
    PROVIDERS = "providers"


@dataclass(frozen=True)
class ActiveChoice:
    """For what the reader has asked to see the entries of other units, and of other care providers."""

    units: WorkNeed = WorkNeed.NONE
    providers: WorkNeed = WorkNeed.NONE

    @classmethod
    def read(cls, chosen: Mapping[str, str]) -> "ActiveChoice":
        """From words; one that says nothing, or nothing that is known, chooses nothing."""
        return cls(**{reach.value: _need(chosen.get(reach, "")) for reach in Reach})

    def of(self, reach: Reach) -> WorkNeed:
        """What was chosen in one direction."""
        return self.units if reach is Reach.UNITS else self.providers


def _need(word: str) -> WorkNeed:
    return WorkNeed(word) if word in set(WorkNeed) else WorkNeed.NONE
