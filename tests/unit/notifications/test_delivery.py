"""What leaves: over real SMTP, at the right hour, asked of the gate again, tried again, never twice."""

import re
import socket
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail

from kring.access.policy.notices import Way
from kring.children.models import Child
from kring.notifications import commands, delivery, queries, senders
from kring.notifications.models import ContactWay, Delivery
from kring.notifications.rules import BACKOFF, LOST_AFTER, TELLINGS
from kring.organisations.models import Person, Unit
from tests.cast import NOW
from tests.mail_server import mail_server

State = Delivery.State
NIGHT = NOW.replace(hour=22)


@pytest.fixture
def server(settings):
    """A real mail server that Kring is told to use."""
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.NOTICE_MAIL = True
        yield running


class Recorder:
    """A sender that keeps what it is given, or fails as it is told to."""

    def __init__(self, *faults: Exception) -> None:
        self.faults, self.taken = list(faults), []

    def send(self, delivery_id, address, language):
        if self.faults:
            raise self.faults.pop(0)
        self.taken.append((delivery_id, address, language))


def send(sender, at=NOW) -> int:
    return delivery.send_due(lambda: at, {"email": sender, "sms": sender})


def one() -> Delivery:
    return Delivery.objects.get()


@pytest.fixture
def waiting(cast, tell, chooses) -> Delivery:
    """One letter to Maria that may leave now."""
    chooses("maria", Way.EMAIL)
    tell("summons_sent", family=True)
    return one()


def test_a_letter_leaves_over_smtp_and_says_nothing(server, waiting):
    assert delivery.send_due(lambda: NOW) == 1
    (letter,) = server.letters
    assert server.to == ["maria@exempel.se"]
    assert letter["Message-ID"].startswith(f"<{waiting.pk}@")
    assert letter["Auto-Submitted"] == "auto-generated"
    body = letter.get_content()
    assert body.strip() == "Du har något nytt i Kring. Logga in som du brukar för att läsa."
    assert one().state == State.SENT
    assert delivery.send_due(lambda: NOW) == 0
    assert len(server.letters) == 1


def test_the_letter_is_in_the_receiver_s_language(server, cast, waiting):
    Person.objects.filter(pk=cast.maria.pk).update(language="en")
    delivery.send_due(lambda: NOW)
    assert "You have something new in Kring" in server.letters[0].get_content()


def test_no_letter_of_any_act_holds_a_name_place_or_time(server, cast, tell, chooses):
    """ux (f) 41, over everything that can be sent: as a stranger at the mail server reads it."""
    chooses("maria", Way.EMAIL)
    chooses("sara", Way.EMAIL)
    units = {cast.unit("sas-logopedi").pk: cast.sara.pk}
    for row in TELLINGS.values():
        family = {"family": True} if "guardian" in row.to else {}
        tell(row.act, **family, **({"units": units} if "staff" in row.to else {}))
    assert delivery.send_due(lambda: NOW) == len(server.letters) == Delivery.objects.count()
    # The day a letter was posted, the server's own id of it and the two addresses are not content.
    bodies = {(one["Subject"], one.get_content()) for one in server.letters}
    assert len(bodies) == 1
    text = " ".join(bodies.pop())
    words = set(re.findall(r"\w+", text))
    assert not words & {word for row in Child.objects.all() for word in row.name.split()}
    assert not words & {word for row in Person.objects.all() for word in row.name.split()}
    assert not [unit.name for unit in Unit.objects.all() if unit.name in text]
    assert not re.search(r"\d", text)


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [("550 nobody here", State.GIVEN_UP, "Refused"), ("451 later", State.WAITING, "SMTPRecipientsRefused")],
)
def test_a_server_that_says_never_is_believed_and_one_that_says_later_is_asked_again(
    server, waiting, answer, state, reason
):
    server.answers["maria@exempel.se"] = answer
    assert delivery.send_due(lambda: NOW) == 0
    assert (one().state, one().reason) == (state, reason)
    assert not server.letters


