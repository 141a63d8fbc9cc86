"""S75 in the browser's words: what Maria's page says, and above all what it never says."""

import io
import re
from datetime import timedelta

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from kring.audit.models import AccessLogRow
from kring.children.models import Child
from kring.log_review.models import ReadingQuestion
from kring.organisations.models import Person
from tests.cast import NOW, Cast
from tests.own_pages import sign_in
from tests.unit.log_review.logged import key_of, opened

STAFF = ("karin", "sara", "peter", "lena", "jonas", "eva", "maja", "david", "otto")


@pytest.fixture
def alva(cast: Cast) -> Child:
    AccessLogRow.objects.all()._raw_delete("default")
    return cast.child("alva")


def address(child: Child, name: str = "family-readings", *more: object) -> str:
    return reverse(name, args=[child.pk, *more])


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def page(cast: Cast, alva: Child, maria: Client) -> str:
    """Maria's page when everybody has opened something, Peter in an emergency and Karin a concern."""
    for n, subject in enumerate(STAFF):
        role = "school_nurse" if subject == "lena" else None
        opened(subject, alva.pk, NOW - timedelta(hours=n + 1), role=role)
    opened("peter", alva.pk, NOW - timedelta(days=2), rule="8.2.5.open", reason="Hemligt skäl")
    opened("karin", alva.pk, NOW - timedelta(days=3), what="concern.report", reason="Orosanmälan gjord")
    return text(maria.get(address(alva)))


def test_nobody_s_name_is_on_the_page(page):
    people = Person.objects.filter(subject__in=STAFF)
    names = {name for one in people for name in (one.given_name, one.family_name)} - {"Berg"}
    assert not {name for name in names if re.search(rf"\b{name}\b", page)}


HIDDEN = ["Hemligt skäl", "Orosanmälan", "concern", "8.2.5.open", "record.text"]


@pytest.mark.parametrize("words", HIDDEN)
def test_reasons_and_what_is_hidden_are_nowhere(page, words):
    assert words not in page


SHOWN = [
    "Samordnare",
    "Logoped",
    "Skolsköterska",
    "Barn- och ungdomshabiliteringen Borås",
    "Nödöppning",
    "Fråga om den här läsningen",
    "Ladda ner som PDF",
    "lör 14 nov 2026",
]


@pytest.mark.parametrize("words", SHOWN)
def test_unit_role_time_and_emergency_are_there(page, words):
    assert words in page


def test_an_emergency_has_a_shape_beside_its_word(page):
    mark = re.search(r'<span class="k-tag" data-tone="late">(.*?)</span>', page, re.DOTALL)[1]
    assert "#unlock" in mark and "Nödöppning" in mark


def test_the_time_stands_in_a_time_element(page):
    assert re.search(r'<time datetime="2026-11-16T0\d:00:00\+00:00">\d\d\.00</time>', page)


def test_an_opening_is_there_at_the_next_request(cast, alva, maria, client):
    """Check 42 of the release list: through the very page that staff open."""
    before = text(maria.get(address(alva)))
    karin = sign_in(client, cast.karin)
    assert karin.get(reverse("child", args=[alva.pk])).status_code == 200
    after = text(maria.get(address(alva)))
    assert ("Samordnare" in before, "Samordnare" in after) == (False, True)


def test_filters_keep_to_the_address_and_nonsense_shows_everything(cast, alva, maria):
    opened("karin", alva.pk, NOW - timedelta(days=60))
    assert "Samordnare" not in text(maria.get(address(alva) + "?tid=30"))
    for query in ("?tid=90", "?tid=abc&enhet=xyz&sida=-4&listor=1&vem=alla", "?sida=99999999999999"):
        assert "Samordnare" in text(maria.get(address(alva) + query)), query
    unit = cast.unit("hh-habilitering-boras").pk
    chosen = text(maria.get(address(alva) + f"?enhet={unit}&tid=90"))
    assert f'<option value="{unit}" selected>' in chosen
    assert '<option value="90" selected>' in chosen


