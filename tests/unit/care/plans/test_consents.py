"""What the family says, and what opens and closes at once because of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.children.models import Child, Consent, Custody, Disclosure
from kring.timeline.models import Task


def sees(story, *subjects):
    found = set()
    for subject in subjects:
        try:
            plan = queries.plan_or_404(getattr(story, subject), story.plan_id, what="test")
        except Http404:
            continue
        if plan.is_whole:
            found.add(subject)
    return found


def test_with_joint_custody_one_yes_opens_nothing(story):
    story.started().joined()
    story.answer("maria")
    assert not Disclosure.objects.exists()
    assert sees(story, "lena", "jonas") == set()
    view = queries.consent_of(story.karin, story.plan)
    assert view.standing.state == "waiting"
    assert [row.guardian.given_name for row in view.waiting_for] == ["Johan"]


def test_both_guardians_yes_opens_the_plan_to_the_parties(story):
    story.together()
    assert sees(story, "karin", "lena", "jonas") == {"karin", "lena", "jonas"}
    assert queries.consent_of(story.karin, story.plan).standing.is_valid


def test_it_opens_only_what_both_have_said_yes_to(story):
    story.started().joined()
    story.answer("maria", cells=[(story.pupil_health, "plan"), (story.school, "plan")])
    story.answer("johan", cells=[(story.pupil_health, "plan")])
    assert sees(story, "lena", "jonas") == {"lena"}


def test_each_kind_of_information_is_its_own_cell(story):
    story.started().joined()
    cells = [(story.pupil_health, "plan"), (story.pupil_health, "appointment")]
    story.answer("maria", cells=cells)
    story.answer("johan", cells=cells)
    rows = Disclosure.objects.filter(subject=story.plan_id).values_list("unit_id", "category")
    assert set(rows) == set(cells)


def test_others_of_the_same_controller_see_nothing(story, cast):
    """The yes is to a unit, not to its municipality or region."""
    story.together()
    assert sees(story, "sara", "peter", "fatima", "ulla", "mona") == set()


def test_one_refusal_is_a_conflict_and_closes(story):
    story.together()
    story.later(1).answer("johan", "refused")
    assert queries.consent_of(story.karin, story.plan).standing.state == "conflict"
    assert sees(story, "lena", "jonas") == set()
    kinds = Task.objects.filter(subject=story.plan_id, done_at__isnull=True).values_list("kind", flat=True)
    assert "sip_consent_conflict" in kinds


def test_withdrawing_closes_at_once_and_forward_only(story):
    consent = story.together().answer("johan")
    before = story.now
    story.later(1)
    commands.withdraw_consent(by=story.karin, consent_id=consent.pk)
    assert sees(story, "lena", "jonas") == set()
    consent.refresh_from_db()
    assert (consent.state, consent.withdrawn_at) == ("given", story.now)
    rows = Disclosure.objects.filter(subject=story.plan_id)
    assert {(row.starts_at, row.ended_at) for row in rows} == {(before, story.now)}


def test_after_withdrawal_a_party_sees_its_own_items_and_nothing_else(story):
    story.established()
    mine = story.lena.unit_id
    commands.contribute_goal(by=story.lena, plan_id=story.plan_id, words="Vara med på rasten")
    commands.contribute_need(by=story.jonas, plan_id=story.plan_id, area="school", text="Lugn plats")
    story.later(1).answer("johan", "refused")
    content = story.content(story.lena)
    assert not content.whole
    assert {goal.goal.unit_id for goal in content.goals} == {mine}
    assert {activity.unit_id for activity in content.activities} == {mine}
    assert not (content.needs or content.parties or content.summonses or content.versions or content.consent)
    row = AccessLogRow.objects.filter(person_id=story.lena.person_id, action="read").last()
    queries.plan_or_404(story.lena, story.plan_id, what="test.own")
    row = AccessLogRow.objects.get(what="test.own")
    assert row.rule == "plan.own_item"


def test_a_party_that_contributed_nothing_sees_nothing_but_that_it_has_a_copy(story):
    story.together()
    story.later(1).answer("johan", "refused")
    assert sees(story, "jonas") == set()
    content = story.content(story.jonas)
    assert not (content.needs or content.goals or content.activities or content.parties or content.consent)
    queries.plan_or_404(story.jonas, story.plan_id, what="test.copy")
    assert AccessLogRow.objects.get(what="test.copy").rule == "plan.received_copy"


def test_withdrawal_takes_the_open_question_out_of_the_other_worklists(story):
    story.together()
    summons = story.summoned()
    assert Task.objects.filter(subject=summons.pk, done_at__isnull=True).count() == 2
    story.later(1).answer("johan", "refused")
    assert not Task.objects.filter(subject=summons.pk, done_at__isnull=True).exists()


def test_a_later_yes_takes_over(story):
    story.together()
    story.later(1).answer("johan", "refused")
    story.later(1).answer("johan")
    assert sees(story, "lena", "jonas") == {"lena", "jonas"}
    assert Consent.objects.filter(guardian=story.cast.guardian("johan")).count() == 3


def test_it_ends_by_itself_after_the_last_day(story):
    story.started().joined()
    last = story.today + timedelta(days=30)
    story.answer("maria", ends_on=last)
    story.answer("johan")
    story.later(30)
    assert sees(story, "lena") == {"lena"}
    story.later(1)
    assert sees(story, "lena") == set()
    assert queries.consent_of(story.karin, story.plan).standing.state == "waiting"


@pytest.mark.parametrize(
    ("period", "code", "field"),
    [
        ((1, None), "consent_starts_later", "starts_on"),
        ((0, -1), "consent_ends_before", "ends_on"),
        ((-10, -1), "consent_over", "ends_on"),
    ],
)
def test_the_period_makes_sense(story, refused, period, code, field):
    story.started().joined()
    starts, ends = (None if n is None else story.today + timedelta(days=n) for n in period)
    with refused(code) as said:
        story.answer("maria", starts_on=starts, ends_on=ends)
    assert said.value.field == field


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": "perhaps"}, "choice_missing"),
        ({"form": "telepathic"}, "form_missing"),
        # «På Mina sidor» is what the family does itself.
        ({"form": "portal"}, "form_missing"),
        ({"cells": []}, "cells_missing"),
        ({"cells": [(uuid4(), "plan")]}, "not_a_party"),
    ],
)
def test_an_answer_is_whole(story, refused, fields, code):
    story.started().joined()
    with refused(code):
        story.answer("maria", **fields)
    assert not Consent.objects.exists()


def test_an_unknown_kind_of_information_is_refused(story, refused):
    story.started().joined()
    with refused("cells_missing"):
        story.answer("maria", cells=[(story.school, "everything")])


@pytest.mark.parametrize("state", ["refused", "not_asked"])
def test_a_no_needs_no_cells_and_keeps_none(story, state):
    story.started().joined()
    assert not story.answer("maria", state).scopes.exists()


def test_only_those_with_custody_today_answer(story, cast, refused):
    story.started().joined()
    with refused("signer_unknown"):
        story.answer("leila")
    Custody.objects.filter(guardian=cast.guardian("johan")).update(ends_on=story.today - timedelta(days=1))
    with refused("signer_unknown"):
        story.answer("johan")


def test_when_custody_ends_the_other_s_yes_is_enough(story, cast):
    story.started().joined()
    story.answer("maria")
    story.answer("johan", "refused")
    Custody.objects.filter(guardian=cast.guardian("johan")).update(ends_on=story.today - timedelta(days=1))
    assert queries.consent_of(story.karin, story.plan).standing.is_valid


def test_a_child_in_nobody_s_known_custody_keeps_the_plan_closed(story, cast, refused):
    story.started().joined()
    Custody.objects.filter(child_id=story.child_id).delete()
    assert queries.consent_of(story.karin, story.plan).standing.state == "no_signer"
    with refused("consent_no_signer"):
        story.send(story.draft())


def test_a_guardian_answers_on_the_own_pages_for_oneself_only(story, refused, cast):
    story.started().joined()
    mine = {"plan_id": story.plan_id, "state": "given", "form": "portal", "cells": [(story.school, "plan")]}
    consent = commands.record_consent(by=story.maria, guardian_id=story.maria.guardian_id, **mine)
    assert (consent.guardian_id, consent.form) == (story.maria.guardian_id, "portal")
    with refused("someone_else_s_answer"):
        commands.record_consent(by=story.maria, guardian_id=cast.guardian("johan").pk, **mine)
    with refused("someone_else_s_answer"):
        commands.record_consent(by=story.maria, guardian_id=None, **mine)


def test_withdrawing_is_as_easy_as_giving(story, refused):
    story.started().joined()
    mine = story.answer("maria")
    with refused("someone_else_s_answer"):
        commands.withdraw_consent(by=story.johan, consent_id=mine.pk)
    commands.withdraw_consent(by=story.maria, consent_id=mine.pk)
    with refused("already_withdrawn"):
        commands.withdraw_consent(by=story.maria, consent_id=mine.pk)


def test_consent_to_something_else_is_no_plan_s(story):
    story.started()
    other = Consent.objects.create(
        child_id=story.child_id, purpose="across_providers", state="given", form="oral",
        starts_on=story.today, documented_by=story.cast.karin, recorded_at=story.now,
    )  # fmt: skip
    for consent_id in (other.pk, uuid4()):
        with pytest.raises(Http404):
            commands.withdraw_consent(by=story.karin, consent_id=consent_id)


def test_an_adult_answers_alone(story, cast):
    Child.objects.filter(pk=story.child_id).update(birth_date=story.today.replace(year=story.today.year - 18))
    story.started().joined()
    story.answer("", cells=[(story.school, "plan")])
    view = queries.consent_of(story.karin, story.plan)
    assert (view.standing.is_valid, view.standing.rule) == (True, "8.6.signatures.child")
    assert [row.guardian for row in view.signers] == [None]


def test_a_guardian_of_an_adult_is_not_a_signer(story, refused):
    Child.objects.filter(pk=story.child_id).update(birth_date=story.today.replace(year=story.today.year - 18))
    story.started().joined()
    with refused("signer_unknown"):
        story.answer("maria")


def test_the_child_s_own_no_is_heard(story):
    story.together()
    story.later(1).answer("", "refused")
    assert queries.consent_of(story.karin, story.plan).standing.state == "conflict"
    assert sees(story, "lena") == set()


def test_a_protected_child_s_plan_is_for_the_restricted_group(story, cast):
    """Eva is in Sigrid's group; Lena at pupil health is not, whatever the consent says."""
    sigrid = cast.child("sigrid")
    plan = commands.start_plan(by=story.karin, child_id=sigrid.pk, need_identified_on=story.today)
    story.plan_id = plan.pk
    story.joined(story.pupil_health)
    commands.record_consent(
        by=story.karin, plan_id=plan.pk, guardian_id=cast.guardian("vera").pk, state="given", form="written",
        cells=[(story.pupil_health, "plan")],
    )  # fmt: skip
    assert queries.consent_of(story.karin, plan).standing.is_valid
    assert sees(story, "eva", "lena") == {"eva"}
    # Every link to the family's own pages is broken too.
    assert sees(story, "vera") == set()


def test_answering_is_logged_with_the_answer_s_id(story):
    story.started().joined()
    consent = story.answer("maria")
    row = AccessLogRow.objects.get(object_id=str(consent.pk))
    assert (row.action, row.what, row.child_id) == ("write", "plan.consent", story.child_id)
