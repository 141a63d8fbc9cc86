"""What a guardian sends: once, with kind errors, and never for somebody else."""

import re

import pytest
from django.test import Client

from kring.care.plans import queries
from kring.children.models import Consent, Disclosure
from kring.timeline.models import Event, Task
from tests.own_pages import Scene, fields_of, sign_in

FORBIDDEN = r"ogiltig|felaktig|vänligen|tyvärr|oops"


def send(client: Client, path: str, **fields):
    """Open the page and send its form as a browser would, hidden fields and all."""
    hidden = fields_of(client.get(path).content.decode())
    return client.post(path, hidden | fields)


def errors_of(page: str) -> list[str]:
    """The links of the error summary."""
    summary = page[page.index("error-summary-title") :]
    return re.findall(r'<a href="#[^"]+">([^<]+)</a>', summary[: summary.index("</div>")])


class TestSummons:
    @pytest.fixture
    def path(self, scene) -> str:
        return f"/mina-sidor/{scene.child.pk}/kallelser/{scene.summons.pk}/"

    def test_the_call_says_what_for_and_how_the_child_wants_it(self, path, maria, read):
        page = read(maria, path)
        assert "Hur ska Alva få lättare att berätta?" in page
        assert "Så vill barnet vara med" in page
        assert "En stund «Jag vill ha paus»" in page
        assert "Har inte svarat" in page

    def test_who_sees_the_answer_is_said_before_it_is_asked(self, path, maria, read):
        page = read(maria, path)
        assert page.index("ser ditt svar") < page.index("Kan du komma?")

    def test_a_yes(self, scene, path, maria):
        answer = send(maria, path, answer="comes")
        assert answer.headers["Location"] == f"/mina-sidor/{scene.child.pk}/"
        assert scene.invitation("maria").answer == "comes"
        assert scene.invitation("johan").answer == "none"

    def test_what_happened_is_said_on_the_next_page(self, path, maria):
        answer = send(maria, path, answer="comes")
        page = maria.get(answer.headers["Location"]).content.decode()
        assert "Tack, ditt svar är skickat." in page
        assert 'role="status"' in page
        assert "Svara på kallelsen" not in page

    @pytest.mark.parametrize("answer", ["comes", "declines"])
    def test_a_yes_and_a_no_weigh_the_same_and_neither_says_why(self, scene, path, maria, read, answer):
        page = read(maria, path)
        assert "Du behöver inte säga varför." in page
        assert "Varför kan du inte" not in page
        assert send(maria, path, answer=answer, reason=" ").status_code == 302
        mine = scene.invitation("maria")
        assert (mine.answer, mine.reason) == (answer, "")

    def test_what_was_chosen_stays_when_the_words_are_too_many(self, scene, path, maria):
        answer = send(maria, path, answer="declines", reason="x" * 301)
        page = answer.content.decode()
        assert errors_of(page) == ["Skriv lite kortare, högst 300 tecken."]
        assert re.search(r"<title>\s*Fel:", page)
        assert re.search(r'value="declines" checked', page)
        assert scene.invitation("maria").answer == "none"

    def test_a_no_with_its_reason_is_kept(self, scene, path, maria):
        send(maria, path, answer="declines", reason="Jag jobbar. Onsdag går bra.")
        mine = scene.invitation("maria")
        assert (mine.answer, mine.reason) == ("declines", "Jag jobbar. Onsdag går bra.")

    def test_the_answer_can_be_changed(self, scene, path, maria, read):
        send(maria, path, answer="comes")
        assert "Du svarade «Kommer»" in read(maria, path)
        send(maria, path, answer="declines", reason="Sjuk")
        assert scene.invitation("maria").answer == "declines"

    def test_an_empty_form_tells_what_to_do(self, path, maria):
        page = send(maria, path).content.decode()
        assert errors_of(page) == ["Välj om du kommer eller inte kan."]
        assert not re.search(FORBIDDEN, page, re.IGNORECASE)

    @pytest.mark.parametrize("answer", ["substitute", "none", "<script>", "x" * 5000])
    def test_nonsense_is_asked_again(self, scene, path, maria, answer):
        assert send(maria, path, answer=answer).status_code == 200
        assert scene.invitation("maria").answer == "none"

    def test_the_same_answer_sent_twice_is_one(self, path, maria):
        hidden = fields_of(maria.get(path).content.decode()) | {"answer": "comes"}
        first, second = maria.post(path, hidden), maria.post(path, hidden)
        assert first.headers["Location"] == second.headers["Location"]
        assert Event.objects.filter(kind="sip_summons_answered").count() == 1

    def test_a_meeting_that_is_called_off_is_not_answered(self, scene, path, maria, read):
        from kring.care.plans import commands as plans

        karin = scene.act("karin")
        plans.cancel_summons(by=karin, summons_id=scene.summons.pk, reason="Karin är sjuk.")
        page = read(maria, path)
        assert "Mötet är inställt" in page
        assert "Karin är sjuk." in page
        assert "Kan du komma?" not in page

    def test_the_meeting_in_pictures(self, scene, path, maria, read):
        page = read(maria, path + "bilder/")
        for words in ("Du får ta paus när du vill.", "Först lyssnar vi på dig.", "Fjällskolan, rum 12"):
            assert words in page
        assert page[page.index("<main") : page.index("</main>")].count("k-picture--lg") == 8


