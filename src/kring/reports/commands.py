"""Making, writing, asking for and publishing a report. What has been published is never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.access import gate
from kring.access.actors import Actor
from kring.access.policy.publishing import PUBLISHING, PublishFacts
from kring.access.refusals import EditConflict, FromTable
from kring.audit.models import Action
from kring.followup.models import Calculation
from kring.jobs import commands as jobs
from kring.jobs.models import Job

from . import queries
from .models import Chapter, Part, Publication, Report, Tables
from .rules.contents import contents


class ReportRefusal(FromTable):
    """What may not be done with a report as it stands."""

    table = {
        "no_figures": (
            "year",
            gettext_lazy("Det finns inga siffror räknade för det året. Räkna alla mått först."),
        ),
        "correction": ("correction", gettext_lazy("Skriv vad den nya utgåvan rättar.")),
        "published": (
            "",
            gettext_lazy("Rapporten är publicerad och ändras inte. Gör en ny utgåva i stället."),
        ),
        "asked": ("", gettext_lazy("Någon har bett om att rapporten publiceras. Ta tillbaka det först.")),
        "moved": ("", gettext_lazy("Rapporten har ändrats medan filerna gjordes. Läs den igen.")),
        "report.recovered": (
            "",
            gettext_lazy("Ett dolt tal går att räkna fram ur rapportens tabeller. Den publiceras inte."),
        ),
        "report.four_eyes": (
            "",
            gettext_lazy("Du har arbetat med rapporten. Någon annan publicerar den."),
        ),
        "report.not_asked": ("", gettext_lazy("Ingen har bett om att rapporten publiceras ännu.")),
    }


@dataclass(frozen=True)
class Piece:
    """A part to be kept: in which chapter, what of, its content, and what the next report compares."""

    chapter: str
    slug: str
    content: Mapping[str, Any]
    facts: Mapping[str, Any]


@transaction.atomic
def start_report(*, by: Actor, year: int, correction: str) -> Job:
    """Make the report of a year, or make it anew while it is not published, as a job.

    Refuses when nothing is counted for the year, and a new edition that does not say what it corrects.
    """
    may_make(year=year, correction=correction)
    return jobs.start(
        kind=queries.JOB,
        title=_("Göra lägesrapporten för %(year)s") % {"year": year},
        by_id=by.person_id,
        now=by.now,
        arguments={"year": year, "correction": correction, "by": str(by.person_id)},
    )


def may_make(*, year: int, correction: str) -> None:
    """Whether the report of a year can be made now. ReportRefusal in words when not."""
    if year not in queries.years_to_make():
        raise ReportRefusal("no_figures")
    report = queries.unpublished(year)
    if report and report.asked_at:
        raise ReportRefusal("asked")
    if report is None and queries.last_edition(year) and not correction.strip():
        raise ReportRefusal("correction")


@transaction.atomic
def keep_report(
    *,
    year: int,
    correction: str,
    calculation: Calculation,
    before: Report | None,
    pieces: Sequence[Piece],
    review: Sequence[Mapping[str, Any]],
    versions: Mapping[str, int],
    package: bytes,
    by_id: UUID | None,
    now: datetime,
) -> Report:
    """Keep a report that has been made, in the place of an unpublished one; its chapters' texts stay."""
    may_make(year=year, correction=correction)
    report = edition_to_make(year, correction)
    report.calculation, report.before = calculation, before
    report.review, report.versions = list(review), dict(versions)
    report.recovered = sum(row["recovered"] for row in review)
    report.made_by, report.made_at = by_id, now
    report.revision += 1
    report.save()
    Tables.objects.update_or_create(report=report, defaults={"package": package})
    report.parts.all().delete()
    Part.objects.bulk_create(
        Part(
            report=report,
            chapter=one.chapter,
            slug=one.slug,
            place=place,
            content=one.content,
            facts=one.facts,
        )
        for place, one in enumerate(pieces)
    )
    Chapter.objects.bulk_create(
        [Chapter(report=report, key=one.key) for one in contents().chapters], ignore_conflicts=True
    )
    return report


def edition_to_make(year: int, correction: str) -> Report:
    """The report of a year that is being written, else a new edition, not yet kept."""
    last = queries.last_edition(year)
    new = Report(year=year, edition=last + 1, correction=correction.strip() if last else "", revision=0)
    return queries.unpublished(year) or new


@transaction.atomic
def write_chapter(
    *, by: Actor, report_id: UUID, key: str, introduction: str, comment: str, seen: int
) -> Chapter:
    """Write a chapter's introduction and comment. EditConflict when somebody has written since `seen`."""
    _to_change(report_id)
    chapter = Chapter.objects.select_for_update().get(report_id=report_id, key=key)
    if chapter.revision != seen:
        raise EditConflict(chapter)
    chapter.introduction, chapter.comment = introduction, comment
    chapter.revision += 1
    chapter.writers = sorted({*chapter.writers, str(by.person_id)})
    chapter.save()
    return chapter


@transaction.atomic
def ask_for_publishing(*, by: Actor, report_id: UUID) -> Report:
    """Ask somebody else to publish it: nothing in it can be changed from now on, unless it is taken back."""
    report = _to_change(report_id)
    if report.recovered:
        raise ReportRefusal("report.recovered")
    report.asked_at, report.asked_by = by.now, by.person_id
    report.save(update_fields=["asked_at", "asked_by"])
    return report


@transaction.atomic
def take_back(*, by: Actor, report_id: UUID) -> Report:
    """Let it be written in again. Whoever may write in reports or publish them does this."""
    report = _unpublished(report_id)
    report.asked_at, report.asked_by = None, None
    report.save(update_fields=["asked_at", "asked_by"])
    return report


def may_publish(*, by: Actor, report: Report) -> str:
    """The rule by which the actor publishes the report. ReportRefusal with the rule that says no."""
    facts = PublishFacts(
        strong_auth=by.strong_auth,
        assignment_active=by.assignment_id is not None,
        author=queries.is_author(by, report),
        asked=report.asked_at is not None,
        recovered=report.recovered > 0,
    )
    answer = PUBLISHING.decide(facts, on=by.today)
    if answer.opens:
        return answer.rule_id
    if answer.rule_id not in ReportRefusal.table:
        raise gate.not_allowed(by, answer.rule_id, what="report.publish", object_id=str(report.pk))
    raise ReportRefusal(answer.rule_id, rule=answer.rule_id)


@transaction.atomic
def publish(*, by: Actor, report_id: UUID, checksum: str, pdf: bytes) -> Publication:
    """Make the report public, for good, with the paper as it is now. Refused as `may_publish` says."""
    report = _unpublished(report_id)
    rule = may_publish(by=by, report=report)
    if queries.fingerprint(report) != checksum:
        raise ReportRefusal("moved")
    made = Publication.objects.create(
        report=report,
        asked_by=report.asked_by,
        published_by=by.person_id,
        published_at=by.now,
        checksum=checksum,
        pdf=pdf,
    )
    gate.log(by, Action.WRITE, [None], what="report.publish", object_id=str(report.pk), rule=rule)
    return made


def _unpublished(report_id: UUID) -> Report:
    """The report, held until the transaction is over. Refused when it has been published."""
    report = Report.objects.select_for_update().get(pk=report_id)
    if Publication.objects.filter(report=report).exists():
        raise ReportRefusal("published")
    return report


def _to_change(report_id: UUID) -> Report:
    report = _unpublished(report_id)
    if report.asked_at:
        raise ReportRefusal("asked")
    return report
