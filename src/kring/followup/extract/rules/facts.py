"""What is read of one child, as plain values: everything that its rows are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    """A unit: whose it is, and what it does."""

    controller: int
    kind: str


@dataclass(frozen=True, slots=True)
class Relation:
    """That a unit takes part around the child."""

    unit: UUID
    kind: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """A child as the register has it, and who is around it."""

    id: UUID
    born: date
    sex: str
    municipality: str
    protected: bool
    ended: date | None
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the timeline. `day`: in Stockholm; `documented`: when it was written down."""

    id: UUID
    kind: str
    unit: UUID | None
    day: date
    at: datetime
    documented: date
    subject: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """An evaluation of a plan: two faces 1-5, and by whom."""

    by: str
    day: date
    listened: int | None
    helped: int | None


@dataclass(frozen=True, slots=True)
class Coordinated:
    """A coordinated plan, its follow-ups as (held, was due) and the days that were set as (due, set on)."""

    id: UUID
    unit: UUID
    kind: str
    by_staff: bool
    need: date
    declined: bool
    over: date | None
    planned: tuple[tuple[date, date], ...] = ()
    held: tuple[tuple[date, date | None], ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """A booked visit."""

    id: UUID
    unit: UUID
    day: date
    mode: str
    status: str


@dataclass(frozen=True, slots=True)
class Span:
    """Something a unit has arranged, from one day to another."""

    id: UUID
    unit: UUID
    kind: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Flag:
    """An answer that somebody must read by a day."""

    unit: UUID
    due: date
    read: date | None


@dataclass(frozen=True, slots=True)
class Block:
    """What the child has blocked: a unit, or a whole provider, and which days of documentation."""

    unit: UUID | None
    controller: int
    first: date
    last: date

    def covers(self, unit: UUID, controller: int, documented: date) -> bool:
        """Whether something that was written by a unit on a day is blocked."""
        same = unit == self.unit if self.unit else controller == self.controller
        return same and self.first <= documented <= self.last


@dataclass(slots=True)
class Child:
    """A child with all that is read of it. `texts`: of the record, by resource."""

    person: Person
    events: list[Happening] = field(default_factory=list)
    plans: list[Coordinated] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    contacts: list[Span] = field(default_factory=list)
    placements: list[Span] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    texts: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    admissions: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Terms:
    """What holds for everybody: the units, whose rows go out, the day, and what stands for no place.

    `examined`: examinations of placed children are noted in Kring; until they are, placements are withheld,
    or every one of them would look as if it had not led to any.
    """

    places: Mapping[UUID, Place]
    own: int | None
    agreed: frozenset[int]
    municipalities: frozenset[str]
    today: date
    examined: bool = False

    @property
    def nowhere(self) -> str:
        """The one code of all who are protected: the region's first, whoever it is."""
        return min(self.municipalities, default="")
