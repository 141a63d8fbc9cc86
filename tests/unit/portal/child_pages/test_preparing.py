"""S83: eight small steps, saved at each press, seen by nobody before «Skicka»."""

import re

import pytest
from django.test import Client

from kring import clock
from kring.care.plans import queries
from tests.own_pages import Scene, days_on, fields_of, sign_in, texts_of

STEPS = "/min-sida/mina-moten/forbered/"
SECRET = "Jag är rädd för trumman"


def press(client: Client, number: int, **fields):
    """Open a step, fill it in and press a button, as a browser without scripts would."""
    path = f"{STEPS}{number}/"
    hidden = fields_of(client.get(path).content.decode())
    return client.post(path, hidden | fields)


def through(client: Client) -> None:
    """All eight steps."""
    press(client, 1)
    press(client, 2)
    press(client, 3, chosen=["draw", "animals"], own="Jag kan simma.")
    press(client, 4, chosen=["talk"], own=SECRET)
    press(client, 5, chosen=["breaks"])
    press(client, 6, go="skip")
    press(client, 7, chosen="a_while")
    press(client, 8, chosen="hand")


def send(client: Client):
    path = f"{STEPS}skicka/"
    return client.post(path, fields_of(client.get(path).content.decode()))


class TestSteps:
    def test_each_leads_to_the_next(self, scene, alva):
        for number in range(1, 8):
            assert press(alva, number).headers["Location"] == f"{STEPS}{number + 1}/"
        assert press(alva, 8).headers["Location"] == f"{STEPS}skicka/"

    @pytest.mark.parametrize("number", range(1, 9))
    def test_each_says_where_one_is_and_that_nobody_sees(self, scene, alva, read, number):
        page = read(alva, f"{STEPS}{number}/")
        assert f"Steg {number} av 8" in page
        assert "Ingen ser det förrän du trycker Skicka." in page
        assert page.count("Pausa – det sparas") == 1

    @pytest.mark.parametrize("number", range(3, 9))
    def test_who_sees_it_is_said_before_it_is_asked(self, scene, alva, read, number):
        page = read(alva, f"{STEPS}{number}/")
        assert page.index("Ingen ser det") < page.index("<fieldset")
        assert "Hoppa över" in page

    @pytest.mark.parametrize("number", range(3, 9))
    def test_every_choice_has_its_picture_and_there_are_at_most_six(self, scene, alva, read, number):
        page = read(alva, f"{STEPS}{number}/")
        choices = re.findall(r'<div class="k-choice k-choice--box">.*?</div>', page, re.DOTALL)
        assert 5 <= len(choices) <= 6
        assert all("symbols.svg#" in choice for choice in choices)
        assert " checked" not in page

    def test_when_and_where(self, scene, alva, read):
        texts = texts_of(read(alva, f"{STEPS}1/"))
        expected = [
            "Tisdag 24 november.",
            "Om 8 nätter.",
            "Klockan 10.",
            "Så länge: 45 minuter.",
            "Fjällskolan, rum 12",
        ]
        assert [text for text in texts if text in expected] == expected

    def test_who_comes(self, scene, alva, read):
        texts = texts_of(read(alva, f"{STEPS}2/"))
        assert {"Sara, logoped", "Jonas, rektor", "Karin, samordnare", "Maria, vuxen hemma"} <= set(texts)
        assert "Alva" not in " ".join(texts)

    def test_who_has_said_no_is_not_there(self, scene, alva, read):
        from kring.care.plans import commands as plans

        mine = scene.invitation("johan")
        plans.answer_summons(by=scene.act("johan"), invitation_id=mine.pk, answer="declines", reason="Jobb")
        assert "Johan, vuxen hemma" not in read(alva, f"{STEPS}2/")

    def test_before_a_meeting_is_called_the_first_steps_say_so(self, cast, read):
        Scene(cast).begun()
        alva = sign_in(Client(), cast.alva)
        assert "En vuxen berättar när." in read(alva, f"{STEPS}1/")
        assert "Vi vet inte än vilka som kommer." in read(alva, f"{STEPS}2/")

    @pytest.mark.parametrize("number", [0, 9, 99999])
    def test_there_is_no_other_step(self, scene, alva, number):
        assert alva.get(f"{STEPS}{number}/").status_code == 404

    def test_without_a_plan_there_is_nothing_to_prepare(self, cast):
        hugo = sign_in(Client(), cast.hugo)
        for rest in ("", "3/", "skicka/"):
            assert hugo.get(STEPS + rest).headers["Location"] == "/min-sida/mina-moten/"
        assert hugo.post(f"{STEPS}3/", {"chosen": ["draw"]}).status_code == 302

    def test_adults_have_no_business_here(self, scene, cast):
        for who in ("maria", "karin"):
            assert sign_in(Client(), getattr(cast, who)).get(f"{STEPS}3/").status_code == 403


