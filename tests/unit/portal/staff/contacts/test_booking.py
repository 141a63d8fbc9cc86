"""Visits of the own unit: booked, moved, called off; the family's «Be om en annan tid» is answered by it."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from kring.audit.models import AccessLogRow
from kring.care.contacts import commands
from kring.care.contacts.models import Appointment
from kring.clock import STOCKHOLM
from kring.notifications.models import Notice
from kring.portal.family.commands import ask_another_time
from kring.portal.staff.contacts.booking.forms import BookForm, MoveForm
from kring.timeline.models import Event, Task
from tests.own_pages import fields_of, texts_of
from tests.unit.portal.staff.desk import text_of

WHEN = {"day_0": "1", "day_1": "12", "day_2": "2026", "time": "13.30", "minutes": "60"}
BOOKED = WHEN | {"mode": "on_site", "what": "Prova ut bildstöd", "with_whom": "Karin Lund", "bring": "Kartan"}
MOVED = "Besöket är flyttat. Den nya tiden står bland tiderna."
AT = datetime(2026, 12, 1, 13, 30, tzinfo=STOCKHOLM)


def send(client, path, **fields):
    return client.post(path, fields_of(text_of(client.get(path))) | fields)


def booking(child) -> str:
    return f"/barn/{child.pk}/besok/nytt/"


def about(visit, act: str) -> str:
    return f"/barn/{visit.child_id}/besok/{visit.pk}/{act}/"


class TestTheForms:
    @pytest.mark.parametrize(
        ("field", "sent", "words"),
        [
            ("day", {"day_0": "", "day_1": "", "day_2": ""}, "Ange datum, till exempel 24 11 2026."),
            ("day", {"day_0": "31", "day_1": "2"}, "Ange ett datum som finns, till exempel 24 11 2026."),
            ("time", {"time": ""}, "Ange tiden med timmar och minuter, till exempel 10.00."),
            ("time", {"time": "kvart över"}, "Ange tiden med timmar och minuter, till exempel 10.00."),
            ("minutes", {"minutes": ""}, "Ange besökets längd i minuter, mellan 5 och 480."),
            ("minutes", {"minutes": "4"}, "Ange besökets längd i minuter, mellan 5 och 480."),
            ("minutes", {"minutes": "481"}, "Ange besökets längd i minuter, mellan 5 och 480."),
            ("mode", {"mode": ""}, "Välj hur ni ses."),
            ("mode", {"mode": "brev"}, "Välj hur ni ses."),
            ("what", {"what": "x" * 161}, "Skriv högst 160 tecken. Nu är det 161."),
            ("bring", {"bring": "x" * 201}, "Skriv högst 200 tecken. Nu är det 201."),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(self, field, sent, words):
        form = BookForm(BOOKED | sent)
        assert not form.is_valid()
        assert {name: said[0] for name, said in form.errors.items()} == {field: words}

    def test_what_is_written_becomes_the_command(self):
        form = BookForm(BOOKED)
        assert form.is_valid()
        said = {"mode": "on_site", "what": "Prova ut bildstöd", "with_whom": "Karin Lund", "bring": "Kartan"}
        usual = {"visibility": "default", "category": "general", "visible_to_child_from": None}
        assert form.given() == said | usual | {"starts_at": AT, "minutes": 60}

    @pytest.mark.parametrize(("length", "minutes"), [(30, 30), (None, 45)])
    def test_moving_begins_with_the_time_that_holds(self, length, minutes):
        ends = AT + timedelta(minutes=length) if length else None
        begun = MoveForm.initial_of(SimpleNamespace(starts_at=AT, ends_at=ends))
        assert (begun["day"], begun["time"].hour, begun["minutes"]) == (AT.date(), 13, minutes)


class TestBooking:
    def test_a_visit_is_booked_at_the_own_unit_and_the_family_sees_it(self, cast, alva, enter):
        karin = enter("karin")
        answer = send(karin, booking(alva), **BOOKED)
        assert answer.headers["Location"] == f"/barn/{alva.pk}/kontakter/"
        visit = Appointment.objects.get(child=alva)
        assert (visit.starts_at, visit.unit, visit.status) == (
            AT,
            cast.unit("hh-habilitering-boras"),
            "booked",
        )
        assert visit.ends_at - visit.starts_at == timedelta(minutes=60)
        times = texts_of(text_of(enter("maria").get(f"/mina-sidor/{alva.pk}/tider/")))
        assert "Prova ut bildstöd" in times

    def test_who_in_the_family_sees_it_is_chosen_then_and_changed_after(self, cast, alva, enter):
        """The guardian's page never had it, then has it; reception books, and never meets the question."""
        karin, maria, times = enter("karin"), enter("maria"), f"/mina-sidor/{alva.pk}/tider/"
        send(karin, booking(alva), **BOOKED, visibility="not_guardian", category="sexual_health")
        visit = Appointment.objects.get(child=alva)
        assert "Prova ut bildstöd" not in text_of(maria.get(times))
        listed = text_of(karin.get(f"/barn/{alva.pk}/kontakter/"))
        here = f"/barn/{alva.pk}/besok/{visit.pk}/vem-ser/"
        assert f'href="{here}"' in listed
        page = text_of(karin.get(here))
        assert "Visas inte för vårdnadshavare. Sexuell hälsa" in page
        assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["not_guardian", "sexual_health"]
        missing = send(karin, here, visibility="not_child_until", category="general")
        assert "Ange en dag efter i dag, från vilken barnet ser besöket." in text_of(missing)
        assert send(karin, here, visibility="all", category="sexual_health").status_code == 302
        assert "Prova ut bildstöd" in text_of(maria.get(times))
        assert enter("rune").get(here).status_code in (403, 404)
        assert 'name="visibility"' not in text_of(enter("rune").get(booking(alva)))

    def test_a_time_gone_by_is_refused_at_the_time(self, alva, enter):
        answer = send(enter("karin"), booking(alva), **BOOKED | {"day_1": "11"})
        assert answer.status_code == 422
        assert '<a href="#time">Ange en tid framåt för besöket.</a>' in text_of(answer)
        assert 'value="Prova ut bildstöd"' in text_of(answer)
        assert not Appointment.objects.exists()

    def test_sent_twice_one_visit(self, alva, enter):
        karin = enter("karin")
        fields = fields_of(text_of(karin.get(booking(alva)))) | BOOKED
        for _ in range(2):
            assert karin.post(booking(alva), fields).status_code == 302
        assert Appointment.objects.count() == 1

    @pytest.mark.parametrize("who", ["ulla", "mona"])
    def test_who_takes_no_part_gets_the_answer_of_a_missing_child(self, alva, enter, who):
        client = enter(who)
        answer, missing = client.get(booking(alva)), client.get(f"/barn/{uuid4()}/besok/nytt/")
        assert (answer.status_code, answer.content) == (missing.status_code, missing.content)

    def test_the_child_s_contacts_lead_there(self, alva, enter):
        assert booking(alva) in text_of(enter("karin").get(f"/barn/{alva.pk}/kontakter/"))


