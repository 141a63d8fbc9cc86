"""Marking done from the list, reminders that are really told, and results that outlive the session."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from kring import clock
from kring.audit.models import AccessLogRow
from kring.notifications.models import Delivery, Notice
from kring.timeline.by_hand import BY_HAND
from kring.timeline.models import BulkAction, Task
from tests.unit.portal.staff.desk import text_of

ACT = "/arbetslista/atgard/"


def press(client: Client, **fields):
    return client.post(ACT, {"submission": str(uuid4())} | fields)


def mark(client: Client, *tasks: Task):
    return press(client, action="done", task=[str(task.pk) for task in tasks])


def fresh(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


@pytest.fixture
def unclear(desk) -> Task:
    """One that is done by a talk, and needs no words about how it went."""
    return desk.task(desk.child("Oklar Person"), kind="child_unclear")


@pytest.fixture
def asked(desk) -> Task:
    """One where the family has asked something and has an answer to get."""
    return desk.task(desk.child("Frågad Person"), kind="change_proposed")


# Marking done


def test_only_what_is_done_by_hand_has_a_button_in_its_row(karin, desk, unclear):
    own = desk.task(desk.child("Eget Barn"))
    page = text_of(karin.get("/arbetslista/"))
    assert f'name="done" value="{unclear.pk}"' in page
    assert f'name="done" value="{own.pk}"' not in page


def test_done_at_once_with_a_button_to_take_it_back(karin, unclear, cast):
    result = press(karin, done=str(unclear.pk)).headers["Location"]
    done = fresh(unclear)
    assert (done.done_at, done.done_by) == (cast.now, cast.karin)
    page = text_of(karin.get(result))
    assert 'role="status"' in page
    assert "Oklar Person" in page
    karin.post(result + "angra/")
    assert (fresh(unclear).done_at, fresh(unclear).done_by) == (None, None)
    assert "Allt är som det var före." in text_of(karin.get(result))
    whats = set(AccessLogRow.objects.filter(child_id=unclear.child_id).values_list("what", flat=True))
    assert {"task.done", "task.done.undo"} <= whats


def test_where_the_family_waits_for_an_answer_it_is_said_what_it_was(karin, asked):
    to = press(karin, done=str(asked.pk)).headers["Location"]
    assert to.startswith("/arbetslista/klart/")
    assert "Hur blev det?" in text_of(karin.get(to))
    empty = text_of(karin.post("/arbetslista/klart/", {"task": str(asked.pk), "result": " "}))
    assert "Skriv hur det blev." in empty
    assert "<title>Fel: " in empty
    assert fresh(asked).done_at is None
    said = {"task": str(asked.pk), "result": "Mötet blir på skolan", "submission": str(uuid4())}
    assert karin.post("/arbetslista/klart/", said).status_code == 302
    assert fresh(asked).result == "Mötet blir på skolan"


def test_a_too_long_answer_is_kept_and_told(karin, asked):
    said = {"task": str(asked.pk), "result": "x" * 301, "submission": str(uuid4())}
    page = text_of(karin.post("/arbetslista/klart/", said))
    assert "Skriv högst 300 tecken." in page
    assert "x" * 301 in page


def test_a_step_of_a_plan_is_done_by_doing_it(karin, desk, unclear):
    step = desk.task(desk.child("Steg Person"), kind="sip_meeting")
    page = text_of(karin.get(mark(karin, step, unclear).headers["Location"]))
    assert "Det är klart för 1 av 2 barn." in page
    assert "Den blir klar när steget är gjort." in page
    assert fresh(step).done_at is None
    assert fresh(unclear).done_at is not None


def test_a_task_that_has_come_back_meanwhile_is_not_doubled_by_undoing(karin, unclear):
    result = press(karin, done=str(unclear.pk)).headers["Location"]
    Task.objects.create(
        child=unclear.child, unit=unclear.unit, kind=unclear.kind, subject=unclear.subject,
        due_on=unclear.due_on, opened_at=unclear.opened_at,
    )  # fmt: skip
    Task.objects.filter(subject=None).update(subject=uuid4())
    karin.post(result + "angra/")
    assert Task.objects.filter(child=unclear.child, done_at__isnull=True).count() == 1


@pytest.mark.parametrize("address", ["/arbetslista/klart/", ACT])
def test_nothing_chosen_leads_back(karin, address):
    assert karin.get(address).headers["Location"] == "/arbetslista/"
    assert karin.post(address, {"done": "inget"}).headers["Location"] == "/arbetslista/"


def test_another_unit_s_task_cannot_be_marked_done(client, cast, unclear):
    sara = cast.log_in(client, "sara")
    assert press(sara, done=str(unclear.pk)).headers["Location"] == "/arbetslista/"
    assert fresh(unclear).done_at is None


def test_what_is_done_by_hand_is_what_the_family_said():
    asked = {"change_proposed": True, "visit_change_asked": True}
    assert dict(BY_HAND) == asked | {"child_unclear": False, "child_wrong": True}


# The result outlives the session


def test_the_result_is_there_after_logging_in_again_and_can_be_undone(karin, cast, unclear):
    result = press(karin, done=str(unclear.pk)).headers["Location"]
    later = cast.log_in(Client(), "karin")
    assert "Ångra" in text_of(later.get(result))
    later.post(result + "angra/")
    assert fresh(unclear).done_at is None


def test_it_is_one_s_own(karin, cast, unclear, client):
    result = press(karin, done=str(unclear.pk)).headers["Location"]
    eva = cast.log_in(Client(), "eva")
    assert eva.get(result).status_code == 404
    assert eva.post(result + "angra/").status_code == 404
    assert fresh(unclear).done_at is not None


def test_undone_twice_is_undone_once(karin, unclear):
    result = press(karin, done=str(unclear.pk)).headers["Location"]
    karin.post(result + "angra/")
    Task.objects.filter(pk=unclear.pk).update(done_at=clock.now(), done_by=unclear.assignee)
    karin.post(result + "angra/")
    assert fresh(unclear).done_at is not None


def test_what_is_a_month_old_is_forgotten(karin, desk, cast, unclear):
    press(karin, done=str(unclear.pk))
    BulkAction.objects.update(at=cast.now - timedelta(days=31))
    press(karin, done=str(desk.task(desk.child("Ny Person"), kind="child_unclear").pk))
    assert BulkAction.objects.get().at == cast.now


def test_it_holds_ids_and_no_names(karin, unclear):
    press(karin, done=str(unclear.pk))
    row = BulkAction.objects.get()
    assert row.asked == [str(unclear.pk)]
    assert "Oklar" not in f"{row.asked}{row.before}{row.unreached}"


# Reminders


@pytest.fixture
def alvas(cast, desk) -> Task:
    """Alva's step waits for the family."""
    return desk.task(cast.child("alva"), ball="family")


