"""Making the extract: the children who are touched, their rows, the files, and what was done."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.population import WHAT, log_extract
from kring.audit.models import Action
from kring.jobs import commands as jobs
from kring.jobs.models import Job

from . import files, queries
from .models import Extract
from .rules.facts import Person, Terms
from .rules.pseudonyms import Pseudonyms
from .rules.rows import Row, rows_of
from .rules.steps import STEPS_OF_KRING

RULES_VERSION = 1
"""Raised when what becomes of a happening changes in the code, beside the table of steps: then everything
is made from the start.
"""
AT_A_TIME = 1000
"""Children at a time: so many are held in memory with all that is read of them."""


class Tells(Protocol):
    """Whoever wants to know how far it has come (a job's progress, or the command line)."""

    def step(self, name: str, total: int = 0) -> None: ...

    def at(self, done: int) -> None: ...


@dataclass(frozen=True)
class Known:
    """Everybody who is counted, as numbers: pseudonym -> mark; and who of them is to be made anew."""

    marks: Mapping[int, int]
    gone: frozenset[int]
    changed: frozenset[int]


def start_extract(*, by: Actor) -> Job:
    """Take out what is new, as a job."""
    return jobs.start(
        kind=queries.JOB,
        title=_("Ta ut Krings uppgifter till uppföljningen"),
        by_id=by.person_id,
        now=by.now,
        arguments={"by": str(by.person_id), "assignment": str(by.assignment_id)},
    )


def make_extract(*, by: Actor, tells: Tells, from_start: bool = False) -> Extract:
    """Bring the files up to the actor's moment. Only years in which something has changed are written.

    Errors: gate.NotAllowed; ValueError when there is no key (operations.md); files.InUseError while another
    extract is being made.
    """
    gate.demand(by, Permission.MAKE_FIGURES, what=WHAT, action=Action.EXPORT)
    names = Pseudonyms(settings.EXTRACT_KEY)
    folder = Path(settings.EXTRACT_FOLDER)
    with files.alone(folder):
        holds = queries.terms(by)
        digest = digest_of(holds, names)
        last = None if from_start else _goes_on_from(folder, digest)
        stage = files.Stage(folder, files.newest(folder) if last else None)
        try:
            return _fill(by, tells, holds, names, stage, last, digest)
        except BaseException:
            stage.drop()
            raise


def digest_of(holds: Terms, names: Pseudonyms) -> str:
    """What an extract rests on: its key, its rules, and whose rows go out. Never anything secret."""
    places = sorted((str(unit), place.controller, place.kind) for unit, place in holds.places.items())
    told = (RULES_VERSION, STEPS_OF_KRING, holds.own, sorted(holds.agreed), holds.examined)
    whole = (names.fingerprint(), told, sorted(holds.municipalities), places)
    return sha256(repr(whole).encode()).hexdigest()


def _goes_on_from(folder: Path, digest: str) -> Extract | None:
    """The extract whose files stand there untouched, when it rests on the same."""
    return queries.of_version(files.version_of(files.newest(folder)), digest)


def _fill(
    by: Actor,
    tells: Tells,
    holds: Terms,
    names: Pseudonyms,
    stage: files.Stage,
    last: Extract | None,
    digest: str,
) -> Extract:
    tells.step(_("Ser vad som är nytt"))
    happened = queries.touched(by, last.made_at) if last else None
    known = _known(by, holds, names, stage, happened)
    stage.remember(known.marks)
    stage.touch(known.gone | known.changed)
    tells.step(_("Läser"), len(known.changed))
    done = 0
    for some in _portions(_to_make(by, holds, names, known)):
        stage.add(_rows(by, some, holds, names))
        done += len(some)
        tells.at(done)
    tells.step(_("Skriver"))
    made, rows = stage.finish()
    more = {"terms": digest, "from_start": last is None, "rows": rows, "written": stage.written}
    counts = {"children": len(known.marks), "touched": len(known.changed)}
    return _keep(by=by, made=made, folder=stage.folder, **more, **counts)


def _known(
    by: Actor, holds: Terms, names: Pseudonyms, stage: files.Stage, happened: set[UUID] | None
) -> Known:
    before, marks, changed = stage.known(), {}, set()
    for count, person in enumerate(queries.people(by, holds), 1):
        key = names.number("child", person.id)
        marks[key] = _mark(person, names)
        if happened is None or person.id in happened or before.get(key) != marks[key]:
            changed.add(key)
        if len(marks) != count:
            raise RuntimeError("two children have got the same pseudonym")
    return Known(marks, frozenset(before.keys() - marks.keys()), frozenset(changed))


def _mark(person: Person, names: Pseudonyms) -> int:
    """What the register says of somebody, and who is around it, as a number that tells nothing of it."""
    told = (person.born, person.sex, person.municipality, person.protected, person.ended, person.relations)
    return names.number("mark", repr(told))


def _to_make(by: Actor, holds: Terms, names: Pseudonyms, known: Known) -> Iterator[Person]:
    if known.changed:
        for person in queries.people(by, holds):
            if names.number("child", person.id) in known.changed:
                yield person


def _portions(people: Iterable[Person]) -> Iterator[list[Person]]:
    rest = iter(people)
    while some := list(islice(rest, AT_A_TIME)):
        yield some


def _rows(by: Actor, some: list[Person], holds: Terms, names: Pseudonyms) -> Iterator[Row]:
    for child in queries.children(by, some):
        yield from rows_of(child, holds, names)


def _keep(*, by: Actor, made: Path, folder: Path, **more: object) -> Extract:
    """Write down how far it came with its row in the access log, and put the files in place.

    Stopped in between, the files are still those of an earlier row, and the next extract goes on from there.
    """
    version = files.version_of(made)
    with transaction.atomic():
        row = Extract.objects.create(made_at=by.now, data_version=version, started_by=by.person_id, **more)
        log_extract(by, version=version, children=row.children)
    files.put_in_place(folder, made, version)
    return row
