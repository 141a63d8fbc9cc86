"""Machine clients (ruling 28): the locks before a connected system is judged like its owner's staff.

After a yes here the client still goes through 8.2 or 8.3 with its owner's facts and no active choice.
"""

from dataclasses import dataclass

from kring.access.policy.decision import Facts, Need, Table, allow, deny, require
from kring.access.policy.sources import ruling


@dataclass(frozen=True)
class MachineFacts(Facts):
    """`valid_today`: the client's agreed period; `scope_covers`: this kind of information and this act."""

    authenticated: bool = False
    valid_today: bool = False
    purpose_stated: bool = False
    scope_covers: bool = False
    needs_active_choice: bool = True


MACHINE = Table(
    "machine",
    "Anslutna system",
    MachineFacts,
    ruling("machine.none", "Ett anslutet system når bara det som är avtalat.", 28),
    (
        require(ruling("machine.authenticated", "Systemet ska visa vem det är.", 28), authenticated=True),
        require(ruling("machine.period", "Anslutningen ska gälla i dag.", 28), valid_today=True),
        require(ruling("machine.purpose", "Ändamålet ska vara angivet.", 28), purpose_stated=True),
        require(
            ruling("machine.scope", "Avtalet ska omfatta uppgiften och åtgärden.", 28), scope_covers=True
        ),
        deny(
            ruling("machine.no_choice", "Ett system gör inget aktivt val, så det som kräver ett nekas.", 28),
            Need.ACTIVE_CHOICE,
            needs_active_choice=True,
        ),
        allow(
            ruling("machine.agreed", "Inom avtalet prövas systemet som ägarens personal.", 28),
            needs_active_choice=False,
        ),
    ),
)
