"""A unit that is taken into a plan the family has already answered about: somebody's to answer, and asked."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kring import clock
from kring.care.plans import commands, queries
from kring.care.plans.rules.joining import Joined, Said, unanswered
from kring.notifications.models import Notice
from kring.timeline.models import Task
from tests.own_pages import sign_in

NEW, OLD = UUID(int=1), UUID(int=2)
MARIA, JOHAN = UUID(int=11), UUID(int=12)
DAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
JOINED = Joined(NEW, DAY)


def said(signer, days, *units):
    return Said(signer, DAY + timedelta(days=days), frozenset(units))


@pytest.mark.parametrize(
    ("answers", "waits"),
    [
        ([said(MARIA, -5, OLD), said(JOHAN, -4, OLD)], {MARIA, JOHAN}),
        ([said(MARIA, 1, OLD, NEW), said(JOHAN, -4, OLD)], {JOHAN}),
        ([said(MARIA, 1, OLD, NEW), said(JOHAN, 2, NEW)], set()),
        # Answered since, and left it out: that is a no, and nobody more is asked.
        ([said(MARIA, 1, OLD), said(JOHAN, -4, OLD)], set()),
        ([said(MARIA, 0, OLD), said(JOHAN, -4, OLD)], set()),
        # Already told of it before it was taken in.
        ([said(MARIA, -5, OLD, NEW), said(JOHAN, -4, OLD, NEW)], set()),
        ([said("child", -1)], {"child"}),
        ([], set()),
    ],
)
def test_whom_a_unit_waits_for(answers, waits):
    assert unanswered([JOINED], answers) == ({NEW: frozenset(waits)} if waits else {})


@given(st.lists(st.tuples(st.integers(-9, 9), st.booleans()), max_size=4))
def test_a_unit_waits_only_for_those_who_have_not_been_asked_and_only_while_nobody_has_said_no(rows):
    answers = [said(UUID(int=n), days, *([NEW] if yes else [])) for n, (days, yes) in enumerate(rows)]
    waits = unanswered([JOINED], answers).get(NEW, frozenset())
    assert waits <= {one.signer for one in answers if one.at < DAY and NEW not in one.units}
    if waits:
        assert all(one.at < DAY or NEW in one.units for one in answers)


# In a plan


@pytest.fixture
def invited(story, cast):
    """An established plan; a day later the speech therapist is taken in."""
    story.established()
    story.later(1)
    story.new = cast.unit("sas-logopedi").pk
    commands.join_party(by=story.karin, plan_id=story.plan_id, unit_id=story.new)
    return story


def say(story, who, *units):
    """A guardian answers anew, for the school, pupil health and these."""
    cells = [(unit, "plan") for unit in (story.school, story.pupil_health, *units)]
    story.later(1)
    commands.record_consent(
        by=getattr(story, who),
        plan_id=story.plan_id,
        guardian_id=story.cast.guardian(who).pk,
        state="given",
        form="portal",
        cells=cells,
    )


def tasks(story) -> dict[str, str]:
    open_ = Task.objects.filter(subject=story.plan_id, unit_id=story.karin.unit_id, done_at=None)
    return dict(open_.values_list("kind", "ball"))


def todo(story, who):
    return [row.kind for row in queries.todo_of(getattr(story, who), story.child_id) if row.kind == "consent"]


def test_it_is_the_family_s_to_answer_and_a_step_in_the_worklist(invited):
    assert (todo(invited, "maria"), todo(invited, "johan")) == (["consent"], ["consent"])
    assert tasks(invited) == {"sip_party_consent": "family", "follow_up": "ours"}
    step = queries.next_step_of(invited.karin, invited.plan)
    assert (step.kind, step.ball) == ("sip_party_consent", "family")
    assert set(Notice.objects.filter(act="consent_asked").values_list("person__subject", flat=True)) == {
        "maria",
        "johan",
    }


def test_one_by_one_they_answer_and_then_it_is_open(invited):
    say(invited, "maria", invited.new)
    assert (todo(invited, "maria"), todo(invited, "johan")) == ([], ["consent"])
    assert "sip_party_consent" in tasks(invited)
    say(invited, "johan", invited.new)
    assert (todo(invited, "maria"), todo(invited, "johan")) == ([], [])
    assert tasks(invited) == {"follow_up": "ours"}
    assert (invited.new, "plan") in invited.content().consent.cells


def test_left_out_it_is_a_no_and_nobody_is_asked_any_more(invited):
    say(invited, "maria")
    assert (todo(invited, "maria"), todo(invited, "johan")) == ([], [])
    assert tasks(invited) == {"follow_up": "ours"}
    assert (invited.new, "plan") not in invited.content().consent.cells
    # The others go on seeing it all the while.
    assert (invited.school, "plan") in invited.content().consent.cells


def test_taken_out_again_nothing_is_asked(invited):
    commands.leave_party(by=invited.karin, plan_id=invited.plan_id, unit_id=invited.new)
    assert todo(invited, "maria") == []
    assert tasks(invited) == {"follow_up": "ours"}


def test_while_consent_to_the_plan_itself_is_missing_that_is_the_step(story):
    story.started().joined()
    assert "sip_party_consent" not in tasks(story)
    assert story.content().waiting == {}


def test_in_a_draft_the_summons_is_not_held_up(story, cast):
    story.together().later(1)
    commands.join_party(by=story.karin, plan_id=story.plan_id, unit_id=cast.unit("sas-logopedi").pk)
    assert {"sip_summon", "sip_party_consent", "sip_meeting"} == set(tasks(story))


def page(story, who: str, name: str, *ids) -> str:
    with clock.frozen(story.now):
        answer = sign_in(Client(), getattr(story.cast, who)).get(reverse(name, args=ids))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_plan_says_that_it_waits_for_the_family(invited):
    assert "Ser inte planen än: väntar på familjens svar" in page(
        invited, "karin", "plan-page", invited.plan_id
    )
    say(invited, "maria")
    assert "väntar på familjens svar" not in page(invited, "karin", "plan-page", invited.plan_id)


def test_the_guardian_is_told_which_unit_is_new(invited):
    ids = (invited.child_id, invited.plan_id)
    name = invited.cast.unit("sas-logopedi").name
    assert f"Nya i planen: {name}" in page(invited, "maria", "family-consent", *ids)
    say(invited, "maria", invited.new)
    assert "Nya i planen" not in page(invited, "maria", "family-consent", *ids)
    assert f"Nya i planen: {name}" in page(invited, "johan", "family-consent", *ids)
