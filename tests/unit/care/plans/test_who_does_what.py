"""Everyone × everything: what each person in the cast may do to a plan that is going on.

`ok` done · a code: refused with words · `403`: seen, but not theirs to do · `404`: as if there were no plan.
"""

from datetime import timedelta
from uuid import UUID

import pytest
from django.http import Http404

from kring.access.gate import NotAllowed
from kring.access.refusals import Refusal
from kring.care.plans import commands
from kring.care.plans.models import Invitation, PlanVersion
from tests.unit.care.plans.story import Story

PEOPLE = ("karin", "eva", "lena", "jonas", "sara", "ulla", "rune", "nils", "maria", "leila", "alva", "omar")
CHARGE = "not_in_charge"
OUTSIDE = dict.fromkeys(("sara", "ulla", "rune", "nils", "leila", "omar"), "404")


def table(**inside: str) -> dict[str, str]:
    """One row: those outside never find the plan; the rest as said."""
    return OUTSIDE | inside


STAFF_ONLY = {"maria": "403", "alva": "403"}
IN_CHARGE = table(karin="ok", eva="ok", lena=CHARGE, jonas=CHARGE, **STAFF_ONLY)
EACH_ITS_OWN = table(karin="ok", eva="ok", lena="ok", jonas="ok", maria="ok", alva="ok")
FAMILY_ONLY = table(karin="403", eva="403", lena="403", jonas="403", maria="ok", alva="ok")
CHILD_ONLY = FAMILY_ONLY | {"maria": "403"}


def later(story: Story, days: int):
    return story.today + timedelta(days=days)


def own_invitation(story: Story, subject: str) -> UUID:
    """The person's own, or anyone's for those who have none."""
    actor = getattr(story, subject)
    mine = {"unit_id": actor.unit_id} if actor.is_staff else {"guardian_id": actor.guardian_id}
    if subject == "alva":
        mine = {"is_child": True}
    found = Invitation.objects.filter(**mine).first() or Invitation.objects.first()
    return found.pk


def answer(story: Story, by, subject: str) -> None:
    commands.answer_summons(by=by, invitation_id=own_invitation(story, subject), answer="comes")


def consent(story: Story, by, subject: str) -> None:
    guardian = None if subject == "alva" else story.cast.guardian("maria").pk
    form = "oral" if by.is_staff else "portal"
    about = {"guardian_id": guardian, "state": "given", "form": form, "cells": [(story.school, "plan")]}
    commands.record_consent(by=by, plan_id=story.plan_id, **about)


def follow_up(story: Story, by, subject: str) -> None:
    about = {"seen": story.plan.revision, "statuses": {}, "next_on": later(story, 30)}
    commands.hold_follow_up(by=by, plan_id=story.plan_id, **about)


ACTS = {
    "describe": (
        lambda s, by, _: commands.describe_plan(
            by=by, plan_id=s.plan_id, seen=s.plan.revision, situation="x"
        ),
        IN_CHARGE,
    ),
    "take a party in": (
        lambda s, by, _: commands.join_party(
            by=by, plan_id=s.plan_id, unit_id=s.cast.unit("sas-logopedi").pk
        ),
        IN_CHARGE,
    ),
    "say nothing now": (
        lambda s, by, _: commands.state_nothing_now(by=by, plan_id=s.plan_id, words="x"),
        table(karin="ok", eva="ok", lena="ok", jonas="ok", **STAFF_ONLY),
    ),
    "contribute a need": (
        lambda s, by, _: commands.contribute_need(by=by, plan_id=s.plan_id, area="play", text="Lek"),
        EACH_ITS_OWN,
    ),
    "contribute a goal": (
        lambda s, by, _: commands.contribute_goal(by=by, plan_id=s.plan_id, words="Läsa"),
        EACH_ITS_OWN,
    ),
    "answer about consent": (consent, EACH_ITS_OWN | {"lena": "yes_elsewhere", "jonas": "yes_elsewhere"}),
    "draft a summons": (lambda s, by, _: commands.draft_summons(by=by, plan_id=s.plan_id), IN_CHARGE),
    "answer a summons": (answer, EACH_ITS_OWN),
    "call a meeting off": (
        lambda s, by, _: commands.cancel_summons(
            by=by, summons_id=Invitation.objects.first().summons_id, reason="Sjuk"
        ),
        IN_CHARGE,
    ),
    "begin the meeting": (
        lambda s, by, _: commands.start_meeting(
            by=by, summons_id=s.called_today(Invitation.objects.first().summons).pk
        ),
        IN_CHARGE,
    ),
    "publish a version": (
        lambda s, by, _: commands.publish_version(by=by, plan_id=s.plan_id, seen=s.plan.revision),
        IN_CHARGE | {"karin": "nothing_changed", "eva": "nothing_changed"},
    ),
    "confirm a version": (
        lambda s, by, _: commands.acknowledge(by=by, version_id=PlanVersion.objects.get().pk),
        FAMILY_ONLY,
    ),
    "follow up": (follow_up, IN_CHARGE),
    "move the follow-up": (
        lambda s, by, _: commands.move_follow_up(
            by=by, plan_id=s.plan_id, seen=s.plan.revision, to=later(s, 40), reason="Sjuk"
        ),
        IN_CHARGE,
    ),
    "end the plan": (
        lambda s, by, _: commands.close_plan(by=by, plan_id=s.plan_id, seen=s.plan.revision, reason="moved"),
        IN_CHARGE,
    ),
    "prepare for the meeting": (
        lambda s, by, _: commands.prepare_meeting(by=by, plan_id=s.plan_id, step=3, good_at="Rita"),
        CHILD_ONLY,
    ),
}


def outcome(story: Story, act: str, subject: str) -> str:
    from django.db import transaction

    work, _ = ACTS[act]
    try:
        with transaction.atomic():
            work(story, getattr(story, subject), subject)
            transaction.set_rollback(True)
    except Refusal as refusal:
        return refusal.code
    except NotAllowed:
        return "403"
    except Http404:
        return "404"
    return "ok"


@pytest.mark.parametrize("act", ACTS)
def test_everyone_tries(story, act):
    story.established()
    story.summoned()
    assert {subject: outcome(story, act, subject) for subject in PEOPLE} == ACTS[act][1]


@pytest.mark.parametrize("act", sorted(set(ACTS) - {"confirm a version", "publish a version"}))
def test_when_a_guardian_has_said_no_the_parties_are_outside(story, act):
    """They know of the plan that was theirs and write nothing new in it, whether they contributed or not."""
    story.established()
    story.summoned()
    story.later(1).answer("johan", "refused")
    found = {subject: outcome(story, act, subject) for subject in ("lena", "jonas")}
    # Pupil health has an activity of its own in the plan; school has only its copy.
    assert found == {"lena": "403", "jonas": "403"}