class TestSaving:
    def test_what_is_chosen_and_written_is_kept_as_lines(self, scene, alva):
        press(alva, 3, chosen=["animals", "draw"], own="Jag kan simma.")
        assert scene.preparation().good_at == "Rita\nDjur\nJag kan simma."

    def test_it_is_there_when_one_comes_back(self, scene, alva, read):
        press(alva, 3, chosen=["animals"], own="Jag kan simma.")
        page = read(alva, f"{STEPS}3/")
        assert re.search(r'value="animals" checked', page)
        assert "Jag kan simma.</textarea>" in page

    def test_pausing_saves_and_says_so(self, scene, alva, read):
        answer = press(alva, 4, chosen=["talk"], own="Många ljud", go="pause")
        assert answer.headers["Location"] == "/min-sida/"
        assert "Det är sparat." in read(alva, "/min-sida/")
        assert scene.preparation().hard == "Prata\nMånga ljud"

    def test_one_goes_on_where_one_stopped(self, scene, alva, read):
        press(alva, 4, chosen=["talk"], go="pause")
        assert alva.get(STEPS).headers["Location"] == f"{STEPS}4/"
        page = read(alva, "/min-sida/mina-moten/")
        assert "Fortsätt där du var" in page
        assert f'href="{STEPS}4/"' in page

    def test_after_going_on_one_stands_at_the_next(self, scene, alva):
        press(alva, 4)
        assert alva.get(STEPS).headers["Location"] == f"{STEPS}5/"

    def test_skipping_goes_on_and_loses_nothing(self, scene, alva):
        press(alva, 3, chosen=["draw"])
        answer = press(alva, 3, chosen=["draw"], own="mer", go="skip")
        assert answer.headers["Location"] == f"{STEPS}4/"
        assert scene.preparation().good_at == "Rita\nmer"

    def test_an_answer_can_be_taken_away_again(self, scene, alva):
        press(alva, 3, chosen=["draw"])
        press(alva, 3)
        assert scene.preparation().good_at == ""

    def test_the_same_press_twice_is_once(self, scene, alva):
        path = f"{STEPS}5/"
        hidden = fields_of(alva.get(path).content.decode()) | {"chosen": ["breaks"]}
        assert [alva.post(path, hidden).status_code for _time in range(2)] == [302, 302]
        assert scene.preparation().revision == 1

    def test_too_long_words_stay_on_the_page(self, scene, alva):
        page = press(alva, 5, chosen=["breaks"], own="å" * 501).content.decode()
        assert page.count("Skriv lite kortare.") == 2
        assert "å" * 501 in page
        assert re.search(r'value="breaks" checked', page)
        assert scene.preparation() is None

    @pytest.mark.parametrize("chosen", ["everything", "<script>", "x" * 3000])
    def test_a_choice_that_is_not_there_is_asked_again(self, scene, alva, chosen):
        assert press(alva, 7, chosen=chosen).status_code == 200
        assert scene.preparation() is None

    def test_how_to_take_part_is_kept_by_its_key(self, scene, alva):
        press(alva, 7, chosen="spokesperson")
        assert scene.preparation().takes_part == "spokesperson"

    def test_line_ends_of_browsers_are_no_change(self, scene, alva):
        press(alva, 3, chosen=["draw"], own="En\r\nTvå")
        assert scene.preparation().good_at == "Rita\nEn\nTvå"
        path = f"{STEPS}3/"
        hidden = {"was": "Rita\r\nEn\r\nTvå", "chosen": ["draw"], "own": "En\r\nTvå\r\nTre"}
        assert alva.post(path, hidden).status_code == 302
        assert scene.preparation().good_at == "Rita\nEn\nTvå\nTre"


