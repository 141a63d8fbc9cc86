"""Whose rows are counted when a care provider follows up its quality (8.9 b). The analyst's own way to rows
without names is in 8.9; this says which rows there are, before anything of them is read out.

A consent that is withdrawn ends a sharing between parties; what was done before it stays in the record, and
in the figures. What a child has blocked is left out until a lawyer has said that it may be counted.
"""

from dataclasses import dataclass

from kring.access.policy.decision import Facts, Table, allow, deny
from kring.access.policy.programme import PURPOSES
from kring.access.policy.sources import law


@dataclass(frozen=True)
class CountedFacts(Facts):
    """`own_provider`: documented by the provider that follows up; `agreed`: another's, which has decided to
    be counted together; `blocked`: the child has blocked it.
    """

    own_provider: bool = False
    agreed: bool = False
    blocked: bool = True


COUNTED = Table(
    "8.9 b",
    "Vad som räknas när vården följs upp",
    CountedFacts,
    law("follow_up.none", "Det som en annan personuppgiftsansvarig har skrivit räknas inte.", PURPOSES),
    (
        deny(
            law(
                "follow_up.blocked",
                "Det som barnet har spärrat räknas inte, så länge ingen jurist har sagt att det får räknas.",
                "PDL 4:4; SVOD 2:3",
                sign_off=True,
            ),
            blocked=True,
        ),
        allow(
            law(
                "follow_up.own",
                "Vårdgivaren följer upp sin egen vård, utan namn; ett återtaget samtycke ändrar inte det.",
                PURPOSES,
                sign_off=True,
            ),
            own_provider=True,
        ),
        allow(
            law(
                "follow_up.agreed",
                "En annans uppgifter räknas med när den själv har beslutat att lämna ut dem för uppföljning.",
                "OSL 10:2, 23:2, 25:1, 26:1; PDL 2:5",
                sign_off=True,
            ),
            agreed=True,
        ),
    ),
)
