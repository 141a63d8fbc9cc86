"""S72 Tider: the list by month, and what can be done about a time."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kring.care.contacts.models import Appointment, SameDayRequest
from kring.portal.family.rules import answer_by
from kring.timeline.models import Task
from tests.own_pages import fields_of, sign_in, texts_of


@pytest.fixture
def times(scene) -> str:
    return f"/mina-sidor/{scene.child.pk}/tider/"


def send(client: Client, path: str, **fields):
    hidden = fields_of(client.get(path).content.decode())
    return client.post(path, hidden | fields)


def test_visits_and_meetings_stand_together_by_month(scene, times, maria, read):
    scene.second.starts_at = scene.second.starts_at.replace(month=12)
    scene.second.save()
    texts = texts_of(read(maria, times))
    order = ["November 2026", "Möte om planen (SIP)", "Träning", "December 2026", "Läkarbesök"]
    assert sorted(order, key=texts.index) == order


def test_a_time_tells_where_with_whom_and_what_to_bring(times, maria, read):
    texts = texts_of(read(maria, times))
    assert "Logopedmottagningen för barn, Borås · Sara Nyman · På plats" in texts
    assert "Ta med: Bilderna" in texts
    assert "Om 10 dagar" in texts


def test_times_gone_by_and_called_off_are_not_there(scene, times, maria, read):
    scene.visit.starts_at -= timedelta(days=30)
    scene.visit.save()
    scene.second.status = "cancelled"
    scene.second.save()
    page = read(maria, times)
    assert "Träning" not in page
    assert "Läkarbesök" not in page


def test_agreeing(scene, times, maria, read):
    answer = send(maria, f"{times}{scene.visit.pk}/passar/")
    assert answer.headers["Location"] == times
    scene.visit.refresh_from_db()
    assert scene.visit.status == "agreed"
    texts = texts_of(read(maria, times))
    assert "Överenskommen" in texts
    assert "Tack. Nu är tiden överenskommen." in texts


def test_cancelling_asks_first(scene, times, maria, read):
    path = f"{times}{scene.visit.pk}/avboka/"
    assert "Ja, avboka tiden" in read(maria, path)
    scene.visit.refresh_from_db()
    assert scene.visit.status == "booked"
    send(maria, path)
    scene.visit.refresh_from_db()
    assert scene.visit.status == "cancelled"


def test_asking_for_another_time_leaves_the_booked_one(scene, times, maria):
    send(maria, f"{times}{scene.visit.pk}/andra/", reason="Efter klockan 15 går bra.")
    scene.visit.refresh_from_db()
    assert scene.visit.status == "booked"
    task = Task.objects.get(kind="visit_change_asked")
    assert (task.unit, task.subject) == (scene.visit.unit, scene.visit.pk)
    assert task.due_on == answer_by(scene.act("maria").today)


def test_asking_without_a_reason_says_what_to_write(scene, times, maria):
    page = send(maria, f"{times}{scene.visit.pk}/andra/").content.decode()
    assert page.count("Skriv när det passar bättre, till exempel «efter klockan 15».") == 2
    assert not Task.objects.filter(kind="visit_change_asked").exists()


@pytest.mark.parametrize(
    ("rest", "fields"), [("passar/", {}), ("avboka/", {}), ("andra/", {"reason": "Onsdag"})]
)
def test_a_time_moved_meanwhile_shows_both_and_sends_nothing(scene, times, maria, rest, fields):
    path = f"{times}{scene.visit.pk}/{rest}"
    hidden = fields_of(maria.get(path).content.decode())
    Appointment.objects.filter(pk=scene.visit.pk).update(
        revision=scene.visit.revision + 1, starts_at=scene.visit.starts_at + timedelta(days=1)
    )
    page = maria.post(path, hidden | fields).content.decode()
    assert "Någon har ändrat medan du skrev" in page
    assert "fre 27 nov 2026 kl. 13.15" in page
    for value in fields.values():
        assert value in page
    scene.visit.refresh_from_db()
    assert scene.visit.status == "booked"
    assert not Task.objects.filter(kind="visit_change_asked").exists()


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_broken_revision_is_a_conflict_and_no_crash(scene, times, maria, seen):
    answer = maria.post(f"{times}{scene.visit.pk}/passar/", {"seen": seen})
    assert answer.status_code == 200
    assert "Någon har ändrat" in answer.content.decode()


def test_twice_pressed_is_once(scene, times, maria):
    path = f"{times}{scene.visit.pk}/avboka/"
    hidden = fields_of(maria.get(path).content.decode())
    assert [maria.post(path, hidden).status_code for _time in range(2)] == [302, 302]


def test_a_time_that_is_over_cannot_be_called_off(scene, times, maria):
    path = f"{times}{scene.visit.pk}/avboka/"
    hidden = fields_of(maria.get(path).content.decode())
    scene.visit.status = "done"
    scene.visit.save()
    page = maria.post(path, hidden).content.decode()
    assert "Besöket har redan varit eller är avbokat." in page


class TestSameDay:
    def test_it_is_offered_when_visits_stand_close(self, scene, times, maria, read):
        assert "Fråga om samma dag" in read(maria, times)
        scene.second.starts_at += timedelta(days=14)
        scene.second.save()
        assert "Fråga om samma dag" not in read(maria, times)

    def ask(self, scene, times, maria, **fields):
        on = {"on_0": "1", "on_1": "dec", "on_2": "2026"}
        return send(maria, times + "samma-dag/", **(on | fields))

    def test_the_units_are_asked(self, scene, times, maria, read):
        visits = [str(scene.visit.pk), str(scene.second.pk)]
        answer = self.ask(scene, times, maria, visits=visits, message="Tack!")
        assert answer.headers["Location"] == times
        request = SameDayRequest.objects.get(child=scene.child)
        assert (request.on.isoformat(), request.message) == ("2026-12-01", "Tack!")
        assert Task.objects.filter(kind="same_day_answer").count() == 2
        assert "Frågan är skickad" in read(maria, times)

    def test_one_visit_is_too_few(self, scene, times, maria):
        page = self.ask(scene, times, maria, visits=[str(scene.visit.pk)]).content.decode()
        assert "Välj minst två besök." in page
        assert re.search(rf'value="{scene.visit.pk}" checked', page)

    def test_a_day_that_is_gone_is_asked_again(self, scene, times, maria):
        visits = [str(scene.visit.pk), str(scene.second.pk)]
        page = self.ask(scene, times, maria, visits=visits, on_1="10").content.decode()
        assert "Ange en dag framåt." in page

    @pytest.mark.parametrize("day", [("", "", ""), ("31", "2", "2026"), ("x", "y", "z")])
    def test_a_day_that_cannot_be_read_tells_how(self, scene, times, maria, day):
        fields = {f"on_{at}": value for at, value in enumerate(day)}
        page = self.ask(scene, times, maria, visits=[str(scene.visit.pk)], **fields).content.decode()
        assert "till exempel 1 12 2026" in page

    def test_another_child_s_visit_cannot_be_chosen(self, scene, times, cast):
        petter = sign_in(Client(), cast.petter)
        path = f"/mina-sidor/{cast.child('hugo').pk}/tider/samma-dag/"
        visits = [str(scene.visit.pk), str(scene.second.pk)]
        answer = petter.post(path, {"visits": visits, "on_0": "1", "on_1": "12", "on_2": "2026"})
        assert answer.status_code == 200
        assert not SameDayRequest.objects.exists()


class TestCalendar:
    def test_the_file_tells_only_when(self, scene, times, maria):
        answer = maria.get(f"{times}{scene.visit.pk}/kalender.ics")
        text = answer.content.decode()
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="tid.ics"'
        assert "DTSTART:20261126T121500Z" in text
        for word in ("Alva", "Sara", "Logoped", "Träning", "Borås", "Bilderna"):
            assert word not in text

    def test_it_is_not_kept_by_the_browser(self, scene, times, maria):
        assert maria.get(f"{times}{scene.visit.pk}/kalender.ics").headers["Cache-Control"] == "no-store"
