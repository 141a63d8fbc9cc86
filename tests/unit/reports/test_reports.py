"""A report from its making to its publishing: what it keeps, who may do what, and that it never changes."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from pypdf import PdfReader

from indicators import catalogue
from kring.access.gate import NotAllowed
from kring.access.refusals import EditConflict
from kring.audit.models import AccessLogRow
from kring.followup.models import Calculation, Cell, Result
from kring.reports import commands, making, publishing, queries
from kring.reports.commands import ReportRefusal
from kring.reports.models import Chapter, Part, Publication, Report
from kring.reports.rules.contents import contents
from tests.cast import NOW
from tests.unit.reports.colleagues import AGNES, ALBIN, ASTRID, STEN, colleague

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
KEPT_FROM_PUBLISHING = ("published_at", "checksum", "pdf")


@pytest.fixture
def quick(monkeypatch):
    """Only what is looked through is made anew: pieces and files are tested of the reports that stand."""
    monkeypatch.setattr(making, "_pieces", lambda *_: [])
    monkeypatch.setattr(making.tables, "package", lambda *_: b"PK")


def draft(reports) -> Report:
    return Report.objects.get(pk=reports.draft)


def published(reports) -> Report:
    return queries.opened(reports.published).report


def refused(code: str):
    return pytest.raises(ReportRefusal, match=str(ReportRefusal.table[code][1])[:30])


def asked(reports) -> Report:
    return commands.ask_for_publishing(by=AGNES, report_id=reports.draft)


def try_to_publish(reports, by=STEN) -> Publication:
    """With any paper: what it says is tested of the published one."""
    return commands.publish(
        by=by, report_id=reports.draft, checksum=queries.fingerprint(draft(reports)), pdf=b"%PDF"
    )


# What it keeps


def test_a_report_keeps_what_it_was_made_from(reports, calculation):
    report = draft(reports)
    assert report.calculation == calculation
    assert report.versions == dict(Result.objects.values_list("slug", "version"))
    assert (report.year, report.edition, report.before_id, report.made_at) == (
        2024,
        1,
        reports.published,
        NOW,
    )
    assert set(report.chapters.values_list("key", flat=True)) == {one.key for one in contents().chapters}


def test_every_indicator_of_a_chapter_is_a_piece_of_it_in_order(reports):
    parts = queries.every_part(draft(reports))
    for chapter in contents().chapters:
        if chapter.indicators:
            assert [part.slug for part in parts[chapter.key]] == list(chapter.indicators)
    told = [slug for chapter in contents().chapters for slug in chapter.indicators]
    assert [part.slug for part in parts["equality"]] == ["overview", *told]
    assert [part.slug for part in parts["changes"]] == ["changes"]


def test_every_figure_in_a_piece_is_a_guarded_cell_s(reports, calculation):
    """What a page says of counts stands in the kept cells, for every piece of every chapter."""
    allowed = {n for cell in Cell.objects.values_list("n", "x") for n in cell if n is not None}
    for part in Part.objects.filter(report=reports.draft):
        rows = [
            row["told"]
            for name in ("years", "groups", "rows")
            for row in part.content.get(name, ())
            if "told" in row
        ]
        for told in rows:
            counts = [told[name].replace("\u202f", "") for name in ("n", "x") if told[name]]
            assert {int(one) for one in counts} <= allowed, part
            if told["status"] != "shown":
                assert told["absent"]
                assert not (told["value"] or told["n"] or told["x"] or told["interval"])


def test_the_report_of_an_earlier_year_says_nothing_of_later_ones(reports):
    for part in Part.objects.filter(report=reports.published):
        assert "2024" not in [row["label"] for row in part.content.get("years", ())]
        assert all(int(year) <= 2023 for year in part.facts.get("years", {}))


def test_it_is_compared_with_the_published_report_of_the_year_before(reports):
    (part,) = Part.objects.filter(report=reports.draft, chapter="changes")
    assert part.content["sentences"][0] == "Jämfört med lägesrapporten för 2023, utgåva 1."
    assert len(part.content["rows"]) == len([slug for one in contents().chapters for slug in one.indicators])
    assert not part.content["gone"]
    measure = Part.objects.get(report=reports.draft, chapter="ill_health", slug="adhd_in_care")
    assert "förra rapporten" in measure.content["change"]


# The review and the attack


def test_every_table_is_reviewed_and_gives_nothing_hidden_back(reports):
    report = draft(reports)
    assert {row["slug"] for row in report.review} == set(catalogue.slugs())
    assert report.recovered == 0
    cells = Cell.objects.filter(year__lte=2024)
    for status in ("shown", "few", "protected", "missing", "not_applicable"):
        assert sum(row[status] for row in report.review) == cells.filter(status=status).count()
    assert sum(row["few"] for row in report.review) > 1000


def test_a_table_that_gives_a_cell_back_is_found_and_the_report_is_never_published(reports, quick):
    """The least that can be done wrong: one municipality beside the others is shown after all."""
    cells = Cell.objects.filter(result__slug="adhd_in_care", year=2024, sex="", age_band="", status="few")
    alone = cells.exclude(municipality="").order_by("municipality")[1:]
    Cell.objects.filter(pk__in=[cell.pk for cell in alone]).update(status="shown", n=100, x=5)
    made = making.make(year=2024, correction="", by_id=AGNES.person_id, now=NOW)
    assert made.recovered > 0
    with refused("report.recovered"):
        asked(reports)
    Report.objects.update(asked_at=NOW, asked_by=AGNES.person_id)
    with refused("report.recovered"):
        try_to_publish(reports)


def test_what_another_report_told_of_the_same_data_counts_as_told(reports, calculation, quick):
    """A newer count of the same delivery hides a cell that the published report shows."""
    again = copy_of(calculation, "not_brought")
    cell = again_shown(again, 2022)
    Cell.objects.filter(pk=cell.pk).update(status="few", n=None, x=None, value=None, lower=None, upper=None)
    made = making.make(year=2024, correction="", by_id=None, now=NOW)
    assert made.calculation == again
    assert made.recovered >= 1
    Calculation.objects.filter(pk=again.pk).update(data_version="f" * 64)
    noted = making.make(year=2024, correction="", by_id=None, now=NOW)
    (row,) = [row for row in noted.review if row["slug"] == "not_brought"]
    assert row["told_before"] >= 1


def copy_of(calculation: Calculation, slug: str) -> Calculation:
    """A newer calculation of one indicator alone, from the same delivery."""
    made = Calculation.objects.get(pk=calculation.pk)
    made.pk, made.made_at = None, NOW + timedelta(days=1)
    made._state.adding = True
    made.save(force_insert=True)
    for result in Result.objects.filter(calculation=calculation, slug=slug):
        cells = list(result.cells.all())
        result.pk, result.calculation = None, made
        result.save()
        for cell in cells:
            cell.pk, cell.result = None, result
        Cell.objects.bulk_create(cells)
    return made


def again_shown(calculation: Calculation, year: int) -> Cell:
    cells = Cell.objects.filter(result__calculation=calculation, result__slug="not_brought", year=year)
    return cells.filter(status="shown", municipality="1480", sex="", age_band="").get()


# Writing


def write(reports, by=ASTRID, seen=1, key="needs", **texts):
    told = {"introduction": "Inledning.", "comment": "", **texts}
    return commands.write_chapter(by=by, report_id=reports.draft, key=key, seen=seen, **told)


def test_what_is_written_is_kept_with_who_wrote(reports):
    write(reports)
    write(reports, by=AGNES, seen=2, comment="En kommentar.")
    chapter = Chapter.objects.get(report=reports.draft, key="needs")
    assert (chapter.introduction, chapter.comment, chapter.revision) == ("Inledning.", "En kommentar.", 3)
    assert chapter.writers == sorted({str(AGNES.person_id), str(ASTRID.person_id)})


def test_two_people_never_overwrite_each_other(reports):
    write(reports, introduction="Hennes.")
    with pytest.raises(EditConflict) as conflict:
        write(reports, by=AGNES, introduction="Min.", seen=1)
    assert conflict.value.current.introduction == "Hennes."
    assert Chapter.objects.get(report=reports.draft, key="needs").introduction == "Hennes."


def test_made_again_it_keeps_what_was_written_and_is_no_second_report(reports, quick):
    write(reports)
    before = draft(reports).revision
    again = making.make(year=2024, correction="", by_id=ALBIN.person_id, now=NOW)
    assert again.pk == reports.draft
    assert again.revision == before + 1
    assert Chapter.objects.get(report=again, key="needs").introduction == "Inledning."
    assert not again.parts.exists(), "the pieces that were are gone: nothing is mixed"


@pytest.mark.parametrize("year", [2011, 2025])
def test_a_year_that_is_not_counted_has_no_report(reports, year):
    with refused("no_figures"):
        commands.may_make(year=year, correction="")


# Two people


@pytest.mark.parametrize(("hand", "by"), [("made it", AGNES), ("wrote in it", ASTRID), ("asked", ALBIN)])
def test_nobody_who_has_worked_with_it_publishes_it(reports, hand, by):
    write(reports, by=ASTRID)
    commands.ask_for_publishing(by=ALBIN, report_id=reports.draft)
    with refused("report.four_eyes") as refusal:
        try_to_publish(reports, by=by)
    assert refusal.value.rule == "report.four_eyes"
    assert not Publication.objects.filter(report=reports.draft).exists()


def test_nobody_publishes_what_nobody_has_asked_for(reports):
    with refused("report.not_asked"):
        try_to_publish(reports)


@pytest.mark.parametrize("lacks", [{"strong_auth": False}, {"assignment_id": None}])
def test_a_weak_login_publishes_nothing(reports, lacks):
    asked(reports)
    with pytest.raises(NotAllowed):
        try_to_publish(reports, by=colleague(13, "steering_group", **lacks))


def test_another_one_publishes_it_and_the_log_says_by_which_rule(reports):
    asked(reports)
    made = try_to_publish(reports)
    assert (made.asked_by, made.published_by) == (AGNES.person_id, STEN.person_id)
    row = AccessLogRow.objects.filter(what="report.publish", object_id=str(reports.draft)).get()
    assert (row.person_id, row.rule, row.child_id) == (STEN.person_id, "report.publish", None)


def test_what_waits_for_publishing_is_not_changed_until_it_is_taken_back(reports):
    asked(reports)
    for change in (
        lambda: write(reports),
        lambda: asked(reports),
        lambda: commands.may_make(year=2024, correction=""),
    ):
        with refused("asked"):
            change()
    commands.take_back(by=STEN, report_id=reports.draft)
    write(reports)
    with refused("report.not_asked"):
        try_to_publish(reports)


def test_the_paper_must_be_of_what_is_published(reports):
    """Taken back, changed and asked for again while the paper was made: another checksum."""
    checksum = queries.fingerprint(draft(reports))
    write(reports)
    asked(reports)
    with refused("moved"):
        commands.publish(by=STEN, report_id=reports.draft, checksum=checksum, pdf=b"%PDF")


# Published, for good


def test_a_published_report_is_changed_by_nothing(reports):
    report = published(reports)
    before = queries.fingerprint(report)
    for change in (
        lambda: commands.write_chapter(
            by=ALBIN, report_id=report.pk, key="needs", introduction="Nytt", comment="", seen=2
        ),
        lambda: commands.ask_for_publishing(by=AGNES, report_id=report.pk),
        lambda: commands.take_back(by=STEN, report_id=report.pk),
        lambda: commands.publish(by=STEN, report_id=report.pk, checksum=before, pdf=b""),
    ):
        with refused("published"):
            change()
    assert queries.fingerprint(report) == before == report.publication.checksum


def test_it_says_the_same_when_the_figures_are_counted_anew(reports, calculation):
    before = queries.fingerprint(published(reports))
    copy_of(calculation, "not_brought")
    Cell.objects.filter(status="shown", value__isnull=False).update(value=1)
    assert queries.fingerprint(published(reports)) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda report: Part.objects.filter(report=report, slug="adhd_in_care").update(
            content={"name": "Annat"}
        ),
        lambda report: Chapter.objects.filter(report=report, key="needs").update(comment="Annat"),
        lambda report: type(report.tables).objects.filter(report=report).update(package=b"Annat"),
    ],
)
def test_a_change_past_the_commands_is_seen_in_the_checksum(reports, change):
    report = published(reports)
    change(report)
    assert queries.fingerprint(report) != report.publication.checksum


def test_a_correction_is_a_new_edition_that_says_what_it_corrects(reports, quick):
    with refused("correction"):
        making.make(year=2023, correction="  ", by_id=None, now=NOW)
    new = making.make(year=2023, correction="Ett tal om adhd var fel.", by_id=AGNES.person_id, now=NOW)
    assert (new.edition, new.correction) == (2, "Ett tal om adhd var fel.")
    assert queries.read(2023, 1).newest == 1, "nobody reads it before it is published"
    commands.ask_for_publishing(by=AGNES, report_id=new.pk)
    commands.publish(by=STEN, report_id=new.pk, checksum=queries.fingerprint(new), pdf=b"%PDF")
    assert queries.read(2023, 1).newest == 2
    assert queries.last_edition(2023) == 2


# The files


def test_the_paper_is_tagged_swedish_titled_and_numbered(reports):
    paper = PdfReader(io.BytesIO(queries.paper(published(reports))))
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert paper.metadata.title == "Lägesrapport 2023"
    texts = [page.extract_text() for page in paper.pages]
    for number, text in enumerate(texts, 1):
        assert f"Sida {number} av {len(texts)}" in text
        assert "Syntetiska uppgifter" in text, number
        assert "Utkast" not in text
    whole = " ".join(texts)
    for one in contents().chapters:
        assert one.title in whole
    assert "Så var året." in whole
    assert "Så läser vi det." in whole
    assert published(reports).publication.checksum[:16] in whole


def kinds(node, found=None):
    """How many elements of each kind the paper's tree of tags has, and the pictures without words."""
    found = {} if found is None else found
    node = node.get_object() if hasattr(node, "get_object") else node
    for child in node if isinstance(node, list) else [node]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict):
            kind = child.get("/S", "")
            found[kind] = found.get(kind, 0) + 1
            if kind == "/Figure" and not child.get("/Alt"):
                found["silent"] = found.get("silent", 0) + 1
            if "/K" in child:
                kinds(child["/K"], found)
    return found


