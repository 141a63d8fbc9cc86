"""«Samla på samma dag», answered on the page: yes with a time, no with a reason, taken back, seen by all."""

import re
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from kring.audit.models import AccessLogRow
from kring.care.contacts import commands
from kring.care.contacts.models import Appointment, SameDayRequest
from kring.portal.staff.contacts.same_day.forms import AnswerForm
from kring.timeline.models import Task
from tests.own_pages import fields_of, texts_of
from tests.unit.portal.staff.desk import text_of

DAY = 9
YES = {"answer": "yes", "time": "13.00"}
NO = {"answer": "no", "reason": "Läkaren är borta den dagen"}


@pytest.fixture
def asked(cast, alva, visits):
    return ask(cast.actor("karin"), alva, visits)


def ask(by, alva, visits, **more):
    on, ids = by.today + timedelta(days=DAY), [visit.pk for visit in visits.values()]
    return commands.request_same_day(by=by, child_id=alva.pk, on=on, appointment_ids=ids, **more)


def page_of(asked) -> str:
    return f"/barn/{asked.child_id}/kontakter/fragor/{asked.pk}/"


def send(client, path, **fields):
    return client.post(path, fields_of(text_of(client.get(path))) | fields)


def waiting(asked) -> list[str]:
    tasks = Task.objects.filter(subject=asked.pk, done_at__isnull=True)
    return sorted(tasks.values_list("unit__key", flat=True))


class TestTheForm:
    @pytest.mark.parametrize(
        ("sent", "wrong"),
        [
            ({}, {"answer": "Välj ja eller nej."}),
            ({"answer": "kanske"}, {"answer": "Välj ja eller nej."}),
            (
                {"answer": "yes"},
                {"time": "Ange tiden med timmar och minuter, till exempel 10.00."},
            ),
            (
                {"answer": "yes", "time": "tolv"},
                {"time": "Ange tiden med timmar och minuter, till exempel 10.00."},
            ),
            ({"answer": "no"}, {"reason": "Skriv varför det inte går."}),
            ({"answer": "no", "reason": "   "}, {"reason": "Skriv varför det inte går."}),
            (
                {"answer": "no", "reason": "x" * 201},
                {"reason": "Skriv högst 200 tecken. Nu är det 201."},
            ),
            ({"answer": "yes", "time": "10"}, {}),
            ({"answer": "no", "reason": "Nej"}, {}),
            ({"answer": "no", "reason": "Nej", "time": "10.00"}, {}),
        ],
    )
    def test_each_answer_needs_its_own_field(self, sent, wrong):
        form = AnswerForm(sent, on=None)
        form.is_valid()
        assert {name: words[0] for name, words in form.errors.items()} == wrong

    def test_a_no_moves_nothing_even_when_a_time_was_written(self):
        form = AnswerForm({"answer": "no", "reason": "Nej", "time": "10.00"}, on=None)
        assert form.is_valid()
        assert form.given() == {"answer": "no", "reason": "Nej"}

    def test_what_the_answer_asks_for_is_not_called_voluntary(self):
        form = AnswerForm(on=None)
        form.mark_asked()
        assert all(field.required for field in form.fields.values())


