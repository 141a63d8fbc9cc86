"""S110-S112 and S117: what anybody reads without logging in, on the figures of a small made-up region."""

import gzip
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators import catalogue
from kring.followup import queries
from kring.followup.models import Calculation, Cell
from kring.followup.presenters import numbers, start
from kring.followup.presenters.indicator import address_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ADHD = "/siffror/adhd-in-care/"
PAGES = {
    "start": ("/siffror/", 8, 25_000),
    "indicator": (ADHD, 8, 40_000),
    "compared": (ADHD + "kommuner/", 8, 40_000),
    "places": ("/siffror/kommuner/", 8, 25_000),
    "place": ("/siffror/kommuner/1490/", 8, 25_000),
    "downloads": ("/siffror/ladda-ner/", 8, 25_000),
}
every_page = pytest.mark.parametrize("page", PAGES)


class Outline(HTMLParser):
    """Tags in order, with their text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def read(calculation, db):
    def one(path: str, status: int = 200) -> str:
        answer = Client().get(path)
        assert answer.status_code == status, path
        return answer.content.decode()

    return one


@every_page
def test_anybody_reads_it_within_its_budget(read, page):
    path, most_questions, most_bytes = PAGES[page]
    read(path)
    with CaptureQueriesContext(connection) as asked:
        text = read(path)
    assert len(asked) <= most_questions
    assert len(gzip.compress(text.encode())) <= most_bytes
    assert len(Outline(text).tags) <= 2000


@every_page
def test_made_up_figures_say_so_and_real_ones_do_not(read, calculation, page):
    assert "Syntetiska uppgifter" in read(PAGES[page][0])
    Calculation.objects.filter(pk=calculation.pk).update(synthetic=False)
    assert "Syntetiska uppgifter" not in read(PAGES[page][0])


@every_page
def test_a_page_has_one_heading_and_names_itself(read, page):
    outline = Outline(read(PAGES[page][0]))
    assert len(outline.of("h1")) == 1
    assert len(outline.of("title")) >= 1


def test_the_questions_are_as_many_however_many_figures_there_are(read, calculation):
    with CaptureQueriesContext(connection) as many:
        read("/siffror/kommuner/1490/")
    calculation.results.exclude(slug="adhd_in_care").delete()
    with CaptureQueriesContext(connection) as few:
        read("/siffror/kommuner/1490/")
    assert len(many) == len(few)


@pytest.mark.parametrize("slug", catalogue.slugs())
def test_every_indicator_has_its_pages(read, slug):
    name = catalogue.load(slug).texts["name"]
    for path in (f"/siffror/{address_of(slug)}/", f"/siffror/{address_of(slug)}/kommuner/"):
        text = read(path)
        assert name in text
        assert "Källhänvisning" in text


def figures_of(text: str) -> list[str]:
    return [re.sub(r"<[^>]+>|\s+", " ", one).strip() for one in re.findall(r"<td.*?</td>", text, re.DOTALL)]


def test_the_table_and_the_chart_tell_the_same_figures(read, calculation):
    text = read(ADHD)
    one = queries.indicator(calculation, "adhd_in_care")
    points = dict(re.findall(r"<title>(\d{4}): ([^<]+)</title>", text))
    told = {str(cell.year): cell for cell in one.series() if cell.value is not None}
    assert points == {year: numbers.number(cell.value) for year, cell in told.items()}
    for cell in told.values():
        assert numbers.shown(cell).value in figures_of(text)


def test_each_picture_has_its_words(read):
    for path in (ADHD, ADHD + "kommuner/"):
        text = read(path)
        pictures = [one for one in Outline(text).of("svg") if one.get("role") == "img"]
        assert pictures
        for one in pictures:
            for key in one["aria-labelledby"].split():
                assert re.search(rf'id="{key}">[^<]+<', text)


def test_no_page_needs_a_script_or_carries_a_style(read):
    for path, _, _ in PAGES.values():
        text = read(path)
        assert "style=" not in text
        assert not re.search(r"<script(?![^>]*src=)", text)


def test_the_start_page_says_six_things_first(read):
    text = read("/siffror/")
    names = [catalogue.load(slug).texts["name"] for slug in start.CHOSEN]
    places = [text.index(f">{name}</a></h2>") for name in names]
    assert len(names) == 6
    assert places == sorted(places)


def test_the_municipalities_stand_in_the_order_of_the_alphabet_and_are_all_there(read):
    text = read(ADHD + "kommuner/")
    rows = re.findall(r'<th role="rowheader".*?<a href="/siffror/kommuner/(\d{4})/">([^<]+)</a>', text)
    assert len(rows) == 49
    assert [name for _, name in rows][:2] == ["Ale", "Alingsås"]
    assert rows[-1][1] == "Öckerö"
    assert rows[-2][1] == "Åmål"


def test_a_comparison_says_how_much_chance_makes_by_itself(read):
    assert re.search(r"Av \d+ jämförelser hamnar ungefär \d+ utanför", read(ADHD + "kommuner/"))


def test_a_hidden_cell_is_words_in_the_table_and_never_a_nought(read, calculation):
    hidden = Cell.objects.filter(
        result__calculation=calculation, status="few", year=2024, sex="", age_band=""
    )
    one = hidden.exclude(municipality="").select_related("result").first()
    text = read(f"/siffror/{address_of(one.result.slug)}/kommuner/")
    row = re.search(rf"/siffror/kommuner/{one.municipality}/.*?</tr>", text, re.DOTALL)[0]
    assert "Färre än 5, eller dolt för att skydda" in row
    assert figures_of(row)[1:4] == ["", "", ""]


@pytest.mark.parametrize(
    "path",
    [
        "/siffror/finns-inte/",
        "/siffror/finns-inte/kommuner/",
        "/siffror/finns-inte/fil.csv",
        ADHD + "fil.pdf",
        "/siffror/kommuner/0180/",
        "/siffror/kommuner/protected/",
    ],
)
def test_what_there_is_not_is_not_found(read, path):
    read(path, 404)


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_chart_without_any_year_is_no_file(read, calculation, ending):
    Cell.objects.filter(result__slug="adhd_in_care", municipality="").delete()
    read(ADHD + f"fil.{ending}", 404)
    assert "Inget år går att visa." in read(ADHD)


def test_the_address_is_the_picture(read):
    assert read(ADHD + "fil.svg") == read(ADHD + "fil.svg")


def test_nothing_counted_yet_is_said_and_not_a_fault(db):
    Calculation.objects.all().delete()
    assert "Inga siffror är räknade ännu" in Client().get("/siffror/").content.decode()
    assert Client().get(ADHD).status_code == 404


def test_in_english_only_the_definitions_stay_swedish(calculation, db):
    client = Client()
    client.post("/sprak/", {"language": "en", "next": "/siffror/"})
    text = client.get(ADHD).content.decode()
    for word in ("Year by year", "More than chance?", "About the indicator", "95% CI"):
        assert word in text
    assert "Synthetic data" in text
    assert "Mer än slump" not in text


def test_everything_in_one_file(calculation, db):
    answer = Client().get("/siffror/ladda-ner/allt.zip")
    package = zipfile.ZipFile(io.BytesIO(answer.content))
    tables = {name.removesuffix(".csv") for name in package.namelist() if name.endswith(".csv")}
    assert sorted(tables) == catalogue.slugs()
    meanings = json.loads(package.read("metadata.json"))
    assert {one["indicator"] for one in meanings} == tables
    assert "Syntetiska uppgifter" in package.read("LÄSMIG.txt").decode()
    assert Client().get("/siffror/ladda-ner/allt.zip").content == answer.content


def test_the_open_pages_are_in_everybody_s_menu(calculation, db):
    for path in ("/logga-in/", "/hjalp/", "/siffror/"):
        text = Client().get(path).content.decode()
        assert 'href="/siffror/"' in text
        assert 'href="/siffror/kommuner/"' in text


def test_what_other_limits_would_give_is_published_beside_the_figure(read, calculation):
    """Only where a definition has variants, and the same figure as the headline on its first line."""
    text = read("/siffror/complex-needs-vgr/")
    kept = calculation.results.get(slug="complex_needs_vgr").definition["sensitivity"]
    assert [one["variant"] for one in kept] == ["", *catalogue.load("complex_needs_vgr").variants]
    region = Cell.objects.get(
        result__slug="complex_needs_vgr", year=2024, municipality="", sex="", age_band=""
    )
    assert (kept[0]["n"], kept[0]["value"]) == (region.n, region.value)
    assert "Om gränserna drogs annorlunda, 2024" in text
    assert all(one["variant"] in text for one in kept)
    assert "Om gränserna" not in read("/siffror/complex-needs-judged/")


def test_municipalities_by_living_conditions_say_how_many_and_by_what_index(read, calculation):
    """The made-up index; the same words as what was kept of the run."""
    kept = calculation.results.get(slug="digital_visits").definition["equality"]
    text = read("/siffror/digital-visits/kommuner/")
    assert "Efter levnadsvillkor" in text
    assert f"{kept['municipalities']} kommuner, de vars värde visas. Index: påhittat, 2024." in text
    assert "behöver inte bero på levnadsvillkoren" in text


def test_both_sides_of_a_wait_are_shown(read, calculation):
    wait = {
        "p90": 130.0,
        "within_limit_of_all": 61.0,
        "within_limit_of_those_who_came": 74.0,
        "did_not_come": 35.0,
    }
    told = {"status": "shown", "n": 300, "x": 265, "value": 52.0, "lower": 47.0, "upper": 58.0, "more": wait}
    cells = Cell.objects.filter(
        result__slug="detection_to_support", year=2024, municipality="", sex="", age_band=""
    )
    cells.update(**told)
    text = read("/siffror/detection-to-support/")
    said = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", text))
    assert said["Tills nio av tio hade kommit"] == "130 dagar"
    assert said["Inom 90 dagar, av alla"] == "61 procent"
    assert said["Inom 90 dagar, av dem som kom"] == "74 procent"
    assert said["Hade inte kommit när året följdes upp"] == "35"
    cells.update(more=wait | {"p90": None})
    assert "<dd>Går inte att räkna ut</dd>" in read("/siffror/detection-to-support/")


@pytest.mark.parametrize("path", [ADHD, "/siffror/usual-provider/"])
def test_what_is_no_wait_has_no_other_side(read, path):
    assert "Båda sidor av väntan" not in read(path)


def test_a_wait_that_is_not_told_keeps_its_other_side_too(read):
    hidden = {"status": "few", "n": None, "x": None, "value": None, "lower": None, "upper": None, "more": {}}
    Cell.objects.filter(result__slug="detection_to_support", year=2024).update(**hidden)
    assert "Båda sidor av väntan" not in read("/siffror/detection-to-support/")


def test_rates_are_also_shown_with_the_region_s_ages_and_sexes(read):
    made_up = {
        "standardised": 123.0,
        "standardised_lower": 99.0,
        "standardised_upper": 150.0,
        "child_years": 900,
    }
    told = {
        "status": "shown",
        "n": 900,
        "x": 10,
        "value": 111.0,
        "lower": 90.0,
        "upper": 140.0,
        "more": made_up,
    }
    here = Cell.objects.filter(result__slug="asthma_admissions", year=2024, sex="", age_band="")
    here.exclude(municipality="").update(more={})
    here.filter(municipality="1490").update(**told)
    table = read("/siffror/asthma-admissions/kommuner/").partition("Omräknat till regionens ålder och kön")[2]
    rows = re.findall(r"/siffror/kommuner/(\d{4})/.*?</tr>", table.partition("</table>")[0], re.DOTALL)
    assert rows == ["1490"]
    assert "123" in figures_of(table) and "99–150" in figures_of(table)
    assert "Omräknat" not in read(ADHD + "kommuner/")


def test_a_table_says_what_is_counted_and_of_what(read):
    for path in (ADHD, ADHD + "kommuner/"):
        assert "Barn med minst en diagnos F90 registrerad under året." in read(path)
