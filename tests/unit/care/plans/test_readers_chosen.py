"""Who of the family reads what staff write of a meeting, a follow-up and the end: chosen when it is written,
shown before it is saved, and gone from every page and paper of whoever is not to read it.
"""

import io
from datetime import timedelta

import pypdf
import pytest

from kring.access import items
from kring.care.plans import commands, queries
from kring.care.plans.commands import Refusal
from kring.care.plans.models import Closure, FollowUp, Goal, Meeting
from kring.portal.family.presenters.sip import sip_page
from tests.unit.care.plans.pages import Browser, day

MARK, COMMENT, PART, WHY = "Märke i text", "Märke om mål", "Märke om hur", "Märke om varför"
TEXTS = ("meeting", "follow_up", "closure")

# What the author chose -> who reads it: karin (care, writes it), jonas (school), maria, alva.
CHOICES = {
    "usual": ({}, "karin jonas maria alva"),
    "all": ({"visibility": "all"}, "karin jonas maria alva"),
    "not guardian": ({"visibility": "not_guardian"}, "karin jonas alva"),
    "violence": ({"visibility": "all", "category": "violence"}, "karin jonas alva"),
    "early": ({"category": "early_hypothesis"}, "karin jonas alva"),
    "third person": ({"category": "third_person"}, "karin jonas alva"),
    "concern": ({"visibility": "all", "category": "concern"}, "karin jonas"),
    "not yet": ({"visibility": "not_child_until", "visible_to_child_from": 30}, "karin jonas maria"),
    "care only": ({"visibility": "care_only"}, "karin"),
}
READERS = ("karin", "jonas", "maria", "alva")


def chosen(story, key):
    shown = dict(CHOICES[key][0])
    if "visible_to_child_from" in shown:
        shown["visible_to_child_from"] = story.today + timedelta(days=shown["visible_to_child_from"])
    return shown


def met(story, shown):
    meeting = story.meeting()
    said = {
        "notes": MARK,
        "no_child_words_reason": WHY,
        "child_took_part": "a_while",
        "child_took_part_words": PART,
    }
    meeting = commands.write_meeting(
        by=story.karin, meeting_id=meeting.pk, seen=meeting.revision, **said, **shown
    )
    return commands.end_meeting(by=story.karin, meeting_id=meeting.pk, seen=meeting.revision)


def followed_up(story, shown):
    statuses = {goal.pk: ("on_the_way", COMMENT) for goal in Goal.objects.filter(plan_id=story.plan_id)}
    return commands.hold_follow_up(
        by=story.karin,
        plan_id=story.plan_id,
        seen=story.plan.revision,
        statuses=statuses,
        summary=MARK,
        **shown,
    )


def closed(story, shown):
    return commands.close_plan(
        by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason="goals_reached", words=MARK,
        **shown,
    )  # fmt: skip


WRITE = {"meeting": met, "follow_up": followed_up, "closure": closed}
MODELS = {"meeting": Meeting, "follow_up": FollowUp, "closure": Closure}


def settled(story):
    story.together().filled()
    commands.contribute_goal(by=story.karin, plan_id=story.plan_id, words="Jag vill hinna med")
    story.establish()
    return story


@pytest.fixture
def plan(story):
    return settled(story)


def said_to(story, name, **more):
    """Everything of these texts that one reader gets of the plan."""
    content = queries.content_of(getattr(story, name), story.plan, **more)
    told = [row.meeting for row in content.meetings]
    told += [row.summons.meeting for row in content.summonses if hasattr(row.summons, "meeting")]
    texts = [
        text for one in told for text in (one.notes, one.no_child_words_reason, one.child_took_part_words)
    ]
    for row in content.follow_ups:
        texts += [row.follow_up.summary, *(review.comment for review in row.reviews)]
    texts += [content.closure.words] if content.closure else []
    return " ".join(texts)


# The rows


@pytest.mark.parametrize("key", CHOICES)
@pytest.mark.parametrize("kind", TEXTS)
def test_each_reader_gets_the_text_or_nothing_of_it(plan, kind, key):
    row = WRITE[kind](plan, chosen(plan, key))
    readers = [name for name in READERS if "Märke" in said_to(plan, name)]
    assert " ".join(readers) == CHOICES[key][1]
    row.refresh_from_db()
    assert items.explain(plan.karin, row).opens, "the unit that wrote it reads it"
    assert MARK in (getattr(row, "notes", ""), getattr(row, "summary", ""), getattr(row, "words", ""))


def test_a_text_opens_to_the_child_on_its_day(plan):
    met(plan, chosen(plan, "not yet"))
    assert "Märke" not in said_to(plan.later(29), "alva")
    assert "Märke" in said_to(plan.later(1), "alva")


