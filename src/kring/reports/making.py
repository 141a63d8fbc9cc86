"""From a calculation to a report: chapter by chapter, then the attack on its own tables."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import translation

from kring.followup import queries as followup
from kring.followup.models import Calculation
from kring.followup.queries import Indicator

from . import commands, queries
from .commands import Piece
from .models import Report
from .presenters import changes, equality, measures, population
from .presenters import package as tables
from .presenters.changes import Earlier
from .rules.contents import CHANGES, EQUALITY, POPULATION, Chapter, contents
from .rules.giving_back import Reviewed, reviewed

Found = Mapping[str, Indicator]
LANGUAGE = "sv"
"""A report is written and kept in Swedish, whoever asks for it."""


def make(
    *,
    year: int,
    correction: str,
    by_id: UUID | None,
    now: datetime,
    step: Callable[[int], None] = lambda done: None,
) -> Report:
    """Make the report of a year from the last calculation. `step` hears how many chapters are done.

    ReportRefusal (commands.py) when there are no figures, or a new edition does not say what it corrects.
    """
    commands.may_make(year=year, correction=correction)
    calculation, before = followup.latest_or_404(), queries.report_before(year)
    with translation.override(LANGUAGE):
        found = figures(calculation, year)
        versions = {slug: one.result.version for slug, one in found.items()}
        earlier = _earlier(before) if before else None
        pieces = list(_pieces(found, earlier, calculation, step))
        review = reviews(calculation, year, found)
        edition = commands.edition_to_make(year, correction)
        edition.calculation, edition.versions = calculation, versions
        package = tables.package(edition, found.values(), followup.municipalities())
    return commands.keep_report(
        year=year,
        correction=correction,
        calculation=calculation,
        before=before,
        pieces=pieces,
        review=review,
        versions=versions,
        package=package,
        by_id=by_id,
        now=now,
    )


def figures(calculation: Calculation, year: int) -> dict[str, Indicator]:
    """Every indicator that was counted, as it was known when `year` was the last one."""
    every = followup.indicators(calculation, followup.EVERY_CELL)
    return {one.result.slug: measures.until(one, year) for one in every}


def _earlier(report: Report) -> Earlier:
    return Earlier(report.year, report.edition, report.calculation.data_version, queries.facts_of(report))


def _pieces(
    found: Found, earlier: Earlier | None, calculation: Calculation, step: Callable[[int], None]
) -> Iterator[Piece]:
    names = followup.municipalities()
    special: Mapping[str, Callable[[Chapter], Iterator[Piece]]] = {
        POPULATION: partial(_population, found, names),
        EQUALITY: partial(_equality, found, names),
        CHANGES: partial(_changes, found, earlier, calculation),
    }
    for done, chapter in enumerate(contents().chapters, 1):
        yield from special.get(chapter.key, partial(_measures, found, earlier))(chapter)
        step(done)


def told_in(chapter: Chapter, found: Found) -> list[Indicator]:
    """The indicators of a chapter that were counted, in its order."""
    return [found[slug] for slug in chapter.indicators if slug in found]


def _measures(found: Found, earlier: Earlier | None, chapter: Chapter) -> Iterator[Piece]:
    for one in told_in(chapter, found):
        said = changes.sentence(one, changes.of(one, earlier), earlier)
        yield Piece(chapter.key, one.result.slug, measures.content(one, said), measures.facts(one))


def _population(found: Found, names: Mapping[str, str], chapter: Chapter) -> Iterator[Piece]:
    if chapter.counted_from in found:
        content = population.content(found[chapter.counted_from], names)
        yield Piece(chapter.key, POPULATION, content, {})


def in_chapters(found: Found) -> list[Indicator]:
    """Every indicator that stands in a chapter, in the order of the report."""
    return [one for chapter in contents().chapters for one in told_in(chapter, found)]


def _equality(found: Found, names: Mapping[str, str], chapter: Chapter) -> Iterator[Piece]:
    told = [(one.result.slug, equality.content(one, names)) for one in in_chapters(found)]
    yield Piece(chapter.key, "overview", equality.overview([content for _slug, content in told]), {})
    for slug, content in told:
        yield Piece(chapter.key, slug, content, {})


def _changes(
    found: Found, earlier: Earlier | None, calculation: Calculation, chapter: Chapter
) -> Iterator[Piece]:
    told = {one.result.slug: one for one in in_chapters(found)}
    yield Piece(chapter.key, CHANGES, changes.content(told, earlier, calculation.data_version), {})


def reviews(calculation: Calculation, year: int, found: Found) -> list[dict[str, Any]]:
    """The review list: each table with what is hidden in it, and whether it can be worked out."""
    tables = queries.statuses(calculation, year)
    same = queries.told_before(calculation, same_data=True)
    other = queries.told_before(calculation, same_data=False)
    return [
        _reviewed(slug, one.result.definition["name"], reviewed(tables[slug], same[slug], other[slug]))
        for slug, one in found.items()
    ]


def _reviewed(slug: str, name: str, found: Reviewed) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": name,
        **found.statuses,
        "recovered": found.recovered,
        "told_before": found.told_before,
    }
