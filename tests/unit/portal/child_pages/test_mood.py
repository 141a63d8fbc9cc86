"""S82 «Hur mår jag?» as the child meets it."""

import re

import pytest
from django.test import Client
from django.utils import translation

from kring.care.monitoring.models import MoodAnswer
from kring.portal.child_pages import presenters
from kring.portal.child_pages.moods import FACES, PLACES, face_of, faces_for, places_for, places_of
from kring.portal.child_pages.presenters.mood import names
from kring.portal.child_pages.rules import EARLY, MIDDLE, YOUNG
from kring.portal.child_pages.words import words_for
from tests.own_pages import Scene, fields_of, sign_in, texts_of

SAFETY = "Om du är i fara måste vi berätta för en vuxen som kan hjälpa."


class TestChoices:
    """No database."""

    def test_five_faces_and_not_knowing(self):
        assert [one.value for one in faces_for(MIDDLE)] == [
            "great",
            "good",
            "ok",
            "sad",
            "awful",
            "dont_know",
        ]

    def test_the_smallest_have_three_faces_and_not_knowing(self):
        assert [one.value for one in faces_for(EARLY)] == ["good", "ok", "sad", "dont_know"]

    def test_what_was_chosen_before_stays(self):
        assert "awful" in [one.value for one in faces_for(EARLY, "awful")]
        assert "chest" in [one.value for one in places_for(EARLY, ["chest"])]

    @pytest.mark.parametrize(("mode", "most"), [(EARLY, 4), (MIDDLE, 6), (YOUNG, 6)])
    def test_never_too_many_at_a_time(self, mode, most):
        assert 2 <= len(faces_for(mode)) <= most
        assert 2 <= len(places_for(mode)) <= most

    def test_the_values_are_those_that_are_kept(self):
        assert {one.value for one in FACES} == set(MoodAnswer.Face.values)
        assert {one.value for one in PLACES} == set(MoodAnswer.Place.values)

    def test_the_words_are_the_same_as_adults_read(self):
        with translation.override("sv"):
            kept = dict(MoodAnswer.Face.choices) | dict(MoodAnswer.Place.choices)
            assert all(str(one.word) == str(kept[one.value]) for one in (*FACES, *PLACES))

    def test_kept_values_become_pictures_again(self):
        assert face_of("sad").picture == "feel-sad"
        assert face_of("") is None
        assert [one.picture for one in places_of(["tummy", "head", "x"])] == ["head", "tummy"]

    @pytest.mark.parametrize(
        ("people", "said"),
        [
            ([], ""),
            (["Sara"], "Sara"),
            (["Sara", "Maria"], "Sara och Maria"),
            (["Sara", "Maria", "Johan"], "Sara, Maria och Johan"),
        ],
    )
    def test_names_in_a_row(self, people, said):
        with translation.override("sv"):
            assert names(people) == said

    @pytest.mark.parametrize(("mode", "most"), [(EARLY, 6), (MIDDLE, 8)])
    def test_who_sees_fits_on_a_line_with_two_guardians(self, mode, most):
        with translation.override("sv"):
            words = words_for(mode)
            who = names(["Karin", "Maria", "Johan"])
            for key in ("mood_can_see", "mood_sent_to", "mood_reads"):
                said = words[key] % {"who": who if key == "mood_can_see" else "Karin"}
                assert len(said.split()) <= most, said


BASE = "/min-sida/hur-mar-jag/"


class Page:
    """One child's own way through the steps."""

    def __init__(self, client: Client, scene: Scene) -> None:
        self.client, self.scene = client, scene

    def path(self, step: str) -> str:
        return f"{BASE}{self.scene.asking.pk}/{step}/"

    def read(self, step: str) -> str:
        answer = self.client.get(self.path(step))
        assert answer.status_code == 200, (step, answer.status_code)
        return answer.content.decode()

    def send(self, step: str, **fields) -> str:
        """Send a step's form; the address it leads to."""
        page = self.client.get(self.path(step)).content.decode()
        answer = self.client.post(self.path(step), fields_of(page) | fields)
        return answer.headers.get("Location", "")


@pytest.fixture
def way(scene, alva) -> Page:
    return Page(alva, scene)


def to_the_end(way: Page, **shown) -> None:
    assert way.send("ansikte", face="sad").endswith("/var/")
    assert way.send("var", places=["tummy", "head"]).endswith("/ord/")
    assert way.send("ord", chosen=["school"], own="Det var högt ljud").endswith("/skicka/")
    assert way.send("skicka", **shown).endswith("/tack/")


def test_one_who_asks_leads_straight_to_the_question(scene, alva, way):
    assert alva.get(BASE).headers["Location"] == way.path("ansikte")


def test_all_the_way(way):
    to_the_end(way)
    sent = MoodAnswer.objects.get()
    assert (sent.face, sent.places) == ("sad", ["head", "tummy"])
    assert sent.words == "Skolan\nDet var högt ljud"
    assert sent.sent_at and sent.shown_to_guardians