class TestReading:
    def test_the_page_says_what_is_asked_for_which_visit_and_by_whom_else(self, asked, enter):
        page = texts_of(text_of(enter("peter").get(page_of(asked))))
        assert "Frågan är skickad" in page
        assert any(text.startswith("Din enhets besök: tors 26 nov 2026 kl. 10.00") for text in page)
        assert "Kan besöket flyttas till ons 25 nov 2026? Det flyttas när du svarar ja." in page
        assert page.count("Har inte svarat") == 2
        assert page.count("Ja") == 1

    def test_the_greeting_is_shown(self, cast, alva, visits, enter):
        asked = ask(cast.actor("karin"), alva, visits, message="Alva missar matten")
        assert "Alva missar matten" in texts_of(text_of(enter("peter").get(page_of(asked))))

    def test_who_has_nothing_to_answer_reads_and_has_no_form(self, asked, enter):
        page = text_of(enter("sara").get(page_of(asked)))
        assert "Kan besöket flyttas" not in page
        assert "Har inte svarat" in page

    @pytest.mark.parametrize("who", ["jonas", "ulla"])
    def test_who_was_not_asked_gets_the_answer_of_a_missing_question(self, asked, enter, who):
        client = enter(who)
        answer, missing = (
            client.get(page_of(asked)),
            client.get(f"/barn/{uuid4()}/kontakter/fragor/{uuid4()}/"),
        )
        assert (answer.status_code, answer.content) == (404, missing.content)

    def test_an_address_that_mixes_two_children_is_none(self, asked, cast, enter):
        other = page_of(asked).replace(str(asked.child_id), str(cast.child("hugo").pk))
        assert enter("peter").get(other).status_code == 404

    def test_the_title_names_nobody(self, asked, enter):
        title = re.search(r"<title>(.*?)</title>", text_of(enter("peter").get(page_of(asked))))[1]
        assert "Alva" not in title
        assert "Berg" not in title

    def test_reading_is_logged(self, asked, enter):
        enter("peter").get(page_of(asked))
        assert AccessLogRow.objects.filter(what="same_day.read", object_id=str(asked.pk)).count() == 1

    def test_the_list_of_contacts_leads_there(self, asked, alva, enter):
        for who, word in (("peter", "Svara"), ("sara", "Öppna frågan")):
            page = text_of(enter(who).get(f"/barn/{alva.pk}/kontakter/"))
            link = re.search(rf'href="{page_of(asked)}">(.*?)<', page)
            assert link[1] == word


