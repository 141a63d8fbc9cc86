"""The pages of a report: everybody's, which never change, and those of the people who make one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.jobs.models import Job
from kring.organisations.models import Assignment, Person, Unit
from kring.reports import commands, queries
from kring.reports.models import Chapter, Publication, Report
from kring.reports.rules.contents import contents
from tests.unit.reports.colleagues import AGNES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
FRONT = "/lagesrapport/2023/utgava-1/"
STAFF = "/uppfoljning/rapporter/"
CHAPTERS = [one.address for one in contents().chapters]


def read(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", text))


# Everybody's pages


def test_the_front_leads_to_every_chapter_the_paper_and_the_tables(reports, client):
    text = read(client, FRONT)
    for address in CHAPTERS:
        assert f'href="{FRONT}{address}/"' in text
    for name, kind in (("lagesrapport.pdf", "application/pdf"), ("tabeller.zip", "application/zip")):
        answer = client.get(FRONT + name)
        assert f'href="{FRONT}{name}"' in text
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert "attachment" in answer["Content-Disposition"]
    assert "Syntetiska uppgifter" in text
    assert "publicerad 2026-11-16" in text


def test_every_chapter_has_one_heading_its_label_its_tables_and_its_words(reports, client):
    for chapter in contents().chapters:
        text = read(client, f"{FRONT}{chapter.address}/")
        assert len(re.findall("<h1", text)) == 1
        assert "Syntetiska uppgifter" in text
        assert words(text).count(chapter.title) >= 1
        assert 'lang="sv"' in text
        ids = re.findall(r' id="([^"]+)"', text)
        assert len(set(ids)) == len(ids), chapter.key
        if chapter.indicators:
            assert text.count("<table") >= len(chapter.indicators)
            assert "slump" in text
    assert "Så var året." in read(client, f"{FRONT}behov/")


def test_the_table_stands_before_its_chart(reports, client):
    text = read(client, f"{FRONT}ohalsa/")
    first = text.split("<section")[1]
    assert first.index("<table") < first.index('class="k-chart"')


def test_a_measure_in_the_municipalities_has_a_page_of_its_own(reports, client):
    overview = read(client, f"{FRONT}jamlikhet/")
    links = re.findall(rf'href="({FRONT}jamlikhet/[a-z0-9-]+/)"', overview)
    assert len(links) == len([slug for one in contents().chapters for slug in one.indicators])
    text = read(client, f"{FRONT}jamlikhet/adhd-in-care/")
    names = re.findall(r'<th role="rowheader" scope="row">([^<]+)</th>', text)
    assert len(names) >= 49
    assert "lutningsindex" in overview


@pytest.mark.parametrize(
    "path",
    [
        "/lagesrapport/2024/",
        "/lagesrapport/2024/utgava-1/",
        "/lagesrapport/2024/utgava-1/lagesrapport.pdf",
        "/lagesrapport/2024/utgava-1/tabeller.zip",
        "/lagesrapport/2023/utgava-2/",
        "/lagesrapport/1900/",
        f"{FRONT}finns-inte/",
        f"{FRONT}jamlikhet/finns-inte/",
        f"{FRONT}jamlikhet/overview/",
        f"{FRONT}ohalsa/adhd-in-care/",
    ],
)
def test_what_is_not_published_or_not_there_is_not_found(reports, client, path):
    assert client.get(path).status_code == 404


def test_the_list_leads_to_the_report_and_a_year_to_its_last_edition(reports, client):
    assert f'href="{FRONT}"' in read(client, "/lagesrapport/")
    assert "2024" not in words(read(client, "/lagesrapport/"))
    assert client.get("/lagesrapport/2023/").url == FRONT


@pytest.mark.parametrize(
    "path",
    [FRONT, "/lagesrapport/", *(f"{FRONT}{one}/" for one in CHAPTERS), f"{FRONT}jamlikhet/adhd-in-care/"],
)
def test_the_questions_do_not_grow_with_what_is_shown(reports, client, path):
    read(client, path)
    with CaptureQueriesContext(connection) as asked:
        read(client, path)
    assert len(asked) <= 4
    assert not any("reports_tables" in one["sql"] or '"pdf"' in one["sql"] for one in asked)


def test_an_older_edition_says_that_there_is_a_newer_one(reports, client):
    first = Report.objects.get(pk=reports.published)
    kept = {"calculation": first.calculation, "made_at": first.made_at, "asked_at": first.made_at}
    second = Report.objects.create(
        year=2023, edition=2, correction="Ett tal var fel.", asked_by=AGNES.person_id, **kept
    )
    said = {"asked_by": AGNES.person_id, "published_by": first.pk, "published_at": first.made_at, "pdf": b""}
    Publication.objects.create(report=second, checksum="a", **said)
    assert "Det finns en nyare utgåva" in read(client, FRONT)
    assert "Ett tal var fel." in read(client, "/lagesrapport/2023/utgava-2/")
    assert client.get("/lagesrapport/2023/").url == "/lagesrapport/2023/utgava-2/"


# Those who make it


@pytest.fixture
def agnes(reports, cast, client):
    return cast.log_in(client, "agnes")


def page(reports, address: str = "") -> str:
    return f"{STAFF}{reports.draft}/{address}"


@pytest.mark.parametrize("who", ["agnes", "sten", "petra"])
def test_those_who_follow_up_read_drafts(reports, cast, client, who):
    cast.log_in(client, who)
    for address in ("", "publicera/", "behov/", "andrat/", "jamlikhet/adhd-in-care/"):
        assert len(re.findall("<h1", read(client, page(reports, address)))) == 1
    may_write = 'name="introduction"' in read(client, page(reports, "behov/"))
    assert may_write == (who == "agnes")
    assert (client.get(f"{STAFF}gor/").status_code == 200) == (who == "agnes")


@pytest.mark.parametrize("who", ["karin", "maria", "alva", "ann"])
def test_nobody_else_does(reports, cast, client, who):
    cast.log_in(client, who)
    for address in ("", page(reports), page(reports, "publicera/"), page(reports, "lagesrapport.pdf")):
        assert client.get(address or STAFF).status_code == 403


def test_a_process_leader_neither_writes_asks_nor_publishes(reports, cast, client):
    cast.log_in(client, "petra")
    for address in ("be-om/", "publicera/nu/", "ta-tillbaka/"):
        assert client.post(page(reports, address)).status_code == 403
    client.post(page(reports, "behov/"), {"introduction": "Nej", "comment": "", "seen": 1})
    assert Chapter.objects.get(report=reports.draft, key="needs").introduction == ""


def test_staff_pages_ask_a_steady_number_of_questions(agnes, reports):
    for address in (STAFF, page(reports), page(reports, "publicera/"), page(reports, "tillgang/")):
        read(agnes, address)
        with CaptureQueriesContext(connection) as asked:
            read(agnes, address)
        assert len(asked) <= 12, address


def test_a_text_is_written_and_shown(agnes, reports):
    told = {"introduction": "Behoven <ökar>.", "comment": "Vi tror det.", "seen": 1}
    answer = agnes.post(page(reports, "behov/"), told, follow=True)
    assert "Texten är sparad." in answer.content.decode()
    assert "<p>Behoven &lt;ökar&gt;.</p>" in answer.content.decode()
    assert "inledning, kommentar" in read(agnes, page(reports))


def test_two_who_write_at_once_both_see_what_stands_and_nothing_is_lost(agnes, reports):
    told = {"comment": "", "seen": 1}
    agnes.post(page(reports, "behov/"), told | {"introduction": "Den första."})
    text = agnes.post(page(reports, "behov/"), told | {"introduction": "Den andra."}).content.decode()
    assert "Någon annan har sparat medan du skrev" in text
    assert "<p>Den första.</p>" in text
    assert "Den andra." in re.findall(r"<textarea[^>]*>([^<]*)", text)[0]
    assert 'value="2"' in re.findall(r"<input[^>]*name=\"seen\"[^>]*>", text)[0]
    agnes.post(page(reports, "behov/"), told | {"introduction": "Den andra.", "seen": 2})
    assert Chapter.objects.get(report=reports.draft, key="needs").introduction == "Den andra."


def test_a_report_is_made_as_a_job(agnes, reports):
    answer = agnes.post(f"{STAFF}gor/", {"year": "2024", "correction": ""})
    job = Job.objects.get(kind=queries.JOB)
    assert answer.url == f"/korningar/{job.pk}/"
    assert job.arguments["year"] == 2024
    assert "En rapport görs nu." in read(agnes, STAFF)


def test_a_published_year_asks_what_is_to_be_corrected(agnes, reports):
    text = agnes.post(f"{STAFF}gor/", {"year": "2023", "correction": " "}).content.decode()
    assert "Skriv vad den nya utgåvan rättar." in text
    assert not Job.objects.filter(kind=queries.JOB).exists()


def test_from_asking_to_publishing_takes_two(agnes, reports, cast, client):
    """Agnes asks; she is offered nothing more, and Sten publishes what everybody then reads."""
    Report.objects.filter(pk=reports.draft).update(made_by=person("agnes").pk)
    assert "Be en kollega publicera" in read(agnes, page(reports, "publicera/"))
    agnes.post(page(reports, "be-om/"))
    text = read(agnes, page(reports, "publicera/"))
    assert "Publicera rapporten" not in text
    assert "Någon annan publicerar den." in text
    assert (
        "Någon annan publicerar den."
        in agnes.post(page(reports, "publicera/nu/"), follow=True).content.decode()
    )
    assert not Publication.objects.filter(report=reports.draft).exists()
    cast.log_in(client, "sten")
    assert "Publicera rapporten" in read(client, page(reports, "publicera/"))
    assert client.post(page(reports, "publicera/nu/")).url == "/lagesrapport/2024/utgava-1/"
    assert "Lägesrapport 2024" in read(client, "/lagesrapport/2024/utgava-1/")
    assert 'name="introduction"' not in read(cast.log_in(client, "agnes"), page(reports, "behov/"))


def person(subject: str) -> Person:
    return Person.objects.get(subject=subject)


def test_the_review_list_has_every_table_with_its_reasons(agnes, reports):
    text = read(agnes, page(reports, "publicera/"))
    review = Report.objects.get(pk=reports.draft).review
    assert len(re.findall(r'<tr role="row"', text)) == len(review) + 2
    assert "Inget dolt tal går att räkna fram" in text


def test_what_can_be_worked_out_is_said_and_nobody_may_ask(agnes, reports):
    Report.objects.filter(pk=reports.draft).update(recovered=3)
    text = read(agnes, page(reports, "publicera/"))
    assert "3 dolda tal går att räkna fram. Rapporten publiceras inte." in text
    assert "Be en kollega publicera" not in text
    answer = agnes.post(page(reports, "be-om/"), follow=True).content.decode()
    assert "Den publiceras inte." in answer


def test_another_analyst_publishes_too_and_may_give_it_back(agnes, reports, cast, client):
    commands.ask_for_publishing(by=AGNES, report_id=reports.draft)
    unit = Unit.objects.get(key="hh-habilitering-boras")
    other = Person.objects.create(subject="astrid", given_name="Astrid", family_name="Ek")
    Assignment.objects.create(person=other, unit=unit, role="analyst", starts_on="2026-01-01")
    cast.log_in(client, "astrid")
    assert "Publicera rapporten" in read(client, page(reports, "publicera/"))
    client.post(page(reports, "ta-tillbaka/"))
    assert Report.objects.get(pk=reports.draft).asked_at is None