class TestAcknowledge:
    @pytest.fixture
    def path(self, scene) -> str:
        return f"/mina-sidor/{scene.child.pk}/planen/versioner/{scene.version.pk}/"

    def test_reading_is_not_signing(self, path, maria, read):
        page = read(maria, path)
        assert "Det är ingen underskrift." in page
        assert "Jag vill berätta för mina kompisar" in page

    def test_confirming(self, scene, path, maria, read):
        send(maria, path, comment="Bra plan!")
        mine = scene.version.acknowledgements.get()
        assert (mine.guardian, mine.comment) == (scene.cast.guardian("maria"), "Bra plan!")
        assert "Du bekräftade" in read(maria, path)
        assert "Du läste den" in read(maria, f"/mina-sidor/{scene.child.pk}/planen/historik/")

    def test_confirming_leaves_the_to_do_list(self, scene, path, maria, read):
        home = f"/mina-sidor/{scene.child.pk}/"
        assert "Läs den nya planen" in read(maria, home)
        send(maria, path)
        assert "Läs den nya planen" not in read(maria, home)

    def test_each_guardian_confirms_for_themselves(self, scene, path, maria, johan, read):
        send(maria, path)
        assert "Läs den nya planen" in read(johan, f"/mina-sidor/{scene.child.pk}/")
        send(johan, path)
        assert scene.version.acknowledgements.count() == 2

    def test_twice_is_once(self, scene, path, maria):
        hidden = fields_of(maria.get(path).content.decode())
        for _time in range(2):
            assert maria.post(path, hidden).status_code == 302
        assert scene.version.acknowledgements.count() == 1

    def test_a_comment_that_is_too_long_stays_on_the_page(self, path, maria):
        page = send(maria, path, comment="å" * 2001).content.decode()
        assert "Skriv lite kortare, högst 2000 tecken." in page
        assert "å" * 2001 in page


