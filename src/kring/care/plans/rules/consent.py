"""Who must have said yes before a plan is shared, and what their answers open (domain 8.6; rulings 12 and
13).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

CHILD = "child"
"""The signer that is the child itself; guardians are named by their id."""

Signer = UUID | str
Cell = tuple[UUID, str]
"""(unit, kind of information)."""


@dataclass(frozen=True)
class Requirement:
    """Everyone who must say yes, by which rule. No signer at all means that nobody known can: it stays
    closed.
    """

    rule: str
    signers: frozenset[Signer]


@dataclass(frozen=True)
class Rule:
    """One dated row."""

    id: str
    valid_from: date
    needs_sign_off: bool = False


JOINT = Rule("consent.plan.all_guardians", date(2021, 1, 1))
ADULT = Rule("consent.plan.adult", date(2021, 1, 1))
MATURE = Rule("consent.plan.mature_child", date(2021, 1, 1), needs_sign_off=True)
NOBODY = Rule("consent.plan.nobody_known", date(2021, 1, 1), needs_sign_off=True)


def required_signers(
    *, guardians: Collection[UUID], adult: bool, mature: bool = False, on: date
) -> Requirement:
    """Who must say yes to a plan and its sharing on a day.

    A plan is a significant matter: all guardians with custody (FB 6:13). An adult answers alone, and so does
    a child that a treating professional has judged mature for the question, whatever its age (ruling 15). A
    guardian's no is a conflict all the same.
    """
    if adult:
        return Requirement(ADULT.id, frozenset({CHILD}))
    if mature and MATURE.valid_from <= on:
        return Requirement(MATURE.id, frozenset({CHILD}))
    if not guardians:
        return Requirement(NOBODY.id, frozenset())
    return Requirement(JOINT.id, frozenset(guardians))


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
    """How consent stands: valid, waiting, conflict or no_signer; who is missing, and the last day it
    holds.
    """

    state: str
    rule: str
    missing: frozenset[Signer] = frozenset()
    last_day: date | None = None

    @property
    def is_valid(self) -> bool:
        return self.state == "valid"


def standing(requirement: Requirement, answers: Iterable[Answer], on: date) -> Standing:
    """How the answers stand against what is required. An outright refusal is a conflict, never a yes."""
    latest = {answer.signer: answer for answer in answers}
    if any(answer.refuses(on) for answer in latest.values()):
        return Standing("conflict", requirement.rule)
    if not requirement.signers:
        return Standing("no_signer", requirement.rule)
    given = {signer: latest[signer] for signer in requirement.signers if _holds(latest, signer, on)}
    missing = requirement.signers - given.keys()
    if missing:
        return Standing("waiting", requirement.rule, frozenset(missing))
    return Standing(
        "valid", requirement.rule, last_day=_earliest(answer.ends_on for answer in given.values())
    )


def _holds(latest: Mapping[Signer, Answer], signer: Signer, on: date) -> bool:
    return signer in latest and latest[signer].holds(on)


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def open_cells(requirement: Requirement, answers: Iterable[Answer], on: date) -> frozenset[Cell]:
    """What is open: only what every required signer has said yes to, and nothing unless all have."""
    answers = list(answers)
    if not standing(requirement, answers, on).is_valid:
        return frozenset()
    latest = {answer.signer: answer for answer in answers}
    return frozenset.intersection(*(latest[signer].cells for signer in requirement.signers))
