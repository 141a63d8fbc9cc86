"""A whole file of people: read, put in order, and taken in line by line."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from kring.access.actors import Actor
from kring.register.reading import lines_of
from kring.register.rules.faults import Fault, Wrong
from kring.register.rules.rows import Kind, Row, read_row

from . import people, ties
from .ending import Held, end_missing
from .following import concerned, follow
from .known import Known, known_to
from .writing import ENDED, NEW, SAME, Permit, Written, log

WRITES: Mapping[Kind, Callable[..., Written]] = MappingProxyType(
    {
        Kind.PERSON: people.write_person,
        Kind.GUARDIAN: people.write_guardian,
        Kind.CHILD: people.write_child,
        Kind.ASSIGNMENT: ties.write_assignment,
        Kind.CUSTODY: ties.write_custody,
        Kind.RELATION: ties.write_relation,
    }
)


@dataclass
class Outcome:
    """What became of a file: how many of (kind, new|changed|ended|same), each faulty line with its sentence,
    and whether anything was to be ended but was not, as the file has faults.
    """

    counts: Counter[tuple[Kind, str]] = field(default_factory=Counter)
    faults: list[tuple[int, str]] = field(default_factory=list)
    ending_stopped: bool = False


BATCH = 200
"""Lines in one transaction. More is little faster, and whoever else writes waits for it."""


def read_people(
    *,
    by: Actor,
    file: IO[bytes],
    permits: frozenset[Permit] = frozenset(),
    end_on: date | None = None,
    batch: int = BATCH,
) -> Outcome:
    """Take in a file of people and what ties them. A faulty line is told and the rest goes on; each line
    stands or falls as a whole, with its log row, though many are committed together. The same file again
    changes nothing.

    `end_on`: what stands open at the units and around the children of the file, but not in it, ends with that
    day, all of it or, when a line has a fault, nothing.

    Raises:
        FileRefused: the file as a whole cannot be read; nothing has been taken in.
    """
    outcome, held = Outcome(), Held()
    rows = _read(file, by.today, outcome)
    taken: dict[Any, int] = {}
    for kind in Kind:
        for at in range(0, len(rows[kind]), batch):
            _take(by, rows[kind][at : at + batch], permits, taken, held, outcome)
    outcome.ending_stopped = bool(end_on and outcome.faults)
    if end_on and not outcome.faults:
        ended = end_missing(by=by, held=held, last_day=end_on)
        outcome.counts.update({(Kind(kind), ENDED): n for kind, n in ended.items()})
    outcome.faults.sort()
    return outcome


def _read(file: IO[bytes], today: date, outcome: Outcome) -> dict[Kind, list[Row]]:
    rows: dict[Kind, list[Row]] = {kind: [] for kind in Kind}
    for line, given in lines_of(file):
        try:
            if isinstance(given, Wrong):
                raise given
            row = read_row(line, given, today)
            rows[row.kind].append(row)
        except Wrong as wrong:
            outcome.faults.append((line, wrong.sentence))
    return rows


def _take(
    by: Actor,
    rows: Sequence[Row],
    permits: frozenset[Permit],
    taken: dict[Any, int],
    held: Held,
    outcome: Outcome,
) -> None:
    """Lines of one kind in one transaction. What only shows when all is committed is looked for line by
    line.
    """
    lines = Lines(by, permits, taken)
    try:
        lines.write(rows=rows)
    except IntegrityError:
        if len(rows) > 1:
            for row in rows:
                _take(by, [row], permits, taken, held, outcome)
            return
        lines = Lines(by, permits, taken, faults=[(rows[0].line, Fault.CLASH.value)])
    outcome.faults += lines.faults
    for row, written in lines.done:
        taken.setdefault(_key(written.row), row.line)
        held.note(row.kind, written.row)
        outcome.counts[row.kind, written.became] += 1


def _key(row: Model) -> tuple[type, Any]:
    return type(row), row.pk


@dataclass
class Lines:
    """The lines of a batch while they are written: what became of each, and the faults. `taken`: which line
    of the file was the first about a row.
    """

    by: Actor
    permits: frozenset[Permit]
    taken: Mapping[Any, int]
    done: list[tuple[Row, Written]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    here: dict[Any, int] = field(default_factory=dict)

    @transaction.atomic
    def write(self, *, rows: Sequence[Row]) -> None:
        """All of them, each by itself; then the log."""
        known = None
        for at, row in enumerate(rows):
            known = known or _known(self.by, rows[at:])
            try:
                written = self._one(row, known)
            except Wrong as wrong:
                self.faults.append((row.line, wrong.sentence))
                known = None
            except IntegrityError:
                self.faults.append((row.line, Fault.CLASH.value))
                known = None
            else:
                known.add(*written.also, written.row)
                self.here.setdefault(_key(written.row), row.line)
                self.done.append((row, written))
        log(self.by, *((row.kind, one.row, one.child_id) for row, one in self.done if one.became != SAME))

    @transaction.atomic
    def _one(self, row: Row, known: Known) -> Written:
        """One line with all that follows, or nothing of it.

        Raises:
            Wrong: with what to do.
        """
        written = WRITES[row.kind](row=row, today=self.by.today, permits=self.permits, known=known)
        if written.became == SAME:
            return written
        altered = (*written.also, *([] if written.became == NEW else [written.row]))
        for key in map(_key, altered):
            if line := self.taken.get(key) or self.here.get(key):
                raise Wrong(Fault.CONTRADICTS, line=line)
        if row.kind is not Kind.CUSTODY or written.child_id in known.followed:
            follow(self.by, row.kind, written)
        return written


def _known(by: Actor, rows: Sequence[Row]) -> Known:
    known = known_to(rows)
    if rows[0].kind is Kind.CUSTODY:
        known.followed |= concerned(by, {child.pk for child in known.children.values()})
    return known
