"""Who of the staff writes in an answer given outside the portal, what a child's own answer does, and who sees
how it was given (8.6 c, rulings 13 and 15).
"""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kring.access import submissions
from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.care.plans.rules import Refusal
from kring.children.models import Consent


def write_in(story, by, who, state="given", **more):
    guardian = story.cast.guardian(who).pk if who else None
    fields = {"form": "oral", "cells": [(story.pupil_health, "plan"), (story.school, "plan")]} | more
    return commands.record_consent(by=by, plan_id=story.plan_id, guardian_id=guardian, state=state, **fields)


@pytest.fixture
def shared(story):
    return story.together()


@pytest.mark.parametrize("who", ["maria", "johan"])
def test_the_unit_that_keeps_the_plan_writes_in_how_when_and_by_whom(story, who):
    story.started().joined()
    day = story.today - timedelta(days=3)
    consent = write_in(story, story.karin, who, form="written", starts_on=day)
    assert (consent.guardian, consent.form, consent.starts_on) == (story.cast.guardian(who), "written", day)
    assert (consent.documented_by_id, consent.recorded_at) == (story.karin.person_id, story.now)
    assert not consent.judged_mature


@pytest.mark.parametrize("party", ["lena", "jonas"])
def test_another_party_writes_in_no_yes_and_the_try_is_in_the_log(shared, party):
    by = getattr(shared, party)
    with pytest.raises(Refusal) as refused:
        submissions.once(key=uuid4(), by=by, work=lambda: str(write_in(shared, by, "maria")))
    assert (refused.value.code, refused.value.field) == ("yes_elsewhere", "state")
    row = AccessLogRow.objects.get(outcome="refused")
    assert (row.rule, row.child_id, row.unit_id) == (
        "8.6.record.yes_elsewhere", shared.child_id, by.unit_id,
    )  # fmt: skip
    assert shared.content().consent.standing.is_valid


@pytest.mark.parametrize("party", ["lena", "jonas"])
def test_another_party_that_hears_a_no_closes_the_plan_at_once(shared, party):
    write_in(shared, getattr(shared, party), "maria", state="refused")
    assert shared.content().consent.standing.state == "conflict"
    assert not queries.whole_plans(shared.lena).filter(pk=shared.plan_id).exists()


def test_another_party_that_hears_it_taken_back_closes_the_plan_at_once(shared):
    mine = shared.content().consent.signers[0].latest
    commands.withdraw_consent(by=shared.jonas, consent_id=mine.pk)
    mine.refresh_from_db()
    assert mine.withdrawn_at == shared.now
    assert not shared.content().consent.standing.is_valid


def test_a_child_judged_mature_decides_itself_though_guardians_have_not_answered(story):
    story.started().joined()
    write_in(story, story.karin, "maria")
    psychologist = replace(story.karin, role="psychologist")
    assert story.content().consent.standing.state == "waiting"
    write_in(story, psychologist, None, judged_mature=True)
    assert story.content().consent.standing.is_valid
    assert queries.whole_plans(story.lena).filter(pk=story.plan_id).exists()


def test_a_treating_professional_s_judgement_lets_the_child_s_yes_count(shared):
    own = write_in(shared, shared.lena, None, judged_mature=True)
    view = shared.content().consent
    assert own.judged_mature
    assert (view.standing.rule, view.standing.state) == ("8.6.signatures.child", "valid")
    assert view.cells == {(shared.pupil_health, "plan"), (shared.school, "plan")}


def test_a_guardian_s_no_is_a_conflict_though_the_child_is_mature(shared):
    write_in(shared, shared.lena, None, judged_mature=True)
    write_in(shared, shared.karin, "johan", state="refused")
    assert shared.content().consent.standing.state == "conflict"


def test_when_the_mature_child_takes_it_back_the_guardians_are_asked_as_before(shared):
    own = write_in(shared, shared.lena, None, judged_mature=True)
    commands.withdraw_consent(by=shared.karin, consent_id=own.pk)
    assert shared.content().consent.requirement.decider == "guardians"


def test_a_child_that_is_not_mature_is_heard_and_opens_nothing(story):
    story.started().joined()
    own = write_in(story, story.karin, None)
    view = story.content().consent
    assert not own.judged_mature
    assert view.requirement.decider == "guardians"
    assert view.standing.state == "waiting"
    assert view.cells == frozenset()


@pytest.mark.parametrize("who", ["karin", "jonas"])
def test_who_does_not_treat_the_child_does_not_judge_it(shared, who):
    by = getattr(shared, who)
    with pytest.raises(Refusal) as refused:
        write_in(shared, by, None, judged_mature=True)
    assert (refused.value.code, refused.value.rule) == ("not_treating", "8.6.record.not_treating")
    assert not Consent.objects.filter(judged_mature=True).exists()


@pytest.mark.parametrize(("state", "guardian"), [("refused", None), ("given", "maria")])
def test_maturity_is_kept_only_with_a_child_s_own_yes(story, state, guardian):
    story.started().joined()
    consent = write_in(story, story.karin, guardian, state=state, judged_mature=True)
    assert not consent.judged_mature


def form_of(story, subject, role=None):
    client = story.cast.log_in(Client(), subject, role)
    address = reverse("plan-consent-answer", args=[story.plan_id, "barnet"])
    return client, address


def test_the_consent_page_has_a_place_for_the_child_itself(shared):
    client, address = form_of(shared, "karin")
    page = client.get(reverse("plan-consent", args=[shared.plan_id])).content.decode()
    assert address in page
    assert "Är barnet moget för frågan?" not in client.get(address).content.decode()


def test_a_treating_professional_judges_and_writes_it_in_on_the_page(shared):
    client, address = form_of(shared, "lena", "school_nurse")
    page = client.get(address).content.decode()
    assert "Är barnet moget för frågan?" in page
    sent = {"state": "given", "form": "oral", "submission": str(uuid4())}
    sent["cells"] = [f"{shared.pupil_health}:plan", f"{shared.school}:plan"]
    assert client.post(address, sent).status_code == 422, "the judgement is left out"
    answer = client.post(address, sent | {"judged_mature": "yes"})
    assert answer.status_code == 302
    own = Consent.objects.get(guardian=None)
    assert (own.judged_mature, own.documented_by_id) == (True, shared.lena.person_id)
    told = unescape(client.get(answer.headers["Location"]).content.decode())
    assert "Bedömt som moget för frågan. Barnet bestämmer själv." in told
    assert "Inskrivet av Lena Ek" in told


def test_a_guardian_sees_how_the_answer_was_given_and_who_wrote_it_in(shared):
    client = shared.cast.log_in(Client(), "maria", "guardian")
    page = client.get(reverse("family-consent", args=[shared.child_id, shared.plan_id]))
    told = unescape(page.content.decode())
    assert "Muntligt, gäller från mån 16 nov 2026. Inskrivet av Karin Lund mån 16 nov 2026." in told
