"""Judging maturity: who may, what it opens, and that the latest counts."""

from datetime import date, timedelta

import pytest

from kring.access import gate
from kring.access.gate import Invisible, NotAllowed
from kring.access.permissions import Permission as P
from kring.access.policy.deciding import Question
from kring.access.refusals import Refusal
from kring.children.models import Child
from kring.secrecy.commands.asking import ask_for_record
from kring.secrecy.commands.blocks import maturity_for_block
from kring.secrecy.commands.maturity import assess_maturity, may_assess
from kring.secrecy.queries.asking import MATURITY_ASKED, waiting_for_answer
from kring.secrecy.queries.maturity import assessments_of
from kring.timeline.models import Task
from kring.timeline.queries import worklist_tasks
from tests.cast import NOW
from tests.unit.secrecy.world import TODAY, later

pytestmark = pytest.mark.django_db


def judge(cast, who="david", question=Question.BLOCK, day=TODAY, grounds="Förstår", child="noa", by=None):
    child_id = cast.child(child).pk
    by = by or cast.actor(who)
    return assess_maturity(by=by, child_id=child_id, question=question, mature_from=day, grounds=grounds)


def refused(code: str, rule: str = ""):
    return pytest.raises(Refusal, check=lambda one: (one.code, one.rule) == (code, rule))


@pytest.mark.parametrize(
    ("who", "question", "rule"),
    [
        ("david", Question.BLOCK, "8.5.maturity.treats"),
        ("david", Question.CONSENT, "8.5.maturity.treats"),
        ("david", Question.RECORD, "8.5.maturity.none"),
        ("eva", Question.RECORD, "8.5.maturity.record"),
        ("eva", Question.BLOCK, "8.5.maturity.none"),
        ("karin", Question.BLOCK, "8.5.maturity.none"),
        ("maja", Question.CONSENT, "8.5.maturity.treats"),
        ("lena", Question.BLOCK, "8.5.maturity.treats"),
    ],
)
def test_whoever_treats_judges_and_the_head_for_the_record(cast, who, question, rule):
    assert may_assess(cast.actor(who), cast.child("noa"), question).rule_id == rule
    if rule.endswith("none"):
        with refused("closed", rule):
            judge(cast, who, question)
    else:
        assert judge(cast, who, question).question == question.value


@pytest.mark.parametrize("who", ["jonas", "fatima", "anders", "noa", "otto", "ann", "sara", "rune"])
def test_nobody_else_judges(cast, who):
    with pytest.raises((Invisible, NotAllowed)):
        judge(cast, who)


def test_the_record_from_13_and_the_child_opens_it_at_once(cast):
    Child.objects.filter(pk=cast.child("noa").pk).update(birth_date=TODAY.replace(year=TODAY.year - 13))
    with refused("closed", "8.5.maturity.none"):
        judge(cast, question=Question.RECORD, by=later(cast.actor("eva"), days=-1), day=date(2026, 11, 1))
    noa = cast.actor("noa")
    assert not gate.children_for(noa, P.SEE_OWN_RECORD, noa.child_id).exists()
    judge(cast, "eva", Question.RECORD)
    assert gate.children_for(noa, P.SEE_OWN_RECORD, noa.child_id).exists()
    judge(cast, question=Question.RECORD, by=later(cast.actor("eva"), minutes=1), day=None)
    assert not gate.children_for(noa, P.SEE_OWN_RECORD, noa.child_id).exists()


def test_the_latest_judgement_counts_and_the_earlier_stand(cast):
    child, david = cast.child("noa"), cast.actor("david")
    assert maturity_for_block(david, child) == (False, None)
    first = judge(cast)
    assert maturity_for_block(david, child) == (True, first)
    second = judge(cast, by=later(david, minutes=1), day=None)
    assert maturity_for_block(later(david, minutes=1), child)[0] is False
    assert assessments_of(david, child.pk) == [second, first]


def test_it_has_grounds_and_does_not_begin_later(cast):
    with refused("closed", "8.5.maturity.grounds"):
        judge(cast, grounds="  ")
    with refused("starts_late"):
        judge(cast, day=TODAY + timedelta(days=1))


def asked_by(cast, child="noa", unit="hh-habilitering-boras"):
    """The task that a young person's request to read its record leaves at a unit."""
    young, at = cast.child(child), cast.unit(unit)
    Child.objects.filter(pk=young.pk).update(birth_date=TODAY.replace(year=TODAY.year - 14))
    assert ask_for_record(by=cast.actor(child), child_id=young.pk, unit_id=at.pk)
    return Task.objects.get(child=young, kind=MATURITY_ASKED)


def is_done(task) -> bool:
    task.refresh_from_db()
    return task.done_at is not None


@pytest.mark.parametrize(
    ("question", "day", "answered"),
    [
        (Question.RECORD, TODAY, True),
        (Question.RECORD, None, True),
        (Question.BLOCK, TODAY, False),
        (Question.CONSENT, TODAY, False),
    ],
)
def test_a_request_to_read_is_answered_by_a_judgement_about_the_record_and_no_other(
    cast, question, day, answered
):
    task = asked_by(cast)
    judge(cast, "eva" if question is Question.RECORD else "maja", question, day)
    assert is_done(task) is answered
    waits = waiting_for_answer(cast.actor("noa"), cast.child("noa")) is not None
    assert waits is not answered, "the task and what the child is told say the same"


@pytest.mark.parametrize("judged", ["noa", "alva"])
def test_of_two_children_who_have_asked_the_same_unit_one_is_answered(cast, judged):
    tasks = {name: asked_by(cast, name) for name in ("noa", "alva")}
    judge(cast, "eva", Question.RECORD, child=judged)
    assert {name for name, task in tasks.items() if is_done(task)} == {judged}
    assert tasks[judged].done_by == cast.eva
    left = worklist_tasks(cast.actor("eva")).filter(kind=MATURITY_ASKED)
    assert [task.child_id for task in left] == [cast.child(name).pk for name in tasks if name != judged]


def test_one_put_to_another_unit_is_answered_too(cast):
    """What one head has judged holds everywhere: nobody is to be left with a question that has its answer."""
    task = asked_by(cast, unit="sas-bup-boras")
    judge(cast, "eva", Question.RECORD)
    assert is_done(task)
    assert (task.done_at, task.done_by) == (NOW, cast.eva)


def test_other_tasks_about_the_child_stay(cast):
    about = {"child": cast.child("noa"), "subject": cast.child("noa").pk, "due_on": TODAY, "opened_at": NOW}
    other = Task.objects.create(unit=cast.unit("hh-habilitering-boras"), kind="same_day", **about)
    asked_by(cast)
    judge(cast, "eva", Question.RECORD)
    assert not is_done(other)


def test_no_guardian_reads_how_a_child_was_judged(cast):
    judge(cast)
    assert assessments_of(cast.actor("anders"), cast.child("noa").pk) == []
