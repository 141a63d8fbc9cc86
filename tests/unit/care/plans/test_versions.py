"""Who reads which version, and the copies that a former party keeps."""

from uuid import uuid4

import pytest
from django.http import Http404

from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.care.plans.models import PlanVersion


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
    assert all("content" in version.get_deferred_fields() for version in versions)


def test_a_former_party_keeps_what_it_once_received_as_its_own_copy(story):
    """Ruling 11: with its date; nothing new arrives."""
    story.established()
    first = PlanVersion.objects.get()
    story.later(5).answer("johan", "refused")
    story.later(5).answer("johan", cells=[(story.school, "plan")])
    later = publish(story, situation="Nytt läge")
    assert [copy.pk for copy in queries.copies_of(story.lena, story.child_id)] == [first.pk]
    assert queries.version_or_404(story.lena, first.pk, what="test.copy") == first
    assert AccessLogRow.objects.get(what="test.copy").rule == "plan.received_copy"
    with pytest.raises(Http404):
        queries.version_or_404(story.lena, later.pk, what="test")


def test_who_never_received_it_has_no_copy(story):
    story.established()
    for actor in (story.sara, story.ulla, story.maria):
        assert not queries.copies_of(actor, story.child_id).exists()


def test_while_the_plan_is_open_there_are_no_copies_beside_it(story):
    story.established()
    assert not queries.copies_of(story.lena, story.child_id).exists()
