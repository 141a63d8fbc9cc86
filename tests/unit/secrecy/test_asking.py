"""«Jag vill läsa mer»: the young person's question to a unit head, and its answer."""

from datetime import date, timedelta

import pytest

from kring.access import gate
from kring.access.policy.deciding import Question
from kring.access.refusals import Refusal
from kring.children.models import MaturityAssessment, YoungShare
from kring.notifications.models import Notice
from kring.organisations.models import Assignment, Person
from kring.secrecy.commands.asking import ask_for_record, note_welcome
from kring.secrecy.commands.maturity import assess_maturity
from kring.secrecy.queries import asking
from kring.secrecy.rules.asking import ANSWER_DAYS, answer_by
from kring.timeline.models import Event, Task
from kring.timeline.queries import events_of, worklist_tasks

TODAY = date(2026, 11, 16)


def ask(cast, unit="sas-bup-boras", words="Jag vill veta vad det står.", **more):
    by = cast.actor("noa", **more)
    return ask_for_record(by=by, child_id=cast.child("noa").pk, unit_id=cast.unit(unit).pk, words=words)


def judge(cast, mature_from, at=None):
    MaturityAssessment.objects.create(
        child=cast.child("noa"),
        question="record",
        mature_from=mature_from,
        grounds="Samtal",
        unit=cast.unit("sas-bup-boras"),
        assessed_by=cast.eva,
        assessed_at=at or cast.now + timedelta(days=1),
    )


def head_at(cast, unit) -> Person:
    head = Person.objects.create(subject="head", given_name="Hanna", family_name="Holm")
    Assignment.objects.create(person=head, unit=cast.unit(unit), role="unit_head", starts_on=TODAY)
    return head


def waiting(cast, who="noa", now=None):
    by = cast.actor(who, now=now) if now else cast.actor(who)
    return asking.waiting_for_answer(by, cast.child("noa"))


def test_the_unit_head_gets_a_task_with_its_last_day(cast):
    head = head_at(cast, "sas-bup-boras")
    assert ask(cast) is True
    task = Task.objects.get(kind=asking.MATURITY_ASKED)
    assert (task.unit, task.assignee, task.subject) == (
        cast.unit("sas-bup-boras"),
        head,
        cast.child("noa").pk,
    )
    assert task.due_on == answer_by(TODAY) == date(2026, 12, 16)


def test_without_a_head_it_is_the_unit_s_to_share_out_and_stands_in_its_list(cast):
    ask(cast)
    david = cast.actor("david")
    assert worklist_tasks(david).filter(kind=asking.MATURITY_ASKED, assignee=None).exists()
    kinds = [one.kind for one in events_of(david, cast.child("noa"))]
    assert asking.MATURITY_ASKED in kinds


def test_no_guardian_is_told(cast):
    notices = Notice.objects.count()
    ask(cast)
    assert Notice.objects.count() == notices
    assert not events_of(cast.actor("anders"), cast.child("noa"))


def test_other_units_do_not_see_that_it_was_asked(cast):
    ask(cast)
    for who in ("karin", "lena"):
        assert not [e for e in events_of(cast.actor(who), cast.child("noa")) if e.kind == "maturity_asked"]
        assert waiting(cast, who) is None
    assert waiting(cast, "david").words == "Jag vill veta vad det står."


def test_it_waits_until_it_is_answered(cast):
    assert waiting(cast) is None
    ask(cast)
    found = waiting(cast)
    assert (found.unit, found.at, found.answer_by) == (
        cast.unit("sas-bup-boras"),
        cast.now,
        date(2026, 12, 16),
    )
    judge(cast, None)
    assert waiting(cast) is None
    assert asking.latest_answer(cast.actor("noa"), cast.child("noa")).mature_from is None


def test_asked_again_while_waiting_is_one_question(cast):
    assert ask(cast) is True
    assert ask(cast, "hh-habilitering-boras") is False
    assert Event.objects.filter(kind=asking.MATURITY_ASKED).count() == Task.objects.count() == 1


def test_after_a_no_it_may_be_asked_again(cast):
    ask(cast)
    judge(cast, None, at=cast.now + timedelta(days=3))
    assert ask(cast, now=cast.now + timedelta(days=4)) is True
    assert waiting(cast, now=cast.now + timedelta(days=4)).at == cast.now + timedelta(days=4)


