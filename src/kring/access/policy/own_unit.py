"""Children of one's own unit outside care: school, social services and disability support.

Patientdatalagen does not speak of them; each is its own authority with its own secrecy, and sees its own
children.
"""

from dataclasses import dataclass

from kring.access.policy.decision import Facts, Table, allow, require
from kring.access.policy.sources import law
from kring.access.policy.staff import ASSIGNMENT, LOGIN, PROFILE


@dataclass(frozen=True)
class OwnUnit(Facts):
    """`takes_part`: the unit has this child among its own today."""

    strong_auth: bool = False
    assignment_active: bool = False
    profile_covers: bool = False
    takes_part: bool = False


OWN_UNIT = Table(
    "8.1 b",
    "Barnen i den egna skolan, socialtjänsten eller LSS-verksamheten",
    OwnUnit,
    law("8.1.own_unit.none", "En annan verksamhets barn visas inte.", "OSL 23:1–2, 26:1"),
    (
        require(LOGIN, strong_auth=True),
        require(ASSIGNMENT, assignment_active=True),
        require(PROFILE, profile_covers=True),
        allow(
            law("8.1.own_unit", "Verksamheten ser sina egna barn i arbetet med dem.", "OSL 23:1–2, 26:1"),
            takes_part=True,
        ),
    ),
)