class TestMoving:
    def test_moved_and_the_family_is_told_and_asked_anew(self, alva, visits, enter):
        visit = visits["karin"]
        Appointment.objects.filter(pk=visit.pk).update(status="agreed")
        assert send(enter("karin"), about(visit, "flytta"), **WHEN).status_code == 302
        visit.refresh_from_db()
        assert (visit.starts_at, visit.status, visit.revision) == (AT, "booked", 2)
        assert Notice.objects.filter(act="visit_moved", about=visit.pk).exists()

    def test_the_family_s_wish_is_read_and_answered_by_it(self, cast, alva, visits, enter):
        visit, maria = visits["karin"], cast.actor("maria")
        wish = {"child_id": alva.pk, "visit_id": visit.pk, "seen": 1, "reason": "Efter klockan 13 går bra"}
        ask_another_time(by=maria, **wish)
        karin = enter("karin")
        words = "Familjen ber om en annan tid: Efter klockan 13 går bra"
        for page in (f"/barn/{alva.pk}/kontakter/", about(visit, "flytta")):
            assert words in texts_of(text_of(karin.get(page))), page
        assert about(visit, "flytta") in text_of(karin.get(f"/barn/{alva.pk}/"))
        send(karin, about(visit, "flytta"), **WHEN)
        task = Task.objects.get(kind="visit_change_asked")
        assert (task.done_by, task.result) == (cast.karin, MOVED)
        assert words not in texts_of(text_of(karin.get(f"/barn/{alva.pk}/kontakter/")))

    @pytest.mark.parametrize(
        ("by", "work", "result"),
        [
            ("karin", commands.cancel_appointment, "Besöket är avbokat."),
            ("maria", commands.cancel_appointment, "Besöket är avbokat."),
            ("maria", commands.agree, "Familjen har sagt ja till tiden."),
        ],
    )
    def test_whatever_becomes_of_the_visit_answers_the_wish(self, cast, alva, visits, by, work, result):
        visit = visits["karin"]
        wish = {"child_id": alva.pk, "visit_id": visit.pk, "seen": 1, "reason": "En annan dag"}
        ask_another_time(by=cast.actor("maria"), **wish)
        work(by=cast.actor(by), appointment_id=visit.pk, seen=1)
        assert Task.objects.get(kind="visit_change_asked").result == result

    def test_a_wish_about_another_visit_stands(self, cast, alva, visits):
        for who in ("karin", "sara"):
            wish = {"child_id": alva.pk, "visit_id": visits[who].pk, "seen": 1, "reason": who}
            ask_another_time(by=cast.actor("maria"), **wish)
        karin = cast.actor("karin")
        commands.cancel_appointment(by=karin, appointment_id=visits["karin"].pk, seen=1)
        [open_one] = Task.objects.filter(kind="visit_change_asked", done_at__isnull=True)
        assert open_one.subject == visits["sara"].pk

    def test_changed_by_a_colleague_meanwhile_both_are_seen(self, cast, visits, enter):
        visit, karin = visits["karin"], enter("karin")
        fields = fields_of(text_of(karin.get(about(visit, "flytta")))) | WHEN
        later = visit.starts_at + timedelta(days=1)
        commands.move_appointment(by=cast.actor("eva"), appointment_id=visit.pk, seen=1, starts_at=later)
        answer = karin.post(about(visit, "flytta"), fields)
        page = text_of(answer)
        assert answer.status_code == 409
        assert "Så står det nu" in page
        assert "tis 24 nov 2026 kl. 10.00" in page
        assert 'value="13.30"' in page
        assert karin.post(about(visit, "flytta"), fields_of(page) | WHEN).status_code == 302

    def test_another_unit_s_visit_is_seen_and_not_touched(self, visits, enter):
        karin = enter("karin")
        for act in ("flytta", "avboka"):
            assert karin.get(about(visits["sara"], act)).status_code == 403
        assert (
            AccessLogRow.objects.filter(what="visit.form", outcome="refused", rule="owner.only").count() == 2
        )

    def test_only_the_own_unit_s_rows_have_something_to_do(self, alva, visits, enter):
        page = text_of(enter("karin").get(f"/barn/{alva.pk}/kontakter/"))
        assert about(visits["karin"], "flytta") in page
        assert about(visits["sara"], "flytta") not in page

    def test_an_address_that_mixes_two_children_is_none(self, cast, visits, enter):
        mixed = about(visits["karin"], "flytta").replace(
            str(visits["karin"].child_id), str(cast.child("hugo").pk)
        )
        assert enter("karin").get(mixed).status_code == 404


