"""A whole file of people: read, put in order, and taken in line by line."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import IO, Any

from django.db import IntegrityError, transaction

from kring.access.actors import Actor
from kring.register.reading import lines_of
from kring.register.rules.faults import Fault, Wrong
from kring.register.rules.rows import Kind, Row, read_row

from . import people, ties
from .ending import Held, end_missing
from .following import follow
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


def read_people(
    *, by: Actor, file: IO[bytes], permits: frozenset[Permit] = frozenset(), end_on: date | None = None
) -> Outcome:
    """Take in a file of people and what ties them. A faulty line is told and the rest goes on; each line
    stands or falls as a whole, with its log row. The same file again changes nothing.

    `end_on`: what stands open at the units and around the children of the file, but not in it, ends with that
    day, all of it or, when a line has a fault, nothing.

    Raises:
        FileRefused: the file as a whole cannot be read; nothing has been taken in.
    """
    outcome, held = Outcome(), Held()
    rows = _read(file, by.today, outcome)
    taken: dict[tuple[type, Any], int] = {}
    for kind in Kind:
        for row in rows[kind]:
            _take(by, row, permits, taken, held, outcome)
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
    row: Row,
    permits: frozenset[Permit],
    taken: dict[tuple[type, Any], int],
    held: Held,
    outcome: Outcome,
) -> None:
    try:
        written = _write(by, row, permits, taken)
    except Wrong as wrong:
        outcome.faults.append((row.line, wrong.sentence))
    except IntegrityError:
        outcome.faults.append((row.line, Fault.CLASH.value))
    else:
        taken.setdefault((type(written.row), written.row.pk), row.line)
        held.note(row.kind, written.row)
        outcome.counts[row.kind, written.became] += 1


@transaction.atomic
def _write(by: Actor, row: Row, permits: frozenset[Permit], taken: Mapping[tuple[type, Any], int]) -> Written:
    """One line with all that follows, or nothing of it.

    Raises:
        Wrong: with what to do.
    """
    written = WRITES[row.kind](row=row, today=by.today, permits=permits)
    if written.became == SAME:
        return written
    altered = (*written.also, *([] if written.became == NEW else [written.row]))
    if earlier := [line for one in altered if (line := taken.get((type(one), one.pk)))]:
        raise Wrong(Fault.CONTRADICTS, line=earlier[0])
    follow(by, row.kind, written)
    log(by, row.kind, written.row, written.child_id)
    return written
