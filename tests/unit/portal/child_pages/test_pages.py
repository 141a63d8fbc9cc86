"""S80, S81, S84 and S85: the child's own pages."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kring import clock
from kring.care.monitoring import commands as moods
from kring.timeline.models import Task
from tests.own_pages import MEETING, Scene, days_on, fields_of, sign_in, texts_of

PAGES = (
    "",
    "min-plan/",
    "min-plan/be-om/",
    "mina-moten/",
    *[f"mina-moten/forbered/{number}/" for number in range(1, 9)],
    "mina-moten/forbered/skickat/",
    "mina-vuxna/",
    "prata-nu/",
    "bra-att-veta/",
    "det-har-bestamde-vi/",
    "bra-att-veta/besok/",
    "saga-nagot/",
    "saga-nagot/nagot-ar-fel/",
    "sa-ser-min-sida-ut/",
    "hur-mar-jag/okej/",
)
SAID_BY_OTHERS = (
    "berätta", "Bildstöd", "Elevhälsan", "Läsa tillsammans", "Hålla ihop planen", "Jag vill hinna",
    "Habilitering", "habilitering", "Logoped", "Fjällskolan", "Albackeskolan", "BUM", "Närhälsan",
)  # fmt: skip


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def own_lines(page: str) -> list[str]:
    """Our own sentences in the page, without what adults have written about this child."""
    texts = [text.removeprefix(": ") for text in texts_of(main_of(page))]
    lines = [part for text in texts for part in re.split(r"(?<=[.!?])\s", text)]
    return [line for line in lines if not any(word in line for word in SAID_BY_OTHERS)]


def screens(client: Client, path: str) -> list[str]:
    """Every screen of a page: the smallest turn from one to the next."""
    found = [client.get(path).content.decode()]
    while onward := re.search(rf'href="(\?del={len(found) + 1})"', found[-1]):
        found.append(client.get(path + onward[1]).content.decode())
    return found


def mood_paths(scene: Scene) -> list[str]:
    """«Hur mår jag?» with an answer begun and another sent."""
    by = scene.act("alva")
    for sent in (True, False):
        moods.answer(by=by, asking_id=scene.asking.pk, face="sad", places=["tummy"], words="Skolan")
        if sent:
            moods.send(by=by, asking_id=scene.asking.pk, shown_to_guardians=True)
    steps = ("ansikte", "var", "ord", "skicka", "tack")
    return [f"hur-mar-jag/{scene.asking.pk}/{step}/" for step in steps]


def long_lines(client: Client, scene: Scene, most: int) -> list[str]:
    """Our sentences with more words than the set allows, over every screen of every page."""
    paths = [*PAGES, *mood_paths(scene)]
    pages = [page for rest in paths for page in screens(client, f"/min-sida/{rest}")]
    return [line for page in pages for line in own_lines(page) if len(line.split()) > most]


def test_lines_are_short(scene, alva):
    assert not long_lines(alva, scene, 8)


def test_lines_are_shorter_still_for_the_smallest(scene, cast):
    scene.child.page_mode = "early"
    scene.child.save()
    assert not long_lines(sign_in(Client(), cast.alva), scene, 6)


def choices_of(page: str) -> int:
    """How many things the page puts to choose among: cards, boxes and faces."""
    return len(re.findall(r'class="k-pcard"|class="k-choice k-choice--box|class="k-card k-look"', page))


@pytest.mark.parametrize(("look", "most"), [("early", 4), ("by_age", 6), ("pictures", 6)])
def test_few_choices_at_a_time_and_each_with_its_picture(scene, cast, look, most):
    scene.child.page_mode = look
    scene.child.save()
    client = sign_in(Client(), cast.alva)
    for rest in ("", "saga-nagot/", "saga-nagot/nagot-ar-fel/", "sa-ser-min-sida-ut/", *mood_paths(scene)):
        for page in screens(client, f"/min-sida/{rest}"):
            assert choices_of(page) <= most, rest
            for box in re.findall(r'<label for="[^"]+">(.*?)</label>', main_of(page)):
                assert "k-picture" in box or "<" not in box, rest


def test_no_title_names_anybody_and_nothing_is_kept(scene, alva):
    for rest in PAGES:
        answer = alva.get(f"/min-sida/{rest}")
        title = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)[1]
        assert not re.search(r"Alva|Berg|Karin|Sara", title), rest
        assert answer.headers["Cache-Control"] == "no-store", rest


def test_nothing_is_won_and_nothing_comes_from_elsewhere(scene, alva, read):
    for rest in PAGES:
        page = read(alva, f"/min-sida/{rest}")
        assert not re.search(r"poäng|medalj|\bnivå|streak|badge|confetti|score", main_of(page), re.IGNORECASE)
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


def test_help_is_on_every_page(scene, alva, read):
    for rest in PAGES:
        page = read(alva, f"/min-sida/{rest}")
        assert 'href="tel:112"' in page, rest
        assert "Stäng" in page, rest
        assert page.count("<h1") == 1, rest


def test_no_address_holds_a_child(scene, alva, read):
    pages = [read(alva, f"/min-sida/{rest}") for rest in PAGES]
    for page in pages:
        links = re.findall(r'(?:href|action)="([^"]*)"', page)
        assert not [link for link in links if str(scene.child.pk) in link]


class TestHome:
    def test_six_places_with_pictures(self, scene, alva, read):
        page = read(alva, "/min-sida/")
        assert "Hej Alva!" in page
        assert page.count('class="k-pcard"') == 6
        assert main_of(page).count("k-picture--lg") == 6

    def test_four_for_the_smallest(self, cast, read):
        page = read(sign_in(Client(), cast.hugo), "/min-sida/")
        assert page.count('class="k-pcard"') == 4
        assert "k-page--B1" in page

    def test_every_place_can_be_heard(self, scene, alva, read):
        assert read(alva, "/min-sida/").count('data-speak="card-') == 6

    def test_the_next_thing_is_said_in_nights(self, scene, alva, read):
        texts = texts_of(read(alva, "/min-sida/"))
        assert {"Tisdag 24 november.", "Om 8 nätter.", "Klockan 10."} <= set(texts)

    def test_the_night_before(self, scene, cast, read):
        with clock.frozen(MEETING - timedelta(hours=16)):
            texts = texts_of(read(sign_in(Client(), cast.alva), "/min-sida/"))
        assert {"I morgon.", "Om 1 natt."} <= set(texts)

    def test_nothing_booked_is_said_kindly(self, cast, read):
        page = read(sign_in(Client(), cast.hugo), "/min-sida/")
        assert "Du har ingen tid nu." in page

    def test_the_child_is_told_that_adults_at_home_can_see(self, scene, alva, read):
        assert "Dina vuxna hemma kan se planen och tiderna." in read(alva, "/min-sida/")

    def test_on_the_thirteenth_birthday_the_pages_change(self, scene, cast, read):
        tomorrow = clock.today() + timedelta(days=1)
        scene.child.birth_date = tomorrow.replace(year=tomorrow.year - 13)
        scene.child.save()
        assert "k-page--B2" in read(sign_in(Client(), cast.alva), "/min-sida/mina-vuxna/")
        with clock.frozen(days_on(1)):
            assert "k-page--U" in read(sign_in(Client(), cast.alva), "/min-sida/mina-vuxna/")

    def test_the_young_have_their_places_on_top(self, cast, read):
        page = read(sign_in(Client(), cast.noa), "/min-sida/min-plan/")
        nav = page[page.index("k-nav--child") : page.index("</nav>")]
        assert nav.count("<li>") == 4
        assert nav.count("aria-current") == 1

    def test_a_protected_child_has_its_own_pages(self, cast, read):
        assert "Hej Sigrid!" in read(sign_in(Client(), cast.sigrid), "/min-sida/")

    @pytest.mark.parametrize("who", ["karin", "maria", "peter"])
    def test_adults_do_not_open_the_child_s_pages(self, scene, cast, who):
        client = sign_in(Client(), getattr(cast, who))
        assert {client.get(f"/min-sida/{rest}").status_code for rest in PAGES} == {403}

    def test_the_opening_is_logged(self, scene, alva, cast):
        from kring.audit.models import AccessLogRow

        alva.get("/min-sida/min-plan/")
        row = AccessLogRow.objects.filter(what="own.plan").latest("pk")
        assert (row.child_id, row.person_id, row.role) == (scene.child.pk, cast.alva.pk, "child")


class TestPlan:
    def test_a_goal_is_a_card_with_who_helps(self, scene, alva, read):
        texts = texts_of(read(alva, "/min-sida/min-plan/"))
        assert "Jag vill berätta för mina kompisar" in texts
        assert "Träna på att berätta med bilder. Sara hjälper dig. Varje tisdag." in texts
        assert "Läsa tillsammans. Ni gör det hemma. Varje kväll." in texts

    def test_an_adult_s_explanation_is_not_there(self, scene, alva, read):
        assert "Alva berättar en händelse med stöd av bilder." not in read(alva, "/min-sida/min-plan/")

    def test_the_child_sees_what_was_agreed_and_not_what_is_being_written(self, scene, alva, read):
        from kring.care.plans import commands as plans

        plans.contribute_goal(by=scene.act("karin"), plan_id=scene.plan.pk, words="Halvskrivet mål")
        assert "Halvskrivet mål" not in read(alva, "/min-sida/min-plan/")

    def test_before_the_first_agreement_only_the_child_s_own_words(self, cast, read):
        Scene(cast).begun()
        page = read(sign_in(Client(), cast.alva), "/min-sida/min-plan/")
        assert "Jag vill hinna prata klart." in page
        assert "Jag har läst min plan" not in page

    def test_who_sees_the_plan_is_said(self, scene, alva, read):
        assert "Vuxna hemma och de i planen ser den." in read(alva, "/min-sida/min-plan/")

    def test_saying_that_one_has_read(self, scene, alva, read):
        hidden = fields_of(read(alva, "/min-sida/min-plan/"))
        answer = alva.post("/min-sida/min-plan/last/", {"version": str(scene.version.pk)} | hidden)
        assert answer.headers["Location"] == "/min-sida/min-plan/"
        said = scene.version.acknowledgements.get()
        assert said.guardian is None
        page = read(alva, "/min-sida/min-plan/")
        assert "Du har läst planen." in page
        assert "Bra! Nu vet vi att du läst." in page

    @pytest.mark.parametrize("version", ["", "x", "00000000-0000-0000-0000-000000000000"])
    def test_a_version_that_is_not_there(self, scene, alva, version):
        assert alva.post("/min-sida/min-plan/last/", {"version": version}).status_code == 404

    def unclear(self, scene, alva, goal=None):
        found = str(goal or scene.goal.pk)
        return alva.post("/min-sida/min-plan/forstar-inte/", {"goal": found})

    def test_not_understanding_reaches_who_keeps_the_plan(self, scene, alva, read, cast):
        self.unclear(scene, alva)
        task = Task.objects.get(kind="child_unclear")
        assert (task.unit, task.assignee, task.subject) == (scene.plan.unit, cast.karin, scene.goal.pk)
        assert "Bra att du säger det!" in read(alva, "/min-sida/min-plan/")

    def test_saying_it_again_is_the_same_task(self, scene, alva):
        self.unclear(scene, alva)
        self.unclear(scene, alva)
        assert Task.objects.filter(kind="child_unclear").count() == 1

    def test_another_child_s_goal_is_nobody_s_task(self, scene, cast):
        hugo = sign_in(Client(), cast.hugo)
        assert self.unclear(scene, hugo).status_code == 302
        assert not Task.objects.filter(kind="child_unclear").exists()

    @pytest.mark.parametrize("goal", ["", "x", "'; drop table"])
    def test_nonsense_is_nobody_s_task(self, scene, alva, goal):
        assert alva.post("/min-sida/min-plan/forstar-inte/", {"goal": goal}).status_code == 302
        assert not Task.objects.filter(kind="child_unclear").exists()

    def test_small_answers_are_no_links(self, scene, alva):
        for rest in ("last/", "forstar-inte/"):
            assert alva.get(f"/min-sida/min-plan/{rest}").status_code == 405

    def test_without_a_plan_the_child_may_ask_for_one(self, cast, read):
        hugo = sign_in(Client(), cast.hugo)
        assert "Du har ingen plan än." in read(hugo, "/min-sida/min-plan/")
        path = "/min-sida/min-plan/be-om/"
        page = read(hugo, path)
        assert page.index("läser") < page.index("Vad vill du ha hjälp med?")
        unit = str(cast.unit("sas-bum-boras").pk)
        answer = hugo.post(path, fields_of(page) | {"message": "Jag vill sova.", "unit": unit})
        assert answer.headers["Location"] == "/min-sida/min-plan/"
        page = read(hugo, "/min-sida/min-plan/")
        assert "Tack! En vuxen svarar dig." in page
        assert "Jag vill sova." in page

    def test_an_empty_question_tells_what_to_do(self, cast, read):
        page = (
            sign_in(Client(), cast.hugo).post("/min-sida/min-plan/be-om/", {"message": ""}).content.decode()
        )
        assert page.count("Skriv några ord.") == 2
        assert page.count("Välj vem som ska läsa.") == 2
        assert re.search(r"<title>\s*Fel:", page)

    def test_a_second_plan_is_refused_in_words(self, scene, alva):
        unit = str(scene.cast.unit("sas-bum-boras").pk)
        page = alva.post("/min-sida/min-plan/be-om/", {"message": "Mer", "unit": unit}).content.decode()
        assert "Barnet har redan en plan som pågår." in page


class TestAdults:
    def test_names_roles_in_the_child_s_words_and_numbers(self, scene, alva, read):
        texts = texts_of(read(alva, "/min-sida/mina-vuxna/"))
        assert texts.index("Karin Lund") < texts.index("Eva Strand") < texts.index("Sara Nyman")
        assert {"Den som håller ihop", "Din egen kontakt", "Logoped", "vardagar 8–12"} <= set(texts)

    def test_each_adult_once(self, scene, alva, read):
        page = read(alva, "/min-sida/mina-vuxna/")
        assert page.count("<h2>Karin Lund</h2>") == 1

    def test_the_inner_note_is_never_there(self, scene, alva, read):
        assert "Hemligt" not in read(alva, "/min-sida/mina-vuxna/")

    def test_without_anybody_it_says_so(self, cast, read):
        assert "Vi vet inte än." in read(sign_in(Client(), cast.hugo), "/min-sida/mina-vuxna/")

    def test_somebody_to_talk_to_now(self, scene, alva, read):
        page = read(alva, "/min-sida/prata-nu/")
        for number in ("112", "116111", "1177"):
            assert f'href="tel:{number}"' in page
        assert page.index("tel:112") < page.index("tel:116111") < page.index("tel:1177")
        assert "Skolsköterskan" in page
        assert "fara" in page

    def test_without_a_school_nurse_the_other_three_remain(self, cast, read):
        page = read(sign_in(Client(), cast.hugo), "/min-sida/prata-nu/")
        assert "Skolsköterskan" not in page
        assert page.count('class="k-card k-nights"') == 3


class TestAfter:
    @pytest.fixture
    def met(self, scene):
        return scene.met()

    def test_before_the_meeting(self, scene, alva, read):
        page = read(alva, "/min-sida/det-har-bestamde-vi/")
        assert "Vi har inte haft något möte än." in page
        assert "Blev det som du ville?" not in page

    def test_what_was_decided_at_the_meeting_and_only_that(self, met, alva, read):
        page = read(alva, "/min-sida/det-har-bestamde-vi/")
        assert "Paus varje lektion. Jonas hjälper dig." in page
        assert "Bildstöd i klassrummet" not in page

    def test_who_sees_the_answer_is_said_before_the_question(self, met, alva, read):
        page = read(alva, "/min-sida/det-har-bestamde-vi/")
        assert page.index("Den som ledde mötet ser ditt svar.") < page.index("Blev det som du ville?")

    @pytest.mark.parametrize(("verdict", "word"), [("yes", "Ja"), ("partly", "Lite"), ("no", "Nej")])
    def test_three_faces(self, met, alva, read, verdict, word):
        path = "/min-sida/det-har-bestamde-vi/"
        alva.post(path, fields_of(read(alva, path)) | {"verdict": verdict})
        met.meeting.refresh_from_db()
        assert met.meeting.child_verdict == verdict
        page = read(alva, path)
        assert f"Du svarade: {word}" in page
        assert "Tack! Ditt svar hjälper oss." in page

    def test_not_answering_is_an_answer(self, met, alva):
        answer = alva.post("/min-sida/det-har-bestamde-vi/", {"go": "skip"})
        assert answer.headers["Location"] == "/min-sida/"
        met.meeting.refresh_from_db()
        assert met.meeting.child_verdict == ""

    @pytest.mark.parametrize("verdict", ["", "maybe", "yes' or 1=1"])
    def test_no_face_chosen(self, met, alva, verdict):
        page = alva.post("/min-sida/det-har-bestamde-vi/", {"verdict": verdict}).content.decode()
        assert page.count("Välj en bild. Eller hoppa över.") == 2

    def test_answering_before_any_meeting_does_nothing(self, scene, alva):
        assert alva.post("/min-sida/det-har-bestamde-vi/", {"verdict": "yes"}).status_code == 302