class TestConsent:
    @pytest.fixture
    def waiting(self, cast) -> Scene:
        return Scene(cast).begun()

    @pytest.fixture
    def path(self, waiting) -> str:
        return f"/mina-sidor/{waiting.child.pk}/planen/{waiting.plan.pk}/samtycke/"

    def unit(self, waiting, key: str) -> str:
        return str(waiting.cast.unit(key).pk)

    def test_it_stands_first_among_what_to_do(self, waiting, maria, read):
        assert "Svara om samtycke till planen" in read(maria, f"/mina-sidor/{waiting.child.pk}/")

    def test_nothing_is_chosen_beforehand(self, path, maria, read):
        page = read(maria, path)
        assert " checked" not in page
        assert page.count("k-choice--box") == 2

    def test_one_yes_opens_nothing(self, waiting, path, maria, read):
        send(maria, path, state="given", plan=[self.unit(waiting, "sas-logopedi")], sure="1")
        assert not Disclosure.objects.filter(child=waiting.child, ended_at__isnull=True).exists()
        assert "Ingen annan ser planen än. Väntar på den andra vårdnadshavaren." in read(maria, path)

    def test_both_open_what_both_have_chosen(self, waiting, path, maria, johan):
        speech, school = self.unit(waiting, "sas-logopedi"), self.unit(waiting, "skola-boras-1")
        send(maria, path, state="given", plan=[speech, school], sure="1")
        send(johan, path, state="given", plan=[speech], sure="1")
        opened = Disclosure.objects.filter(child=waiting.child, ended_at__isnull=True)
        assert [str(row.unit_id) for row in opened] == [speech]

    def test_a_guardian_answers_only_for_themselves(self, waiting, path, maria):
        send(maria, path, state="refused", sure="1", guardian=str(waiting.cast.guardian("johan").pk))
        given = Consent.objects.get(child=waiting.child)
        assert (given.guardian, given.state, given.form) == (
            waiting.cast.guardian("maria"),
            "refused",
            "portal",
        )

    def test_a_no_is_a_conflict_with_guidance(self, path, maria, johan, read):
        send(johan, path, state="refused", sure="1")
        assert "Någon har sagt nej. Ingen annan ser planen." in read(maria, path)

    def test_a_yes_to_nobody_is_asked_again(self, path, maria):
        page = send(maria, path, state="given").content.decode()
        assert errors_of(page) == ["Välj minst en som får se planen, eller svara nej."]
        assert re.search(r'value="given" checked', page)

    def test_the_answer_is_shown_once_more_before_it_is_sent(self, waiting, path, maria):
        page = send(maria, path, state="given", plan=[self.unit(waiting, "sas-logopedi")]).content.decode()
        assert "Stämmer det här?" in page
        assert "De här får se planen: Logopedmottagningen för barn, Borås." in page
        assert not Consent.objects.filter(child=waiting.child).exists()

    def test_taking_back_is_one_press_on_a_page_that_says_what_stays(self, scene, maria, read):
        path = f"/mina-sidor/{scene.child.pk}/planen/{scene.plan.pk}/samtycke/"
        assert "Ta tillbaka mitt ja" in read(maria, path)
        assert "har de kvar som sin egen kopia" in read(maria, path + "ta-tillbaka/")
        assert Disclosure.objects.filter(child=scene.child, ended_at__isnull=True).exists(), (
            "reading does nothing"
        )
        answer = send(maria, path + "ta-tillbaka/")
        assert answer.headers["Location"] == path
        assert not Disclosure.objects.filter(child=scene.child, ended_at__isnull=True).exists()
        assert "Ta tillbaka mitt ja" not in read(maria, path)

    def test_nobody_takes_back_another_s_yes(self, scene, maria):
        path = f"/mina-sidor/{scene.child.pk}/planen/{scene.plan.pk}/samtycke/ta-tillbaka/"
        theirs = Consent.objects.get(child=scene.child, guardian=scene.cast.guardian("johan"))
        send(maria, path, consent=str(theirs.pk))
        theirs.refresh_from_db()
        assert theirs.withdrawn_at is None

    def test_who_has_not_answered_has_nothing_to_take_back(self, path, maria):
        assert maria.get(path + "ta-tillbaka/").status_code == 404

    def test_the_present_answer_is_shown_to_be_changed(self, scene, maria, read):
        page = read(maria, f"/mina-sidor/{scene.child.pk}/planen/{scene.plan.pk}/samtycke/")
        assert re.search(r'value="given" checked', page)
        assert "Planen: Albackeskolan" in page