def test_a_server_that_is_down_is_tried_ever_more_seldom_and_then_given_up(settings, cast, tell, chooses):
    chooses("sara", Way.EMAIL)  # staff, who have no quiet hours
    tell("summons_sent", units={cast.unit("sas-logopedi").pk: cast.sara.pk})
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.EMAIL_PORT = closed.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    at = NOW
    for wait in BACKOFF:
        assert delivery.send_due(lambda now=at: now) == 0
        assert (one().state, one().not_before, one().reason) == (
            State.WAITING,
            at + wait,
            "ConnectionRefusedError",
        )
        assert delivery.send_due(lambda now=at: now) == 0, "not before its time"
        at += wait
    delivery.send_due(lambda: at)
    assert (one().state, one().attempts) == (State.GIVEN_UP, len(BACKOFF) + 1)


def test_what_failed_once_is_sent_once(waiting):
    flaky = Recorder(ConnectionResetError())
    assert send(flaky) == 0
    assert send(flaky, NOW + BACKOFF[0]) == 1
    assert send(flaky, NOW + timedelta(days=1)) == 0
    assert [taken[0] for taken in flaky.taken] == [waiting.pk]
    assert (one().state, one().attempts, one().reason) == (State.SENT, 2, "")


def test_one_letter_that_fails_does_not_hold_up_the_others(cast, tell, chooses):
    chooses("maria", Way.EMAIL)
    chooses("johan", Way.EMAIL)
    tell("summons_sent", family=True)
    half = Recorder(RuntimeError())
    assert send(half) == 1
    assert sorted(Delivery.objects.values_list("state", flat=True)) == [State.SENT, State.WAITING]


# The hours


def test_at_night_the_family_s_post_waits_for_the_morning(cast, tell, chooses):
    chooses("maria", Way.EMAIL)
    tell("summons_sent", by=cast.actor("lena", now=NIGHT), family=True)
    morning = datetime.fromisoformat("2026-11-17T06:00+00:00")
    assert one().not_before == morning
    taker = Recorder()
    assert send(taker, NIGHT) == 0
    assert send(taker, morning - timedelta(seconds=1)) == 0
    assert send(taker, morning) == 1


def test_what_comes_to_the_night_by_being_tried_again_waits_too(waiting):
    taker = Recorder()
    assert send(taker, NIGHT) == 0
    assert one().state == State.WAITING
    assert send(taker, NIGHT + timedelta(hours=9)) == 1


def test_a_reminder_leaves_no_sooner_than_it_can_be_undone(cast, tell, chooses):
    chooses("maria", Way.EMAIL)
    tell("reminder", family=True, wait=timedelta(minutes=10))
    taker = Recorder()
    assert [send(taker, NOW + timedelta(minutes=m)) for m in (0, 9, 10)] == [0, 0, 1]


# The gate, asked again when it is about to leave


def protect_the_child(cast):
    Child.objects.filter(person=cast.alva).update(protection="flag")


def protect_the_receiver(cast):
    Person.objects.filter(pk=cast.maria.pk).update(protected_identity=True)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (protect_the_child, "notices.child_protected"),
        (protect_the_receiver, "notices.receiver_protected"),
        (lambda cast: cast.guardian("maria").custodies.all().delete(), "notices.reach"),
        (lambda cast: ContactWay.objects.all().delete(), "notices.none"),
        (lambda cast: commands.mark_read(by=cast.actor("maria")), "read"),
    ],
    ids=["child", "receiver", "custody", "choice", "read"],
)
def test_what_has_changed_since_stops_it(cast, waiting, change, reason):
    change(cast)
    taker = Recorder()
    assert send(taker) == 0
    assert (one().state, one().reason, taker.taken) == (State.STOPPED, reason, [])


def test_a_way_that_is_no_longer_set_up_is_given_up(waiting):
    assert delivery.send_due(lambda: NOW, {}) == 0
    assert one().state == State.GIVEN_UP


# Workers


def test_what_another_worker_has_taken_is_left_alone(waiting):
    Delivery.objects.update(state=State.TAKEN, taken_at=NOW)
    taker = Recorder()
    assert send(taker) == 0
    assert not delivery.pick_up_lost(NOW + LOST_AFTER)
    assert send(taker, NOW + LOST_AFTER) == 0


