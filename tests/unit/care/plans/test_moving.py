"""A SIP meeting is moved: everybody is asked again by the one door, and the clock from the need runs on."""

from datetime import UTC, timedelta

import pytest

from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.care.plans.commands import EditConflict, Refusal
from kring.care.plans.models import Invitation, Summons
from kring.children.models import Child
from kring.notifications.models import Delivery, Notice
from kring.portal.family.calendar_file import calendar_file
from kring.timeline.models import Event, Task
from tests.post import confirm
from tests.unit.care.plans.pages import HIDDEN, Browser, day

PARTS = ("lena", "jonas")


@pytest.fixture
def called(story):
    return story.together().summoned()


def move(story, summons, by=None, **fields):
    given = {"starts_at": summons.starts_at + timedelta(days=3), "reason": "Tolken kan inte"} | fields
    seen = given.pop("seen", summons.revision)
    return commands.move_summons(by=by or story.karin, summons_id=summons.pk, seen=seen, **given)


def fresh(summons):
    return Summons.objects.get(pk=summons.pk)


def answered(story, summons):
    """Everybody has said something."""
    for unit, answer in ((story.pupil_health, "substitute"), (story.school, "declines")):
        by = story.lena if unit == story.pupil_health else story.jonas
        invitation = story.invitation(summons, unit_id=unit)
        commands.answer_summons(
            by=by, invitation_id=invitation.pk, answer=answer, reason="Kurs", substitute="Vikarien"
        )
    for name in ("maria", "johan"):
        mine = story.invitation(summons, guardian=story.cast.guardian(name))
        commands.answer_summons(by=getattr(story, name), invitation_id=mine.pk, answer="comes")


# What is moved


def test_the_new_time_and_place_hold_and_the_old_time_and_why_are_kept(story, called):
    was = called.starts_at
    move(story, called, place="Rådhuset", minutes=45, link="")
    row = fresh(called)
    assert (row.starts_at, row.place, row.minutes) == (was + timedelta(days=3), "Rådhuset", 45)
    assert (row.moves, row.moved_from, row.moved_at) == (1, was, story.now)
    assert row.moved_reason == "Tolken kan inte"
    assert row.question == called.question


def test_only_the_place_can_be_moved(story, called):
    move(story, called, starts_at=called.starts_at, place="Rådhuset")
    assert fresh(called).place == "Rådhuset"


def test_each_move_is_counted_and_tells_of_the_time_before(story, called):
    first = called.starts_at
    move(story, called)
    again = fresh(called)
    move(story, again, starts_at=first + timedelta(days=5))
    row = fresh(called)
    assert (row.moves, row.moved_from) == (2, first + timedelta(days=3))


def test_every_answer_is_asked_for_again_but_the_one_who_calls_comes(story, called):
    answered(story, called)
    move(story, called)
    rows = {
        one.unit_id or one.guardian_id or "child": one for one in Invitation.objects.filter(summons=called)
    }
    assert rows.pop(story.plan.unit_id).answer == "comes"
    child = rows.pop("child")
    assert (child.answer, child.reason) == ("comes", "a_while")
    assert len(rows) == 4
    assert {(one.answer, one.reason, one.substitute, one.answered_at) for one in rows.values()} == {
        ("none", "", "", None)
    }


def test_a_child_that_had_said_no_is_asked_by_its_wish_again(story, called):
    mine = story.invitation(called, is_child=True)
    commands.answer_summons(by=story.alva, invitation_id=mine.pk, answer="declines")
    move(story, called)
    mine.refresh_from_db()
    assert (mine.answer, mine.reason) == ("comes", called.child_takes_part)


def test_each_unit_has_one_task_to_answer_by_a_new_day(story, called):
    answered(story, called)
    story.later(2)
    move(story, called)
    tasks = Task.objects.filter(kind="summons_answer", subject=called.pk, done_at=None)
    assert {task.unit_id for task in tasks} == {story.pupil_health, story.school}
    assert {task.due_on for task in tasks} == {story.today + timedelta(days=7)}
    move(story, fresh(called), starts_at=called.starts_at + timedelta(days=4))
    assert tasks.count() == 2


