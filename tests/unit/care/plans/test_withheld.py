"""What its author withholds from the family is not there: on pages, in versions, differences and papers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kring.care.plans import commands, queries
from kring.care.plans.models import Activity, Goal, Need
from kring.care.plans.rules import Refusal
from tests.told import once
from tests.unit.care.plans.pages import Browser, day, errors

SECRETS = ("Hemligt behov", "Hemligt mål", "Hemlig insats")


@pytest.fixture
@once
def kept(story):
    """A plan with one of each kind that a guardian is not to read, and one open of each; in version 1."""
    story.together()
    by, plan_id = story.karin, story.plan_id
    shown = {"visibility": "not_guardian"}
    commands.contribute_need(by=by, plan_id=plan_id, area="home", text=SECRETS[0], **shown)
    goal = commands.contribute_goal(by=by, plan_id=plan_id, words=SECRETS[1], **shown)
    commands.contribute_activity(by=by, plan_id=plan_id, what=SECRETS[2], **shown)
    commands.contribute_activity(by=by, plan_id=plan_id, what="Öppen insats", goal_id=goal.pk)
    story.filled().establish()
    return story


def said(content) -> str:
    return str(queries.snapshot_of(content))


def content(story, actor):
    return queries.content_of(actor, queries.plan_or_404(actor, story.plan_id, what="test"))


@pytest.mark.parametrize(
    ("who", "sees"), [("maria", False), ("johan", False), ("alva", True), ("karin", True), ("jonas", True)]
)
def test_each_reader_gets_the_texts_that_are_theirs(kept, who, sees):
    actor = kept.cast.actor(who)
    found = content(kept, actor)
    assert [secret in said(found) for secret in SECRETS] == [sees] * 3
    assert "Öppen insats" in said(found)
    version = queries.version_or_404(actor, found.latest_version.version.pk, what="test")
    assert [secret in str(version.content) for secret in SECRETS] == [sees] * 3
    assert "Öppen insats" in str(version.content)


def test_what_stood_under_a_withheld_goal_stands_by_itself(kept):
    found = content(kept, kept.maria)
    assert "Öppen insats" in {one.what for one in found.other_activities}
    version = queries.version_or_404(kept.maria, found.latest_version.version.pk, what="test").content
    assert {one["goal"] for one in version["activities"] if one["what"] == "Öppen insats"} == {""}


def test_what_care_alone_may_read_reaches_no_other_party_but_its_author(kept):
    for kind in (Need, Goal, Activity):
        kind.objects.filter(visibility="not_guardian").update(visibility="care_only")
    assert not set(SECRETS) & {text for text in SECRETS if text in said(content(kept, kept.jonas))}
    assert all(text in said(content(kept, kept.lena)) for text in SECRETS)
    Need.objects.filter(text=SECRETS[0]).update(unit_id=kept.jonas.unit_id)
    assert SECRETS[0] in said(content(kept, kept.jonas))


def test_a_later_choice_acts_on_versions_already_made(kept):
    """Versions keep what was said, and are read by what holds now."""
    for kind in (Need, Goal, Activity):
        kind.objects.update(visibility="default")
    version_id = content(kept, kept.maria).latest_version.version.pk
    assert SECRETS[0] in str(queries.version_or_404(kept.maria, version_id, what="test").content)
    need = Need.objects.get(text=SECRETS[0])
    commands.edit_need(
        by=kept.karin,
        need_id=need.pk,
        seen=need.revision,
        area="home",
        text=need.text,
        visibility="not_guardian",
    )
    assert SECRETS[0] not in str(queries.version_or_404(kept.maria, version_id, what="test").content)


def test_a_removed_item_stays_withheld_in_versions_and_differences(kept):
    goal = Goal.objects.get(words=SECRETS[1])
    commands.remove_goal(by=kept.karin, goal_id=goal.pk, seen=goal.revision)
    for actor, told in ((kept.maria, False), (kept.karin, True)):
        found = content(kept, actor)
        changes = queries.changes_now(actor, found)
        assert (SECRETS[1] in str(changes)) is told
        assert (str(goal.pk) in str(changes)) is told


def test_nothing_is_told_between_two_versions(kept):
    need = Need.objects.get(text=SECRETS[0])
    commands.edit_need(by=kept.karin, need_id=need.pk, seen=need.revision, area="home", text="Annat hemligt")
    plan = queries.plan_or_404(kept.karin, kept.plan_id, what="test")
    commands.publish_version(by=kept.karin, plan_id=kept.plan_id, seen=plan.revision, reason="Nytt")
    for actor, told in ((kept.maria, False), (kept.karin, True)):
        ids = [row.version.pk for row in content(kept, actor).versions]
        old, new = (queries.version_or_404(actor, key, what="test") for key in ids)
        assert ("Annat hemligt" in str(queries.difference_of(actor, old, new))) is told


@pytest.mark.parametrize(("version", "holds"), [("professional", True), ("family", False), ("child", False)])
def test_a_paper_that_staff_hand_over_holds_only_what_the_family_may_read(kept, version, holds):
    from kring.care.plans.pdf.queries import printing_or_404
    from kring.care.plans.pdf.rules import Version

    printing = printing_or_404(kept.karin, kept.plan_id, Version(version))
    assert [secret in said(printing.content) for secret in SECRETS] == [holds] * 3


def test_the_child_reads_from_the_day_that_was_chosen(kept):
    need = Need.objects.get(text=SECRETS[0])
    commands.edit_need(
        by=kept.karin,
        need_id=need.pk,
        seen=need.revision,
        area="home",
        text=SECRETS[0],
        visibility="not_child_until",
        visible_to_child_from=kept.today + timedelta(days=1),
    )
    alva = kept.cast.actor("alva")
    assert SECRETS[0] not in said(content(kept, alva))
    assert SECRETS[0] in said(content(kept, replace(alva, now=alva.now + timedelta(days=1))))


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"visibility": "somebody"}, "choice_missing"),
        ({"category": "gossip"}, "choice_missing"),
        ({"visibility": "not_child_until"}, "visible_from_missing"),
        ({"visibility": "not_child_until", "visible_to_child_from": "today"}, "visible_from_missing"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_in_words(story, chosen, code):
    story.together()
    if chosen.get("visible_to_child_from"):
        chosen = chosen | {"visible_to_child_from": story.today}
    with pytest.raises(Refusal) as refused:
        commands.contribute_need(by=story.karin, plan_id=story.plan_id, area="home", text="Så", **chosen)
    assert refused.value.code == code
    assert not Need.objects.filter(text="Så").exists()


def test_a_day_is_not_kept_where_it_says_nothing(story):
    story.together()
    chosen = {"visibility": "all", "visible_to_child_from": story.today + timedelta(days=9)}
    need = commands.contribute_need(by=story.karin, plan_id=story.plan_id, area="home", text="Så", **chosen)
    assert (need.visibility, need.visible_to_child_from) == ("all", None)


def test_nobody_chooses_what_there_is_not(story):
    story.together()
    with pytest.raises(TypeError):
        commands.contribute_need(by=story.karin, plan_id=story.plan_id, area="home", text="Så", seen_by="all")


class TestOnThePage:
    @pytest.fixture
    def karin(self, story):
        story.together()
        return Browser(story)

    def test_the_choice_is_made_when_writing_and_stands_beside_the_text(self, karin, story):
        karin.send("plan-need-add", story.plan_id, area="home", text="Så", visibility="not_guardian",
                   category="violence")  # fmt: skip
        need = Need.objects.get(text="Så")
        assert (need.visibility, need.category) == ("not_guardian", "violence")
        page = karin.text("open", "plan-page", story.plan_id)
        assert "Visas inte för vårdnadshavare. Våldsutsatthet." in page

    def test_who_changes_nothing_else_keeps_the_choice(self, karin, story):
        need = commands.contribute_need(
            by=story.karin, plan_id=story.plan_id, area="home", text="Så", visibility="care_only"
        )
        page = karin.open("plan-need", need.pk).content.decode()
        assert '<details class="k-help" open>' in page
        karin.send("plan-need", need.pk, area="home", text="Så här", visibility="care_only", seen=1)
        need.refresh_from_db()
        assert (need.text, need.visibility) == ("Så här", "care_only")

    @pytest.mark.parametrize(
        ("visibility", "child", "guardian"),
        [("default", True, True), ("not_guardian", True, False), ("care_only", False, False)],
    )
    def test_the_preview_shows_each_reader_and_saves_nothing(self, karin, story, visibility, child, guardian):
        answer = karin.send("plan-goal-add", story.plan_id, words="Jag vill", term="short",
                            visibility=visibility, preview="1")  # fmt: skip
        page = answer.content.decode()
        assert answer.status_code == 200
        assert not Goal.objects.filter(words="Jag vill").exists()
        preview = page[page.index('id="preview"') :]
        assert preview.count("Ser inte texten") == (not child) + (not guardian)
        assert preview.count("<p>Jag vill</p>") == child + guardian
        assert "Inget är sparat än." in preview

    def test_a_preview_of_an_empty_form_says_what_is_missing(self, karin, story):
        answer = karin.send("plan-goal-add", story.plan_id, preview="1")
        assert answer.status_code == 422
        assert [place for place, _ in errors(answer)] == ["words", "term_0"]

    def test_a_day_that_has_been_is_told_at_its_field(self, karin, story):
        answer = karin.send("plan-need-add", story.plan_id, area="home", text="Så",
                            visibility="not_child_until",
                            **day("visible_to_child_from", story.today))  # fmt: skip
        assert errors(answer) == [
            ("visible_to_child_from_0", "Ange en dag framåt i tiden då barnet får läsa texten.")
        ]
