"""A unit begins a thread: to whom it can, who then sees it, and what it leaves behind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from kring.access import gate
from kring.audit.models import AccessLogRow
from kring.care.messages import commands, queries
from kring.care.messages.models import TEXT_MAX, TITLE_MAX, Message, Thread
from kring.care.messages.rules import Refusal
from kring.children.models import CareRelation, Child, Custody, Guardian, YoungShare
from kring.notifications.models import Delivery, Notice
from kring.timeline.models import Event, Task

HAB = "hh-habilitering-boras"


def key(cast, who):
    return "child" if who in ("noa", "alva") else str(cast.guardian(who).pk)


def begin(cast, to, about="alva", by="karin", **more):
    said = {"title": "Nya hjälpmedel", "text": "Vi har fått fler bilder."} | more
    keys = [key(cast, who) for who in to.split()]
    return commands.begin_with_family(by=cast.actor(by), child_id=cast.child(about).pk, to=keys, **said)


def share(cast, guardian="anders", thing="message"):
    who = {"child": cast.child("noa"), "guardian": cast.guardian(guardian), "thing": thing}
    YoungShare.objects.create(**who, starts_at=cast.now)


def told(thread):
    return sorted(Notice.objects.filter(about=thread.pk).values_list("person__subject", flat=True))


def names(cast, by, about):
    found = queries.addressees(cast.actor(by), cast.child(about))
    return [one.guardian.given_name if one.guardian else "itself" for one in found]


# To whom


@pytest.mark.parametrize(("about", "reached"), [("alva", ["Johan", "Maria"]), ("noa", ["itself"])])
def test_a_unit_can_write_to_those_who_would_read_it(cast, about, reached):
    """Alva is nine: her guardians read for her. Noa is fourteen and shares nothing: he reads himself."""
    assert names(cast, "karin", about) == reached


def test_a_guardian_of_the_young_is_there_while_messages_are_shared(cast):
    share(cast)
    assert names(cast, "karin", "noa") == ["itself", "Anders"]
    YoungShare.objects.update(ended_at=cast.now)
    assert names(cast, "karin", "noa") == ["itself"]


@pytest.mark.parametrize("thing", ["plan", "appointment", "mood_answer"])
def test_no_other_share_makes_a_receiver(cast, thing):
    share(cast, thing=thing)
    assert names(cast, "karin", "noa") == ["itself"]


CLOSES = {
    "custody has ended": (
        lambda johan, day: Custody.objects.filter(guardian=johan).update(ends_on=day - timedelta(days=1)),
        ["Maria"],
    ),
    "no log-in": (lambda johan, day: Guardian.objects.filter(pk=johan.pk).update(person=None), ["Maria"]),
    # Where one is protected the family's pages are closed to both.
    "protected identity": (
        lambda johan, day: Guardian.objects.filter(pk=johan.pk).update(protected_identity=True),
        [],
    ),
}


@pytest.mark.parametrize("why", CLOSES)
def test_who_cannot_open_it_is_not_written_to(cast, why):
    closes, left = CLOSES[why]
    johan = cast.guardian("johan")
    closes(johan, cast.now.date())
    assert names(cast, "karin", "alva") == left
    said = {"to": [str(johan.pk)], "title": "a", "text": "b"}
    with pytest.raises(Refusal) as refused:
        commands.begin_with_family(by=cast.actor("karin"), child_id=cast.child("alva").pk, **said)
    assert refused.value.code == "receiver_unreached"
    assert not Thread.objects.exists()


def test_a_blocked_guardian_is_not_there_and_the_other_is(cast):
    from kring.secrecy.commands.guardians import block_guardian

    johan = cast.guardian("johan")
    block_guardian(by=cast.actor("eva"), child_id=cast.child("alva").pk, guardian_id=johan.pk, reason="Hot")
    assert names(cast, "karin", "alva") == ["Maria"]


def test_a_unit_that_does_not_meet_the_child_begins_nothing(cast):
    CareRelation.objects.filter(unit=cast.unit(HAB), child=cast.child("alva")).update(
        ends_on=cast.now.date() - timedelta(days=1)
    )
    with pytest.raises((gate.Invisible, Refusal)):
        begin(cast, "maria")
    assert not Thread.objects.exists()


def test_around_a_protected_child_nobody_is_named(cast):
    Child.objects.filter(pk=cast.child("alva").pk).update(protection="flag")
    found = queries.addressees(cast.actor("karin"), cast.child("alva"))
    assert not [one for one in found if one.guardian and one.guardian.name in ("Maria Berg", "Johan Berg")]


# What is written


def test_a_thread_of_one_s_own_that_nobody_else_of_the_family_sees(cast):
    (thread,) = begin(cast, "maria")
    assert (thread.begun_by, thread.ball, thread.answer_by) == ("unit", "family", None)
    assert (thread.guardian, thread.visibility) == (cast.guardian("maria"), "care_only")
    assert thread.unit == cast.unit(HAB)
    message = Message.objects.get()
    assert (message.side, message.number, message.text) == ("unit", 1, "Vi har fått fler bilder.")
    assert list(queries.threads_for(cast.actor("maria"))) == [thread]
    for who in ("johan", "alva"):
        assert not queries.threads_for(cast.actor(who)).exists(), who


def test_the_young_person_alone(cast):
    share(cast)
    (thread,) = begin(cast, "noa", "noa")
    assert (thread.guardian, thread.visibility) == (None, "not_guardian")
    assert list(queries.threads_for(cast.actor("noa"))) == [thread]
    assert not queries.threads_for(cast.actor("anders")).exists(), "though messages are shared"
    assert told(thread) == ["noa"], "by the one door, and nobody at home"


def test_each_guardian_gets_a_thread_and_neither_reads_the_other_s(cast):
    first, second = begin(cast, "maria johan")
    by_owner = {one.guardian: one for one in (first, second)}
    for who in ("maria", "johan"):
        assert list(queries.threads_for(cast.actor(who))) == [by_owner[cast.guardian(who)]]
        assert told(by_owner[cast.guardian(who)]) == [who]


def test_the_answer_waits_for_the_unit_as_any_message(cast):
    (thread,) = begin(cast, "maria")
    assert not Task.objects.filter(kind=queries.TASK).exists(), "the unit waits for nothing yet"
    commands.write(by=cast.actor("maria"), thread_id=thread.pk, text="Tack!", seen=1)
    thread.refresh_from_db()
    assert (thread.ball, thread.answer_by.isoformat()) == ("unit", "2026-11-18")
    assert Task.objects.get(kind=queries.TASK, done_at=None).due_on == thread.answer_by
    commands.write(by=cast.actor("maja"), thread_id=thread.pk, text="Vi ses.", seen=2)
    thread.refresh_from_db()
    assert (thread.ball, thread.revision) == ("family", 3)


def test_it_is_unread_until_it_has_been_opened(cast):
    alva = cast.child("alva")
    (thread,) = begin(cast, "maria")
    assert queries.unread_count(cast.actor("maria"), alva.pk) == 1
    assert queries.unread_count(cast.actor("johan"), alva.pk) == 0
    commands.read(by=cast.actor("maria"), thread_id=thread.pk)
    assert queries.unread_count(cast.actor("maria"), alva.pk) == 0


def test_what_it_leaves_is_one_event_one_log_row_and_a_notice_that_says_nothing(cast):
    (thread,) = begin(cast, "maria")
    event = Event.objects.get(subject=thread.pk)
    assert (event.kind, event.unit, event.child_id) == ("message_from_unit", thread.unit, thread.child_id)
    rows = AccessLogRow.objects.filter(object_id=str(thread.pk), action="write")
    assert [row.what for row in rows] == ["message.kept.write"], "which «Vem har läst» tells nobody else"
    assert all(row.rule for row in rows)
    notice = Notice.objects.get(about=thread.pk)
    assert (notice.act, notice.person) == ("message_answered", cast.maria)
    assert not Delivery.objects.filter(notice=notice).exists(), "she has chosen no other way"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"to": ""}, "receiver_missing"),
        ({"to": "alva"}, "receiver_unreached"),
        ({"to": "maria alva"}, "receiver_unreached"),
        ({"to": "anders"}, "receiver_unreached"),
        ({"to": "maria", "title": " "}, "title_missing"),
        ({"to": "maria", "title": "x" * (TITLE_MAX + 1)}, "title_too_long"),
        ({"to": "maria", "text": "\n"}, "text_missing"),
        ({"to": "maria", "text": "x" * (TEXT_MAX + 1)}, "text_too_long"),
    ],
)
def test_what_lacks_something_is_not_sent_to_anybody(cast, more, code):
    with pytest.raises(Refusal) as refused:
        begin(cast, **more)
    assert refused.value.code == code
    assert not Thread.objects.exists()
    assert not Notice.objects.filter(act="message_answered").exists()


@pytest.mark.parametrize("who", ["maria", "alva", "noa"])
def test_the_family_begins_in_its_own_way(cast, who):
    with pytest.raises((gate.NotAllowed, gate.Invisible)):
        begin(cast, "johan", by=who)


@pytest.mark.parametrize("who", ["ulla", "nils", "rune"])
def test_others_find_no_child(cast, who):
    with pytest.raises((gate.Invisible, gate.NotAllowed)):
        begin(cast, "maria", by=who)
    with pytest.raises((gate.Invisible, gate.NotAllowed)):
        queries.to_begin(cast.actor(who), cast.child("alva").pk)


def test_a_child_that_does_not_exist_is_no_other_than_a_hidden_one(cast):
    for about in (uuid4(), cast.child("sigrid").pk):
        with pytest.raises((gate.Invisible, gate.ReasonNeeded)):
            commands.begin_with_family(by=cast.actor("ulla"), child_id=about, to=["x"], title="a", text="b")


def test_when_the_second_cannot_be_written_neither_is_the_first(cast, monkeypatch):
    from kring.care.messages.commands import messages

    real, calls = messages.record_event, []

    def once_only(**more):
        calls.append(more)
        if len(calls) > 1:
            raise RuntimeError("full disk")
        return real(**more)

    monkeypatch.setattr(messages, "record_event", once_only)
    with pytest.raises(RuntimeError), transaction.atomic():
        begin(cast, "maria johan")
    assert not Thread.objects.exists()
    assert not Message.objects.exists()
    assert not Notice.objects.filter(act="message_answered").exists()


def test_the_choice_that_holds_is_one_that_the_writer_could_have_made():
    from kring.care.messages import rules

    assert all(rules.nearest(guardian=who) in rules.choices_of(guardian=who) for who in (True, False))
    assert all(rules.is_kept(rules.nearest(guardian=who)) for who in (True, False))
