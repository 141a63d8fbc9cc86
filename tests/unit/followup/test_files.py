"""Files: the same rows in every kind, each with status, source and version, nothing hidden in any of them."""

import csv
import io
import json
import zipfile
from xml.etree import ElementTree

import pytest
from django.test import Client

from kring.followup import reading
from kring.followup.models import Cell
from kring.followup.presenters import files, spreadsheet

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ADHD = "/siffror/adhd-in-care/fil."
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def fetch(calculation, db):
    def one(ending: str):
        answer = Client().get(ADHD + ending)
        assert answer.status_code == 200
        return answer

    return one


def as_csv(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def sheet(content: bytes, number: int = 1) -> list[list[str]]:
    package = zipfile.ZipFile(io.BytesIO(content))
    root = ElementTree.fromstring(package.read(f"xl/worksheets/sheet{number}.xml"))
    return [["".join(cell.itertext()) for cell in row] for row in root.iter(MAIN + "row")]


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "svg", "png"])
def test_a_file_is_named_and_of_its_kind(fetch, ending):
    answer = fetch(ending)
    assert answer.headers["Content-Type"] == files.KINDS[ending]
    assert f'filename="kring-adhd-in-care.{ending}"' in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_cell_is_a_row_with_its_status_and_where_it_comes_from(fetch, calculation):
    rows = as_csv(fetch("csv"))
    cells = Cell.objects.filter(result__calculation=calculation, result__slug="adhd_in_care")
    assert len(rows) == cells.count()
    assert {row["status"] for row in rows} <= set(files.STATUSES)
    assert len({row["status"] for row in rows}) > 1
    assert {row["label"] for row in rows} == {"Syntetiska uppgifter"}
    assert {row["data_version"] for row in rows} == {calculation.data_version[:12]}
    assert {row["version"] for row in rows} == {"1"}


def test_a_row_that_is_not_told_holds_nothing(fetch):
    for row in as_csv(fetch("csv")):
        if row["status"] != "shown":
            assert [row[name] for name in ("n", "x", "value", "lower95", "upper95")] == [""] * 5


def test_a_place_has_its_name_and_the_protected_one_has_none(fetch):
    named = {row["municipality"]: row["municipality_name"] for row in as_csv(fetch("csv"))}
    assert named["1490"] == "Borås"
    assert named["protected"] == named[""] == ""


def test_every_kind_of_file_has_the_same_rows(fetch):
    table = as_csv(fetch("csv"))
    cells = json.loads(fetch("json").content)["cells"]
    sheets = sheet(fetch("xlsx").content)
    assert [[str("" if value is None else value) for value in one.values()] for one in cells] == [
        list(row.values()) for row in table
    ]
    assert sheets[0] == list(table[0])
    assert tuple(table[0]) == files.COLUMNS
    assert sheets[1:] == [list(row.values()) for row in table]


def test_a_program_reads_what_the_figures_mean(fetch, calculation):
    told = json.loads(fetch("json").content)
    assert told["definition"]["numerator"] == "Barn med minst en diagnos F90 registrerad under året"
    assert calculation.data_version[:12] in told["citation"]
    assert told["citation"].endswith("Syntetiska uppgifter")
    assert set(told["statuses"]) == set(files.STATUSES)


def test_the_workbook_says_what_the_figures_mean_on_its_second_sheet(fetch):
    notes = {row[0]: row[1] for row in sheet(fetch("xlsx").content, 2)}
    assert notes[""] == "Syntetiska uppgifter"
    assert notes["denominator"].startswith("Barn 0–17 år")
    assert "status: few" in notes


def test_a_picture_that_has_left_its_page_says_where_it_comes_from(fetch, calculation):
    text = fetch("svg").content.decode()
    assert "Syntetiska uppgifter" in text
    assert calculation.data_version[:12] in text
    assert "<script" not in text and "style=" not in text


def test_a_picture_of_dots_is_a_picture(fetch):
    content = fetch("png").content
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) > 1000


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("", ""),
        (0, "0"),
        (4.5, "4.5"),
        ("=1+1", "=1+1"),
        ("<&>", "<&>"),
        (" mellan ", " mellan "),
        ("Åmål", "Åmål"),
    ],
)
def test_a_workbook_keeps_numbers_as_numbers_and_texts_as_texts(value, written):
    made = spreadsheet.workbook({"a": [[value]]})
    assert sheet(made) == [[written]]
    package = zipfile.ZipFile(io.BytesIO(made))
    assert (b"<f>" in package.read("xl/worksheets/sheet1.xml")) is False


def test_a_workbook_is_the_same_bytes_each_time_and_every_part_is_declared():
    rows = {"ett & två": [["a", 1]], "b": [[2.5]]}
    assert spreadsheet.workbook(rows) == spreadsheet.workbook(rows)
    package = zipfile.ZipFile(io.BytesIO(spreadsheet.workbook(rows)))
    for name in package.namelist():
        ElementTree.fromstring(package.read(name))
    types = package.read("[Content_Types].xml").decode()
    for name in package.namelist():
        assert name.endswith(".rels") or name == "[Content_Types].xml" or f'PartName="/{name}"' in types
    assert 'name="ett &amp; två"' in package.read("xl/workbook.xml").decode()


@pytest.mark.parametrize(
    ("slug", "more"),
    [
        (
            "assessment-duration",
            ("p90", "within_limit_of_all", "within_limit_of_those_who_came", "did_not_come"),
        ),
        ("asthma-admissions", ("child_years", "standardised", "standardised_lower", "standardised_upper")),
        ("units-per-child", ("p90", "mean")),
        ("usual-provider", ()),
    ],
)
def test_what_else_is_told_of_a_kind_has_its_columns_and_is_hidden_with_its_cell(calculation, db, slug, more):
    table = as_csv(Client().get(f"/siffror/{slug}/fil.csv"))
    beside = list(table[0])[len(files.COLUMNS) :]
    assert set(more) <= set(beside)
    assert bool(beside) is bool(more)
    hidden = [row for row in table if row["status"] != "shown"]
    assert not [row for row in hidden if any(row[name] for name in beside)]
    if more:
        assert any(row[more[0]] for row in table if row["status"] == "shown")


@pytest.mark.parametrize("kind", files.MORE)
def test_every_column_that_a_run_writes_of_a_kind_is_in_the_files(made, kind, calculation):
    slugs = [one.slug for one in calculation.results.all() if one.definition["kind"] == kind]
    for slug in slugs:
        with (made.out / f"{slug}.csv").open(encoding="utf-8") as lines:
            written = set(next(csv.reader(lines))) - set(reading.KNOWN)
        assert written == set(files.MORE[kind])