def test_the_paper_says_what_the_page_says_and_names_nobody(cast, alva, maria):
    opened("sara", alva.pk)
    opened("peter", alva.pk, NOW - timedelta(days=2), rule="8.2.5.open", reason="Hemligt skäl")
    answer = maria.get(address(alva, "family-readings-pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="vem-har-last-2026-11-16.pdf"'
    assert "no-store" in answer.headers["Cache-Control"]
    pdf = pypdf.PdfReader(io.BytesIO(answer.content))
    words = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pdf.pages))
    for said in ("Vem har läst", "Alva Berg", "Logoped", "Läste: planen.", "Nödöppning.", "09.00"):
        assert said in words, said
    assert not any(name in words for name in ("Sara", "Nyman", "Holm", "Hemligt"))
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "sv" and root["/MarkInfo"]["/Marked"]
    assert pdf.xmp_metadata.custom_properties is not None and "pdfuaid" in answer.content.decode("latin-1")


def test_a_long_paper_goes_on_over_its_pages_and_says_when_it_is_cut(cast, alva, maria, monkeypatch):
    from kring.log_review import paper

    for n in range(60):
        opened("karin", alva.pk, NOW - timedelta(minutes=n + 1))
    monkeypatch.setattr(paper, "MOST", 50)
    answer = maria.get(address(alva, "family-readings-pdf"))
    pdf = pypdf.PdfReader(io.BytesIO(answer.content))
    words = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pdf.pages))
    assert len(pdf.pages) > 1
    assert "De 50 senaste av 60 läsningar." in words
    assert words.count("Enhet och roll") == len(pdf.pages)


def test_a_question_is_asked_once_and_its_answer_comes_to_the_page(cast, alva, maria, johan, client):
    row = opened("peter", alva.pk, rule="8.2.5.open")
    ask = address(alva, "family-ask", key_of(row))
    shown = text(maria.get(ask))
    assert "Den andra vårdnadshavaren ser den inte." in shown and "Peter" not in shown
    assert "Skriv vad du undrar" in text(maria.post(ask, {"words": ""}))
    sent = {"words": "Varför på natten?", "submission": "0b0b6c1e-7c0a-4d3e-9a5b-0a4f2f6f1a01"}
    assert {maria.post(ask, sent).headers["Location"] for _twice in range(2)} == {address(alva)}
    question = ReadingQuestion.objects.get()
    mine = text(maria.get(address(alva)))
    assert "Du har frågat: Skickad" in mine and ask not in mine
    assert "Varför på natten?" not in text(johan.get(address(alva)))
    ann = sign_in(client, cast.ann)
    ann.post(reverse("log-question", args=[question.pk]), {"answer": "Alva kom in akut."})
    answered = text(maria.get(address(alva)))
    assert "Alva kom in akut." in answered and "Svar mån 16 nov 2026" in answered
    assert "Alva kom in akut." not in text(johan.get(address(alva)))


@pytest.mark.parametrize("name", ["family-readings", "family-readings-pdf"])
def test_a_stranger_s_child_is_as_one_that_does_not_exist(cast, maria, name):
    answers = [maria.get(reverse(name, args=[key])) for key in (cast.child("omar").pk, cast.maria.pk)]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_a_reading_of_another_child_cannot_be_asked_about(cast, alva, maria):
    row = opened("karin", cast.child("omar").pk)
    assert maria.get(address(alva, "family-ask", key_of(row))).status_code == 404
    assert maria.post(address(alva, "family-ask", key_of(row)), {"words": "Vem?"}).status_code == 404
    assert not ReadingQuestion.objects.exists()


def test_the_way_there_stands_at_the_foot_of_the_first_page(cast, alva, maria):
    """The four places are for every day; who has read is two presses away."""
    home = text(maria.get(reverse("family-child", args=[alva.pk])))
    menu = re.search(r'<nav class="k-nav.*?</nav>', home, re.DOTALL)[0]
    assert re.findall(r"<span>(.*?)</span></a>", menu) == ["Hem", "Planen", "Tider", "Meddelanden"]
    main = home[home.index("<main") : home.index("</main>")]
    for name, word in (("family-readings", "Vem har läst"), ("family-sharing", "Delning och samtycke")):
        assert re.search(f'href="{reverse(name, args=[alva.pk])}">(?:(?!</a>).)*{word}', main, re.DOTALL)
    assert reverse("family-choose") in home