def remind(client: Client, *tasks: Task) -> str:
    return press(client, action="remind", task=[str(task.pk) for task in tasks]).headers["Location"]


def test_a_reminder_is_told_to_the_family(karin, cast, alvas):
    page = text_of(karin.get(remind(karin, alvas)))
    assert "Påmind<" in page
    assert set(Notice.objects.values_list("person__subject", "act")) == {
        ("maria", "reminder"),
        ("johan", "reminder"),
    }
    assert set(Notice.objects.values_list("about", flat=True)) == {alvas.pk}


def test_a_reminder_is_told_to_whoever_takes_it_at_the_other_unit(karin, cast, desk):
    school = cast.unit("skola-boras-1")
    remind(karin, desk.task(cast.child("alva"), ball="other", ball_unit=school))
    assert list(Notice.objects.values_list("person__subject", "unit__key")) == [("jonas", "skola-boras-1")]


def test_undoing_takes_the_reminder_out_of_their_lists(karin, alvas):
    karin.post(remind(karin, alvas) + "angra/")
    assert not Notice.objects.exists()


def test_mail_waits_until_it_cannot_be_undone(karin, cast, alvas):
    from kring.notifications.models import ContactWay

    way = {"way": "email", "address": "m@exempel.se", "topics": ["questions"], "chosen_at": cast.now}
    ContactWay.objects.create(person=cast.maria, confirmed_at=way["chosen_at"], **way)
    remind(karin, alvas)
    assert Delivery.objects.get().not_before == cast.now + timedelta(minutes=10)


def test_when_nobody_can_be_told_it_says_so(karin, desk):
    """A family without a log-in, or a protected one: calling is what is left."""
    task = desk.task(desk.child("Utan Inlogg"), ball="family")
    page = text_of(karin.get(remind(karin, task)))
    assert "Antecknat, men ingen kunde nås genom Kring." in page
    assert fresh(task).reminded_at is not None


def test_of_a_protected_child_nobody_is_told(karin, cast, desk):
    sigrid = cast.child("sigrid")
    page = text_of(karin.get(remind(karin, desk.task(sigrid, ball="family"))))
    assert not Notice.objects.exists()
    assert "Sigrid" not in page