class TestSavedWhileWriting:
    PATH = f"{STEPS}5/spara/"

    def test_it_is_saved_without_a_press(self, scene, alva):
        said = alva.post(self.PATH, {"was": "", "chosen": ["calm"], "own": "Ha min bok"}).content.decode()
        assert "Sparat klockan 10.00." in said
        assert scene.preparation().wish == "Ha det lugnt\nHa min bok"

    def test_the_page_learns_what_was_saved(self, scene, alva):
        said = alva.post(self.PATH, {"was": "", "own": "Ha min bok"}).content.decode()
        assert fields_of(said) == {"was": "Ha min bok"}
        answer = alva.post(f"{STEPS}5/", fields_of(said) | {"own": "Ha min bok och min hund"})
        assert answer.headers["Location"] == f"{STEPS}6/"

    def test_the_same_again_writes_nothing(self, scene, alva):
        for _time in range(2):
            alva.post(self.PATH, {"was": "", "own": "Ha min bok"})
        assert scene.preparation().revision == 1

    def test_one_still_stands_at_the_step(self, scene, alva):
        alva.post(self.PATH, {"was": "", "own": "Ha min bok"})
        assert alva.get(STEPS).headers["Location"] == f"{STEPS}5/"

    def test_what_another_window_has_saved_is_left_alone(self, scene, alva):
        press(alva, 5, chosen=["breaks"])
        said = alva.post(self.PATH, {"was": "", "own": "Annat"}).content.decode()
        assert "Inte sparat än." in said
        assert fields_of(said) == {"was": ""}
        assert scene.preparation().wish == "Ha fler pauser"

    def test_too_much_is_not_saved_and_says_so(self, scene, alva):
        said = alva.post(self.PATH, {"was": "", "own": "å" * 501}).content.decode()
        assert "Inte sparat än." in said
        assert scene.preparation() is None

    @pytest.mark.parametrize("number", [1, 2, 9, 0])
    def test_only_steps_with_a_question_are_saved(self, scene, alva, number):
        assert alva.post(f"{STEPS}{number}/spara/", {}).status_code == 404

    def test_saving_is_no_link_and_nobody_else_s(self, scene, alva, cast):
        assert alva.get(self.PATH).status_code == 405
        assert sign_in(Client(), cast.maria).post(self.PATH, {}).status_code == 403
        assert sign_in(Client(), cast.hugo).post(self.PATH, {"own": "x"}).status_code == 404


class TestTwoWindows:
    @pytest.fixture
    def conflict(self, scene, alva) -> str:
        path = f"{STEPS}5/"
        other_window = fields_of(alva.get(path).content.decode())
        press(alva, 5, chosen=["breaks"], own="Ha min bok")
        return alva.post(path, other_window | {"chosen": ["calm"]}).content.decode()

    def test_both_answers_are_shown_and_nothing_is_lost(self, scene, conflict):
        texts = texts_of(conflict)
        assert {
            "Det du skrev nu",
            "Det som var sparat",
            "Ha det lugnt",
            "Ha fler pauser",
            "Ha min bok",
        } <= set(texts)
        assert scene.preparation().wish == "Ha fler pauser\nHa min bok"

    @pytest.mark.parametrize(
        ("place", "kept"),
        [
            (0, "Ha det lugnt"),
            (1, "Ha fler pauser\nHa min bok"),
            (2, "Ha fler pauser\nHa min bok\nHa det lugnt"),
        ],
    )
    def test_the_child_chooses_which(self, scene, alva, conflict, place, kept):
        forms = re.findall(r"<form.*?</form>", conflict, re.DOTALL)
        chosen = [form for form in forms if 'name="text"' in form][place]
        assert alva.post(f"{STEPS}5/", fields_of(chosen)).headers["Location"] == f"{STEPS}6/"
        assert scene.preparation().wish == kept

    def test_the_same_answer_in_both_windows_is_no_conflict(self, scene, alva):
        path = f"{STEPS}5/"
        other_window = fields_of(alva.get(path).content.decode())
        press(alva, 5, chosen=["breaks"])
        assert alva.post(path, other_window | {"chosen": ["breaks"]}).status_code == 302

    def test_another_step_in_another_window_is_no_conflict(self, scene, alva):
        path = f"{STEPS}5/"
        other_window = fields_of(alva.get(path).content.decode())
        press(alva, 3, chosen=["draw"])
        assert alva.post(path, other_window | {"chosen": ["calm"]}).status_code == 302
        assert (scene.preparation().good_at, scene.preparation().wish) == ("Rita", "Ha det lugnt")

    def test_a_kept_text_that_is_no_choice_is_refused_in_words(self, scene, alva):
        answer = alva.post(f"{STEPS}7/", {"text": "everything", "was": ""})
        assert answer.status_code == 302
        assert scene.preparation() is None