def test_tables_have_heads_and_pictures_have_words(reports):
    paper = PdfReader(io.BytesIO(queries.paper(published(reports))))
    found = kinds(paper.trailer["/Root"]["/StructTreeRoot"])
    measures = Part.objects.filter(report=reports.published).exclude(chapter__in=["equality", "changes"])
    charts = sum(bool(part.content["chart"]) for part in measures)
    assert found["/Figure"] >= charts > 30
    assert "silent" not in found
    assert found["/TH"] >= 3 * found["/Table"]
    assert found["/H1"] == len(contents().chapters) + 1


def test_a_draft_says_so_across_its_pages(reports):
    made = publishing.pdf(queries.opened(reports.draft), NOW.date())
    text = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "Utkast" in text
    assert "Inte publicerad" in text


def test_all_tables_come_in_three_formats_with_what_they_mean(reports):
    package = zipfile.ZipFile(io.BytesIO(queries.tables(published(reports))))
    names = set(package.namelist())
    assert names == {
        *(f"{kind}/{slug}.{kind}" for kind in ("csv", "xlsx", "json") for slug in catalogue.slugs()),
        "metadata.json",
        "LÄSMIG.txt",
    }
    told = json.loads(package.read("metadata.json"))
    assert (told["year"], told["edition"], told["label"]) == (2023, 1, "Syntetiska uppgifter")
    assert told["definition_versions"] == published(reports).versions
    assert {one["indicator"] for one in told["indicators"]} == set(catalogue.slugs())
    assert "Kring: tabeller till Lägesrapport 2023" in told["citation"]
    assert "Syntetiska uppgifter" in package.read("LÄSMIG.txt").decode()
    rows = list(csv.DictReader(io.StringIO(package.read("csv/adhd_in_care.csv").decode())))
    assert {row["label"] for row in rows} == {"Syntetiska uppgifter"}
    assert max(int(row["year"]) for row in rows) == 2023
    assert len(rows) == Cell.objects.filter(result__slug="adhd_in_care", year__lte=2023).count()


def test_the_attack_is_on_what_the_files_hold(reports):
    """The tables that were reviewed are the tables that are handed out, cell by cell."""
    package = zipfile.ZipFile(io.BytesIO(queries.tables(published(reports))))
    for row in published(reports).review:
        told = csv.DictReader(io.StringIO(package.read(f"csv/{row['slug']}.csv").decode()))
        statuses = [one["status"] for one in told]
        for status in ("shown", "few", "protected", "missing", "not_applicable"):
            assert statuses.count(status) == row[status], row["slug"]