def test_whoever_reads_the_record_already_need_not_ask(cast):
    judge(cast, TODAY, at=cast.now)
    assert asking.reads_record(cast.actor("noa"), cast.child("noa"))
    assert ask(cast) is False
    assert not Task.objects.exists()


@pytest.mark.parametrize("unit", ["skola-boras-1", "socialtjanst-boras", "sas-logopedi"])
def test_only_a_care_unit_that_meets_one_is_asked(cast, unit):
    with pytest.raises(Refusal) as refused:
        ask(cast, unit)
    assert refused.value.code == "unit_unknown"


@pytest.mark.parametrize(
    ("birth", "may"),
    [
        (date(2013, 11, 16), True),
        (date(2010, 11, 17), True),
        (date(2010, 11, 16), False),
    ],
)
def test_from_thirteen_until_the_record_is_one_s_own(cast, birth, may):
    """On the 16th birthday there is nothing left to ask for."""
    noa = cast.child("noa")
    noa.birth_date = birth
    noa.save(update_fields=["birth_date"])
    assert ask(cast) is may


def test_the_day_before_the_thirteenth_birthday_it_is_refused_by_its_rule(cast):
    noa = cast.child("noa")
    noa.birth_date = date(2013, 11, 17)
    noa.save(update_fields=["birth_date"])
    with pytest.raises(Refusal) as refused:
        ask(cast)
    assert refused.value.rule == "8.5.child.too_young"


@pytest.mark.parametrize("who", ["anders", "david", "alva"])
def test_nobody_else_asks_for_somebody(cast, who):
    with pytest.raises((gate.Invisible, gate.NotAllowed)):
        unit = cast.unit("sas-bup-boras").pk
        ask_for_record(by=cast.actor(who), child_id=cast.child("noa").pk, unit_id=unit)


def test_what_was_written_is_kept_as_long_as_an_event_holds(cast):
    ask(cast, words="  " + "å" * 400)
    assert waiting(cast).words == "å" * 300


def test_a_guardian_is_never_told_of_an_answer(cast):
    judge(cast, TODAY)
    assert asking.latest_answer(cast.actor("anders"), cast.child("noa")) is None


def test_the_welcome_is_noted_once_and_seen_by_nobody_else(cast):
    noa = cast.child("noa")
    assert not asking.was_welcomed(cast.actor("noa"))
    for _time in range(2):
        note_welcome(by=cast.actor("noa"), child_id=noa.pk)
    assert asking.was_welcomed(cast.actor("noa"))
    assert Event.objects.filter(kind=asking.WELCOMED).count() == 1
    assert not asking.was_welcomed(cast.actor("alva"))
    for who in ("anders", "david", "karin"):
        assert not [one for one in events_of(cast.actor(who), noa) if one.kind == asking.WELCOMED]


def test_the_limit_is_dated():
    first = ANSWER_DAYS[0][1].valid_from
    assert answer_by(first) == first + timedelta(days=30)
    assert answer_by(first - timedelta(days=1)) == first - timedelta(days=1)


# The answer is told to the young person, and to nobody else


def judged(cast, question="record", mature_from=TODAY, by=""):
    """Somebody who may judge it writes it down: of the record the head of a unit that Noa goes to."""
    by = by or head_at(cast, "sas-bup-boras").subject
    about = {"child_id": cast.child("noa").pk, "question": Question(question), "grounds": "Samtal"}
    assess_maturity(by=cast.actor(by), mature_from=mature_from, **about)


def shares_everything(cast):
    for thing in ("plan", "appointment", "message", "mood"):
        whom = {"child": cast.child("noa"), "guardian": cast.guardian("anders"), "thing": thing}
        YoungShare.objects.create(**whom, starts_at=cast.now)


@pytest.mark.parametrize("mature_from", [TODAY, None], ids=["yes", "no"])
def test_an_answer_is_told_to_who_asked_whatever_it_is(cast, mature_from):
    shares_everything(cast)
    ask(cast)
    judged(cast, mature_from=mature_from)
    (notice,) = Notice.objects.filter(act="record_answered")
    assert notice.person == cast.noa
    assert set(Notice.objects.values_list("person__subject", flat=True)) <= {"noa", "head"}


def test_a_judgement_that_nobody_asked_for_is_told_to_nobody(cast):
    judged(cast)
    assert not Notice.objects.filter(act="record_answered").exists()


def test_a_judgement_of_something_else_is_no_answer(cast):
    ask(cast)
    judged(cast, question="consent", by="maja")
    assert not Notice.objects.filter(act="record_answered").exists()
