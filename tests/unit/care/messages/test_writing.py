"""Beginning, answering, closing: what is stored, who gets the ball, who is told, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kring.access import gate
from kring.access.refusals import EditConflict
from kring.audit.models import AccessLogRow, Action, Outcome
from kring.care.messages import commands, queries
from kring.care.messages.models import TEXT_MAX, TITLE_MAX, AnswerTime, Message, Reading, Thread
from kring.care.messages.rules import Refusal
from kring.children.models import CareRelation, GuardianDecision, YoungShare
from kring.notifications import queries as notices
from kring.notifications.models import Notice
from kring.timeline.models import Event, Task
from tests.posting import said

UNIT, FAMILY, CLOSED = Thread.Ball.UNIT, Thread.Ball.FAMILY, Thread.Ball.CLOSED
TODAY = date(2026, 11, 16)


def task_of(thread) -> Task:
    return Task.objects.get(kind=queries.TASK, subject=thread.pk, done_at__isnull=True)


def open_tasks(thread) -> int:
    return Task.objects.filter(subject=thread.pk, done_at__isnull=True).count()


def told(thread, act) -> list[str]:
    rows = Notice.objects.filter(about=thread.pk, act=act).order_by("person__subject")
    return [row.person.subject for row in rows]


def events(thread) -> list[str]:
    rows = Event.objects.filter(subject=thread.pk).order_by("recorded_at", "pk")
    return sorted(row.kind for row in rows)


def at(actor, days):
    return replace(actor, now=actor.now + timedelta(days=days))


class TestBeginning:
    def test_the_unit_has_the_ball_and_two_weekdays(self, post, cast):
        thread = post.begin()
        assert (thread.ball, thread.answer_by, thread.revision) == (UNIT, date(2026, 11, 18), 1)
        task = task_of(thread)
        assert (task.unit, task.due_on, task.child) == (post.unit(), date(2026, 11, 18), cast.child("alva"))
        assert said(thread) == ["Kan vi få fler bilder?"]

    def test_it_is_documented_to_the_child_and_the_unit(self, post, cast):
        thread = post.begin()
        event = Event.objects.get(subject=thread.pk)
        assert (event.kind, event.unit, event.child) == ("message_written", post.unit(), cast.child("alva"))
        assert event.data == {"message": str(thread.messages.get().pk)}
        assert "bilder" not in f"{event.title}{event.reason}{event.data}"

    def test_the_log_has_the_write_with_the_thread(self, post, cast):
        thread = post.begin()
        row = AccessLogRow.objects.get(action=Action.WRITE, object_id=str(thread.pk))
        assert (row.what, row.rule, row.outcome) == (
            "message.kept.write",
            "8.5.guardian.pages",
            Outcome.ALLOWED,
        )
        assert row.child_id == cast.child("alva").pk

    def test_the_unit_s_heads_are_told_without_content(self, post, cast):
        thread = post.begin()
        assert told(thread, "message_received") == ["eva", "karin"]
        assert told(thread, "message_answered") == []

    def test_a_named_owner_alone_is_told(self, post, cast):
        first = post.begin()
        Task.objects.filter(subject=first.pk).update(assignee=cast.karin)
        second = post.begin(title="En sak till")
        assert task_of(second).assignee == cast.karin
        assert told(second, "message_received") == ["karin"]

    def test_of_a_protected_child_nobody_is_told(self, post, cast):
        sigrid = cast.child("sigrid")
        sigrid.birth_date = date(2012, 1, 17)
        sigrid.save()
        thread = post.begin("sigrid", "sigrid")
        assert open_tasks(thread) == 1
        assert not Notice.objects.filter(about=thread.pk).exists()

    def test_title_and_text_are_tidied(self, post):
        thread = post.begin(title="  Två \n ord ", text="  Rad ett\r\n\r\nRad två  ")
        assert (thread.title, said(thread)) == ("Två ord", ["Rad ett\n\nRad två"])

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"title": " \n "}, "title_missing"),
            ({"title": "x" * (TITLE_MAX + 1)}, "title_too_long"),
            ({"text": "  "}, "text_missing"),
            ({"text": "x" * (TEXT_MAX + 1)}, "text_too_long"),
            ({"unit": "bokskogen-boras"}, "unit_elsewhere"),
            ({"visibility": "default"}, "visibility_unknown"),
            ({"visibility": "not_guardian"}, "visibility_unknown"),
            ({"visibility": "nonsense"}, "visibility_unknown"),
        ],
    )
    def test_what_cannot_be_sent_is_said_and_nothing_is_stored(self, post, more, code):
        with pytest.raises(Refusal) as refused:
            post.begin(**more)
        assert refused.value.code == code
        assert not Thread.objects.exists() and not Task.objects.filter(kind=queries.TASK).exists()

    @pytest.mark.parametrize("length", [1, TEXT_MAX])
    def test_the_longest_and_the_shortest_are_kept_whole(self, post, length):
        assert said(post.begin(text="å" * length)) == ["å" * length]

    def test_no_unit_chosen(self, post, cast):
        with pytest.raises(Refusal) as refused:
            commands.begin_thread(
                by=cast.actor("maria"), child_id=cast.child("alva").pk, unit_id=None, title="A", text="B",
                visibility="all",
            )  # fmt: skip
        assert refused.value.code == "unit_missing"

    @pytest.mark.parametrize(
        ("who", "about"),
        [("leila", "alva"), ("anders", "noa"), ("alva", "alva"), ("vera", "sigrid"), ("noa", "alva")],
        ids=["a stranger", "13, not shared", "a smaller child", "protected", "another child"],
    )
    def test_who_does_not_reach_the_child_meets_nothing(self, post, who, about):
        with pytest.raises(gate.Invisible):
            post.begin(who, about, by=post.cast.actor(who))
        assert not Thread.objects.exists()

    @pytest.mark.parametrize("who", ["karin", "rune", "nils", "ann"])
    def test_staff_do_not_begin_in_the_family_s_place(self, post, who):
        with pytest.raises((gate.Invisible, gate.NotAllowed)):
            post.begin(by=post.cast.actor(who))

    def test_a_guardian_of_the_young_writes_to_the_units_whose_threads_it_reads(self, post, cast):
        YoungShare.objects.create(
            child=cast.child("noa"), guardian=cast.guardian("anders"), thing="message", starts_at=cast.now
        )
        with pytest.raises(Refusal) as refused:
            post.begin("anders", "noa")
        assert refused.value.code == "unit_elsewhere", "it would tell him whom Noa meets"
        post.begin("noa", "noa")
        assert post.begin("anders", "noa").guardian == cast.guardian("anders"), "he has read that Noa does"

    @pytest.mark.parametrize("thing", ["plan", "appointment", "mood_answer"])
    def test_no_other_share_opens_messages(self, post, cast, thing):
        YoungShare.objects.create(
            child=cast.child("noa"), guardian=cast.guardian("anders"), thing=thing, starts_at=cast.now
        )
        with pytest.raises(gate.Invisible):
            post.begin("anders", "noa")

    def test_whether_the_relation_ended_yesterday_or_ends_today(self, post, cast):
        CareRelation.objects.filter(child=cast.child("alva"), unit=post.unit()).update(ends_on=TODAY)
        assert post.begin()
        CareRelation.objects.filter(child=cast.child("alva"), unit=post.unit()).update(
            ends_on=TODAY - timedelta(days=1)
        )
        with pytest.raises(Refusal):
            post.begin()


class TestAnswering:
    def test_the_family_has_the_ball_and_the_task_is_done(self, post, cast):
        thread = post.begin()
        post.write("karin", thread)
        thread.refresh_from_db()
        assert (thread.ball, thread.answer_by, thread.revision) == (FAMILY, None, 2)
        done = Task.objects.get(subject=thread.pk)
        assert (done.done_by, open_tasks(thread)) == (cast.karin, 0)
        assert events(thread) == ["message_answered", "message_written"]

    def test_only_whoever_began_is_told(self, post):
        thread = post.begin(visibility="all")
        post.write("karin", thread)
        assert told(thread, "message_answered") == ["maria"]
        assert told(thread, "message_received") == []

    def test_the_young_are_told_of_their_own_thread_and_no_guardian_is(self, post, cast):
        for thing in ("message", "plan"):
            shared = {"child": cast.child("noa"), "guardian": cast.guardian("anders"), "thing": thing}
            YoungShare.objects.create(**shared, starts_at=cast.now)
        thread = post.begin("noa", "noa")
        post.write("karin", thread)
        assert told(thread, "message_answered") == ["noa"]

    def test_of_a_guardian_s_thread_the_young_are_not_told(self, post, cast):
        shared = {"child": cast.child("noa"), "guardian": cast.guardian("anders"), "thing": "message"}
        YoungShare.objects.create(**shared, starts_at=cast.now)
        thread = post.begin("noa", "noa")
        Thread.objects.filter(pk=thread.pk).update(guardian=cast.guardian("anders"), visibility="all")
        post.write("karin", thread)
        assert told(thread, "message_answered") == ["anders"]

    @pytest.mark.parametrize(("who", "about"), [("maria", "alva"), ("noa", "noa")])
    def test_what_has_been_opened_is_no_news_any_more(self, post, cast, who, about):
        thread = post.begin(who, about)
        post.write("karin", thread)
        assert (
            notices.unread_count(cast.actor(who))
            == queries.unread_count(cast.actor(who), thread.child_id)
            == 1
        )
        commands.read(by=cast.actor(who), thread_id=thread.pk)
        assert (
            notices.unread_count(cast.actor(who))
            == queries.unread_count(cast.actor(who), thread.child_id)
            == 0
        )

    def test_whoever_at_the_unit_opens_it_has_seen_it_and_a_colleague_has_not(self, post, cast):
        thread = post.begin()
        commands.read(by=cast.actor("karin"), thread_id=thread.pk)
        assert [notices.unread_count(cast.actor(who)) for who in ("karin", "eva")] == [0, 1]

    def test_one_task_however_often_the_family_writes_and_the_first_promise_stands(self, post, cast):
        thread = post.begin()
        later = at(cast.actor("maria"), 1)
        post.write("maria", thread, "En sak till.", by=later)
        thread.refresh_from_db()
        assert (thread.revision, thread.answer_by) == (2, date(2026, 11, 18))
        assert task_of(thread).due_on == date(2026, 11, 18)

    def test_written_again_after_an_answer_there_is_a_new_promise(self, post, cast):
        thread = post.begin()
        post.write("karin", thread)
        post.write("maria", thread, "Tack! Och en sak till.", by=at(cast.actor("maria"), 4))
        thread.refresh_from_db()
        assert (thread.ball, thread.answer_by) == (UNIT, date(2026, 11, 24))
        assert open_tasks(thread) == 1

    def test_the_unit_may_add_to_its_answer(self, post):
        thread = post.begin()
        post.write("karin", thread)
        post.write("maja", thread, "En rättelse.")
        assert said(thread)[1:] == ["Ja, det ordnar vi.", "En rättelse."]

    @pytest.mark.parametrize("text", ["", "   ", "x" * (TEXT_MAX + 1)])
    def test_what_cannot_be_sent_leaves_everything(self, post, text):
        thread = post.begin()
        with pytest.raises(Refusal):
            post.write("karin", thread, text)
        thread.refresh_from_db()
        assert (thread.ball, thread.revision, open_tasks(thread)) == (UNIT, 1, 1)

    @pytest.mark.parametrize(
        "who", ["johan", "leila", "anders", "sara", "peter", "lena", "ulla", "rune", "nils"]
    )
    def test_a_thread_that_is_not_theirs_is_as_one_that_is_not_there(self, post, cast, who):
        thread = post.begin()
        refusals = []
        for key in (thread.pk, "00000000-0000-4000-8000-000000000000"):
            with pytest.raises((gate.Invisible, gate.NotAllowed)) as refused:
                commands.write(by=cast.actor(who), thread_id=key, text="Hej", seen=1)
            refusals.append((type(refused.value), refused.value.act.what, refused.value.act.outcome))
        assert refusals[0] == refusals[1]
        assert said(thread) == ["Kan vi få fler bilder?"]

    def test_a_guardian_who_is_shown_a_thread_reads_and_does_not_write(self, post, cast):
        thread = post.begin(visibility="all")
        assert queries.thread_or_404(cast.actor("johan"), thread.pk, act="read") == thread
        with pytest.raises(Refusal) as refused:
            post.write("johan", thread)
        assert refused.value.code == "not_yours"

    def test_to_a_unit_that_has_left_the_child_nothing_is_written(self, post, cast):
        thread = post.begin()
        CareRelation.objects.filter(child=cast.child("alva"), unit=post.unit()).update(
            ends_on=TODAY - timedelta(days=1)
        )
        with pytest.raises(Refusal) as refused:
            post.write("maria", thread)
        assert refused.value.code == "unit_elsewhere"

    def test_a_block_of_the_guardian_holds_from_the_next_moment(self, post, cast):
        thread = post.begin()
        post.write("karin", thread)
        GuardianDecision.objects.create(
            child=cast.child("alva"), guardian=cast.guardian("maria"), kind="blocked", unit=post.unit(),
            reason="Prov", starts_on=TODAY, decided_by=cast.eva, decided_at=cast.now,
        )  # fmt: skip
        with pytest.raises(gate.Invisible):
            post.write("maria", thread)
        post.write("karin", thread, "Vi svarar ändå.")
        assert Notice.objects.filter(about=thread.pk, act="message_answered").count() == 1


class TestTwoAtOnce:
    def test_the_second_is_told_and_nothing_is_lost(self, post, cast):
        thread = post.begin()
        post.write("karin", thread, "Karins svar.", seen=1)
        with pytest.raises(EditConflict):
            post.write("maja", thread, "Majas svar.", seen=1)
        assert said(thread) == ["Kan vi få fler bilder?", "Karins svar."]
        post.write("maja", thread, "Majas svar.", seen=2)
        assert said(thread)[1:] == ["Karins svar.", "Majas svar."]

    def test_one_s_own_words_are_no_surprise(self, post):
        thread = post.begin()
        post.write("karin", thread, "Ett.", seen=1)
        post.write("karin", thread, "Två.", seen=1)
        assert said(thread)[1:] == ["Ett.", "Två."]

    def test_the_family_s_new_words_are_told_of_before_an_answer(self, post):
        thread = post.begin()
        post.write("maria", thread, "Nej, jag menade filmer.")
        with pytest.raises(EditConflict):
            post.write("karin", thread, "Här är bilderna.", seen=1)

    def test_the_table_itself_lets_only_one_be_the_next(self, post, cast):
        thread = post.begin()
        same = {"thread": thread, "number": 1, "side": "unit", "text": "Samma plats", "role": "coordinator"}
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.create(**same, written_by=cast.karin, written_at=cast.now)

    def test_numbers_follow_each_other(self, post):
        thread = post.begin()
        for n in range(4):
            post.write("karin" if n % 2 else "maria", thread, f"Nummer {n}")
        assert list(thread.messages.values_list("number", flat=True).order_by("number")) == [1, 2, 3, 4, 5]


class TestClosing:
    def test_closed_nothing_is_waited_for(self, post):
        thread = post.begin()
        post.close("karin", thread)
        thread.refresh_from_db()
        assert (thread.ball, thread.answer_by, open_tasks(thread)) == (CLOSED, None, 0)
        assert events(thread) == ["message_thread_closed", "message_written"]
        assert told(thread, "message_received") == []

    def test_twice_is_said(self, post):
        thread = post.begin()
        post.close("karin", thread)
        with pytest.raises(Refusal) as refused:
            post.close("eva", thread)
        assert refused.value.code == "already_closed"

    def test_words_that_came_meanwhile_are_not_closed_away(self, post):
        thread = post.begin()
        post.write("maria", thread, "Det är viktigt.")
        with pytest.raises(EditConflict):
            post.close("karin", thread, seen=1)
        thread.refresh_from_db()
        assert thread.ball == UNIT

    def test_the_family_opens_it_again_by_writing(self, post):
        thread = post.begin()
        post.close("karin", thread)
        post.write("maria", thread, "En fråga till.")
        thread.refresh_from_db()
        assert (thread.ball, open_tasks(thread)) == (UNIT, 1)

    def test_so_does_the_unit_by_answering(self, post):
        thread = post.begin()
        post.close("karin", thread)
        post.write("karin", thread, "Jag glömde en sak.")
        thread.refresh_from_db()
        assert thread.ball == FAMILY

    @pytest.mark.parametrize("who", ["maria", "johan"])
    def test_the_family_does_not_close(self, post, who):
        thread = post.begin(visibility="all")
        with pytest.raises(gate.NotAllowed):
            post.close(who, thread)


class TestReading:
    def test_each_side_has_its_own_reading(self, post, cast):
        thread = post.begin()
        commands.read(by=cast.actor("karin"), thread_id=thread.pk)
        assert set(Reading.objects.values_list("person__subject", "side", "seen")) == {
            ("maria", "family", 1),
            ("karin", "unit", 1),
        }
        post.write("karin", thread)
        commands.read(by=cast.actor("maria"), thread_id=thread.pk)
        assert Reading.objects.get(person=cast.maria).seen == 2
        assert Reading.objects.count() == 2

    def test_reading_is_logged_by_its_rule(self, post, cast):
        thread = post.begin(visibility="all")
        for who, rule in (("karin", "8.2.1"), ("maria", "8.5.guardian.pages"), ("johan", "8.5.item.all")):
            commands.read(by=cast.actor(who), thread_id=thread.pk)
            row = AccessLogRow.objects.filter(action=Action.READ, object_id=str(thread.pk)).latest("pk")
            assert (row.what, row.rule, row.person_id) == ("message.read", rule, getattr(cast, who).pk)


class TestAnswerTime:
    def test_the_head_sets_it_and_what_was_promised_stands(self, post, cast):
        before = post.begin()
        commands.set_answer_time(by=cast.actor("eva"), weekdays=5)
        after = post.begin(title="Nästa")
        before.refresh_from_db()
        assert (before.answer_by, after.answer_by) == (date(2026, 11, 18), date(2026, 11, 23))

    def test_changed_twice_the_same_day_the_last_holds(self, cast):
        eva = cast.actor("eva")
        for weekdays in (3, 4):
            commands.set_answer_time(by=eva, weekdays=weekdays)
        assert queries.answer_times(eva, [eva.unit_id]) == {eva.unit_id: 4}
        assert AnswerTime.objects.count() == 1

    def test_it_holds_from_its_day_and_for_its_unit_alone(self, cast):
        eva = cast.actor("eva")
        other = cast.unit("sas-logopedi").pk
        commands.set_answer_time(by=eva, weekdays=7)
        assert queries.answer_times(at(eva, -1), [eva.unit_id]) == {eva.unit_id: 2}
        assert queries.answer_times(eva, [eva.unit_id, other]) == {eva.unit_id: 7, other: 2}

    @pytest.mark.parametrize("weekdays", [-1, 0, 11])
    def test_no_unreasonable_time(self, cast, weekdays):
        with pytest.raises(Refusal) as refused:
            commands.set_answer_time(by=cast.actor("eva"), weekdays=weekdays)
        assert refused.value.code == "time_out_of_range"

    @pytest.mark.parametrize("who", ["karin", "maja", "maria", "noa", "nils"])
    def test_nobody_but_the_head(self, cast, who):
        with pytest.raises(gate.NotAllowed):
            commands.set_answer_time(by=cast.actor(who), weekdays=3)
