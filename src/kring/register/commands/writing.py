"""What every line does in the same way: find the row it is about, see what differs, write that, log it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from kring.access import gate
from kring.access.actors import Actor
from kring.audit.models import Action
from kring.organisations.commands import the_house
from kring.register.rules.faults import Fault, Wrong
from kring.register.rules.periods import Period, meant

RULE = "register.file"
NEW, CHANGED, ENDED, SAME = "new", "changed", "ended", "same"


class Permit(StrEnum):
    """What a file does only when the one who reads it in has said so."""

    CHANGE_IDENTITY = "change_identity"
    LIFT_PROTECTION = "lift_protection"


@dataclass(frozen=True)
class Written:
    """What became of a line: the row it was about, new, changed or the same; whose child it concerns, which
    columns differ, and which rows changed beside it.
    """

    row: Model
    became: str
    child_id: UUID | None = None
    fields: tuple[str, ...] = ()
    also: tuple[Model, ...] = ()


def operator(now: datetime) -> Actor:
    """Who reads files in from the command line: Kring itself, at no unit; the log names it as such."""
    return Actor(person_id=the_house().pk, role="machine", now=now, strong_auth=True)


@transaction.atomic
def write(*, row: Model, fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Give a row these values where they differ; returns which did."""
    differing = tuple(name for name, value in fields.items() if getattr(row, name) != value)
    for name in differing:
        setattr(row, name, fields[name])
    if differing:
        row.save(update_fields=differing)
    return differing


@transaction.atomic
def write_period(*, known: Sequence[Any], period: Period, made: Model) -> Written:
    """Keep a period beside the known ones of the same tie: new, corrected or there already. `made` is the
    row as it becomes if it is new.

    Raises:
        Wrong: it shares days with several.
    """
    found = meant(period, known)
    if found is None:
        made.save(force_insert=True)
        return Written(made, NEW)
    kept = period.corrects(found)
    fields = write(row=found, fields={"starts_on": kept.starts_on, "ends_on": kept.ends_on})
    return Written(found, CHANGED if fields else SAME, fields=fields)


Change = tuple[str, Model, UUID | None]
"""What kind of row was changed, which, and whose child it concerns."""


def log(by: Actor, *changes: Change) -> None:
    """One row each in the access log for what was changed: which row it was, never what stands in it."""
    rows = [(child_id, f"register.{kind}", str(row.pk)) for kind, row, child_id in changes]
    gate.log_rows(by, Action.WRITE, rows, rule=RULE)


def refuse_unprotecting(permits: frozenset[Permit], *, was: int, becomes: int) -> None:
    """Raises Wrong when a protection would be weaker, unless that has been asked for."""
    if becomes < was and Permit.LIFT_PROTECTION not in permits:
        raise Wrong(Fault.UNPROTECT)