class TestAsking:
    def test_for_a_plan(self, cast, read):
        petter, hugo = sign_in(Client(), cast.petter), cast.child("hugo")
        path = f"/mina-sidor/{hugo.pk}/planen/be-om/"
        unit = cast.unit("sas-bum-boras")
        answer = send(petter, path, message="Vi behöver hjälp med läxor.", unit=str(unit.pk))
        assert answer.headers["Location"] == f"/mina-sidor/{hugo.pk}/planen/"
        plan = queries.plans_of(cast.actor("petter"), hugo.pk)[0]
        assert (plan.unit, plan.requested_by, plan.started_at) == (unit, "guardian", None)
        home = read(petter, f"/mina-sidor/{hugo.pk}/")
        assert "Ni har bett om en plan. BUM Borås svarar er." in home

    def test_asking_twice_for_a_plan_is_refused_in_words(self, scene, maria):
        path = f"/mina-sidor/{scene.child.pk}/planen/be-om/"
        unit = str(scene.cast.unit("sas-bum-boras").pk)
        page = send(maria, path, message="En till", unit=unit).content.decode()
        assert "Barnet har redan en plan som pågår." in page
        assert "En till" in page

    def test_an_empty_question_is_asked_again_at_both_fields(self, scene, maria):
        page = send(maria, f"/mina-sidor/{scene.child.pk}/planen/be-om/").content.decode()
        assert errors_of(page) == [
            "Skriv med egna ord vad barnet behöver hjälp med.",
            "Välj vem som ska få frågan.",
        ]

    def test_a_unit_that_is_not_around_the_child_cannot_be_asked(self, cast):
        petter, hugo = sign_in(Client(), cast.petter), cast.child("hugo")
        far = str(cast.unit("elevhalsa-skovde").pk)
        page = send(petter, f"/mina-sidor/{hugo.pk}/planen/be-om/", message="Hej", unit=far)
        assert page.status_code == 200
        assert not queries.plans_of(cast.actor("petter"), hugo.pk)

    def test_proposing_a_change_becomes_a_task_for_who_keeps_the_plan(self, scene, maria):
        path = f"/mina-sidor/{scene.child.pk}/planen/foresla/"
        answer = send(maria, path, message="Vi vill lägga till simning.")
        assert answer.status_code == 302
        task = Task.objects.get(kind="change_proposed")
        assert (task.unit, task.child, task.ball) == (scene.plan.unit, scene.child, "ours")
        event = Event.objects.get(kind="change_proposed")
        assert event.data["message"] == "Vi vill lägga till simning."

    def test_a_proposal_changes_nothing_in_the_plan(self, scene, maria):
        before = scene.plan.revision
        send(maria, f"/mina-sidor/{scene.child.pk}/planen/foresla/", message="Stryk allt.")
        scene.plan.refresh_from_db()
        assert scene.plan.versions.count() == 1
        assert scene.plan.revision in (before, before + 1)

    def test_the_task_stays_when_the_plan_goes_on(self, scene, maria):
        send(maria, f"/mina-sidor/{scene.child.pk}/planen/foresla/", message="Mer simning.")
        scene.met()
        assert Task.objects.get(kind="change_proposed").done_at is None

    def test_the_same_proposal_sent_twice_is_one(self, scene, maria):
        path = f"/mina-sidor/{scene.child.pk}/planen/foresla/"
        hidden = fields_of(maria.get(path).content.decode()) | {"message": "Simning"}
        maria.post(path, hidden)
        maria.post(path, hidden)
        assert Task.objects.filter(kind="change_proposed").count() == 1

    def test_without_a_plan_there_is_nothing_to_change(self, cast):
        petter, hugo = sign_in(Client(), cast.petter), cast.child("hugo")
        answer = petter.get(f"/mina-sidor/{hugo.pk}/planen/foresla/")
        assert answer.headers["Location"] == f"/mina-sidor/{hugo.pk}/planen/"
