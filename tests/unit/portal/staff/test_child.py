"""S24 with what hangs on it (S25, S27): the demo's Alva, whose plan has come to its first follow-up."""

import gzip
import re
from uuid import uuid4

import pytest
from django.db import transaction

from kring import clock
from kring.audit.models import AccessLogRow
from kring.care.contacts.models import Appointment, SameDayRequest
from kring.children.models import YoungShare
from kring.demo import stories
from kring.timeline.models import Event, Task
from tests import cast as people
from tests.unit.portal.staff.desk import questions_of, text_of


@pytest.fixture(scope="module", autouse=True)
def stories_told(django_db_setup, django_db_blocker):
    """The stories are told once for this file, and taken back after it."""
    with django_db_blocker.unblock(), clock.frozen(people.NOW), transaction.atomic():
        stories.tell(people.NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def alva(cast):
    return cast.child("alva")


def page_of(client, child, part: str = "") -> str:
    return text_of(client.get(f"/barn/{child.pk}/{part}"))


def main_of(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", 1)[0]


class TestThePage:
    def test_the_bar_says_who_the_child_is_and_how_it_communicates(self, karin, alva):
        bar = re.search(r'<aside class="k-childbar".*?</aside>', page_of(karin, alva), re.DOTALL)[0]
        for words in ("Alva Berg", "10 år 8 mån", "20160312-23", "Bildstöd, korta meningar", "Karin Lund"):
            assert words in bar

    def test_the_child_s_own_words_come_before_who_does_what(self, karin, alva):
        page = main_of(page_of(karin, alva))
        assert page.index("Barnets ord") < page.index("Vem gör vad till när")

    def test_the_next_visit_stands_on_top(self, karin, alva):
        page = main_of(page_of(karin, alva))
        assert re.search(r'k-next__when"><time datetime="2026-1[12]-\d\dT', page)

    def test_the_way_so_far_with_days(self, karin, alva):
        steps = re.search(r'<ol class="k-stepper".*?</ol>', page_of(karin, alva), re.DOTALL)[0]
        labels = re.findall(r'k-stepper__label">(.*?)</span>', steps)
        assert labels == ["Upptäckt", "SIP påbörjad", "Möte", "Plan", "Uppföljning"]
        assert steps.count('data-state="done"') == 4
        assert steps.count('aria-current="step"') == 1

    def test_what_is_late_is_said_with_word_icon_and_tone(self, karin, alva):
        page = main_of(page_of(karin, alva))
        late = re.search(r'<tr role="row" data-tone="late">.*?</tr>', page, re.DOTALL)
        if late:
            assert "Försenad" in late[0]
            assert "#alert" in late[0]

    def test_where_one_is(self, karin, alva):
        page = page_of(karin, alva)
        side = re.search(r'<nav class="k-places".*?</nav>', page, re.DOTALL)[0]
        assert re.findall(r"</svg>(.*?)</a>", side) == [
            "Översikt",
            "Plan",
            "Kontakter",
            "Nära barnet",
            "Journal",
            "Mående",
            "Meddelanden",
            "Händelser",
            "Barnets egna sidor",
            "Vem ser vad",
            "Oro för barnet",
        ]
        assert side.count('aria-current="page"') == 1

    def test_the_title_names_nobody(self, karin, alva):
        for part in ("", "handelser/", "kontakter/", "kontakter/samla/", "atkomst/"):
            title = re.search(r"<title>(.*?)</title>", page_of(karin, alva, part))[1]
            assert "Alva" not in title, part
            assert "Berg" not in title, part

    def test_the_reading_is_logged_once(self, karin, alva, cast):
        before = AccessLogRow.objects.filter(child_id=alva.pk, person_id=cast.karin.pk).count()
        karin.get(f"/barn/{alva.pk}/")
        rows = AccessLogRow.objects.filter(child_id=alva.pk, person_id=cast.karin.pk).order_by("pk")
        assert [row.what for row in rows[before:]] == ["child"]

    def test_twenty_questions_and_no_more(self, karin, alva, cast):
        karin.get(f"/barn/{alva.pk}/")
        asked = questions_of(karin, f"/barn/{alva.pk}/")
        for n in range(40):
            when = cast.now.replace(minute=n)
            Event.objects.create(child=alva, kind="visit_booked", unit=cast.unit("hh-habilitering-boras"),
                effective_at=when, recorded_at=when)  # fmt: skip
        assert questions_of(karin, f"/barn/{alva.pk}/") == asked <= 20

    def test_it_weighs_little(self, karin, alva):
        assert len(gzip.compress(karin.get(f"/barn/{alva.pk}/").content)) <= 20_000

    def test_events_have_their_source(self, karin, alva, cast):
        about = {"kind": "encounter", "title": "Kontroll", "source": "journal-x"}
        when = {"effective_at": cast.now, "recorded_at": cast.now}
        Event.objects.create(child=alva, unit=cast.unit("hh-habilitering-boras"), **about, **when)
        page = page_of(karin, alva, "handelser/")
        assert "Kontroll" in page
        assert "Källa: journal-x" in page


class TestOthersAroundTheChild:
    def test_the_school_sees_the_plan_but_nobody_s_record(self, client, cast, alva):
        jonas = cast.log_in(client, "jonas")
        page = main_of(page_of(jonas, alva))
        assert "Vem gör vad till när" in page
        assert "Karin Lund" in page_of(jonas, alva)

    def test_a_child_with_no_plan_says_so_and_offers_to_start(self, client, cast):
        fatima = cast.log_in(client, "peter")
        page = main_of(page_of(fatima, cast.child("hugo")))
        assert "Vårdprocess" not in page or "k-stepper" in page
        assert "Barnets egna ord" in page or "Barnets ord" in page

    @pytest.mark.parametrize("who", ["ulla", "mona", "dina", "birgitta"])
    def test_who_takes_no_part_gets_the_answer_of_a_missing_child(self, client, cast, alva, who):
        cast.log_in(client, who)
        for part in ("", "handelser/", "kontakter/", "kontakter/samla/", "atkomst/", "oppna/"):
            invisible = client.get(f"/barn/{alva.pk}/{part}")
            missing = client.get(f"/barn/{uuid4()}/{part}")
            assert (invisible.status_code, invisible.content) == (404, missing.content), part

    @pytest.mark.parametrize("who", ["nils", "petra", "agnes", "ann", "maria", "alva", "rune"])
    def test_who_does_not_open_children_at_work_is_told_so(self, client, cast, alva, who):
        cast.log_in(client, who)
        answer = client.get(f"/barn/{alva.pk}/")
        assert answer.status_code == 403
        assert "Alva" not in text_of(answer)
        assert re.search(r"Ärendekod [2-9A-Z]{4}", text_of(answer))


class TestSplitContacts:
    def test_the_strip_has_thirteen_weeks_and_words_for_each_cell(self, karin, alva):
        page = page_of(karin, alva, "kontakter/")
        heads = re.findall(r"Vecka </span>(v\. \d+)</th>", page)
        assert len(heads) == 13
        assert heads[0] == "v. 47"
        assert re.search(r"\d+ besök hos \d+ enheter de närmaste 13 veckorna", page)

    def test_visits_of_one_week_are_proposed_together_with_what_it_saves(self, karin, alva):
        page = page_of(karin, alva, "kontakter/")
        assert re.search(r"\d besök vecka \d+ kan samlas", page)
        assert re.search(r"Sparar \d res", page)

    def test_a_proposal_fills_in_the_form(self, karin, alva):
        page = page_of(karin, alva, "kontakter/")
        link = re.search(r'href="(/barn/[^"]*/kontakter/samla/\?[^"]*)"', page)[1].replace("&amp;", "&")
        form = text_of(karin.get(link))
        assert form.count(" checked>") >= 2
        assert re.search(r'name="on_0" value="\d+"', form)

    def test_asked_checked_and_sent_once(self, karin, alva):
        visits = self.visits(alva)
        day = clock.day_of(visits[0].starts_at)
        key = str(uuid4())
        fields = {
            "visits": [str(one.pk) for one in visits],
            "on_0": day.day,
            "on_1": day.month,
            "on_2": day.year,
        }
        fields |= {"message": "Går det att samla?", "submission": key}
        address = f"/barn/{alva.pk}/kontakter/samla/"
        check = text_of(karin.post(address, fields | {"step": "check"}))
        assert "Kontrollera och skicka" in check
        assert "Går det att samla?" in check
        assert not SameDayRequest.objects.filter(child=alva).exists()
        back = text_of(karin.post(address, fields | {"step": "edit"}))
        assert back.count(" checked>") == len(visits)
        for _press in range(2):
            sent = karin.post(address, fields | {"step": "send"})
            assert sent.headers["Location"] == f"/barn/{alva.pk}/kontakter/"
        assert SameDayRequest.objects.filter(child=alva).count() == 1
        assert Task.objects.filter(kind="same_day_answer", done_at=None).exists()
        page = page_of(karin, alva, "kontakter/")
        assert "Frågan är skickad" in page
        assert "Har inte svarat" in page

    def visits(self, alva) -> list[Appointment]:
        coming = Appointment.objects.filter(child=alva, starts_at__gt=people.NOW, mode="on_site")
        by_unit = {one.unit_id: one for one in coming.order_by("-starts_at")}
        assert len(by_unit) >= 2, "the story needs visits at two units"
        return sorted(by_unit.values(), key=lambda one: one.starts_at)

    @pytest.mark.parametrize(
        ("fields", "words", "target"),
        [
            ({}, "Välj minst två besök hos olika verksamheter.", "#id_visits_0"),
            ({"on_0": "31", "on_1": "februari", "on_2": "2027"}, "Ange ett datum som finns", "#id_on_0"),
            ({"visits": str(uuid4())}, "Välj bland besöken i listan.", "#id_visits_0"),
            ({"message": "x" * 501}, "Skriv kortare", "#id_message"),
        ],
    )
    def test_what_is_missing_is_told_at_the_field_and_on_top(self, karin, alva, fields, words, target):
        page = text_of(karin.post(f"/barn/{alva.pk}/kontakter/samla/", fields | {"step": "check"}))
        assert f'<a href="{target}">' in page
        assert page.count(words) >= 2
        assert "<title>Fel: " in page

    def test_a_refusal_of_the_rules_is_an_error_of_the_form(self, karin, alva):
        visits = self.visits(alva)
        fields = {"visits": [str(one.pk) for one in visits], "on_0": "1", "on_1": "1", "on_2": "2020"}
        page = text_of(karin.post(f"/barn/{alva.pk}/kontakter/samla/", fields | {"step": "send"}))
        assert "Ange en dag framåt." in page
        assert not SameDayRequest.objects.filter(child=alva).exists()

    def test_who_may_see_but_not_ask_is_told_so(self, client, cast, alva):
        jonas = cast.log_in(client, "jonas")
        assert jonas.get(f"/barn/{alva.pk}/kontakter/").status_code == 200
        assert jonas.get(f"/barn/{alva.pk}/kontakter/samla/").status_code == 403

    @pytest.mark.parametrize(
        "query", ["?dag=x&besok=y", "?dag=2026-13-40", "?besok=" + "9" * 3000, "?dag=%00"]
    )
    def test_a_link_that_cannot_be_read_gives_an_empty_form(self, karin, alva, query):
        answer = karin.get(f"/barn/{alva.pk}/kontakter/samla/{query}")
        assert answer.status_code == 200
        assert " checked>" not in text_of(answer)


class TestWhoSeesWhat:
    def rows(self, page: str) -> dict[str, list[str]]:
        found = re.findall(r'<tr role="row">(.*?)</tr>', page.split("<tbody")[1], re.DOTALL)
        return {
            re.search(r"<strong>(.*?)</strong>", row)[1]: re.findall(r"</svg>(.*?)</span>", row)
            for row in found
        }

    def test_units_and_family_by_kind_of_information(self, karin, alva):
        rows = self.rows(page_of(karin, alva, "atkomst/"))
        assert rows["Barn- och ungdomshabiliteringen Borås"][0] == "Ser"
        assert rows["Albackeskolan"][:2] == ["Ser", "Bara det egna"]
        assert rows["Maria Berg"] == ["Ser"] * 4
        assert rows["Barnet"] == ["Ser", "Ser inte", "Ser", "Ser"]
        assert set(map(len, rows.values())) == {4}

    def test_each_row_has_its_rule_in_words(self, karin, alva):
        page = page_of(karin, alva, "atkomst/")
        assert "Den som deltar ser planen genom ett utlämnande med samtycke." in page
        assert "Vårdnadshavaren ser sitt yngre barns sidor." in page

    def test_answers_to_consent_by_guardian(self, karin, alva):
        page = page_of(karin, alva, "atkomst/").split("Samtycke till planen")[1]
        for name in ("Maria Berg", "Johan Åberg"):
            assert name in page
        assert page.count("</svg>Ja<") == 2

    def test_a_unit_that_is_no_party_is_not_named(self, karin, alva):
        assert "Närhälsan" not in page_of(karin, alva, "atkomst/").split("<main")[1]

    def test_after_thirteen_the_guardian_sees_what_is_shared_and_nothing_else(self, client, cast):
        """In the story Noa shares the booked times."""
        karin = cast.log_in(client, "karin")
        rows = self.rows(page_of(karin, cast.child("noa"), "atkomst/"))
        assert rows["Anders Dahl"] == ["Ser inte", "Ser inte", "Ser", "Ser inte"]
        YoungShare.objects.update(ended_at=people.NOW)
        rows = self.rows(page_of(karin, cast.child("noa"), "atkomst/"))
        assert set(rows["Anders Dahl"]) == {"Ser inte"}

    def test_without_a_plan_there_is_nothing_to_consent_to(self, client, cast):
        lena = cast.log_in(client, "fatima")
        assert lena.get(f"/barn/{cast.child('omar').pk}/atkomst/").status_code == 200

    def test_the_page_asks_a_settled_number_of_questions(self, karin, alva):
        karin.get(f"/barn/{alva.pk}/atkomst/")
        assert questions_of(karin, f"/barn/{alva.pk}/atkomst/") <= 27