class TestSending:
    def test_everything_is_shown_before_it_is_sent(self, scene, alva, read):
        through(alva)
        page = read(alva, f"{STEPS}skicka/")
        for words in (
            "Rita",
            "Jag kan simma.",
            SECRET,
            "Ha fler pauser",
            "En stund",
            "Jag håller upp handen",
        ):
            assert words in page
        assert "Du hoppade över." in page
        assert page.count(">Ändra<") == 6

    def test_who_will_see_it_is_said_before_sending(self, scene, alva, read):
        through(alva)
        page = read(alva, f"{STEPS}skicka/")
        assert page.index("Den som leder mötet får se det.") < page.index(">Skicka<")
        assert "Vuxna hemma ser det inte här." in page

    def test_sending_thanks_and_gives_a_paper(self, scene, alva, read):
        through(alva)
        answer = send(alva)
        assert answer.headers["Location"] == f"{STEPS}skickat/"
        assert "Mitt papper" in read(alva, f"{STEPS}skickat/")
        assert scene.preparation().sent_at

    def test_nothing_answered_is_not_sent(self, scene, alva, read):
        press(alva, 1)
        send(alva)
        assert scene.preparation().sent_at is None
        assert "Skriv eller välj något innan du skickar." in read(alva, f"{STEPS}skicka/")

    def test_not_yet_is_as_easy(self, scene, alva, read):
        through(alva)
        page = read(alva, f"{STEPS}skicka/")
        assert re.search(r'href="/min-sida/"[^>]*>Skicka inte än', page)

    def test_twice_sent_is_once(self, scene, alva):
        through(alva)
        path = f"{STEPS}skicka/"
        hidden = fields_of(alva.get(path).content.decode())
        assert [alva.post(path, hidden).status_code for _time in range(2)] == [302, 302]

    def test_after_sending_a_change_begins_anew_and_is_not_seen(self, scene, alva):
        through(alva)
        send(alva)
        with clock.frozen(days_on(1)):
            press(sign_in(Client(), scene.cast.alva), 5, chosen=["breaks", "heard"])
        assert scene.preparation().sent_at is None
        assert scene.preparation().good_at == "Rita\nDjur\nJag kan simma."
        seen = queries.preparation_of(scene.act("karin"), scene.plan)
        assert seen.wish == "Ha fler pauser"

    def test_the_paper(self, scene, alva, read):
        through(alva)
        send(alva)
        page = read(alva, "/min-sida/mina-moten/mitt-papper/")
        assert "Tisdag 24 november kl. 10.00 · Fjällskolan, rum 12" in page
        assert page.count('<section class="k-card"') == 6
        assert "k-paper" in page

    def test_the_paper_as_a_file(self, scene, alva, read):
        through(alva)
        send(alva)
        assert "/min-sida/mina-moten/mitt-papper/pdf/" in read(alva, "/min-sida/mina-moten/mitt-papper/")
        paper = alva.get("/min-sida/mina-moten/mitt-papper/pdf/")
        assert (paper.headers["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
        assert "Alva" not in paper.headers["Content-Disposition"]
        assert paper.headers["Cache-Control"] == "no-store"

    def test_there_is_no_file_before_the_first_step(self, scene, alva):
        assert alva.get("/min-sida/mina-moten/mitt-papper/pdf/").status_code == 302

    def test_there_is_no_paper_before_the_first_step(self, scene, alva):
        assert alva.get("/min-sida/mina-moten/mitt-papper/").status_code == 302


class TestSecret:
    def everything(self, client: Client, paths: list[str]) -> str:
        return "".join(client.get(path).content.decode() for path in paths)

    @pytest.fixture
    def family(self, scene) -> list[str]:
        own = f"/mina-sidor/{scene.child.pk}/"
        rest = ("", "planen/", "planen/patientkontrakt/", "planen/sip/", "planen/historik/", "tider/")
        return [own + part for part in rest] + [f"{own}kallelser/{scene.summons.pk}/"]

    @pytest.fixture
    def staff(self, scene) -> list[str]:
        own = f"/barn/{scene.child.pk}/"
        return [own, own + "plan/", own + "atkomst/", own + "kontakter/", "/arbetslista/", "/moten/"]

    def test_before_it_is_sent_nobody_sees_a_word(self, scene, alva, cast, family, staff):
        through(alva)
        assert SECRET not in self.everything(sign_in(Client(), cast.maria), family)
        for who in ("karin", "sara", "jonas"):
            assert SECRET not in self.everything(sign_in(Client(), getattr(cast, who)), staff)
            assert queries.preparation_of(scene.act(who), scene.plan) is None

    def test_when_it_is_sent_the_leader_sees_it_and_nobody_else(self, scene, alva, cast, family):
        through(alva)
        send(alva)
        assert queries.preparation_of(scene.act("karin"), scene.plan).hard == f"Prata\n{SECRET}"
        for who in ("sara", "jonas", "maria", "johan"):
            assert queries.preparation_of(scene.act(who), scene.plan) is None
        assert SECRET not in self.everything(sign_in(Client(), cast.maria), family)

    def test_it_is_in_no_event_and_no_log_row(self, scene, alva):
        from kring.audit.models import AccessLogRow
        from kring.timeline.models import Event

        through(alva)
        send(alva)
        rows = [*Event.objects.values_list("title", "reason", "data"), *AccessLogRow.objects.values_list()]
        assert SECRET not in str(rows)