class TestAnswering:
    def test_all_say_yes_and_the_visits_are_on_one_day(self, asked, visits, enter):
        for who in ("karin", "peter"):
            answer = send(enter(who), page_of(asked), **YES)
            assert answer.headers["Location"] == page_of(asked)
        asked.refresh_from_db()
        assert asked.state == "agreed"
        assert waiting(asked) == []
        days = {row.starts_at.date() for row in Appointment.objects.filter(child=asked.child)}
        assert days == {asked.on}
        for who in ("karin", "peter", "sara"):
            page = texts_of(text_of(enter(who).get(page_of(asked))))
            assert "Alla har sagt ja" in page
            assert page.count("Ja") == 3

    def test_a_yes_takes_the_task_out_of_the_own_worklist_alone(self, asked, enter):
        before = waiting(asked)
        assert len(before) == 2
        send(enter("karin"), page_of(asked), **YES)
        assert waiting(asked) == [key for key in before if key != "hh-habilitering-boras"]

    def test_one_no_ends_it_and_everybody_reads_why(self, asked, alva, visits, enter):
        send(enter("peter"), page_of(asked), **NO)
        assert waiting(asked) == []
        words = "Nej: Läkaren är borta den dagen"
        for who in ("karin", "sara", "peter"):
            page = texts_of(text_of(enter(who).get(page_of(asked))))
            assert "Det gick inte" in page
            assert words in page
            assert "Behövde inte svara" in page
        visits["peter"].refresh_from_db()
        assert visits["peter"].revision == 1
        maria = enter("maria")
        times = texts_of(text_of(maria.get(f"/mina-sidor/{alva.pk}/tider/")))
        assert any(text.endswith(words) for text in times)

    def test_what_is_wrong_is_said_on_top_and_what_was_written_stays(self, asked, enter):
        answer = send(enter("peter"), page_of(asked), answer="no", reason="")
        page = text_of(answer)
        assert answer.status_code == 422
        assert "Det finns något att rätta" in page
        assert 'href="#reason"' in page
        assert re.search(r'value="no"[^>]*checked', page)
        assert SameDayRequest.objects.get().state == "asked"

    def test_a_time_gone_by_is_refused_at_the_time(self, cast, alva, visits, enter):
        by = cast.actor("karin")
        ids = [visit.pk for visit in visits.values()]
        on = by.today + timedelta(days=1)
        asked = commands.request_same_day(by=by, child_id=alva.pk, on=on, appointment_ids=ids)
        SameDayRequest.objects.filter(pk=asked.pk).update(on=by.today)
        answer = send(enter("peter"), page_of(asked), answer="yes", time="08.00")
        assert answer.status_code == 422
        assert re.search(r'<a href="#time">Ange en tid framåt för besöket', text_of(answer))

    def test_sent_twice_it_is_answered_once(self, asked, enter):
        client = enter("peter")
        fields = fields_of(text_of(client.get(page_of(asked)))) | YES
        first, second = client.post(page_of(asked), fields), client.post(page_of(asked), fields)
        assert first.headers["Location"] == second.headers["Location"] == page_of(asked)
        assert Appointment.objects.get(unit__key="sas-bum-boras").revision == 2

    def test_moved_by_a_colleague_meanwhile_both_are_seen_and_nothing_is_lost(
        self, cast, asked, visits, enter
    ):
        client, visit, peter = enter("peter"), visits["peter"], cast.actor("peter")
        fields = fields_of(text_of(client.get(page_of(asked)))) | YES
        later = visit.starts_at + timedelta(days=2)
        commands.move_appointment(by=peter, appointment_id=visit.pk, seen=1, starts_at=later)
        answer = client.post(page_of(asked), fields)
        page = text_of(answer)
        assert answer.status_code == 409
        assert "Någon har ändrat medan du skrev." in page
        assert "lör 28 nov 2026 kl. 10.00" in page
        assert 'value="13.00"' in page
        assert client.post(page_of(asked), fields_of(page) | YES).status_code == 302
        visit.refresh_from_db()
        assert (visit.starts_at.hour, visit.revision) == (12, 3)

    def test_answered_by_a_colleague_meanwhile_one_is_told(self, cast, asked, visits, enter):
        client, peter = enter("peter"), cast.actor("peter")
        fields = fields_of(text_of(client.get(page_of(asked)))) | YES
        row = asked.visits.get(appointment=visits["peter"])
        commands.answer_same_day(by=peter, visit_id=row.pk, **NO)
        answer = client.post(page_of(asked), fields, follow=True)
        assert "Frågan har redan fått svar. Så här gick det." in texts_of(text_of(answer))

    def test_two_visits_are_asked_for_one_after_the_other(self, cast, alva, visits, enter):
        peter = cast.actor("peter")
        later = visits["peter"].starts_at + timedelta(hours=2)
        second = commands.book(by=peter, child_id=alva.pk, starts_at=later)
        asked = ask(cast.actor("karin"), alva, visits | {"second": second})
        client = enter("peter")
        send(client, page_of(asked), **YES)
        assert "sas-bum-boras" in waiting(asked)
        send(client, page_of(asked), answer="yes", time="14.00")
        assert waiting(asked) == ["hh-habilitering-boras"]

    def test_another_unit_s_visit_cannot_be_answered_for(self, asked, visits, enter):
        row = asked.visits.get(appointment=visits["karin"])
        answer = enter("peter").post(page_of(asked), YES | {"visit": row.pk, "seen": 1})
        assert answer.status_code == 302
        row.refresh_from_db()
        assert row.answer == ""


class TestTheCommand:
    def test_who_has_answered_does_not_answer_again(self, cast, asked, visits):
        karin, row = cast.actor("karin"), asked.visits.get(appointment=visits["karin"])
        said = {"by": karin, "visit_id": row.pk, "answer": "yes"}
        commands.answer_same_day(starts_at=visits["sara"].starts_at, **said)
        with pytest.raises(commands.Refusal, match="redan svarat"):
            commands.answer_same_day(starts_at=visits["sara"].starts_at + timedelta(hours=1), **said)