def test_saying_no_for_this_one_answer(way):
    to_the_end(way, shown="no")
    assert not MoodAnswer.objects.get().shown_to_guardians
    said = " ".join(texts_of(way.read("tack")))
    assert "Karin kan se svaret." in said
    assert "Maria" not in said


def test_who_sees_it_is_said_before_it_is_sent_and_after(way):
    way.send("ansikte", face="good")
    way.send("var")
    way.send("ord")
    page = way.read("skicka")
    said = " ".join(texts_of(page))
    for text in (
        "Karin, Maria och Johan kan se svaret.",
        "Karin läser svaren på vardagar.",
        "Visa inte för Maria och Johan",
        SAFETY,
        "Är det bråttom? Ring 112.",
    ):
        assert text in said, text
    assert page.index("kan se svaret") < page.index(">Skicka<")
    way.send("skicka")
    after = " ".join(texts_of(way.read("tack")))
    assert "Karin, Maria och Johan kan se svaret." in after
    assert SAFETY in after


def test_wanting_not_to_answer_keeps_nothing(way):
    way.send("ansikte", face="sad")
    assert way.send("ansikte", go="no") == f"{BASE}okej/"
    assert not MoodAnswer.objects.exists()
    assert "Det är okej att inte svara." in way.client.get(f"{BASE}okej/").content.decode()


def test_without_a_face_it_is_asked_again(way):
    answer = way.client.post(way.path("ansikte"), {})
    assert answer.status_code == 200
    assert "Välj en bild." in answer.content.decode()


@pytest.mark.parametrize("step", ["var", "ord", "skicka"])
def test_nobody_starts_in_the_middle(way, step):
    assert way.client.get(way.path(step)).headers["Location"] == way.path("ansikte")


def test_skipping_takes_away_what_was_chosen_there(way):
    way.send("ansikte", face="good")
    way.send("var", places=["tummy"])
    way.send("var", go="skip", places=["tummy"])
    way.send("ord", go="skip", own="Hemligt")
    kept = MoodAnswer.objects.get()
    assert (kept.places, kept.words) == ([], "")


def test_going_on_where_one_stopped(way):
    way.send("ansikte", face="ok")
    way.send("var", places=["legs"])
    assert re.search(r'value="ok" checked', way.read("ansikte"))
    assert re.search(r'value="legs" checked', way.read("var"))


def test_sent_twice_it_is_one_answer(way):
    way.send("ansikte", face="good")
    way.send("var")
    way.send("ord")
    fields = fields_of(way.read("skicka"))
    for _press in range(2):
        assert way.client.post(way.path("skicka"), fields).headers["Location"].endswith("/tack/")
    assert MoodAnswer.objects.count() == 1


def test_no_score_no_number_and_nothing_from_elsewhere(way):
    to_the_end(way)
    for step in ("ansikte", "tack"):
        page = way.read(step)
        main = page[page.index("<main") : page.index("</main>")]
        assert not re.search(r"poäng|streak|badge|score|medalj|confetti|i rad\b", main, re.IGNORECASE)
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


def test_every_place_of_the_body_is_a_box_with_one_label(way):
    way.send("ansikte", face="good")
    page = way.read("var")
    boxes = re.findall(r'type="checkbox" name="places" id="([^"]+)"', page)
    assert len(boxes) == 6
    assert all(page.count(f'for="{box}"') == 1 for box in boxes)
    assert 'aria-hidden="true"' in page[page.index("k-place__drawing") :][:200]


def test_when_nobody_asks_the_child_is_shown_to_people(cast):
    page = sign_in(Client(), cast.omar).get(BASE).content.decode()
    assert "Ingen läser svar här" in page
    assert "/min-sida/prata-nu/" in page


def test_several_who_ask_are_chosen_among(scene, alva):
    scene.asked("peter")
    page = alva.get(BASE).content.decode()
    assert page.count('class="k-pcard"') == 2
    assert "Peter, " in page


def test_another_s_question_is_not_there(way, cast):
    answer = sign_in(Client(), cast.hugo).get(way.path("ansikte"))
    assert answer.status_code == 404


def test_a_15_year_old_is_not_offered_to_hide_from_those_who_do_not_see(cast):
    scene = Scene(cast, "noa").asked("karin")
    way = Page(sign_in(Client(), cast.noa), scene)
    way.send("ansikte", face="good")
    way.send("var")
    way.send("ord")
    page = " ".join(texts_of(way.read("skicka")))
    assert "Anders" not in page
    assert "Visa inte för" not in page
    way.send("skicka", shown="yes")
    assert not MoodAnswer.objects.get().shown_to_guardians


def test_the_steps_lead_back():
    key = "00000000-0000-4000-8000-000000000000"
    assert presenters.mood_step(1, key).back == "/min-sida/"
    assert presenters.mood_step(3, key).back == f"{BASE}{key}/var/"
    assert presenters.mood_step(2, key).pictures["tummy"] == "tummy"