def test_the_child_s_own_words_are_never_withheld(plan):
    meeting = plan.meeting()
    said = {
        "child_words": "Jag vill vara med",
        "child_took_part": "whole",
        "notes": MARK,
        "visibility": "care_only",
    }
    meeting = commands.write_meeting(by=plan.karin, meeting_id=meeting.pk, seen=meeting.revision, **said)
    commands.end_meeting(by=plan.karin, meeting_id=meeting.pk, seen=meeting.revision)
    for name in READERS:
        (row,) = queries.content_of(getattr(plan, name), plan.plan).meetings
        assert row.meeting.child_words == "Jag vill vara med"
        assert row.meeting.child_took_part == "whole"


def test_what_is_made_for_the_family_holds_nothing_that_is_withheld_from_any_of_them(plan):
    from kring.access.policy.visibility import FamilyReader

    met(plan, chosen(plan, "not guardian"))
    assert MARK in said_to(plan, "karin")
    assert "Märke" not in said_to(plan, "karin", paper_for=frozenset(FamilyReader))


def test_reading_empties_nothing_that_is_stored(plan):
    row = met(plan, chosen(plan, "care only"))
    assert "Märke" not in said_to(plan, "jonas")
    assert Meeting.objects.get(pk=row.pk).notes == MARK
    assert MARK in said_to(plan, "karin")


@pytest.mark.parametrize("kind", TEXTS)
def test_the_texts_cost_no_more_questions_when_they_are_withheld(plan, kind, django_assert_max_num_queries):
    WRITE[kind](plan, chosen(plan, "care only"))
    jonas, stored = plan.jonas, plan.plan
    stored.is_whole = True
    names = {"meeting": "meetings", "follow_up": "follow_ups", "closure": "closure"}
    most = {"meeting": 2, "follow_up": 3, "closure": 1}
    content = queries.content_of(jonas, stored)
    with django_assert_max_num_queries(most[kind]):
        getattr(content, names[kind])


# The commands


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ({"visibility": "nobody"}, "choice_missing"),
        ({"category": "gossip"}, "choice_missing"),
        ({"visibility": "not_child_until"}, "visible_from_missing"),
        ({"visibility": "not_child_until", "visible_to_child_from": 0}, "visible_from_missing"),
    ],
)
def test_a_choice_that_is_none_writes_nothing(plan, kind, shown, code):
    if "visible_to_child_from" in shown:
        shown = shown | {"visible_to_child_from": plan.today}
    with pytest.raises(Refusal) as refused:
        WRITE[kind](plan, shown)
    assert refused.value.code == code
    assert not MODELS[kind].objects.exclude(**{"notes": ""} if kind == "meeting" else {}).exists()
    assert plan.plan.status == "established"


def test_a_day_is_forgotten_when_another_choice_is_made(plan):
    meeting = plan.meeting()
    seen = meeting.revision
    for shown in (chosen(plan, "not yet"), chosen(plan, "not guardian")):
        seen = commands.write_meeting(by=plan.karin, meeting_id=meeting.pk, seen=seen, **shown).revision
    meeting.refresh_from_db()
    assert (meeting.visibility, meeting.visible_to_child_from) == ("not_guardian", None)


def test_goals_that_the_keeper_does_not_see_are_not_asked_about(plan):
    """A school that keeps a plan going is not to be stopped by a goal that is for care only."""
    hidden = commands.contribute_goal(
        by=plan.karin, plan_id=plan.plan_id, words="Bara för vården", visibility="care_only"
    )
    type(plan.plan).objects.filter(pk=plan.plan_id).update(unit_id=plan.school)
    statuses = {
        goal.pk: ("reached", "") for goal in Goal.objects.filter(plan_id=plan.plan_id).exclude(pk=hidden.pk)
    }
    commands.hold_follow_up(by=plan.jonas, plan_id=plan.plan_id, seen=plan.plan.revision, statuses=statuses)
    hidden.refresh_from_db()
    assert hidden.status == "not_started"


# The pages


@pytest.fixture
def karin(plan):
    return Browser(plan)


def form_of(kind, plan, **more):
    if kind == "meeting":
        meeting = Meeting.objects.first() or plan.meeting()
        return ("meeting", meeting.pk), {"notes": MARK, "do": "write", "seen": str(meeting.revision)} | more
    if kind == "follow_up":
        said = {"summary": MARK}
        for goal in Goal.objects.filter(plan_id=plan.plan_id):
            said |= {f"status-{goal.pk}": "on_the_way", f"comment-{goal.pk}": COMMENT}
        return ("plan-follow-up", plan.plan_id), said | more
    return ("plan-close", plan.plan_id), {"reason": "goals_reached", "words": MARK} | more


