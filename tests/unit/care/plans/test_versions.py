"""Who reads which version, and the copies that a former party keeps."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from kring.access.gate import NotAllowed
from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.care.plans.models import PlanVersion, ReceivedCopy


def publish(story, **fields):
    story.describe(**fields)
    return commands.publish_version(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision)


@pytest.mark.parametrize("subject", ["karin", "lena", "maria", "alva"])
def test_those_with_the_plan_read_its_versions(story, subject):
    story.established()
    actor = getattr(story, subject)
    version = queries.versions_of(actor, story.plan).get()
    read = queries.version_or_404(actor, version.pk, what="test.version")
    assert queries.version_content(actor, read)["plan"]["kind"] == "sip"
    assert AccessLogRow.objects.get(what="test.version").object_id == str(version.pk)


@pytest.mark.parametrize("subject", ["sara", "peter", "ulla", "leila"])
def test_nobody_else_does(story, subject):
    story.established()
    actor = getattr(story, subject)
    assert not queries.versions_of(actor, story.plan).exists()
    with pytest.raises(Http404):
        queries.version_or_404(actor, PlanVersion.objects.get().pk, what="test")


def test_a_version_that_never_was(story):
    with pytest.raises(Http404):
        queries.version_or_404(story.started().karin, uuid4(), what="test")


def test_latest_first_without_their_content(story):
    story.established()
    publish(story, situation="Bättre")
    versions = list(queries.versions_of(story.karin, story.plan))
    assert [version.number for version in versions] == [2, 1]
    assert all("stored" in version.get_deferred_fields() for version in versions)


def copies(story, actor):
    """What the unit has received, as (kind, moment): latest first."""
    rows = queries.copies_of(actor, story.plan)
    return [("copy", row.at) if isinstance(row, ReceivedCopy) else ("version", row.made_at) for row in rows]


def test_a_former_party_keeps_what_it_once_received_as_its_own_copy(story):
    """Ruling 11: with its date; nothing new arrives."""
    story.established()
    first, made = PlanVersion.objects.get(), story.now
    story.describe(situation="Som det var när det stängdes")
    closed = story.later(5).now
    story.answer("johan", "refused")
    story.later(5).answer("johan", cells=[(story.school, "plan")])
    later = publish(story, situation="Nytt läge")
    assert copies(story, story.lena) == [("copy", closed), ("version", made)]
    assert queries.version_or_404(story.lena, first.pk, what="test.copy") == first
    assert AccessLogRow.objects.get(what="test.copy").rule == "plan.received_copy"
    kept = queries.copies_of(story.lena, story.plan)[0]
    read = queries.copy_or_404(story.lena, kept.pk, what="test.closed")
    assert read.stored["plan"]["situation"] == "Som det var när det stängdes"
    assert (read.since, read.at) == (made, closed)
    row = AccessLogRow.objects.get(what="test.closed")
    assert (row.rule, row.object_id, row.child_id) == ("plan.received_copy", str(kept.pk), story.child_id)
    with pytest.raises(Http404):
        queries.version_or_404(story.lena, later.pk, what="test")


def test_who_never_received_it_has_no_copy(story):
    story.established()
    for actor in (story.sara, story.ulla, story.maria):
        assert copies(story, actor) == []


def test_while_the_plan_is_open_there_are_no_copies_beside_it(story):
    story.established()
    assert copies(story, story.lena) == []


@pytest.mark.parametrize(("made", "kept"), [(0, True), (29, True), (30, True), (31, False)])
def test_of_a_consent_that_ran_out_the_versions_of_its_days_are_kept(story, made, kept):
    """The last day counts, to its end in Stockholm; nothing is written that day, so there is no other."""
    story.started().joined()
    last = story.today + timedelta(days=30)
    for guardian in ("maria", "johan"):
        story.answer(guardian, ends_on=last)
    story.filled().later(made)
    plan = story.plan
    PlanVersion.objects.create(
        plan=plan, number=1, stored={}, made_at=story.now, made_by_id=story.karin.person_id
    )
    story.later(40)
    assert [kind for kind, _ in copies(story, story.lena)] == ["version"] * kept
    settled = commands.leave_party(by=story.karin, plan_id=story.plan_id, unit_id=story.pupil_health)
    assert settled is None
    assert [kind for kind, _ in copies(story, story.lena)] == ["version"] * kept
    assert not ReceivedCopy.objects.filter(unit_id=story.pupil_health).exists()


def test_each_unit_that_it_closes_to_gets_its_own_copy_and_only_then(story):
    story.established()
    assert not ReceivedCopy.objects.exists()
    commands.leave_party(by=story.karin, plan_id=story.plan_id, unit_id=story.school)
    assert [row.unit_id for row in ReceivedCopy.objects.all()] == [story.school]
    story.later(1).answer("johan", "refused")
    assert {row.unit_id for row in ReceivedCopy.objects.all()} == {story.school, story.pupil_health}
    assert ReceivedCopy.objects.count() == 2


@pytest.mark.parametrize("subject", ["karin", "jonas", "sara", "ulla", "maria", "alva"])
def test_a_copy_is_for_the_unit_that_received_it(story, subject):
    story.established()
    commands.leave_party(by=story.karin, plan_id=story.plan_id, unit_id=story.pupil_health)
    with pytest.raises((Http404, NotAllowed)):
        queries.copy_or_404(getattr(story, subject), ReceivedCopy.objects.get().pk, what="test")


def test_a_copy_that_never_was(story):
    with pytest.raises(Http404):
        queries.copy_or_404(story.started().lena, uuid4(), what="test")