class TestCallingOff:
    def test_it_asks_first_and_then_tells_the_family(self, visits, enter):
        visit, karin = visits["karin"], enter("karin")
        assert "Ja, avboka besöket" in text_of(karin.get(about(visit, "avboka")))
        visit.refresh_from_db()
        assert visit.status == "booked"
        send(karin, about(visit, "avboka"))
        visit.refresh_from_db()
        assert visit.status == "cancelled"
        assert Event.objects.filter(kind="visit_cancelled", subject=visit.pk).count() == 1

    def test_what_has_been_is_not_called_off(self, cast, visits, enter):
        visit, karin = visits["karin"], enter("karin")
        fields = fields_of(text_of(karin.get(about(visit, "avboka"))))
        Appointment.objects.filter(pk=visit.pk).update(starts_at=cast.now - timedelta(hours=1))
        answer = karin.post(about(visit, "avboka"), fields)
        assert answer.status_code == 422
        assert "Besöket har redan varit eller är avbokat." in text_of(answer)


class TestReception:
    """Whoever receives books and moves, and never meets why the child comes (ruling 26)."""

    @pytest.fixture
    def desk_clerk(self, cast, alva):
        from django.test import Client

        from kring.organisations.models import Assignment, Person
        from tests.own_pages import sign_in

        person = Person.objects.create(subject="reception", given_name="Rita", family_name="Disk")
        since = cast.now.date() - timedelta(days=30)
        unit = cast.unit("hh-habilitering-boras")
        Assignment.objects.create(person=person, unit=unit, role="receptionist", starts_on=since)
        return sign_in(Client(), person)

    def test_books_without_meeting_why(self, alva, desk_clerk):
        page = text_of(desk_clerk.get(booking(alva)))
        assert "Vad ska ni göra?" not in page
        answer = send(desk_clerk, booking(alva), **BOOKED)
        assert answer.headers["Location"] == "/besok/?dag=2026-12-01"
        assert Appointment.objects.get(child=alva).what == ""

    def test_moves_from_the_list_of_the_day(self, alva, desk_clerk, cast):
        karin = cast.actor("karin")
        visit = commands.book(by=karin, child_id=alva.pk, starts_at=AT, what="Om sömnen")
        day = text_of(desk_clerk.get("/besok/?dag=2026-12-01"))
        link = re.search(r'href="([^"]*/flytta/)"', day)[1]
        assert link == about(visit, "flytta")
        page = text_of(desk_clerk.get(link))
        assert "Om sömnen" not in page
        assert send(desk_clerk, link, **WHEN | {"time": "15"}).status_code == 302

    def test_the_search_leads_to_the_booking(self, alva, desk_clerk):
        found = text_of(desk_clerk.post("/barn/", {"name": "Alva Berg"}))
        assert f'href="{booking(alva)}"' in found
        assert f'href="/barn/{alva.pk}/"' not in found
