"""The young's pages over HTTP: who meets which, what changes from one request to the next, what is logged."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kring import clock
from kring.audit.models import AccessLogRow
from kring.children.models import MaturityAssessment, YoungShare
from kring.notifications.models import Notice
from kring.timeline.models import Event, Task
from tests.own_pages import Scene, days_on, fields_of, sign_in, texts_of

HOME, OTHERS, SHARE, ASK = (
    "/min-sida/",
    "/min-sida/vad-andra-ser/",
    "/min-sida/vad-andra-ser/andra/",
    "/min-sida/las-mer/",
)
WELCOME, TURNING, ADULT = "/min-sida/valkommen/", "/min-sida/det-har-andras/", "/min-sida/vuxenvarden/"
YOUNG_ONLY = (OTHERS, SHARE, ASK, WELCOME, "/min-sida/meddelanden/")


def page(client, path, **query) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def ask_first(client, cast, thing="plan"):
    return page(client, SHARE, vem=str(cast.guardian("anders").pk), vad=thing)


class TestFirstVisit:
    def test_the_four_cards_come_first_and_only_once(self, cast):
        client = sign_in(Client(), cast.noa)
        assert client.get(HOME).headers["Location"] == WELCOME
        first = page(client, WELCOME)
        assert first.count('class="k-card"') == 4
        assert client.post(WELCOME, fields_of(first)).headers["Location"] == HOME
        assert "Hej Noa" in page(client, HOME)
        assert "<form" not in page(client, WELCOME).split("<main")[1].split("</main>")[0]

    def test_other_pages_can_be_opened_before(self, cast):
        client = sign_in(Client(), cast.noa)
        assert page(client, OTHERS) and page(client, "/min-sida/prata-nu/")


class TestWhoMeetsThem:
    @pytest.mark.parametrize("path", YOUNG_ONLY)
    def test_not_somebody_younger_and_the_rule_is_logged(self, cast, path):
        assert sign_in(Client(), cast.alva).get(path).status_code == 403
        assert AccessLogRow.objects.order_by("-pk").first().rule == "8.5.child.own_only"

    @pytest.mark.parametrize("path", YOUNG_ONLY)
    @pytest.mark.parametrize("who", ["anders", "karin"])
    def test_not_a_guardian_and_not_staff(self, cast, path, who):
        assert sign_in(Client(), getattr(cast, who)).get(path).status_code == 403

    def test_at_midnight_on_the_thirteenth_birthday(self, cast, born):
        """12 years and 364 days, one second before midnight in Stockholm, and at midnight."""
        tomorrow = clock.today() + timedelta(days=1)
        born("alva", tomorrow.replace(year=tomorrow.year - 13))
        midnight = clock.now().astimezone(clock.STOCKHOLM).replace(hour=0, minute=0, second=0) + timedelta(
            days=1
        )
        alva, maria = cast.alva, cast.maria
        family = reverse("family-plan", args=[cast.child("alva").pk])
        with clock.frozen(midnight - timedelta(seconds=1)):
            assert sign_in(Client(), alva).get(OTHERS).status_code == 403
            assert sign_in(Client(), maria).get(family).status_code == 200
        with clock.frozen(midnight):
            assert sign_in(Client(), alva).get(OTHERS).status_code == 200
            assert sign_in(Client(), maria).get(family).status_code == 404

    def test_whoever_chose_another_look_has_the_same_pages(self, cast, noa):
        child = cast.child("noa")
        child.page_mode = "pictures"
        child.save(update_fields=["page_mode"])
        assert "k-page--B2" in page(noa, OTHERS)

    @pytest.mark.parametrize("path", [HOME, *YOUNG_ONLY[:1], *YOUNG_ONLY[2:]])
    def test_help_numbers_and_the_way_out_on_every_page(self, noa, path):
        shown = page(noa, path)
        for number in ("tel:112", "tel:1177", "tel:116111"):
            assert f'href="{number}"' in shown
        assert "data-leave" in shown and 'href="/lamna-snabbt/"' in shown
        assert "no-store" in noa.get(path).headers["Cache-Control"]


class TestHome:
    def test_the_next_time_and_what_guardians_see(self, cast, noa):
        Scene(cast, "noa")
        texts = texts_of(page(noa, HOME))
        assert "Anders Dahl ser inget av dina sidor." in texts
        assert "Du har ingen bokad tid just nu. När något är bokat står det här." in texts

    def test_its_cost_does_not_grow(self, noa, django_assert_max_num_queries):
        with django_assert_max_num_queries(19):
            noa.get(HOME)


class TestOthers:
    def test_the_rule_stands_in_words_and_nothing_is_shown_from_the_start(self, noa):
        texts = texts_of(page(noa, OTHERS))
        assert "Nu när du är äldre är dina sidor stängda för vårdnadshavare." in texts
        assert texts.count("Du bestämmer") == 4

    def test_show_and_stop_and_the_guardian_s_next_request(self, cast, noa):
        """Check 37: turned off, the very next request is answered as if there were no such child."""
        Scene(cast, "noa")
        plan = reverse("family-plan", args=[cast.child("noa").pk])
        anders = sign_in(Client(), cast.anders)
        notices, tasks = Notice.objects.count(), Task.objects.count()
        assert anders.get(plan).status_code == 404
        noa.post(SHARE, fields_of(ask_first(noa, cast)))
        assert anders.get(plan).status_code == 200
        noa.post(SHARE, fields_of(ask_first(noa, cast)))
        missing = anders.get(plan.replace(str(cast.child("noa").pk), "00000000-0000-4000-8000-000000000000"))
        closed = anders.get(plan)
        assert (closed.status_code, closed.content) == (404, missing.content)
        assert "Noa" not in anders.get("/mina-barn/", follow=True).content.decode()
        assert (Notice.objects.count(), Task.objects.count()) == (notices, tasks)

    def test_only_what_was_shown_opens(self, cast, noa):
        noa.post(SHARE, fields_of(ask_first(noa, cast, "appointment")))
        anders, key = sign_in(Client(), cast.anders), cast.child("noa").pk
        assert anders.get(reverse("family-times", args=[key])).status_code == 200
        assert anders.get(reverse("family-plan", args=[key])).status_code == 404

    def test_before_it_changes_it_says_that_nobody_is_told(self, cast, noa):
        texts = texts_of(ask_first(noa, cast))
        assert "Anders Dahl får inget meddelande om att du ändrat." in texts
        assert not YoungShare.objects.exists()

    def test_afterwards_the_page_says_what_holds(self, cast, noa):
        answer = noa.post(SHARE, fields_of(ask_first(noa, cast)), follow=True)
        texts = " ".join(texts_of(answer.content.decode()))
        assert "Nu ser Anders Dahl Min plan. Ingen har fått något meddelande." in texts

    def test_sent_twice_it_is_done_once_and_not_undone(self, cast, noa):
        fields = fields_of(ask_first(noa, cast))
        for _time in range(2):
            assert noa.post(SHARE, fields).headers["Location"] == OTHERS
        assert YoungShare.objects.filter(ended_at=None).count() == 1
        assert Event.objects.filter(kind="young_share_started").count() == 1

    def test_a_page_that_has_moved_on_does_what_it_said_and_not_the_opposite(self, cast, noa):
        """Shown in two tabs: «Visa» pressed in both is shown, not shown and stopped."""
        first, second = (fields_of(ask_first(noa, cast)) for _tab in range(2))
        noa.post(SHARE, first)
        noa.post(SHARE, second)
        assert YoungShare.objects.get().ended_at is None

    @pytest.mark.parametrize(
        "fields", [{}, {"vem": "nonsense", "vad": "plan"}, {"vad": "nonsense"}, {"want": "all"}]
    )
    @pytest.mark.parametrize("way", ["get", "post"])
    def test_what_is_not_offered_leads_back(self, cast, noa, fields, way):
        fields = {"vem": str(cast.guardian("anders").pk), "vad": "record"} | fields
        assert getattr(noa, way)(SHARE, fields).headers["Location"] == OTHERS
        assert not YoungShare.objects.exists()

    def test_the_address_names_nobody(self, cast, noa):
        links = [part.split('"')[0] for part in page(noa, OTHERS).split('href="')[1:]]
        assert not [one for one in links if "nders" in one or "ahl" in one]


class TestMessages:
    def test_it_is_said_that_there_are_none_and_whom_to_ring(self, cast, noa):
        texts = texts_of(page(noa, "/min-sida/meddelanden/"))
        assert "Här kommer dina meddelanden. Du kan skriva till de enheter där du går." in texts
        assert "Bara du och den enhet du skriver till ser det du skriver." in texts
        assert {"Inte för akuta ärenden", "112", "1177"} <= set(texts)


class TestAsking:
    def test_looked_through_and_sent(self, cast, noa):
        unit = cast.unit("sas-bup-boras")
        said = {"unit": str(unit.pk), "words": "Jag undrar vad det står."}
        check = noa.post(ASK, said | {"go": "check"}).content.decode()
        assert "Jag undrar vad det står." in check and not Task.objects.exists()
        answer = noa.post(ASK, fields_of(check) | {"go": "send"}, follow=True)
        texts = " ".join(texts_of(answer.content.decode()))
        assert "Ingen vårdnadshavare får veta att du har frågat." in texts
        assert f"Du frågade {unit.name} den 16 november 2026." in texts
        assert Task.objects.get().kind == "maturity_asked"

    def test_changed_before_it_is_sent_keeps_the_words(self, cast, noa):
        said = {"unit": str(cast.unit("sas-bup-boras").pk), "words": "Hej"}
        check = noa.post(ASK, said | {"go": "check"}).content.decode()
        back = noa.post(ASK, fields_of(check) | {"go": "change"}).content.decode()
        assert ">\nHej</textarea>" in back.replace("\r", "") or ">Hej</textarea>" in back
        assert "checked" in back

    @pytest.mark.parametrize("go", ["check", "send"])
    def test_without_a_choice_it_says_what_to_do(self, noa, go):
        shown = noa.post(ASK, {"words": "Hej", "go": go}).content.decode()
        assert "Välj vilken mottagning du vill fråga." in shown and "<title>Fel:" in shown

    def test_once_it_is_decided_the_page_says_so(self, cast, noa):
        MaturityAssessment.objects.create(
            child=cast.child("noa"),
            question="record",
            mature_from=clock.today(),
            grounds="Samtal",
            unit=cast.unit("sas-bup-boras"),
            assessed_by=cast.eva,
            assessed_at=cast.now,
        )
        assert "Du får läsa din journal på nätet." in texts_of(page(noa, ASK))


BIRTHDAYS = {13: date(2013, 11, 17), 16: date(2010, 11, 17), 18: date(2008, 11, 17)}


class TestBirthdays:
    @pytest.mark.parametrize("years", BIRTHDAYS)
    def test_told_the_day_before_and_no_more_on_the_day(self, cast, born, years):
        born("noa", BIRTHDAYS[years])
        client = sign_in(Client(), cast.noa)
        assert f"Det här ändras när du fyller {years}" in page(client, TURNING)
        with clock.frozen(days_on(1)):
            assert sign_in(Client(), cast.noa).get(TURNING).headers["Location"] == HOME

    def test_who_is_soon_thirteen_is_told_in_few_words(self, cast, born):
        """The mirror of the guardian's page, from twelve years and six months, in the child's own set."""
        born("alva", date(2013, 11, 17))
        alva = sign_in(Client(), cast.alva)
        assert "Det här ändras när du fyller 13" in texts_of(page(alva, HOME))
        shown = page(alva, TURNING)
        assert "k-page--B2" in shown
        main = shown.split("<main")[1].split("</main>")[0]
        assert not [text for text in texts_of(main) if len(text.split()) > 8]
        born("alva", date(2014, 5, 18))
        assert TURNING not in page(alva, HOME)

    def test_the_young_with_pictures_reach_what_others_see(self, cast, noa):
        child = cast.child("noa")
        child.page_mode = "early"
        child.save(update_fields=["page_mode"])
        assert f'href="{OTHERS}"' in page(noa, HOME)
        assert f'href="{OTHERS}"' not in page(sign_in(Client(), cast.hugo), HOME)

    def test_the_first_page_leads_there(self, born, noa):
        born("noa", BIRTHDAYS[16])
        assert f'href="{TURNING}"' in page(noa, HOME)
        born("noa", date(2011, 6, 2))
        assert f'href="{TURNING}"' not in page(noa, HOME)

    def test_on_the_eighteenth_birthday_a_share_no_longer_opens_anything(self, cast, noa, born):
        noa.post(SHARE, fields_of(ask_first(noa, cast)))
        born("noa", BIRTHDAYS[18])
        plan = reverse("family-plan", args=[cast.child("noa").pk])
        assert sign_in(Client(), cast.anders).get(plan).status_code == 200
        with clock.frozen(days_on(1)):
            assert sign_in(Client(), cast.anders).get(plan).status_code == 404
            texts = texts_of(page(sign_in(Client(), cast.noa), OTHERS))
            assert "Du är vuxen. Ingen är din vårdnadshavare längre." in texts
            assert "Du bestämmer" not in texts

    @pytest.mark.parametrize(("day", "status"), [(date(2009, 11, 17), 403), (date(2009, 11, 16), 200)])
    def test_adult_care_from_seventeen(self, born, noa, day, status):
        born("noa", day)
        assert noa.get(ADULT).status_code == status
        assert ("Dags för vuxenvården" in page(noa, HOME)) is (status == 200)


class TestLeaving:
    def test_the_help_is_open_to_everybody_and_honest_about_history(self, db):
        texts = " ".join(texts_of(page(Client(), "/lamna-snabbt/")))
        assert "Webbläsarens historik tas inte bort." in texts

    def test_pressed_the_session_is_dead_and_the_page_says_nothing_of_kring(self, noa):
        answer = noa.post("/kalender/")
        assert '"cache"' in answer.headers["Clear-Site-Data"]
        shown = page(noa, answer.headers["Location"])
        assert "Kring" not in shown and "Noa" not in shown
        assert noa.get(OTHERS).headers["Location"].startswith("/logga-in/")
