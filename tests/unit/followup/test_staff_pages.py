"""S100-S102: for those who follow up; nobody else comes in, and every choice stands in the address."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators import catalogue
from kring.followup import definitions, queries
from kring.followup.forms import BANDS, Choice, ExploreForm
from kring.followup.models import Calculation, Cell, Result
from kring.followup.presenters import catalogue as meanings
from kring.followup.presenters.exploring import MOST
from kring.jobs.models import Job
from tests.cast import NOW

pytestmark = pytest.mark.django_db
EXPLORE = "/uppfoljning/utforska/"
PAGES = ("/uppfoljning/", "/uppfoljning/matt/", EXPLORE)


@pytest.fixture
def agnes(calculation, cast, client, settings, tmp_path):
    """The analyst, with a delivery to count from."""
    settings.FOLLOW_UP_DATA = str(tmp_path)
    return cast.log_in(client, "agnes")


def read(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("who", ["agnes", "petra", "sten"])
@pytest.mark.parametrize("path", PAGES)
def test_those_who_follow_up_come_in(calculation, cast, client, who, path):
    text = read(cast.log_in(client, who), path)
    assert len(re.findall("<h1", text)) == 1


@pytest.mark.parametrize("who", ["karin", "nils", "maria", "alva", "ann"])
@pytest.mark.parametrize("path", [*PAGES, EXPLORE + "fil.csv"])
def test_nobody_else_does(calculation, cast, client, who, path):
    assert cast.log_in(client, who).get(path).status_code == 403


@pytest.mark.parametrize("path", [*PAGES, EXPLORE + "?matt=adhd_in_care&kommun=alla&kon=alla"])
def test_the_questions_do_not_grow_with_what_is_shown(agnes, path):
    read(agnes, path)
    with CaptureQueriesContext(connection) as asked:
        read(agnes, path)
    assert len(asked) <= 12


def test_the_data_s_state_says_what_the_figures_rest_on(agnes, calculation):
    text = read(agnes, "/uppfoljning/")
    assert "Syntetiska uppgifter" in text
    assert calculation.data_version[:12] in text
    for word in ("Kontakter", "Diagnoser", "Steg i vårdprocesser", "2012–2024"):
        assert word in text
    # The made-up pandemic is warned of.
    assert "Mycket färre rader än året före." in text
    assert re.search(r"2020: \d+ procent färre", text)


def test_the_analyst_starts_a_calculation_and_follows_it(agnes):
    answer = agnes.post("/uppfoljning/rakna/")
    row = Job.objects.get(kind=queries.JOB)
    assert answer.headers["Location"] == f"/korningar/{row.pk}/"
    text = read(agnes, "/uppfoljning/")
    assert "Måtten räknas nu." in text
    assert f'href="/korningar/{row.pk}/"' in text
    assert "Räkna alla mått igen" not in text


def test_two_are_never_made_at_once(agnes):
    agnes.post("/uppfoljning/rakna/")
    assert agnes.post("/uppfoljning/rakna/").headers["Location"] == "/uppfoljning/"
    assert Job.objects.filter(kind=queries.JOB).count() == 1


@pytest.mark.parametrize("folder", ["", "borta"])
def test_without_a_delivery_none_is_started(agnes, settings, tmp_path, folder):
    settings.FOLLOW_UP_DATA = str(tmp_path / folder) if folder else ""
    agnes.post("/uppfoljning/rakna/")
    assert not Job.objects.filter(kind=queries.JOB).exists()
    assert "Det finns ingen leverans att räkna på." in read(agnes, "/uppfoljning/")


@pytest.mark.parametrize("who", ["petra", "sten", "nils", "karin"])
def test_nobody_else_starts_one(calculation, cast, client, who):
    assert cast.log_in(client, who).post("/uppfoljning/rakna/").status_code == 403
    assert not Job.objects.filter(kind=queries.JOB).exists()
    if who in ("petra", "sten"):
        assert "Räkna alla mått igen" not in read(client, "/uppfoljning/")


def test_a_calculation_is_not_started_by_looking(agnes):
    assert agnes.get("/uppfoljning/rakna/").status_code == 405


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("waiting", "Måtten räknas nu."),
        ("running", "Måtten räknas nu."),
        ("failed", "Den senaste beräkningen blev inte klar."),
        ("cancelled", "Den senaste beräkningen blev inte klar."),
        ("done", ""),
    ],
)
def test_how_the_newest_work_goes(agnes, state, said):
    rows = {"title": "Räkna", "created_at": NOW, "started_by": NOW and Job().id}
    Job.objects.create(kind=queries.JOB, state=state, **rows)
    Job.objects.create(kind="other", state="running", **(rows | {"created_at": NOW + timedelta(1)}))
    text = read(agnes, "/uppfoljning/")
    assert (said in text) if said else ("Måtten räknas nu" not in text and "blev inte klar" not in text)
    # It is somebody else's work: no link to what she may not open.
    assert "Följ arbetet" not in text


def test_the_newest_calculation_is_the_one_that_is_shown(agnes, calculation):
    Calculation.objects.create(
        data_version="f" * 64, source="Nyare", synthetic=False, first_year=2020, last_year=2021,
        made_at=NOW + timedelta(hours=1),
    )  # fmt: skip
    text = read(agnes, "/uppfoljning/")
    assert "Nyare" in text
    assert "Syntetiska uppgifter" not in text
    assert calculation.data_version[:12] in text


@pytest.mark.parametrize("path", PAGES)
def test_before_anything_is_counted_the_pages_say_so(agnes, path):
    Calculation.objects.all().delete()
    assert read(agnes, path)
    if path != "/uppfoljning/matt/":
        assert "Inga siffror är räknade ännu" in read(agnes, path)
    else:
        assert "Inte räknat ännu." in read(agnes, path)


def test_the_catalogue_holds_every_definition(agnes):
    text = read(agnes, "/uppfoljning/matt/")
    for slug in catalogue.slugs():
        texts = catalogue.load(slug).texts
        for name in ("name", "why", "how", "numerator", "denominator", "exclusions", "owner", "checked_by"):
            assert texts[name] in text.replace("&#39;", "'"), (slug, name)
        assert f'href="/siffror/{slug.replace("_", "-")}/"' in text


@pytest.mark.parametrize(("days", "due"), [(-1, False), (0, True), (400, True)])
def test_what_should_be_looked_at_again_is_marked(days, due):
    review = catalogue.load("adhd_in_care").next_review
    rows = meanings.rows(definitions.every(), {}, review + timedelta(days=days))
    assert {one.slug: one.is_due for one in rows}["adhd-in-care"] is due


def test_figures_of_an_older_version_say_which(agnes, calculation):
    Result.objects.filter(calculation=calculation, slug="adhd_in_care").update(version=7)
    assert "Siffrorna är räknade med version 7." in read(agnes, "/uppfoljning/matt/")


CHOICES = [
    ("", 13, "2024"),
    ("?matt=adhd_in_care", 13, "2024"),
    ("?matt=adhd_in_care&ar=2024", 1, "2024"),
    ("?matt=adhd_in_care&kon=alla", 26, "2024, Flickor"),
    ("?matt=adhd_in_care&kon=girl&ar=2023", 1, "2023, Flickor"),
    ("?matt=adhd_in_care&alder=6-12&ar=2023", 1, "2023, 6–12 år"),
    ("?matt=adhd_in_care&kommun=1490", 13, "2024, Borås"),
    ("?matt=adhd_in_care&kommun=1490&kon=boy&ar=2024", 1, "2024, Borås, Pojkar"),
    ("?matt=adhd_in_care&kommun=alla&ar=2024", 50, "2024, Skyddad ort"),
]


def rows_of(text: str) -> list[str]:
    return re.findall(r'<th role="rowheader" scope="row">\s*([^<]+?)\s*</th>', text)


@pytest.mark.parametrize(("query", "rows", "one"), CHOICES)
def test_the_address_holds_every_choice(agnes, query, rows, one):
    found = rows_of(read(agnes, EXPLORE + query))
    assert len(found) == rows
    assert one in found


@pytest.mark.parametrize("query", [query for query, _, _ in CHOICES])
def test_the_file_holds_the_rows_of_the_page(agnes, query):
    text = read(agnes, EXPLORE + query)
    table = list(csv.DictReader(io.StringIO(read(agnes, EXPLORE + "fil.csv" + query))))
    assert len(table) == len(rows_of(text))
    assert {row["status"] for row in table} <= {"shown", "few", "protected", "missing", "not_applicable"}
    assert f"fil.csv{query}".replace("&", "&amp;") in text


@pytest.mark.parametrize(
    "query",
    [
        "?matt=finns-inte",
        "?ar=1066",
        "?kommun=9999&kon=x&alder=99",
        "?matt=adhd_in_care&kommun=protected",
        "?matt=%00&ar=%27%20OR%201=1",
    ],
)
def test_what_is_not_understood_is_as_if_it_was_not_chosen(agnes, query):
    assert rows_of(read(agnes, EXPLORE + query))[0] == "2024"


def test_a_table_that_there_is_not_says_which_there_are(agnes):
    text = read(agnes, EXPLORE + "?matt=adhd_in_care&kommun=alla&alder=alla")
    assert "Måttet finns inte uppdelat så. Det finns för: hela regionen, kommun, kön, ålder" in text
    assert rows_of(text) == []


def test_a_long_table_is_cut_on_the_page_and_whole_in_the_file(agnes):
    query = "?matt=adhd_in_care&kommun=alla"
    text = read(agnes, EXPLORE + query)
    assert len(rows_of(text)) == MOST
    assert f"Visar {MOST} av 650 rader." in text
    assert len(list(csv.DictReader(io.StringIO(read(agnes, EXPLORE + "fil.csv" + query))))) == 650


@pytest.mark.parametrize(("query", "drawn"), [("", True), ("?ar=2024", False), ("?kon=alla", False)])
def test_a_chart_stands_where_there_is_one_row_of_years(agnes, query, drawn):
    assert ('role="img"' in read(agnes, EXPLORE + query)) is drawn


def test_a_kind_of_file_that_there_is_not(agnes):
    assert agnes.get(EXPLORE + "fil.exe").status_code == 404


def test_every_choice_of_age_and_sex_is_one_that_there_are_cells_of(calculation):
    cells = Cell.objects.filter(result__calculation=calculation)
    assert set(cells.exclude(age_band="").values_list("age_band", flat=True)) <= set(BANDS)
    assert set(cells.exclude(sex="").values_list("sex", flat=True)) <= {"girl", "boy", "unknown"}


@pytest.mark.parametrize(
    ("choice", "divided"),
    [
        (Choice("a"), []),
        (Choice("a", year="2024"), []),
        (Choice("a", municipality="alla"), ["municipality"]),
        (Choice("a", municipality="1490", sex="girl"), ["municipality", "sex"]),
        (Choice("a", sex="alla", age_band="0-5"), ["sex", "age_band"]),
    ],
)
def test_what_a_table_is_broken_down_by(choice, divided):
    assert choice.divided == divided


def test_the_form_offers_the_years_newest_first(calculation):
    offered = ExploreForm({}, calculation=calculation).fields["ar"].choices
    assert [key for key, _ in offered] == ["", *(str(year) for year in range(2024, 2011, -1))]
