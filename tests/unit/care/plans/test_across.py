"""Sharing across care providers: who says yes, what a no does, and that the newest answer holds it all."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from kring.access.refusals import Refusal
from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.children.models import Child, Consent, Custody, MaturityAssessment, Placement

ACROSS = "across_providers"


@pytest.fixture
def units(story):
    return [story.karin.unit_id, story.pupil_health]


def say(story, who, state="given", units=(), *, later=0, **more):
    by = story.cast.actor(who, now=story.now + timedelta(minutes=later))
    return commands.answer_across(by=by, child_id=story.child_id, state=state, unit_ids=units, **more)


def view(story, who="maria"):
    actor = story.cast.actor(who, now=story.now + timedelta(hours=2))
    return queries.across_of(actor, Child.objects.get(pk=story.child_id))


def test_one_yes_is_enough_and_is_for_the_record_of_those_units(story, units):
    consent = say(story, "maria", units=units)
    assert {(row.unit_id, row.category) for row in consent.scopes.all()} == {(one, "record") for one in units}
    assert (consent.purpose, consent.form, consent.guardian) == (
        ACROSS,
        "portal",
        story.cast.guardian("maria"),
    )
    found = view(story)
    assert (found.standing.state, found.standing.rule) == ("valid", "8.6.everyday")
    assert found.cells == {(one, "record") for one in units}


def test_a_no_of_the_other_is_a_conflict_and_is_not_got_around(story, units):
    say(story, "maria", units=units)
    say(story, "johan", "refused", later=1)
    assert (view(story).standing.state, view(story).standing.rule) == ("conflict", "8.6.conflict")
    with pytest.raises(Refusal) as refused:
        say(story, "maria", units=units, later=2)
    assert (refused.value.code, refused.value.rule) == ("across_conflict", "8.6.conflict")
    say(story, "johan", units=units, later=3)
    assert view(story).standing.is_valid


def test_one_s_own_no_is_one_s_own_to_change(story, units):
    say(story, "maria", "refused")
    say(story, "maria", units=units, later=1)
    assert view(story).standing.is_valid


def test_a_no_keeps_no_units(story, units):
    assert not say(story, "maria", "refused", units).scopes.exists()


@pytest.mark.parametrize(
    ("state", "with_units", "ends", "code"),
    [
        ("given", False, None, "cells_missing"),
        ("not_asked", True, None, "choice_missing"),
        ("kanske", True, None, "choice_missing"),
        ("given", True, -1, "consent_over"),
    ],
)
def test_an_answer_that_lacks_something_is_refused_and_leaves_nothing(
    story, units, state, with_units, ends, code
):
    ends_on = story.today + timedelta(days=ends) if ends else None
    with pytest.raises(Refusal) as refused:
        say(story, "maria", state, units if with_units else (), ends_on=ends_on)
    assert refused.value.code == code
    assert not Consent.objects.filter(purpose=ACROSS).exists()


@pytest.mark.parametrize(
    ("who", "moment"),
    [("maria", "mature"), ("maria", "placed")],
)
def test_who_does_not_decide_says_no_yes(story, units, who, moment):
    karin = story.karin
    if moment == "mature":
        MaturityAssessment.objects.create(
            child_id=story.child_id, question="consent", mature_from=story.today, grounds="Samtal",
            unit_id=karin.unit_id, assessed_by_id=karin.person_id, assessed_at=story.now,
        )  # fmt: skip
        code = "child_decides"
    else:
        Placement.objects.create(
            child_id=story.child_id, kind="care_order", starts_on=story.today, guardians_keep_access=True,
            unit_id=karin.unit_id, recorded_by_id=karin.person_id, recorded_at=story.now,
        )  # fmt: skip
        code = "board_decides"
    with pytest.raises(Refusal) as refused:
        say(story, who, units=units)
    assert refused.value.code == code
    assert say(story, who, "refused").state == "refused", "a no is heard"


def test_stopping_takes_one_s_own_yes_back(story, units):
    mine = say(story, "maria", units=units)
    commands.stop_across(by=story.cast.actor("maria"), child_id=story.child_id)
    mine.refresh_from_db()
    assert mine.withdrawn_at is not None
    assert not Consent.objects.filter(purpose=ACROSS, state="refused").exists()
    assert not view(story).standing.is_valid


def test_stopping_what_the_other_opened_is_a_no(story, units):
    theirs = say(story, "johan", units=units)
    commands.stop_across(by=story.cast.actor("maria"), child_id=story.child_id)
    theirs.refresh_from_db()
    assert theirs.withdrawn_at is None, "only one's own is taken back"
    assert Consent.objects.get(purpose=ACROSS, state="refused").guardian == story.cast.guardian("maria")
    assert view(story).standing.state == "conflict"


def test_stopping_what_both_opened_does_both(story, units):
    mine, theirs = say(story, "maria", units=units), say(story, "johan", units=units, later=1)
    commands.stop_across(
        by=story.cast.actor("maria", now=story.now + timedelta(minutes=2)), child_id=story.child_id
    )
    for one in (mine, theirs):
        one.refresh_from_db()
    assert (mine.withdrawn_at is not None, theirs.withdrawn_at) == (True, None)
    assert not view(story).standing.is_valid


def test_it_is_in_the_log_with_the_answer_s_id(story, units):
    consent = say(story, "maria", units=units)
    row = AccessLogRow.objects.get(object_id=str(consent.pk))
    assert (row.action, row.what, row.child_id) == ("write", "consent.across", story.child_id)


@pytest.mark.parametrize("who", ["petter", "karin"])
def test_nobody_else_answers_for_the_family(story, units, who):
    with pytest.raises((Http404, PermissionDenied)):
        say(story, who, units=units)
    with pytest.raises((Http404, PermissionDenied)):
        commands.stop_across(by=story.cast.actor(who), child_id=story.child_id)


def test_a_former_guardian_s_yes_does_not_count(story, units):
    say(story, "johan", units=units)
    Custody.objects.filter(guardian=story.cast.guardian("johan")).update(
        ends_on=story.today - timedelta(days=1)
    )
    assert not view(story).standing.is_valid


@pytest.mark.parametrize(("days", "valid"), [(0, True), (30, True), (-1, False)])
def test_it_holds_through_its_last_day(story, units, days, valid):
    consent = say(story, "maria", units=units)
    Consent.objects.filter(pk=consent.pk).update(
        starts_on=story.today - timedelta(days=60), ends_on=story.today + timedelta(days=days)
    )
    assert view(story).standing.is_valid is valid
