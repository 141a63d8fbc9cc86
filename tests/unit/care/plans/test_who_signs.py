"""Who signs a plan on real requests: the tables 8.6 asked with what stands in the rows about the child."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.access import signing
from kring.care.plans import commands, queries
from kring.children.models import GuardianDecision, MaturityAssessment, Placement


def assessed(story, mature, *, days_ago=0, question="consent"):
    at = story.now - timedelta(days=days_ago)
    return MaturityAssessment.objects.create(
        child_id=story.child_id, question=question, grounds="Samtal", unit_id=story.karin.unit_id,
        mature_from=at.date() if mature else None, assessed_by_id=story.karin.person_id, assessed_at=at,
    )  # fmt: skip


def placed(story, kind=Placement.Kind.CARE_ORDER, **more):
    return Placement.objects.create(
        child_id=story.child_id, kind=kind, unit_id=story.karin.unit_id,
        starts_on=story.today - timedelta(days=30),
        recorded_by_id=story.karin.person_id, recorded_at=story.now, **more,
    )  # fmt: skip


def standing(story):
    return queries.consent_of(story.karin, story.plan).standing


def test_a_child_assessed_as_mature_decides_alone_from_that_day(story):
    story.together()
    assessed(story, True)
    found = standing(story)
    assert (found.state, found.missing, found.rule) == ("waiting", {"child"}, "8.6.nobody")
    story.answer("", cells=[(story.school, "plan")])
    assert standing(story).rule == "8.6.signatures.child"


@pytest.mark.parametrize(
    ("judged", "state"),
    [
        # (mature, days ago), oldest first: the latest about this question counts.
        ([(True, 9), (False, 2)], "valid"),
        ([(False, 9), (True, 2)], "waiting"),
        ([], "valid"),
    ],
)
def test_the_latest_assessment_counts(story, judged, state):
    story.together()
    for mature, days_ago in judged:
        assessed(story, mature, days_ago=days_ago)
    assert standing(story).state == state


@pytest.mark.parametrize("question", ["record", "block"])
def test_maturity_for_another_question_is_not_maturity_for_this(story, question):
    story.together()
    assessed(story, True, question=question)
    assert standing(story).rule == "8.6.both"


def test_a_later_assessment_takes_over_from_a_judged_yes(story):
    story.together()
    own = story.answer("", cells=[(story.school, "plan")])
    type(own).objects.filter(pk=own.pk).update(judged_mature=True)
    assert standing(story).rule == "8.6.signatures.child"
    story.later(1)
    assessed(story, False)
    assert standing(story).rule == "8.6.both"


@pytest.mark.parametrize(
    ("kind", "more", "state"),
    [
        ("care_order", {}, "board"),
        ("care_order", {"guardians_keep_access": True}, "board"),
        ("care_order", {"ends_on": -1}, "valid"),
        ("voluntary", {}, "valid"),
    ],
)
def test_for_a_child_placed_by_order_the_board_decides(story, kind, more, state):
    story.together()
    if "ends_on" in more:
        more = {"ends_on": story.today + timedelta(days=more["ends_on"])}
    placed(story, kind, **more)
    assert standing(story).state == state


def test_while_the_board_decides_nobody_s_yes_opens_and_a_no_still_closes(story, refused):
    story.started().joined()
    placed(story)
    with refused("board_decides"):
        story.answer("maria")
    assert story.answer("maria", "refused").state == "refused"


def test_a_guardian_does_not_say_yes_for_a_child_that_decides_itself(story, refused):
    story.started().joined()
    assessed(story, True)
    with refused("child_decides"):
        story.answer("maria")
    story.answer("johan", "refused")
    assert standing(story).state == "conflict"


def test_a_blocked_guardian_is_still_asked_and_staff_write_the_answer_in(story, cast):
    story.started().joined()
    blocked(story, cast)
    story.answer("maria")
    assert standing(story).missing == {cast.guardian("johan").pk}
    story.answer("johan")
    assert standing(story).is_valid


def blocked(story, cast, **more):
    return GuardianDecision.objects.create(
        child_id=story.child_id, guardian=cast.guardian("johan"), kind="blocked", reason="Hot",
        unit_id=story.karin.unit_id, starts_on=story.today,
        decided_by_id=story.karin.person_id, decided_at=story.now, **more,
    )  # fmt: skip


def test_of_a_blocked_or_protected_guardian_nothing_is_told(story, cast):
    johan, maria = cast.guardian("johan"), cast.actor("maria")
    assert signing.untold_guardians(maria, story.child_id) == set()
    decision = blocked(story, cast)
    assert signing.untold_guardians(maria, story.child_id) == {johan.pk}
    GuardianDecision.objects.filter(pk=decision.pk).update(ended_at=story.now)
    assert signing.untold_guardians(maria, story.child_id) == set()
    type(johan).objects.filter(pk=johan.pk).update(protected_identity=True)
    assert signing.untold_guardians(maria, story.child_id) == {johan.pk}
    assert signing.untold_guardians(cast.actor("johan"), story.child_id) == set()


def test_many_children_s_decisions_are_one_question(story, cast):
    children = [cast.child(name).pk for name in ("alva", "hugo", "sigrid")]
    karin = story.karin
    with CaptureQueriesContext(connection) as caught:
        found = signing.decisions_about(karin, children)
    assert len(caught) == 1
    assert set(found) == set(children)
    assert set(found.values()) == {signing.Decided()}


@pytest.mark.parametrize(("who", "offered"), [("karin", True), ("jonas", False), ("lena", False)])
def test_a_party_that_cannot_write_in_a_yes_is_not_offered_one(story, who, offered):
    story.together()
    client = story.cast.log_in(Client(), who)
    guardian = story.cast.guardian("maria").pk
    page = client.get(reverse("plan-consent-answer", args=[story.plan_id, guardian])).content.decode()
    assert ('value="given"' in page, 'name="cells"' in page) == (offered, offered)
    assert ("Ett ja skrivs in av den verksamhet" in page) is not offered
    sent = {"state": "refused", "form": "oral", "submission": "0b0f8a2e-5a51-4b0e-9f0e-1e6a0c6f0a01"}
    answer = client.post(reverse("plan-consent-answer", args=[story.plan_id, guardian]), sent)
    assert answer.status_code == 302
    assert standing(story).state == "conflict"


def test_a_guardian_s_yes_is_refused_by_the_law_s_own_rule(story):
    story.started().joined()
    assessed(story, True)
    consent = queries.consent_of(story.karin, story.plan)
    with pytest.raises(commands.Refusal) as refused:
        commands.consents.check_may_sign(
            by=story.karin, child_id=story.child_id, guardian_id=story.maria.guardian_id, consent=consent
        )
    assert refused.value.rule == "8.6.child_decides"


def test_when_answers_differ_the_page_says_what_can_be_done_and_the_clock_counts_on(story):
    story.together()
    before = {
        reading.clock: (reading.state, reading.days) for reading in queries.clocks_of(story.karin, story.plan)
    }
    story.answer("johan", "refused")
    after = {
        reading.clock: (reading.state, reading.days) for reading in queries.clocks_of(story.karin, story.plan)
    }
    assert after == before
    page = story.cast.log_in(Client(), "karin").get(reverse("plan-consent", args=[story.plan_id]))
    told = page.content.decode()
    for words in (
        "Någon har sagt nej",
        "Klockan för planen räknar vidare",
        "Det här får socialnämnden besluta",
    ):
        assert words in told
