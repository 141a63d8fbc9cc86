"""S11: what happens to many rows at once, told row by row, and taken back within ten minutes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from kring import clock
from kring.audit.models import AccessLogRow
from kring.timeline.models import Task
from tests.unit.portal.staff.desk import text_of

ACT = "/arbetslista/atgard/"


def press(client: Client, action: str, tasks: list[Task], **more: str):
    fields = {"action": action, "task": [str(task.pk) for task in tasks], "submission": str(uuid4())}
    return client.post(ACT, fields | more)


def fresh(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


@pytest.fixture
def waiting(desk) -> list[Task]:
    return [desk.task(desk.child(f"Väntar Barn{n}"), ball="other") for n in range(4)]


class TestReminding:
    def test_four_that_wait_and_one_that_does_not(self, karin, desk, waiting, cast):
        own = desk.task(desk.child("Eget Barn"))
        answer = press(karin, "remind", [*waiting, own])
        page = text_of(karin.get(answer.headers["Location"]))
        assert "Det är klart för 4 av 5 barn." in page
        assert page.count("Antecknat, men ingen kunde nås genom Kring.") == 4
        assert page.count("Ingen att påminna: bollen är er egen.") == 1
        assert page.index("Eget Barn") < page.index("Väntar Barn0")
        assert {fresh(task).reminded_at for task in waiting} == {cast.now}
        assert fresh(own).reminded_at is None

    def test_undone_within_ten_minutes(self, karin, waiting, cast):
        result = press(karin, "remind", waiting).headers["Location"]
        assert "Ångra" in text_of(karin.get(result))
        with clock.frozen(cast.now + timedelta(minutes=10)):
            karin.post(result + "angra/")
            page = text_of(karin.get(result))
        assert "Allt är som det var före." in page
        assert not [task for task in waiting if fresh(task).reminded_at]
        assert "angra/" not in page

    def test_not_undone_after_ten_minutes(self, karin, waiting, cast):
        result = press(karin, "remind", waiting).headers["Location"]
        with clock.frozen(cast.now + timedelta(minutes=10, seconds=1)):
            assert "angra/" not in text_of(karin.get(result))
            karin.post(result + "angra/")
        assert all(fresh(task).reminded_at for task in waiting)

    def test_undoing_gives_back_the_reminder_of_last_week(self, karin, waiting, cast):
        last_week = cast.now - timedelta(days=7)
        Task.objects.filter(pk=waiting[0].pk).update(reminded_at=last_week)
        result = press(karin, "remind", waiting).headers["Location"]
        karin.post(result + "angra/")
        assert fresh(waiting[0]).reminded_at == last_week
        assert fresh(waiting[1]).reminded_at is None

    def test_the_list_says_when(self, karin, waiting):
        press(karin, "remind", waiting)
        assert text_of(karin.get("/arbetslista/")).count("Påmind 2026-11-16") == 4

    def test_sent_twice_it_is_done_once(self, karin, waiting, cast):
        key = str(uuid4())
        first = press(karin, "remind", waiting, submission=key)
        with clock.frozen(cast.now + timedelta(seconds=2)):
            second = press(karin, "remind", waiting, submission=key)
        assert first.headers["Location"] == second.headers["Location"]
        assert {fresh(task).reminded_at for task in waiting} == {cast.now}

    def test_it_is_logged_for_each_child(self, karin, waiting):
        press(karin, "remind", waiting)
        logged = AccessLogRow.objects.filter(action="write", what="task.remind")
        assert set(logged.values_list("child_id", flat=True)) == {task.child_id for task in waiting}


class TestHandingOver:
    def test_asks_for_a_colleague_first(self, karin, desk):
        tasks = desk.tasks(3)
        form = press(karin, "assign", tasks).headers["Location"]
        page = text_of(karin.get(form))
        assert "Eva Strand, verksamhetschef" in page
        assert "Peter Holm" not in page
        assert page.count('name="task"') == 3
        assert not Task.objects.filter(assignee__subject="eva").exists()

    def test_then_hands_over_and_can_be_undone(self, karin, desk, cast):
        tasks = [desk.task(), desk.task(assignee=None)]
        fields = {"task": [str(one.pk) for one in tasks], "person": str(cast.eva.pk), "submission": uuid4()}
        result = karin.post("/arbetslista/ansvarig/", fields).headers["Location"]
        assert {fresh(one).assignee for one in tasks} == {cast.eva}
        assert "Det är klart för alla 2 barn." in text_of(karin.get(result))
        karin.post(result + "angra/")
        assert [fresh(one).assignee for one in tasks] == [cast.karin, None]

    def test_nobody_chosen_says_what_to_do(self, karin, desk):
        task = desk.task()
        page = text_of(karin.post("/arbetslista/ansvarig/", {"task": str(task.pk), "submission": ""}))
        assert "<title>Fel: " in page
        assert 'href="#id_person_0">Välj vem som ska ta över.' in page
        assert f'name="task" value="{task.pk}"' in page

    @pytest.mark.parametrize("who", ["peter", "maria"])
    def test_somebody_elsewhere_cannot_be_given_anything(self, karin, desk, cast, who):
        task = desk.task()
        fields = {"task": str(task.pk), "person": str(getattr(cast, who).pk)}
        page = text_of(karin.post("/arbetslista/ansvarig/", fields))
        assert "Välj någon som arbetar på enheten i dag." in page
        assert fresh(task).assignee == cast.karin

    def test_without_anything_chosen_it_leads_back(self, karin):
        assert karin.get("/arbetslista/ansvarig/").headers["Location"] == "/arbetslista/"


class TestPrinting:
    def test_prints_what_was_chosen_and_nothing_protected(self, karin, desk, cast):
        tasks = [desk.task(desk.child("Skrivs Ut")), desk.task(cast.child("sigrid"))]
        desk.task(desk.child("Inte Vald"))
        page = text_of(karin.get(press(karin, "print", tasks).headers["Location"]))
        assert "Skrivs Ut" in page
        assert "Inte Vald" not in page
        assert "Sigrid" not in page
        assert "[Skyddade uppgifter]" not in page
        assert "Innehåller känsliga uppgifter" in page
        printed = AccessLogRow.objects.filter(action="print").values_list("child_id", flat=True)
        assert list(printed) == [tasks[0].child_id]

    def test_nothing_chosen_says_so(self, karin):
        assert "Välj barn i arbetslistan först" in text_of(karin.get("/arbetslista/utskrift/"))


class TestOthers:
    def test_a_colleague_at_another_unit_changes_nothing(self, client, cast, waiting):
        lena = cast.log_in(client, "lena", "school_nurse")
        assert press(lena, "remind", waiting).headers["Location"] == "/arbetslista/"
        assert not [task for task in waiting if fresh(task).reminded_at]

    def test_the_result_is_the_actor_s_own(self, karin, waiting, cast):
        result = press(karin, "remind", waiting).headers["Location"]
        eva = cast.log_in(Client(), "eva")
        assert eva.get(result).status_code == 404
        assert eva.post(result + "angra/").status_code == 404

    def test_somebody_else_s_submission_key_is_refused(self, karin, waiting, cast):
        key = str(uuid4())
        press(karin, "remind", waiting[:1], submission=key)
        eva = cast.log_in(Client(), "eva")
        assert press(eva, "remind", waiting, submission=key).status_code == 403

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"action": "remind"},
            {"action": "remind", "task": "x"},
            {"action": "remind", "task": ["' OR 1=1", "\x00", "9" * 4000]},
            {"action": "delete", "task": str(uuid4())},
            {"action": "assign", "task": str(uuid4())},
            {"task": [str(uuid4())] * 400},
        ],
    )
    def test_what_cannot_be_read_leads_back_to_the_list(self, karin, fields):
        assert karin.post(ACT, fields).headers["Location"] == "/arbetslista/"

    def test_an_unknown_action_on_a_real_task_changes_nothing(self, karin, desk):
        task = desk.task()
        assert press(karin, "burn", [task]).headers["Location"] == "/arbetslista/"
        assert fresh(task).assignee == task.assignee

    def test_a_link_to_the_action_leads_back(self, karin):
        assert karin.get(ACT).headers["Location"] == "/arbetslista/"


class TestSavedViews:
    def test_saved_listed_followed_and_dropped(self, karin, desk):
        desk.task()
        answer = karin.post(
            "/arbetslista/vyer/", {"name": " Mina  sena ", "query": "?vy=mina&forfaller=forsenade"}
        )
        assert answer.headers["Location"] == "/arbetslista/?vy=mina&forfaller=forsenade"
        page = text_of(karin.get("/arbetslista/"))
        assert "Vyn är sparad" in page
        assert '<a href="/arbetslista/?vy=mina&amp;forfaller=forsenade">Mina sena</a>' in page
        drop = page.split('action="/arbetslista/vyer/')[1].split('"')[0]
        karin.post(f"/arbetslista/vyer/{drop}")
        assert "Mina sena</a>" not in text_of(karin.get("/arbetslista/"))

    def test_shared_with_the_team_and_dropped_only_by_its_owner(self, karin, cast):
        karin.post("/arbetslista/vyer/", {"name": "Vår vy", "query": "?vy=utan", "for_team": "1"})
        karin.post("/arbetslista/vyer/", {"name": "Bara min", "query": "?vy=utan"})
        eva = cast.log_in(Client(), "eva")
        page = text_of(eva.get("/arbetslista/"))
        assert "Vår vy</a>" in page
        assert "Bara min" not in page
        assert "Ta bort" not in page
        own = text_of(karin.get("/arbetslista/"))
        key = own.split('action="/arbetslista/vyer/')[1].split('"')[0]
        assert eva.post(f"/arbetslista/vyer/{key}").status_code == 404

    def test_the_same_name_replaces(self, karin):
        for query in ("?vy=utan", "?vy=teamet"):
            karin.post("/arbetslista/vyer/", {"name": "Vy", "query": query})
        page = text_of(karin.get("/arbetslista/"))
        assert page.count(">Vy</a>") == 1
        assert '/arbetslista/?vy=teamet">Vy</a>' in page

    @pytest.mark.parametrize("name", ["", "   ", "x" * 61])
    def test_a_name_that_cannot_be_used_is_told(self, karin, name):
        karin.post("/arbetslista/vyer/", {"name": name, "query": "?vy=utan"})
        assert "Ge vyn ett namn med högst 60 tecken." in text_of(karin.get("/arbetslista/"))

    @pytest.mark.parametrize(
        "query", ["https://evil.example", "?next=//evil", "javascript:alert(1)", "?x=" + "y" * 9000]
    )
    def test_only_an_address_of_the_list_is_kept(self, karin, query):
        answer = karin.post("/arbetslista/vyer/", {"name": "Vy", "query": query})
        assert answer.headers["Location"] == "/arbetslista/?vy=mina"