@pytest.mark.parametrize("kind", TEXTS)
def test_the_choice_stands_on_the_form_with_what_usually_holds(karin, plan, kind):
    at, _said = form_of(kind, plan)
    page = karin.text("open", *at)
    assert "Vem i familjen får läsa?" in page
    for words in ("Visas inte för vårdnadshavare", "Visas inte för barnet ännu", "Visas bara för vården"):
        assert words in page
    assert 'value="default" checked' in page
    assert "Oro för barnet" in page


@pytest.mark.parametrize("kind", TEXTS)
def test_the_preview_shows_each_reader_s_text_and_saves_nothing(karin, plan, kind):
    at, said = form_of(kind, plan, visibility="not_guardian", preview="1")
    page = karin.text("send", *at, **said)
    shown = page.partition('id="preview"')[2]
    assert "Så ser barnet texten" in page
    assert MARK in shown
    assert "Ser inte texten" in shown
    assert "Den som skrev valde: visas inte för vårdnadshavare." in shown
    assert "Inget är sparat än." in shown
    rows = MODELS[kind].objects.all()
    assert not [row for row in rows if row.visibility != "default"]
    assert plan.plan.status == "established"


@pytest.mark.parametrize("kind", TEXTS)
def test_what_is_chosen_on_the_form_is_kept_and_told_to_colleagues(karin, plan, kind):
    until = plan.today + timedelta(days=30)
    at, said = form_of(kind, plan, visibility="not_child_until", **day("visible_to_child_from", until))
    assert karin.send(*at, **said).status_code == 302
    (row,) = MODELS[kind].objects.all()
    assert (row.visibility, row.visible_to_child_from) == ("not_child_until", until)
    told = ("meeting-after", row.pk) if kind == "meeting" else ("plan-follow-ups", plan.plan_id)
    assert "Visas för barnet från" in karin.text("open", *told)


@pytest.mark.parametrize("kind", TEXTS)
def test_a_day_that_is_missing_is_said_at_its_field(karin, plan, kind):
    at, said = form_of(kind, plan, visibility="not_child_until")
    answer = karin.send(*at, **said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'href="#visible_to_child_from_0"' in page
    assert MARK in page, "what was written stays"


# Every way out


def paper(browser, version, plan):
    tested = {"guardian": str(plan.cast.guardian("maria").pk), "tested": "on", "reason": "Inget som skadar"}
    send = browser.client.post if version == "familj" else browser.client.get
    answer = send(f"/planer/{plan.plan_id}/pdf/{version}/", tested)
    if answer.status_code != 200:
        return ""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)


@pytest.mark.parametrize("key", ["usual", "not guardian", "care only", "concern"])
def test_the_family_s_page_tells_what_it_may_and_no_more(plan, key):
    met(plan, chosen(plan, key))
    followed_up(plan, chosen(plan, key))
    told = sip_page(queries.content_of(plan.maria, plan.plan), plan.plan.child).written
    reads = "maria" in CHOICES[key][1]
    assert [(one.text, one.lines) for one in told] == (
        [(MARK, ()), (MARK, ["«Jag vill hinna med»: " + COMMENT])] if reads else []
    )
    page = Browser(plan, "maria").text("open", "family-sip", plan.child_id)
    assert ("Det som skrevs ned" in page) == reads
    assert ("Märke" in page) == reads


def test_a_meeting_that_goes_on_is_not_told_of_yet(plan):
    meeting = plan.meeting()
    commands.write_meeting(by=plan.karin, meeting_id=meeting.pk, seen=meeting.revision, notes=MARK)
    assert not sip_page(queries.content_of(plan.maria, plan.plan), plan.plan.child).written


@pytest.mark.parametrize("kind", TEXTS)
def test_a_school_meets_nothing_of_what_is_for_care_only(plan, kind):
    row = WRITE[kind](plan, chosen(plan, "care only"))
    karin, jonas = Browser(plan), Browser(plan, "jonas")
    at = ("meeting-after", row.pk) if kind == "meeting" else ("plan-follow-ups", plan.plan_id)
    assert MARK in karin.text("open", *at)
    assert "Märke" not in jonas.text("open", *at)


@pytest.mark.parametrize("kind", TEXTS)
def test_papers_hold_it_for_their_readers_only(plan, kind):
    WRITE[kind](plan, chosen(plan, "care only"))
    assert MARK in paper(Browser(plan), "personal", plan)
    assert "Märke" not in paper(Browser(plan, "jonas"), "personal", plan)
    for version in ("familj", "barn"):
        assert "Märke" not in paper(Browser(plan), version, plan)