def test_what_was_lost_with_its_worker_is_sent_after_a_while(waiting):
    Delivery.objects.update(state=State.TAKEN, taken_at=NOW)
    later = NOW + LOST_AFTER + timedelta(seconds=1)
    assert delivery.pick_up_lost(later)
    taker = Recorder()
    assert send(taker, later) == 1


def test_a_worker_thought_lost_does_not_write_over_the_one_that_took_over(waiting):
    """It woke up after somebody else had begun: what it has to say about its own try is not heard."""
    later = NOW + timedelta(hours=1)

    class Sleeper(Recorder):
        def send(self, delivery_id, address, language):
            Delivery.objects.update(state=State.TAKEN, taken_at=later)
            raise ConnectionResetError

    send(Sleeper())
    assert (one().state, one().taken_at) == (State.TAKEN, later)


# Text messages


def test_a_text_message_is_a_file_with_the_same_words(tmp_path, settings, cast, tell, chooses):
    settings.NOTICE_TEXT_FOLDER = str(tmp_path / "sms")
    chooses("maria", Way.SMS)
    tell("summons_sent", family=True)
    assert delivery.send_due(lambda: NOW) == 1
    (file,) = (tmp_path / "sms").iterdir()
    assert file.name == f"{one().pk}.txt"
    assert file.read_text(encoding="utf-8").splitlines() == [
        "070-000 00 00",
        "Du har något nytt i Kring. Logga in som du brukar för att läsa.",
    ]


def test_a_text_message_sent_again_is_the_same_message(tmp_path):
    out, key = senders.TextFiles(tmp_path), uuid4()
    out.send(key, "070", "sv")
    out.send(key, "070", "sv")
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("with_mail", "folder", "ways"),
    [(True, "x", {"email", "sms"}), (True, "", {"email"}), (False, "", set())],
)
def test_only_what_is_set_up_is_offered(settings, with_mail, folder, ways):
    settings.NOTICE_MAIL, settings.NOTICE_TEXT_FOLDER = with_mail, folder
    assert set(senders.ways_out()) == ways


# Seeing to it


def test_telling_queues_the_sending_and_the_watch_sees_to_what_comes_of_age(cast, tell, chooses):
    from django_tasks_db.models import DBTaskResult

    from kring.notifications.tasks import send_waiting, send_what_has_come_of_age

    queued = DBTaskResult.objects.filter(task_path=send_waiting.module_path)
    tell("plan_version", family=True)
    assert not queued.exists(), "nobody has chosen to be written to"
    chooses("maria", Way.EMAIL)
    assert queued.count() == 1, "the code leaves at once"
    queued.delete()
    tell("summons_sent", family=True)
    assert queued.count() == 1
    send_what_has_come_of_age(NOW)
    assert queued.count() == 1, "it stands in the queue already"
    queued.delete()
    send_what_has_come_of_age(NOW)
    assert queued.count() == 1
    queued.delete()
    Delivery.objects.update(state=State.SENT)
    send_what_has_come_of_age(NOW)
    assert not queued.exists()


def test_the_outbox_is_numbers_and_kinds_of_fault(cast, tell, chooses):
    chooses("maria", Way.EMAIL, Way.SMS)
    chooses("johan", Way.EMAIL)
    tell("summons_sent", family=True)
    send(Recorder(ConnectionResetError()))
    found = queries.outbox(cast.actor("nils"))
    assert sum(found.counts.values()) == 3
    assert sum(n for (_, state), n in found.counts.items() if state == State.SENT) == 2
    assert [row.reason for row in found.troubled] == ["ConnectionResetError"]
    assert found.oldest is None, "it waits for its time, and is not late"
    assert queries.outbox(cast.actor("nils", now=NOW + timedelta(hours=1))).oldest == NOW + BACKOFF[0]


def test_django_s_own_outbox_stays_empty_without_a_choice(cast, tell):
    tell("summons_sent", family=True)
    assert delivery.send_due(lambda: NOW) == 0
    assert mail.outbox == []
