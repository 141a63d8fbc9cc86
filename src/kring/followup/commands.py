"""Keeping what has been counted, asking for it to be counted, and deciding about its charts."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from indicators import catalogue
from kring.access import gate
from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.access.refusals import EditConflict
from kring.audit.models import Action
from kring.jobs import commands as jobs
from kring.jobs.models import Job

from . import queries, reading
from .definitions import frozen
from .delivery import Delivery
from .models import Calculation, Cell, ChartDecision, Result
from .rules.decisions import Kind, Proposed, fault
from .rules.refusals import NotDecided

AT_A_TIME = 2000


@transaction.atomic
def keep_calculation(
    *, out: Path, delivery: Delivery, source: str, years: tuple[int, int], by_id: UUID | None, now: datetime
) -> Calculation:
    """Keep a run's guarded files as a calculation, all of it or nothing.

    Errors: NotGuardedError (reading.py) when a file has not been through disclosure control.
    """
    made = Calculation.objects.create(
        data_version=delivery.version,
        source=source,
        synthetic=delivery.synthetic,
        first_year=years[0],
        last_year=years[1],
        tables=delivery.as_rows(),
        quality=list(delivery.quality),
        made_at=now,
        started_by=by_id,
    )
    for path in sorted(out.glob("*.csv")):
        definition = catalogue.load(path.stem)
        result = Result.objects.create(
            calculation=made,
            slug=definition.slug,
            version=definition.version,
            definition={
                **frozen(definition),
                "sensitivity": reading.sensitivity(out / "sensitivity" / path.name, years[1]),
                "equality": reading.equality(out / "equality" / path.name, years[1]),
            },
        )
        _keep_cells(result, reading.cells(path))
    return made


def _keep_cells(result: Result, told: Iterable[reading.Told]) -> None:
    rest = iter(told)
    while some := list(islice(rest, AT_A_TIME)):
        Cell.objects.bulk_create(Cell(result=result, **asdict(one)) for one in some)


@transaction.atomic
def start_calculation(*, by: Actor) -> Job:
    """Count every indicator anew from the region's delivery, as a job."""
    return jobs.start(
        kind=queries.JOB,
        title=_("Räkna alla mått"),
        by_id=by.person_id,
        now=by.now,
        arguments={"by": str(by.person_id)},
    )


NEEDS = {
    Kind.SPLIT: Permission.DECIDE_LIMITS,
    Kind.FIX: Permission.DECIDE_LIMITS,
    Kind.NOTE: Permission.DECIDE_LIMITS,
    Kind.TARGET: Permission.SET_TARGET,
}
"""Taking something back asks for the same permission as deciding it."""


@transaction.atomic
def decide_on_chart(*, by: Actor, slug: str, place: str, given: Proposed, seen: int) -> ChartDecision:
    """Keep a decision about the chart of one's own organisation. The limits never move by themselves.

    `seen`: the number of the last decision that was shown, 0 for none.

    Raises:
        NotAllowed: the role does not decide such things.
        Refusal: not_own_place, or a fault of rules/decisions.py.
        EditConflict: somebody has decided something since; with what.
    """
    one = queries.indicator(queries.latest_or_404(), slug, queries.of_municipality(place))
    rows = one.decided(place)
    undone = next((row for row in rows if row.pk == given.undoes), None)
    gate.demand(by, NEEDS[Kind(undone.kind if undone else given.kind)], what="chart", action=Action.WRITE)
    if queries.own_place(by) != place:
        raise NotDecided("not_own_place")
    last = rows[-1] if rows else None
    if seen != (last.number if last else 0):
        raise EditConflict(last)
    if wrong := fault(given, queries.charted(one, place), rows):
        raise NotDecided(wrong)
    return _kept(by, slug, place, given, seen + 1, undone)


def _kept(
    by: Actor, slug: str, place: str, given: Proposed, number: int, undone: ChartDecision | None
) -> ChartDecision:
    row = ChartDecision(
        slug=slug,
        place=place,
        number=number,
        undoes=undone,
        **{name: getattr(given, name) for name in ("kind", "year", "on", "value", "words", "reason")},
        by_id=by.person_id,
        role=by.role,
        unit=by.unit_name,
        at=by.now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:  # somebody else had the number a moment before
        raise EditConflict(None) from taken
    return row
