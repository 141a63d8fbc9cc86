"""Meddelanden through HTTP: guardians, the young and the unit; drafts kept, sent twice, two at once."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kring.access.submissions import FIELD
from kring.care.messages.models import TEXT_MAX, AnswerTime, Message, Thread
from kring.children.models import AccessBlock, YoungShare
from kring.notifications.models import Notice
from kring.timeline.models import Task
from tests.own_pages import sign_in, texts_of
from tests.posting import said

NOTHING = "00000000-0000-4000-8000-000000000000"


def client_of(person, role=None) -> Client:
    return sign_in(Client(), person, role)


@pytest.fixture
def maria(cast):
    return client_of(cast.maria, "guardian")


@pytest.fixture
def noa(cast):
    return client_of(cast.noa)


@pytest.fixture
def karin(cast):
    return client_of(cast.karin)


@pytest.fixture
def alva(cast):
    return f"/mina-sidor/{cast.child('alva').pk}/meddelanden/"


def shown(client, path) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def words(client, path) -> str:
    return "\n".join(texts_of(shown(client, path)))


def badge(page) -> str:
    """The number beside «Meddelanden» in the main menu."""
    menu = re.search(r'<nav class="k-nav.*?</nav>', page, re.DOTALL)[0]
    found = re.search(r"<span>Meddelanden</span><span class=\"k-count\">.*?(\d\+?)</span>", menu)
    return found[1] if found else ""


def new(post, **more):
    filled = {"unit": str(post.unit().pk), "title": "Bad", "text": "Kan hon bada?", "visibility": "care_only"}
    return filled | {FIELD: str(uuid4())} | more


OWN = "/min-sida/meddelanden/"


class TestAGuardian:
    def test_writes_and_comes_to_the_thread(self, post, maria, alva):
        answer = maria.post(alva + "nytt/", new(post), follow=True)
        thread = Thread.objects.get()
        assert answer.redirect_chain == [(f"{alva}{thread.pk}/", 302)]
        page = "\n".join(texts_of(answer.content.decode()))
        for expected in ("Meddelandet är skickat.", "Kan hon bada?", "Svar senast ons 18 nov 2026"):
            assert expected in page

    def test_sent_twice_there_is_one(self, post, maria, alva):
        form = new(post)
        first, second = maria.post(alva + "nytt/", form), maria.post(alva + "nytt/", form)
        assert first.headers["Location"] == second.headers["Location"]
        assert (Thread.objects.count(), Message.objects.count()) == (1, 1)
        assert Task.objects.filter(kind="message_answer").count() == 1

    @pytest.mark.parametrize(
        ("more", "error"),
        [
            ({"unit": ""}, "Välj vilka du vill skriva till."),
            ({"unit": NOTHING}, "Välj vilka du vill skriva till."),
            ({"title": ""}, "Skriv kort vad det gäller."),
            ({"title": "x" * 81}, "Skriv kortare, högst 80 tecken. Nu är det 81."),
            ({"text": " "}, "Skriv ett meddelande."),
            ({"text": "å" * 4001}, "Skriv kortare, högst 4000 tecken. Nu är det 4001."),
            ({"visibility": ""}, "Välj vilka som ska se tråden."),
            ({"visibility": "default"}, "Välj vilka som ska se tråden."),
        ],
    )
    def test_what_lacks_something_keeps_the_rest(self, post, maria, alva, more, error):
        form = new(post, **more)
        answer = maria.post(alva + "nytt/", form)
        page = answer.content.decode()
        assert answer.status_code == 200 and error in "\n".join(texts_of(page))
        assert "Det finns något att rätta" in page and form[FIELD] in page
        if "text" not in more:
            assert "Kan hon bada?" in page
        if "title" not in more:
            assert 'value="Bad"' in page
        assert not Thread.objects.exists()

    def test_reads_the_answer_and_the_number_goes(self, post, maria, karin, alva):
        thread = post.begin()
        post.write("karin", thread)
        listed = shown(maria, alva)
        assert "Nytt svar" in listed and badge(listed) == "1"
        assert "Ja, det ordnar vi." in words(maria, f"{alva}{thread.pk}/")
        after = shown(maria, alva)
        assert "Nytt svar" not in after and badge(after) == ""

    def test_writes_on(self, post, maria, alva):
        thread = post.begin()
        post.write("karin", thread)
        answer = maria.post(f"{alva}{thread.pk}/", {"text": "Tack!", "seen": "2", FIELD: str(uuid4())})
        assert answer.headers["Location"] == f"{alva}{thread.pk}/"
        assert said(thread)[-1] == "Tack!"

    @pytest.mark.parametrize("text", ["", "x" * (TEXT_MAX + 1)])
    def test_a_draft_is_kept(self, post, maria, alva, text):
        thread = post.begin()
        page = maria.post(f"{alva}{thread.pk}/", {"text": text}).content.decode()
        assert "Det finns något att rätta" in page
        assert text[:100] in page and Message.objects.count() == 1

    def test_the_numbers_to_ring_stand_on_every_page(self, post, maria, alva):
        thread = post.begin()
        for path in (alva, alva + "nytt/", f"{alva}{thread.pk}/"):
            page = shown(maria, path)
            main = page[page.index("<main") : page.index("</main>")]
            assert "Inte för akuta ärenden" in main
            assert 'href="tel:112"' in main and 'href="tel:1177"' in main

    def test_how_soon_each_unit_answers(self, post, maria, alva, cast):
        AnswerTime.objects.create(
            unit=post.unit(), weekdays=4, starts_on=cast.now.date(), set_by=cast.eva, set_at=cast.now
        )
        page = words(maria, alva + "nytt/")
        assert "Svarar inom 4 vardagar." in page and "Svarar inom 2 vardagar." in page

    def test_another_guardian_finds_no_trace(self, post, cast, alva):
        thread = post.begin(title="Marias fråga", text="Om Johan")
        johan = client_of(cast.johan, "guardian")
        page = shown(johan, alva)
        assert "Marias fråga" not in page and "Om Johan" not in page
        assert johan.get(f"{alva}{thread.pk}/").status_code == 404
        assert johan.post(f"{alva}{thread.pk}/", {"text": "Hej"}).status_code == 404

    def test_one_s_own_thread_is_not_at_another_child_s_address(self, post, cast, maria):
        thread = post.begin()
        other = cast.child("omar").pk
        assert maria.get(f"/mina-sidor/{other}/meddelanden/{thread.pk}/").status_code == 404

    def test_the_only_guardian_is_not_asked_who_else(self, post, cast):
        leila = client_of(cast.leila, "guardian")
        page = shown(leila, f"/mina-sidor/{cast.child('omar').pk}/meddelanden/nytt/")
        assert 'name="visibility"' not in page

    def test_tells_the_unit_and_nobody_at_home(self, post, maria, alva, cast):
        maria.post(alva + "nytt/", new(post, visibility="all"))
        assert set(Notice.objects.values_list("person__subject", flat=True)) == {"karin", "eva"}


class TestTheYoung:
    def test_writes_with_the_marker(self, post, noa):
        form = new(post)
        del form["visibility"]
        page = noa.post(OWN + "nytt/", form, follow=True).content.decode()
        assert f"Bara du och {post.unit().name}" in "\n".join(texts_of(page))
        thread = Thread.objects.get()
        assert (thread.guardian, thread.visibility) == (None, "default")

    def test_nobody_at_home_reads_it_before_it_is_shared(self, post, noa, cast):
        thread = post.begin("noa", "noa", title="Noas egna")
        anders = client_of(cast.anders, "guardian")
        place = f"/mina-sidor/{cast.child('noa').pk}/meddelanden/"
        assert {anders.get(path).status_code for path in (place, f"{place}{thread.pk}/")} == {404}
        YoungShare.objects.create(
            child=cast.child("noa"), guardian=cast.guardian("anders"), thing="message", starts_at=cast.now
        )
        assert "Noas egna" in shown(anders, place)
        page = words(anders, f"{place}{thread.pk}/")
        assert "Du ser tråden för att Noa visar den." in page
        assert "Du kan läsa tråden men inte skriva i den." in page

    def test_when_somebody_would_see_each_thread_is_a_choice(self, post, noa, cast):
        YoungShare.objects.create(
            child=cast.child("noa"), guardian=cast.guardian("anders"), thing="message", starts_at=cast.now
        )
        assert 'name="visibility"' in shown(noa, OWN + "nytt/")
        noa.post(OWN + "nytt/", new(post, title="Hemligt", visibility="not_guardian"))
        anders = client_of(cast.anders, "guardian")
        assert "Hemligt" not in shown(anders, f"/mina-sidor/{cast.child('noa').pk}/meddelanden/")

    def test_the_number_of_new_answers_stands_on_the_first_page(self, post, noa, cast):
        cast.noa.as_child and noa.post("/min-sida/valkommen/", {FIELD: str(uuid4())})
        thread = post.begin("noa", "noa")
        post.write("karin", thread)
        assert re.search(r"Meddelanden</span><span class=\"k-count\">.*?1</span>", shown(noa, "/min-sida/"))
        shown(noa, f"{OWN}{thread.pk}/")
        assert 'Meddelanden</span><span class="k-count">' not in shown(noa, "/min-sida/")

    def test_what_others_see_says_how_it_is(self, post, noa, cast):
        before = words(noa, "/min-sida/vad-andra-ser/")
        assert "Du har inga meddelanden än." in before
        post.begin("noa", "noa")
        after = words(noa, "/min-sida/vad-andra-ser/")
        assert "Enheten ser det som du och den har skrivit till varandra." in after
        assert "Bara den enhet du skriver med ser det." in after

    def test_writing_is_among_my_adults_from_13(self, noa, cast):
        assert OWN + "nytt/" in shown(noa, "/min-sida/mina-vuxna/")
        assert OWN not in shown(client_of(cast.alva), "/min-sida/mina-vuxna/")

    @pytest.mark.parametrize("rest", ["", "nytt/"])
    def test_the_smaller_child_has_no_such_page(self, cast, rest):
        assert client_of(cast.alva).get(OWN + rest).status_code == 403

    def test_a_thread_is_no_thread_to_the_smaller_child(self, post, cast):
        thread = post.begin(visibility="all")
        assert client_of(cast.alva).get(f"{OWN}{thread.pk}/").status_code == 404


class TestTheUnit:
    def test_the_inbox_leads_to_the_thread_and_the_answer_back(self, post, karin, cast):
        thread = post.begin()
        listed = shown(karin, "/meddelanden/")
        assert f"/meddelanden/{thread.pk}/" in listed and "Oläst" in listed
        form = {"text": "Ja, från i morgon.", "seen": "1", FIELD: str(uuid4())}
        answer = karin.post(f"/meddelanden/{thread.pk}/svara/", form)
        assert answer.headers["Location"] == f"/meddelanden/{thread.pk}/"
        assert said(thread)[-1] == "Ja, från i morgon."
        assert "Inga meddelanden väntar på svar." in shown(karin, "/meddelanden/")
        assert f"/meddelanden/{thread.pk}/" in shown(karin, "/meddelanden/?visa=besvarade")

    def test_it_stands_in_the_worklist_until_it_is_answered(self, post, karin):
        thread = post.begin()
        Task.objects.update(assignee=None)
        team = "/arbetslista/?visa=teamet"
        assert "Svara på ett meddelande" in shown(karin, team)
        post.write("karin", thread)
        assert "Svara på ett meddelande" not in shown(karin, team)

    def test_sent_twice_there_is_one_answer(self, post, karin):
        thread = post.begin()
        form = {"text": "Ja.", "seen": "1", FIELD: str(uuid4())}
        to = {karin.post(f"/meddelanden/{thread.pk}/svara/", form).headers["Location"] for _time in range(3)}
        assert to == {f"/meddelanden/{thread.pk}/"}
        assert said(thread)[1:] == ["Ja."]

    def test_the_second_to_answer_sees_the_first_and_keeps_its_words(self, post, karin, cast):
        thread = post.begin()
        maja = client_of(cast.maja)
        karin.post(f"/meddelanden/{thread.pk}/svara/", {"text": "Karins svar.", "seen": "1"})
        form = {"text": "Majas svar.", "seen": "1", FIELD: str(uuid4())}
        answer = maja.post(f"/meddelanden/{thread.pk}/svara/", form)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Karin Lund svarade medan du skrev." in page
        assert "Karins svar." in page and ">\nMajas svar.</textarea>" in page
        assert said(thread)[1:] == ["Karins svar."]
        seen = re.search(r'name="seen" value="(\d+)"', page)[1]
        assert maja.post(f"/meddelanden/{thread.pk}/svara/", form | {"seen": seen}).status_code == 302
        assert said(thread)[1:] == ["Karins svar.", "Majas svar."]

    @pytest.mark.parametrize(
        ("text", "error"),
        [("", "Skriv ett meddelande."), ("x" * 4001, "Skriv kortare, högst 4000 tecken. Nu är det 4001.")],
    )
    def test_a_draft_is_kept(self, post, karin, text, error):
        thread = post.begin()
        page = karin.post(f"/meddelanden/{thread.pk}/svara/", {"text": text, "seen": "1"}).content.decode()
        assert error in page and text[:80] in page
        assert said(thread) == ["Kan vi få fler bilder?"]

    @pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999999"])
    def test_nonsense_for_what_was_seen_loses_nothing(self, post, karin, seen):
        thread = post.begin()
        answer = karin.post(f"/meddelanden/{thread.pk}/svara/", {"text": "Hej", "seen": seen})
        assert answer.status_code in (200, 302)
        assert "Hej" in answer.content.decode() or said(thread)[1:] == ["Hej"]

    def test_closing(self, post, karin):
        thread = post.begin()
        answer = karin.post(f"/meddelanden/{thread.pk}/avsluta/", {"seen": "1", FIELD: str(uuid4())})
        assert answer.headers["Location"] == "/meddelanden/"
        assert f"/meddelanden/{thread.pk}/" in shown(karin, "/meddelanden/?visa=avslutade")
        again = karin.post(f"/meddelanden/{thread.pk}/avsluta/", {"seen": "1"}).content.decode()
        assert "Tråden är redan avslutad." in again

    def test_closing_what_has_new_words_asks_first(self, post, karin):
        thread = post.begin()
        post.write("maria", thread, "Det är viktigt.")
        page = karin.post(f"/meddelanden/{thread.pk}/avsluta/", {"seen": "1"}).content.decode()
        assert "Familjen skrev medan du skrev." in page and "Det är viktigt." in page
        assert Thread.objects.get().ball == "unit"

    def test_the_head_sets_how_soon_to_answer(self, post, cast):
        eva = client_of(cast.eva)
        assert "Enhetens svarstid" in shown(eva, "/meddelanden/")
        assert eva.post("/meddelanden/svarstid/", {"weekdays": "4"}).headers["Location"] == "/meddelanden/"
        assert "Ni svarar inom 4 vardagar." in words(eva, "/meddelanden/")
        assert (
            "Välj hur många vardagar."
            in eva.post("/meddelanden/svarstid/", {"weekdays": "40"}).content.decode()
        )
        assert AnswerTime.objects.get().weekdays == 4

    def test_others_see_the_time_and_do_not_set_it(self, karin):
        assert "Enhetens svarstid" not in shown(karin, "/meddelanden/")
        assert karin.post("/meddelanden/svarstid/", {"weekdays": "4"}).status_code == 403

    def test_the_child_s_page_has_its_threads(self, post, karin, cast):
        thread = post.begin()
        page = shown(karin, f"/barn/{cast.child('alva').pk}/meddelanden/")
        assert f"/meddelanden/{thread.pk}/" in page and "Maria Berg" in page

    def test_a_notice_leads_there(self, post, karin, maria, cast, alva):
        thread = post.begin()
        notice = Notice.objects.get(person=cast.karin)
        assert karin.get(f"/aviseringar/{notice.pk}/").headers["Location"] == f"/meddelanden/{thread.pk}/"
        post.write("karin", thread)
        mine = Notice.objects.get(person=cast.maria)
        assert maria.get(f"/aviseringar/{mine.pk}/").headers["Location"] == f"{alva}{thread.pk}/"

    @pytest.mark.parametrize("who", ["rune", "nils", "maria", "noa"])
    def test_the_inbox_is_not_for_others(self, cast, who):
        assert client_of(getattr(cast, who)).get("/meddelanden/").status_code == 403

    @pytest.mark.parametrize("way", ["", "svara/", "avsluta/"])
    @pytest.mark.parametrize("who", ["sara", "lena", "ulla", "jonas"])
    def test_a_hidden_thread_answers_as_a_missing_one(self, post, cast, who, way):
        thread, client = post.begin(), client_of(getattr(cast, who))
        seen = []
        for key in (thread.pk, NOTHING):
            path = f"/meddelanden/{key}/{way}"
            answer = client.post(path, {"text": "Hej", "seen": "1"}) if way else client.get(path)
            body = [one for one in texts_of(answer.content.decode()) if "Ärendekod" not in one]
            seen.append((answer.status_code, body))
        assert seen[0] == seen[1] and seen[0][0] == 404


class TestTheUnitBegins:
    def place(self, cast, about="alva"):
        return f"/barn/{cast.child(about).pk}/meddelanden/"

    def form(self, cast, *who, **more):
        keys = [str(cast.guardian(one).pk) if one != "noa" else "child" for one in who]
        return {"to": keys, "title": "Hjälpmedel", "text": "Nya bilder.", FIELD: str(uuid4())} | more

    def test_from_the_child_s_page_to_the_thread_with_its_marker(self, cast, karin, maria, alva):
        place = self.place(cast)
        assert f"{place}nytt/" in shown(karin, place)
        page = words(karin, place + "nytt/")
        unit = cast.unit("hh-habilitering-boras").name
        assert f"Bara den du skriver till och {unit} ser tråden." in page
        answer = karin.post(place + "nytt/", self.form(cast, "maria"), follow=True)
        thread = Thread.objects.get()
        assert answer.redirect_chain == [(f"/meddelanden/{thread.pk}/", 302)]
        after = "\n".join(texts_of(answer.content.decode()))
        for expected in ("Meddelandet är skickat.", "Nya bilder.", "Till Maria Berg", "Skriv mer"):
            assert expected in after
        assert "Skicka svaret" not in after, "nobody has asked anything"
        assert "Bara den ni skriver till och er enhet ser tråden." in after
        listed = words(maria, alva)
        assert "Nytt meddelande" in listed and f"Bara du och {unit}" in listed
        assert "Nya bilder." in words(maria, f"{alva}{thread.pk}/")
        assert "Enheten har skrivit" in words(maria, alva)
        assert f"/meddelanden/{thread.pk}/" in shown(karin, "/meddelanden/?visa=besvarade")

    def test_to_both_guardians_it_is_two_threads_and_back_to_the_list(self, cast, karin):
        answer = karin.post(self.place(cast) + "nytt/", self.form(cast, "maria", "johan"))
        assert answer.headers["Location"] == self.place(cast)
        page = words(karin, self.place(cast))
        assert "Till Maria Berg" in page and "Till Johan" in page

    def test_the_young_read_it_on_their_own_page_and_answer(self, cast, karin, noa):
        karin.post(self.place(cast, "noa") + "nytt/", self.form(cast, "noa"))
        thread = Thread.objects.get()
        assert "Nya bilder." in words(noa, f"{OWN}{thread.pk}/")
        noa.post(f"{OWN}{thread.pk}/", {"text": "Okej", "seen": "1", FIELD: str(uuid4())})
        assert said(thread) == ["Nya bilder.", "Okej"]

    def test_sent_twice_there_is_one(self, cast, karin):
        form = self.form(cast, "maria")
        to = {karin.post(self.place(cast) + "nytt/", form).headers["Location"] for _time in range(3)}
        assert len(to) == 1 and Thread.objects.count() == 1

    @pytest.mark.parametrize(
        ("more", "error"),
        [
            ({"to": []}, "Välj vem du vill skriva till."),
            ({"to": [NOTHING]}, "Den du valde kan inte läsa på nätet nu."),
            ({"title": ""}, "Skriv kort vad det gäller."),
            ({"text": " "}, "Skriv ett meddelande."),
            ({"text": "å" * 4001}, "Skriv kortare, högst 4000 tecken. Nu är det 4001."),
        ],
    )
    def test_what_lacks_something_keeps_the_rest(self, cast, karin, more, error):
        form = self.form(cast, "maria") | more
        page = karin.post(self.place(cast) + "nytt/", form).content.decode()
        assert error in "\n".join(texts_of(page)) and form[FIELD] in page
        assert "text" in more or "Nya bilder." in page
        assert "title" in more or 'value="Hjälpmedel"' in page
        assert not Thread.objects.exists()

    def test_where_nobody_reads_on_the_net_it_is_said_and_no_form_is_shown(self, cast, karin):
        for who in ("maria", "johan"):
            cast.guardian(who).__class__.objects.filter(pk=cast.guardian(who).pk).update(person=None)
        page = shown(karin, self.place(cast) + "nytt/")
        assert "Ingen i familjen kan läsa meddelanden på nätet nu. Ring i stället." in page
        assert 'name="text"' not in page

    @pytest.mark.parametrize("who", ["ulla", "nils", "maria", "noa"])
    def test_it_is_not_for_others(self, cast, who):
        client = client_of(getattr(cast, who))
        form = self.form(cast, "johan")
        for answer in (client.get(self.place(cast) + "nytt/"), client.post(self.place(cast) + "nytt/", form)):
            assert answer.status_code in (403, 404)
        assert not Thread.objects.exists()

    def test_no_name_stands_on_a_shared_screen_and_none_in_the_title(self, cast, karin):
        karin.post("/skarmdelning/", {"hide": "1"})
        page = shown(karin, self.place(cast) + "nytt/")
        assert "Maria Berg" not in page and "Vårdnadshavare 1" in page
        assert "Alva" not in re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]


class TestAnotherUnit:
    """Sara works at another unit of the same care provider (ruling 23)."""

    def place(self, cast):
        return f"/barn/{cast.child('alva').pk}/meddelanden/"

    def test_chooses_first_and_then_reads(self, post, cast):
        post.begin(text="Bara till Karins enhet")
        sara, place = client_of(cast.sara), self.place(cast)
        page = shown(sara, place)
        assert "Det finns meddelanden hos den här enheten." in page and "Bara till Karins" not in page
        assert "Välj vad du behöver" in sara.post(place + "andra-enheter/", {"purpose": ""}).content.decode()
        sara.post(place + "andra-enheter/", {"purpose": "care"})
        after = shown(sara, place)
        assert "Bara till Karins enhet" in after and "/svara/" not in after

    def test_a_block_closes_it_again_at_once(self, post, cast):
        post.begin(text="Bara till Karins enhet")
        sara, place, unit = client_of(cast.sara), self.place(cast), post.unit()
        sara.post(place + "andra-enheter/", {"purpose": "care"})
        AccessBlock.objects.create(
            child=cast.child("alva"), kind="inner", unit=unit, controller=unit.controller, created_at=cast.now
        )
        assert "Bara till Karins enhet" not in shown(sara, place)

    def test_the_choice_for_moods_is_another(self, post, cast):
        post.begin(text="Bara till Karins enhet")
        sara = client_of(cast.sara)
        sara.post(f"/barn/{cast.child('alva').pk}/maende/andra-enheter/", {"purpose": "care"})
        assert "Bara till Karins enhet" not in shown(sara, self.place(cast))


def asked(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as questions:
        shown(client, path)
    return len(questions)


def test_a_page_asks_as_much_for_many_threads_as_for_one(post, maria, karin, noa, alva, cast):
    paths = [(maria, alva), (karin, "/meddelanden/"), (karin, f"/barn/{cast.child('alva').pk}/meddelanden/")]
    paths += [(noa, OWN)]

    def more(n):
        for k in range(n):
            post.begin(title=f"{k}", visibility="all")
            post.begin("noa", "noa", title=f"{k}")

    more(2)
    few = [asked(client, path) for client, path in paths]
    more(12)
    assert [asked(client, path) for client, path in paths] == few
    assert max(few) <= 35, few


def test_on_a_shared_screen_no_name_of_the_family_stands_in_the_unit_s_pages(post, karin, cast):
    thread = post.begin()
    karin.post("/skarmdelning/", {"hide": "1"})
    child = cast.child("alva").pk
    for path in ("/meddelanden/", f"/meddelanden/{thread.pk}/", f"/barn/{child}/meddelanden/"):
        page = shown(karin, path)
        assert "Maria Berg" not in page and "Alva Berg" not in page, path
        assert "Vårdnadshavare" in page
