"""What a file says about custody and protection has the same effect as on the pages, in the same moment."""

from datetime import timedelta

import pytest

from kring.access import gate
from kring.access.permissions import Permission
from kring.care.plans import queries
from kring.children.models import Custody, Disclosure, Guardian
from kring.notifications.models import Notice
from kring.organisations.models import Person
from kring.register.commands import following
from tests.told import once
from tests.unit.care.plans.story import Story
from tests.unit.register.files import STAFF, take


@pytest.fixture
@once
def shared(cast):
    """A plan around Alva that both her guardians have opened to the school."""
    story = Story(cast).started().joined()
    story.answer("maria")
    story.answer("johan")
    return story


def number_of(story) -> str:
    return story.cast.child("alva").numbers.get(kind="personal").value


def custody_line(story, who: str, **more: str) -> dict[str, str]:
    held = Custody.objects.get(child__person__subject="alva", guardian__person__subject=who)
    row = {"kind": "custody", "key": who, "child": number_of(story)}
    return {**row, "from": str(held.starts_on), **more}


def is_open(story) -> bool:
    return Disclosure.objects.filter(subject=story.plan_id, category="plan", ended_at=None).exists()


def reaches(story, who: str) -> bool:
    actor = story.cast.actor(who, "guardian", now=story.now)
    children = gate.children_for(actor, Permission.SEE_OWN_FAMILY)
    return children.filter(person__subject="alva").exists()


def notice_to(story, who: str) -> Notice:
    person, alva = Person.objects.get(subject=who), story.cast.child("alva")
    return Notice.objects.create(
        person=person, child=alva, act="plan_new_version", about=story.plan_id, made_at=story.now
    )


def test_a_new_guardian_must_answer_before_the_plan_is_open_again(shared):
    assert is_open(shared)
    new = {"kind": "guardian", "key": "ny", "number": STAFF, "given_name": "Ny", "family_name": "Vän"}
    outcome = take(
        new, custody_line(shared, "maria"), {**custody_line(shared, "maria"), "key": "ny"}, now=shared.now
    )
    assert outcome.faults == []
    assert not is_open(shared)
    assert not queries.whole_plans(shared.jonas).filter(pk=shared.plan_id).exists()


def test_custody_that_ended_yesterday_closes_at_once(shared):
    waiting = notice_to(shared, "johan")
    yesterday = str(shared.today - timedelta(days=1))
    assert take(custody_line(shared, "johan", to=yesterday), now=shared.now).faults == []
    assert not reaches(shared, "johan")
    assert reaches(shared, "maria")
    assert not Notice.objects.filter(pk=waiting.pk).exists()
    assert is_open(shared), "the one who still has custody has said yes"


def test_custody_that_ends_today_counts_today(shared):
    take(custody_line(shared, "johan", to=str(shared.today)), now=shared.now)
    assert reaches(shared, "johan")


def test_a_yes_does_not_outlive_the_custody_of_the_only_one_who_gave_it(shared):
    yesterday = str(shared.today - timedelta(days=1))
    both = [custody_line(shared, who, to=yesterday) for who in ("maria", "johan")]
    take(*both, now=shared.now)
    assert not is_open(shared)


def test_a_guardian_s_protected_identity_closes_the_other_s_pages_and_notices(shared):
    kept, gone = notice_to(shared, "maria"), notice_to(shared, "johan")
    assert take({"kind": "guardian", "key": "maria", "protected": "true"}, now=shared.now).faults == []
    assert Guardian.objects.get(person__subject="maria").protected_identity
    assert not reaches(shared, "johan")
    assert not Notice.objects.filter(pk__in=(kept.pk, gone.pk)).exists()


def test_a_child_s_protection_closes_the_guardians_pages_and_notices(shared):
    waiting = notice_to(shared, "maria")
    line = {"kind": "child", "child": number_of(shared), "protection": "flag"}
    assert take(line, now=shared.now).faults == []
    assert not reaches(shared, "maria")
    assert not Notice.objects.filter(pk=waiting.pk).exists()


def test_what_is_ended_because_it_is_missing_has_the_same_effect(shared):
    yesterday = shared.today - timedelta(days=1)
    waiting = notice_to(shared, "johan")
    outcome = take(custody_line(shared, "maria"), now=shared.now, end_on=yesterday)
    assert sum(n for (_, became), n in outcome.counts.items() if became == "ended") == 1
    assert not reaches(shared, "johan")
    assert not Notice.objects.filter(pk=waiting.pk).exists()


def test_a_line_that_cannot_follow_through_is_not_half_done(shared, monkeypatch):
    """If settling fails, the custody stands as it did: one transaction."""

    def fails(child_id, now):
        raise RuntimeError

    monkeypatch.setattr(following, "follow_new_decider", fails)
    yesterday = str(shared.today - timedelta(days=1))
    with pytest.raises(RuntimeError):
        take(custody_line(shared, "johan", to=yesterday), now=shared.now)
    assert reaches(shared, "johan")
