"""Reading reports. Every figure was guarded before it was kept, and none is about one child: no gate."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404

from kring.access.actors import Actor
from kring.followup import queries as followup
from kring.followup.models import Calculation, Cell, Result
from kring.jobs.models import Job

from .models import Chapter, Part, Publication, Report, Tables
from .rules.contents import Chapter as Declared
from .rules.contents import contents
from .rules.giving_back import Key, Table

JOB = "make_report"
KEY = ("municipality", "sex", "age_band")


@dataclass(frozen=True)
class Opened:
    """A report with one chapter of it, or with none, and the newest edition of its year."""

    report: Report
    publication: Publication | None
    chapters: Mapping[str, Chapter]
    parts: Sequence[Part]
    declared: Declared | None = None
    newest: int | None = None

    @property
    def state(self) -> str:
        """draft, asked or published."""
        if self.publication is not None:
            return "published"
        return "asked" if self.report.asked_at else "draft"


def with_publication() -> QuerySet[Report]:
    """Reports with the calculation they were made from, and how they were published, without the files."""
    told = Publication.objects.defer("pdf")
    return Report.objects.select_related("calculation", "before").prefetch_related(
        Prefetch("publication", queryset=told)
    )


def every() -> list[Report]:
    """Every report, the newest year and edition first."""
    return list(with_publication().order_by("-year", "-edition"))


def published() -> list[Report]:
    """Those that everybody may read, the newest first."""
    return list(with_publication().filter(is_published()).order_by("-year", "-edition"))


def is_published() -> Exists:
    """Whether a report has been published."""
    return Exists(Publication.objects.filter(report=OuterRef("pk")))


def newest() -> Report | None:
    """The last year's published report, in its last edition."""
    return next(iter(published()), None)


def report_before(year: int) -> Report | None:
    """What a report of a year is compared with: the last one published of an earlier year."""
    return next((one for one in published() if one.year < year), None)


def unpublished(year: int) -> Report | None:
    """The report of a year that is being written; None when there is none."""
    return Report.objects.filter(~is_published(), year=year).first()


def last_edition(year: int) -> int:
    """The number of the last edition that was published; 0 when none was."""
    return max((one.edition for one in published() if one.year == year), default=0)


def publication_of(report: Report) -> Publication | None:
    """How it was published; None while it was not."""
    return getattr(report, "publication", None)


def opened(report_id: UUID, address: str = "") -> Opened:
    """A report for those who write it, with the chapter at an address. Http404 for none such."""
    report = with_publication().filter(pk=report_id).first()
    return _opened(report, address)


def read(year: int, edition: int, address: str = "") -> Opened:
    """A published report for everybody. Http404 for one that is not published."""
    found = published()
    report = next((one for one in found if (one.year, one.edition) == (year, edition)), None)
    newest_edition = max((one.edition for one in found if one.year == year), default=None)
    return _opened(report, address, newest_edition)


def _opened(report: Report | None, address: str, newest_edition: int | None = None) -> Opened:
    declared = contents().chapter_at(address) if address else None
    if report is None or (address and declared is None):
        raise Http404
    parts = Part.objects.filter(report=report, chapter=declared.key).order_by("place") if declared else ()
    chapters = {one.key: one for one in Chapter.objects.filter(report=report)}
    return Opened(report, publication_of(report), chapters, list(parts), declared, newest_edition)


def part(found: Opened, slug: str) -> Part:
    """One piece of the chapter. Http404 for none such."""
    one = next((one for one in found.parts if one.slug == slug), None)
    if one is None:
        raise Http404
    return one


def every_part(report: Report) -> dict[str, list[Part]]:
    """All the pieces by chapter, in order."""
    made = defaultdict[str, list[Part]](list)
    for one in Part.objects.filter(report=report).order_by("place"):
        made[one.chapter].append(one)
    return made


def paper(report: Report) -> bytes:
    """The published paper. Only of a report that has been published."""
    return bytes(Publication.objects.values_list("pdf", flat=True).get(report=report))


def tables(report: Report) -> bytes:
    """All tables in one file."""
    return bytes(Tables.objects.values_list("package", flat=True).get(report=report))


def facts_of(report: Report) -> dict[str, dict[str, object]]:
    """What a report keeps of each indicator, for the next one to compare itself with."""
    rows = Part.objects.filter(report=report).exclude(facts={}).values_list("slug", "facts")
    return dict(rows)


def years_to_make() -> list[int]:
    """The years that the last calculation covers, the newest first."""
    calculation = followup.latest()
    if calculation is None:
        return []
    return list(range(calculation.last_year, calculation.first_year - 1, -1))


def work_under_way() -> Job | None:
    """The newest making of a report that is not done."""
    last = Job.objects.filter(kind=JOB).order_by("-created_at").first()
    return last if last and last.state != Job.State.DONE else None


def statuses(calculation: Calculation, year: int) -> Mapping[str, Mapping[int, Table]]:
    """The status of every cell up to a year, by indicator and year: what the attack looks at."""
    slugs = dict(Result.objects.filter(calculation=calculation).values_list("pk", "slug"))
    made: dict[str, dict[int, dict[Key, str]]] = {slug: defaultdict(dict) for slug in slugs.values()}
    rows = Cell.objects.filter(result__in=slugs, year__lte=year)
    for result, of, status, *key in rows.values_list("result_id", "year", "status", *KEY):
        made[slugs[result]][of][tuple(key)] = status
    return made


def told_before(calculation: Calculation, *, same_data: bool) -> dict[str, dict[int, set[Key]]]:
    """What the published reports tell, by indicator and year, of those that were counted from the same data
    (by the same version of the definition), or from other.
    """
    versions = dict(Result.objects.filter(calculation=calculation).values_list("slug", "version"))
    made: dict[str, dict[int, set[Key]]] = {slug: defaultdict(set) for slug in versions}
    for one in published():
        is_same = one.calculation.data_version == calculation.data_version
        if is_same is not same_data or (is_same and one.calculation_id == calculation.pk):
            continue
        for slug, years in statuses(one.calculation, one.year).items():
            if same_data and one.versions.get(slug) != versions.get(slug):
                continue
            for year, table in years.items() if slug in made else ():
                made[slug][year] |= {
                    key for key, status in table.items() if status in ("shown", "not_applicable")
                }
    return made


def fingerprint(report: Report) -> str:
    """A checksum of everything that a report says: what it was made from, its texts, pieces and tables."""
    texts = (
        Chapter.objects.filter(report=report).order_by("key").values_list("key", "introduction", "comment")
    )
    pieces = (
        Part.objects.filter(report=report)
        .order_by("place")
        .values_list("chapter", "slug", "content", "facts")
    )
    told = {
        "year": report.year,
        "edition": report.edition,
        "correction": report.correction,
        "calculation": str(report.calculation_id),
        "versions": report.versions,
        "texts": list(texts),
        "pieces": list(pieces),
        "tables": sha256(tables(report)).hexdigest(),
    }
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def authors(report: Report) -> set[str]:
    """Everybody who has made the report, written in it or asked for its publishing, by id."""
    wrote = [one for row in Chapter.objects.filter(report=report) for one in row.writers]
    return {str(one) for one in (report.made_by, report.asked_by, *wrote) if one}


def is_author(actor: Actor, report: Report) -> bool:
    """Whether the actor has had a hand in it."""
    return str(actor.person_id) in authors(report)