class TestTakingBack:
    def test_the_asker_takes_it_back_and_nobody_has_to_answer(self, asked, enter):
        karin = enter("karin")
        link = re.search(r'href="([^"]*/aterta/)"', text_of(karin.get(page_of(asked))))[1]
        assert "Ta tillbaka frågan" in text_of(karin.get(link))
        answer = send(karin, link)
        assert answer.headers["Location"] == page_of(asked)
        assert waiting(asked) == []
        assert "Återtagen" in texts_of(text_of(enter("peter").get(page_of(asked))))

    def test_who_did_not_ask_has_no_such_link(self, asked, enter):
        peter = enter("peter")
        assert "/aterta/" not in text_of(peter.get(page_of(asked)))
        assert peter.get(page_of(asked) + "aterta/").headers["Location"] == page_of(asked)
        assert peter.post(page_of(asked) + "aterta/", {}).status_code == 302
        assert SameDayRequest.objects.get().state == "asked"

    def test_a_colleague_of_the_asker_may(self, asked, enter):
        send(enter("eva"), page_of(asked) + "aterta/")
        assert SameDayRequest.objects.get().state == "withdrawn"

    def test_what_the_family_asked_is_not_the_unit_s_to_take_back(self, cast, alva, visits, enter):
        asked = ask(cast.actor("maria"), alva, visits)
        assert asked.unit_id == cast.actor("karin").unit_id
        assert "/aterta/" not in text_of(enter("karin").get(page_of(asked)))
        with pytest.raises(commands.Refusal, match="ändras av den enhet"):
            commands.withdraw_same_day(by=cast.actor("karin"), request_id=asked.pk)

    def test_the_guardian_who_asked_takes_it_back_on_the_family_s_page(self, cast, alva, visits, enter):
        asked = ask(cast.actor("maria"), alva, visits)
        times = f"/mina-sidor/{alva.pk}/tider/"
        maria = enter("maria")
        link = re.search(r'href="([^"]*/aterta/)"', text_of(maria.get(times)))[1]
        answer = send(maria, link)
        assert answer.headers["Location"] == times
        assert "Återtagen" in text_of(maria.get(times))
        assert waiting(asked) == []

    def test_the_other_guardian_reads_and_has_no_link(self, cast, alva, visits, enter):
        asked = ask(cast.actor("maria"), alva, visits)
        johan, times = enter("johan"), f"/mina-sidor/{alva.pk}/tider/"
        assert "/aterta/" not in text_of(johan.get(times))
        answer = send(johan, f"{times}samma-dag/{asked.pk}/aterta/")
        assert "Besöket ändras av den enhet som har bokat det." in text_of(answer)
        asked.refresh_from_db()
        assert asked.state == "asked"
        refused = AccessLogRow.objects.filter(object_id="not_your_visit", outcome="refused")
        assert refused.count() == 1

    def test_a_question_of_another_child_is_none(self, cast, alva, visits, enter):
        asked = ask(cast.actor("maria"), alva, visits)
        answer = enter("anders").get(f"/mina-sidor/{alva.pk}/tider/samma-dag/{asked.pk}/aterta/")
        assert answer.status_code in (403, 404)


def test_after_the_end_nobody_is_said_to_owe_an_answer():
    from kring.care.contacts.presenters import answer_word

    table = {
        ("", "asked"): "Har inte svarat",
        ("", "declined"): "Behövde inte svara",
        ("", "withdrawn"): "Behövde inte svara",
        ("yes", "asked"): "Ja",
        ("yes", "declined"): "Ja",
        ("no", "declined"): "Nej: Stängt",
    }
    for (answer, state), words in table.items():
        row = SimpleNamespace(answer=answer, reason="Stängt" if answer == "no" else "")
        assert answer_word(row, SimpleNamespace(state=state)) == words
