"""Who reaches a plan, what is told to who does not, and what is written about both."""

from uuid import uuid4

import pytest
from django.http import Http404

from kring.access.gate import Invisible, NotAllowed
from kring.access.permissions import Permission
from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.children.models import Child, Disclosure

EVERYONE = (
    "karin", "eva", "lena", "jonas", "sara", "peter", "fatima", "tove", "mona", "ulla", "dina",
    "maria", "johan", "leila", "alva", "omar",
)  # fmt: skip


def reaches(story, subject):
    try:
        return queries.plan_or_404(getattr(story, subject), story.plan_id, what="test")
    except Http404:
        return None


@pytest.mark.parametrize(
    ("stage", "who"),
    [
        ("started", {"karin", "eva", "maria", "johan", "alva"}),
        ("together", {"karin", "eva", "lena", "jonas", "maria", "johan", "alva"}),
        ("established", {"karin", "eva", "lena", "jonas", "maria", "johan", "alva"}),
    ],
)
def test_the_unit_in_charge_the_disclosed_to_and_the_family(story, stage, who):
    """Care relation alone opens no plan: Sara and Peter meet Alva too."""
    getattr(story, stage)()
    assert {subject for subject in EVERYONE if reaches(story, subject)} == who


def test_after_thirteen_the_guardians_are_closed_out(story):
    """Ruling 20 and 8.5: from the birthday itself."""
    story.established()
    born = story.today.replace(year=story.today.year - 13)
    Child.objects.filter(pk=story.child_id).update(birth_date=born)
    assert {subject for subject in ("maria", "johan", "alva") if reaches(story, subject)} == {"alva"}
    with pytest.raises(Http404):
        queries.plans_of(story.maria, story.child_id)


def test_protection_breaks_every_proxy_link(story):
    story.established()
    Child.objects.filter(pk=story.child_id).update(protection="flag")
    assert {subject for subject in EVERYONE if reaches(story, subject)} == {"alva"}


@pytest.mark.parametrize("plan", ["another's", "nobody's"])
def test_invisible_and_missing_are_told_alike(story, plan):
    story.started()
    plan_id = story.plan_id if plan == "another's" else uuid4()
    with pytest.raises(Invisible) as missing:
        queries.plan_or_404(story.peter, plan_id, what="test")
    assert str(missing.value) == ""


def test_a_refusal_carries_its_rule_and_the_child_to_the_log(story):
    """The act is written by whoever catches it, outside the transaction that is rolled back."""
    story.started()
    with pytest.raises(Invisible) as missing:
        queries.plan_or_404(story.peter, story.plan_id, what="test")
    act = missing.value.act
    assert (act.outcome, act.rule, act.child_id) == ("refused", "plan.draft", story.child_id)
    assert act.object_id == str(story.plan_id)
    with pytest.raises(Invisible) as missing:
        queries.plan_or_404(story.ulla, story.plan_id, what="test")
    assert missing.value.act.rule != "plan.not_disclosed"


def test_the_same_is_asked_for_a_plan_that_does_not_exist(story, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    story.started()
    counts = []
    for plan_id in (story.plan_id, uuid4()):
        actor = story.ulla
        with CaptureQueriesContext(connection) as asked, pytest.raises(Http404):
            queries.plan_or_404(actor, plan_id, what="test")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_visible_but_not_for_this_is_refused_openly(story):
    story.together()
    with pytest.raises(NotAllowed):
        queries.plan_or_404(story.maria, story.plan_id, what="test", permission=Permission.CLOSE_PLAN)


@pytest.mark.parametrize(
    ("subject", "rule"),
    [
        ("karin", "8.2.1"),
        ("lena", "plan.disclosed"),
        ("jonas", "plan.disclosed"),
        ("maria", "8.5.guardian.pages"),
        ("alva", "8.5.child.own_pages"),
    ],
)
def test_each_reading_is_logged_with_the_rule_that_opened_it(story, subject, rule):
    from kring.access import gate

    story.together()
    actor = getattr(story, subject)
    queries.plan_or_404(actor, story.plan_id, what="test.read")
    row = AccessLogRow.objects.get(what="test.read")
    assert (row.person_id, row.role, row.unit_id) == (actor.person_id, actor.role, actor.unit_id)
    assert (row.action, row.outcome, row.child_id) == ("read", "allowed", story.child_id)
    assert row.rule == (gate.rule_of(actor) if subject == "karin" else rule)


def test_a_disclosure_that_has_not_begun_or_is_over_opens_nothing(story):
    story.together()
    row = Disclosure.objects.get(unit_id=story.school)
    for change in (
        {"starts_at": story.at(1)},
        {"starts_at": story.now, "ends_on": story.today.replace(day=1)},
        {"ends_on": None, "ended_at": story.now},
    ):
        Disclosure.objects.filter(pk=row.pk).update(**change)
        assert reaches(story, "jonas") is None


def test_a_disclosure_of_another_kind_opens_no_plan(story):
    story.together()
    Disclosure.objects.filter(unit_id=story.school).update(category="appointment")
    assert reaches(story, "jonas") is None


def test_the_list_of_a_child_s_plans(story):
    story.established()
    commands.close_plan(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason="moved")
    first = story.plan_id
    story.later(10).started()
    assert [plan.pk for plan in queries.plans_of(story.karin, story.child_id)] == [story.plan_id, first]
    assert [plan.pk for plan in queries.plans_of(story.jonas, story.child_id)] == [first]
    assert queries.plans_of(story.sara, story.child_id) == []
    with pytest.raises(Http404):
        queries.plans_of(story.ulla, story.child_id)


def test_someone_who_works_with_lists_only_reaches_no_plan(story, cast):
    """Reception, administration and log review meet no plan (ruling 26)."""
    story.started()
    for subject in ("rune", "nils", "ann", "petra", "agnes", "otto"):
        assert reaches(story, subject) is None or pytest.fail(subject)


def test_without_a_strong_log_in_nothing_is_reached(story):
    from dataclasses import replace

    story.started()
    with pytest.raises(Http404):
        queries.plan_or_404(replace(story.karin, strong_auth=False), story.plan_id, what="test")