def test_an_answer_is_not_due_after_the_meeting(story, called):
    move(story, called, starts_at=story.now + timedelta(days=2))
    tasks = Task.objects.filter(kind="summons_answer", subject=called.pk, done_at=None)
    assert {task.due_on for task in tasks} == {story.today + timedelta(days=2)}


def test_the_next_step_is_to_get_the_answers(story, called):
    answered(story, called)
    assert queries.next_step_of(story.karin, story.plan).kind == "sip_meeting"
    move(story, called)
    step = queries.next_step_of(story.karin, story.plan)
    assert step.kind == "sip_answers"
    assert step.due_on == story.today + timedelta(days=7)


# The clocks (clocks.md rulings 19 and 20)


def clock(story):
    return next(one for one in queries.clocks_of(story.karin, story.plan) if one.clock == "sip_meeting_21")


def test_the_days_from_the_need_run_on(story, called):
    before = clock(story)
    move(story, called, starts_at=story.now + timedelta(days=40))
    assert clock(story) == before
    story.later(22)
    late = clock(story)
    assert (late.state, late.days, late.over) == ("running", 22, True)


def test_the_clock_stops_when_the_moved_meeting_is_held(story, called):
    move(story, called, starts_at=story.now + timedelta(days=12))
    story.later(12)
    story.held(story.meeting(fresh(called)))
    stopped = clock(story)
    assert (stopped.state, stopped.days, stopped.over) == ("stopped", 12, False)


def test_a_move_is_no_summons_and_no_cancelling_to_the_clocks(story, called):
    move(story, called)
    kinds = list(Event.objects.filter(subject=story.plan_id).values_list("kind", flat=True))
    assert kinds.count("sip_summons_sent") == 1
    assert kinds.count("sip_meeting_moved") == 1
    assert "sip_meeting_cancelled" not in kinds


def test_what_happened_tells_why_and_nothing_of_when_or_where(story, called):
    move(story, called, place="Rådhuset")
    event = Event.objects.get(kind="sip_meeting_moved")
    assert event.reason == "Tolken kan inte"
    assert event.data == {"summons": str(called.pk), "moves": 1}
    row = AccessLogRow.objects.filter(what="plan.summons.move").get()
    assert (row.object_id, row.outcome) == (str(called.pk), "allowed")


# Who is told


def told(act):
    rows = Notice.objects.filter(act=act)
    return sorted(rows.values_list("person__subject", flat=True))


def test_everyone_called_is_told_through_the_one_door_and_the_first_call_is_taken_back(story, called):
    assert "maria" in told("summons_sent")
    everybody = told("summons_sent")
    move(story, called)
    assert told("meeting_moved") == everybody
    assert told("summons_sent") == []
    assert "karin" not in everybody


def test_moved_twice_or_called_off_there_is_one_thing_to_read(story, called):
    everybody = told("summons_sent")
    move(story, called)
    move(story, fresh(called), starts_at=called.starts_at + timedelta(days=4))
    assert told("meeting_moved") == everybody
    commands.cancel_summons(by=story.karin, summons_id=called.pk, reason="Alva är sjuk")
    assert told("meeting_moved") == []
    assert told("meeting_cancelled") == everybody


def test_a_letter_leaves_for_who_has_chosen_it_and_none_for_the_blocked(story, called):
    from kring.access.policy.notices import Way
    from kring.children.models import GuardianDecision
    from kring.notifications.commands import choose_ways

    for name in ("maria", "johan"):
        choose_ways(by=getattr(story, name), chosen={Way.EMAIL: (f"{name}@exempel.se", ["meetings"])})
        confirm(getattr(story, name))
    GuardianDecision.objects.create(
        child_id=story.child_id, guardian=story.cast.guardian("johan"), kind="blocked",
        unit_id=story.plan.unit_id, reason="Våld.", starts_on=story.today,
        decided_by=story.cast.eva, decided_at=story.now,
    )  # fmt: skip
    move(story, called)
    assert "johan" not in told("meeting_moved")
    letters = Delivery.objects.filter(notice__act="meeting_moved")
    assert [letter.notice.person.subject for letter in letters] == ["maria"]


