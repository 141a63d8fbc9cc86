"""How people's answers stand against the law of `policy.consents` (8.6; rulings 12 to 14).

Nothing is decided here: who decides and which signatures are needed are the tables' to say. Here the answers
are put to them, and what is open is read off.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from .consents import SIGNATURES, Decider, Matter, Named, Signatures, decider, how_many

CHILD = "child"
"""The signer that is the child itself; guardians are named by their id."""
BOARD = "board"
"""The social services board, for a child placed by order whose decision says so (ruling 14)."""

Signer = UUID | str
Cell = tuple[UUID, str]
"""(unit, kind of information)."""

CONFLICT = "8.6.conflict"


@dataclass(frozen=True)
class Requirement:
    """Who decides, how much it weighs, and whose yes is asked for. No signer at all means that nobody known
    can: it stays closed. `named`: whom the board's decision about a placed child names.
    """

    decider: Decider
    signers: frozenset[Signer]
    matter: Matter = Matter.SIGNIFICANT
    named: Named = Named.NOBODY


def required_signers(
    *,
    guardians: Collection[UUID],
    adult: bool,
    mature: bool = False,
    placed_by_order: bool = False,
    matter: Matter = Matter.SIGNIFICANT,
    named: Named = Named.NOBODY,
) -> Requirement:
    """Whose yes is asked for: the child's that decides itself, else that of all with custody (FB 6:11,
    6:13). For a child placed by order the board's decision says who; while it names nobody, nobody's answer
    opens anything.
    """
    decides = decider(adult=adult, child_mature=mature, placed_by_order=placed_by_order, named=named)
    if decides is Decider.GUARDIANS and not guardians:
        decides = Decider.NOBODY
    signers: dict[Decider, frozenset[Signer]] = {
        Decider.CHILD: frozenset({CHILD}),
        Decider.GUARDIANS: frozenset(guardians),
        Decider.BOARD: frozenset({BOARD} if named is Named.BOARD else ()),
    }
    return Requirement(decides, signers.get(decides, frozenset()), matter, named)


@dataclass(frozen=True)
class Answer:
    """One signer's latest answer."""

    signer: Signer
    state: str
    starts_on: date
    ends_on: date | None = None
    withdrawn: bool = False
    cells: frozenset[Cell] = frozenset()

    def holds(self, on: date) -> bool:
        """Whether it is a yes that is in force on a day; first and last day count."""
        begun = self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)
        return self.state == "given" and not self.withdrawn and begun

    def refuses(self, on: date) -> bool:
        """Whether it is an outright no."""
        return self.state == "refused" and not self.withdrawn and self.starts_on <= on


@dataclass(frozen=True)
class Standing:
    """How consent stands: valid, waiting, conflict, board (it decides) or no_signer; by which rule, who is
    missing, and the last day it holds.
    """

    state: str
    rule: str
    missing: frozenset[Signer] = frozenset()
    last_day: date | None = None

    @property
    def is_valid(self) -> bool:
        return self.state == "valid"

    def until(self, day: date | None) -> "Standing":
        """The same, holding no longer than through a day."""
        return replace(self, last_day=_earliest((self.last_day, day))) if self.is_valid else self


def standing(requirement: Requirement, answers: Iterable[Answer], on: date) -> Standing:
    """What the table says of the answers. A no of anyone who may answer keeps it closed, the child's own
    and that of a guardian of a mature child too (decision record 12).
    """
    latest = {answer.signer: answer for answer in answers}
    given = {signer: _holds(latest, signer, on) for signer in requirement.signers}
    asked = Signatures(
        matter=requirement.matter,
        decider=requirement.decider,
        named=requirement.named,
        signed=how_many({str(signer): yes for signer, yes in given.items()}),
        refused=any(answer.refuses(on) for answer in latest.values()),
    )
    decision = SIGNATURES.decide(asked, on=on)
    if decision.opens:
        holding = (latest[signer].ends_on for signer, yes in given.items() if yes)
        return Standing("valid", decision.rule_id, last_day=_earliest(holding))
    if requirement.decider is Decider.BOARD and not requirement.signers:
        return Standing("board", decision.rule_id)
    if decision.rule_id == CONFLICT:
        return Standing("conflict", decision.rule_id)
    missing = frozenset(signer for signer, yes in given.items() if not yes)
    return Standing("waiting" if missing else "no_signer", decision.rule_id, missing)


def _holds(latest: Mapping[Signer, Answer], signer: Signer, on: date) -> bool:
    return signer in latest and latest[signer].holds(on)


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def open_cells(requirement: Requirement, answers: Iterable[Answer], on: date) -> frozenset[Cell]:
    """What is open: what everyone whose yes counts has said yes to, and nothing unless the table opens."""
    answers = list(answers)
    if not standing(requirement, answers, on).is_valid:
        return frozenset()
    latest = {answer.signer: answer for answer in answers}
    holding = (latest[signer].cells for signer in requirement.signers if _holds(latest, signer, on))
    if requirement.matter is Matter.EVERYDAY:
        return frozenset().union(*holding)
    return frozenset.intersection(*holding)