def test_about_a_protected_child_nobody_is_told(story, called):
    Child.objects.filter(pk=story.child_id).update(protection="flag")
    from kring.children.models import ProtectedGroupMember

    ProtectedGroupMember.objects.create(
        child_id=story.child_id,
        person=story.cast.karin,
        added_by=story.cast.eva,
        added_at=story.now,
        reason="Möter",
    )
    Notice.objects.all().delete()
    move(story, called)
    assert not Notice.objects.exists()
    assert fresh(called).moves == 1


# Refusals


REFUSED = {
    "no reason": ({"reason": " "}, "reason_missing"),
    "the same": ({"starts_at": None}, "summons_unmoved"),
    "passed": ({"starts_at": -1}, "time_passed"),
    "nowhere": ({"place": " ", "link": ""}, "place_missing"),
    "too short": ({"minutes": 5}, "minutes_out_of_range"),
    "too long": ({"minutes": 500}, "minutes_out_of_range"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_moved_so_is_refused_and_nothing_is_changed(story, called, case):
    fields, code = REFUSED[case]
    answered(story, called)
    Notice.objects.all().delete()
    if "starts_at" in fields:
        hours = fields["starts_at"]
        fields = fields | {"starts_at": story.now + timedelta(hours=hours) if hours else called.starts_at}
    with pytest.raises(Refusal) as refused:
        move(story, called, **fields)
    assert refused.value.code == code
    assert fresh(called).moves == 0
    assert story.invitation(called, unit_id=story.school).answer == "declines"
    assert not Notice.objects.exists()


def test_what_is_not_out_is_not_moved(story):
    draft = story.together().draft()
    with pytest.raises(Refusal) as refused:
        move(story, draft)
    assert refused.value.code == "not_sent"


@pytest.mark.parametrize(("then", "code"), [("cancelled", "summons_cancelled"), ("begun", "meeting_started")])
def test_a_meeting_that_is_off_or_on_is_not_moved(story, called, then, code):
    if then == "cancelled":
        commands.cancel_summons(by=story.karin, summons_id=called.pk, reason="Sjuk")
    else:
        story.meeting(called)
    with pytest.raises(Refusal) as refused:
        move(story, fresh(called))
    assert refused.value.code == code


@pytest.mark.parametrize("name", PARTS)
def test_only_the_unit_that_keeps_the_plan_moves_it(story, called, name):
    with pytest.raises(Refusal) as refused:
        move(story, called, by=getattr(story, name))
    assert refused.value.code == "not_in_charge"


def test_a_consent_that_is_gone_stops_the_move(story, called):
    story.answer("johan", "refused", cells=())
    with pytest.raises(Refusal) as refused:
        move(story, called)
    assert refused.value.code == "consent_conflict"


def test_two_who_move_at_once_do_not_overwrite_each_other(story, called):
    move(story, called)
    with pytest.raises(EditConflict) as other:
        move(story, called, starts_at=called.starts_at + timedelta(days=9), seen=called.revision)
    assert other.value.current.starts_at == called.starts_at + timedelta(days=3)
    assert fresh(called).moves == 1


def test_nothing_else_is_changed_by_a_move(story, called):
    with pytest.raises(TypeError):
        move(story, called, question="Något annat")


# The pages


@pytest.fixture
def karin(story):
    return Browser(story)


def filled(story, called, **more):
    new = called.starts_at + timedelta(days=3)
    fields = {"time": "14.30", "minutes": "45", "place": "Rådhuset", "link": "", "reason": "Tolken kan inte"}
    return day("day", new.date()) | fields | more


def test_the_page_begins_with_what_holds_and_is_reached_from_the_call(story, called, karin):
    page = karin.text("open", "summons", called.pk)
    assert f"/moten/kallelser/{called.pk}/flytta/" in page
    form = karin.text("open", "summons-move", called.pk)
    assert 'value="Biblioteket på Alvas skola"' in form
    assert "de svar som har kommit gäller inte längre" in form
    assert "Dagarna till första mötet räknas som förut." in form


def test_moved_on_the_page_it_is_told_on_both_sides(story, called, karin):
    answer = karin.send("summons-move", called.pk, **filled(story, called))
    assert answer.status_code == 302
    row = fresh(called)
    assert row.starts_at.astimezone(UTC).hour == 13
    for page in (
        karin.text("open", "summons", called.pk),
        Browser(story, "maria").text("open", "family-summons", story.child_id, called.pk),
    ):
        assert "Mötet är flyttat" in page
        assert "Skäl: Tolken kan inte" in page
        assert "Rådhuset" in page
    assert "Kallelse till möte, flyttat" in Browser(story, "maria").text("open", "family-sip", story.child_id)


def as_shown(karin, called):
    """The hidden fields of the page as somebody has it before them."""
    return dict(HIDDEN.findall(karin.text("open", "summons-move", called.pk)))


def test_sent_twice_it_is_moved_once(story, called, karin):
    shown = as_shown(karin, called)
    answers = [karin.post("summons-move", called.pk, **filled(story, called), **shown) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    assert fresh(called).moves == 1


def test_another_s_move_meanwhile_is_shown_beside_one_s_own(story, called, karin):
    shown = as_shown(karin, called)
    move(story, called, place="Annan plats")
    answer = karin.post("summons-move", called.pk, **filled(story, called), **shown)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Annan plats" in page
    assert "Rådhuset" in page
    assert fresh(called).moves == 1


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"reason": ""}, "reason"),
        ({"place": ""}, "place"),
        ({"time": "kvart"}, "time"),
        ({"day_0": "1", "day_1": "1", "day_2": "2020"}, "day_0"),
        ({"minutes": "3"}, "minutes"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept(story, called, karin, changed, at):
    answer = karin.send("summons-move", called.pk, **filled(story, called, **changed))
    assert answer.status_code == 422
    assert f'href="#{at}"' in answer.content.decode()
    assert fresh(called).moves == 0


# The calendar


def file_of(story, called, who="maria"):
    path = f"/mina-sidor/{story.child_id}/kallelser/{called.pk}/kalender.ics"
    answer = Browser(story, who).client.get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return dict(
        line.split(":", 1) for line in answer.content.decode().replace("\r\n ", "").split("\r\n") if line
    )


def test_the_calendar_s_number_grows_with_each_move_and_with_the_cancelling(story, called):
    first = file_of(story, called)
    move(story, called)
    second = file_of(story, called)
    commands.cancel_summons(by=story.karin, summons_id=called.pk, reason="Sjuk")
    third = file_of(story, called)
    assert [one["SEQUENCE"] for one in (first, second, third)] == ["0", "1", "2"]
    assert [one["STATUS"] for one in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert len({one["UID"] for one in (first, second, third)}) == 1
    assert second["DTSTART"] != first["DTSTART"]
    assert second["DTEND"] > second["DTSTART"]


def test_the_file_tells_nothing_but_when(story, called):
    move(story, called, place="Rådhuset")
    text = " ".join(file_of(story, called).values())
    for secret in ("Rådhuset", "Alva", "Tolken", "skoldagen", "SIP"):
        assert secret not in text


@pytest.mark.parametrize("sequence", [0, 1, 12])
def test_the_number_stands_once_in_the_file(story, sequence):
    text = calendar_file(key="k", starts_at=story.now, ends_at=None, now=story.now, sequence=sequence)
    assert text.count("SEQUENCE:") == 1
    assert f"SEQUENCE:{sequence}\r\n" in text


def test_who_is_not_a_guardian_gets_no_file(story, called):
    path = f"/mina-sidor/{story.child_id}/kallelser/{called.pk}/kalender.ics"
    assert Browser(story, "leila").client.get(path).status_code == 404
