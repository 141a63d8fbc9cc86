"""Who reads what was written of a meeting, a follow-up or the end, chosen anew: it acts on the next request,
leaves its trace, and lets nobody in before whoever chooses has seen how they will meet the text.
"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from kring.access import gate
from kring.access.gate import NotAllowed
from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.care.plans.commands import EditConflict, Refusal
from kring.care.plans.models import Goal
from kring.timeline.models import Event
from kring.timeline.queries import events_of
from tests.unit.care.plans.pages import Browser, day, errors, targets_exist, title
from tests.unit.care.plans.test_readers_chosen import (
    CHOICES,
    MARK,
    READERS,
    TEXTS,
    WRITE,
    chosen,
    paper,
    said_to,
    settled,
)

HIDDEN = re.compile(r'name="(seen|saw|submission)" value="([^"]*)"')
PAGES = {"meeting": "meeting-readers", "follow_up": "plan-follow-up-readers", "closure": "plan-close-readers"}
ALL_THREE = pytest.mark.parametrize("kind", TEXTS)
# From each kind of choice to a closer and to a wider one, and to some neither.
WAY = (
    "care only", "usual", "not guardian", "not yet", "violence", "third person", "all", "care only",
    "concern", "early", "not yet", "all", "not guardian", "care only", "not yet", "usual",
)  # fmt: skip


@pytest.fixture
def plan(story):
    return settled(story)


def key_of(plan, kind, row):
    return plan.plan_id if kind == "closure" else row.pk


def change(plan, kind, row, by="karin", **shown):
    row.refresh_from_db()
    return commands.change_readers(
        by=getattr(plan, by), kind=kind, row_id=key_of(plan, kind, row),
        **{"seen": row.revision, "shown_to_writer": True} | shown,
    )  # fmt: skip


def stands(row):
    row.refresh_from_db()
    return row.visibility, row.category, row.visible_to_child_from


@ALL_THREE
def test_each_new_choice_acts_at_once_for_every_reader(plan, kind):
    row = WRITE[kind](plan, {})
    for step in WAY:
        change(plan, kind, row, **{"visibility": "default", "category": "general"} | chosen(plan, step))
        readers = [name for name in READERS if "Märke" in said_to(plan, name)]
        assert " ".join(readers) == CHOICES[step][1], step
        row.refresh_from_db()
        assert MARK in (getattr(row, "notes", ""), getattr(row, "summary", ""), getattr(row, "words", ""))


@ALL_THREE
def test_the_change_is_logged_with_its_rule_and_told_to_the_own_unit_alone(plan, kind):
    row = WRITE[kind](plan, {})
    rows = AccessLogRow.objects.count()
    change(plan, kind, row, visibility="not_guardian", category="third_person")
    (logged,) = AccessLogRow.objects.order_by("pk")[rows:]
    assert (logged.action, logged.what, logged.outcome) == ("write", f"plan.{kind}.readers", "allowed")
    assert logged.rule == gate.rule_of(plan.karin)
    assert logged.object_id == str(key_of(plan, kind, row))
    event = Event.objects.get(kind="plan_readers_changed")
    assert event.data["of"] == kind
    assert (event.data["before"]["visibility"], event.data["before"]["category"]) == ("default", "general")
    assert event.data["after"]["visibility"] == "not_guardian"
    assert event.data["rules"] == {"child": "8.5.item.shown", "guardian": "8.5.item.not_guardian"}
    assert MARK not in str(event.data)
    told = {
        name: "plan_readers_changed" in {one.kind for one in events_of(getattr(plan, name), plan.plan.child)}
        for name in READERS
    }
    assert told == {"karin": True, "jonas": False, "maria": False, "alva": False}


@ALL_THREE
def test_who_has_read_does_not_tell_the_family_that_something_was_withheld(plan, kind):
    row = WRITE[kind](plan, {})
    change(plan, kind, row, visibility="not_guardian")
    page = Browser(plan, "maria").text("open", "family-readings", plan.child_id)
    assert "Skrev i: planen" in page
    assert "readers" not in page
    assert "Ändrat vem" not in page


@ALL_THREE
def test_more_readers_are_let_in_only_when_it_has_been_shown(plan, kind):
    row = WRITE[kind](plan, chosen(plan, "not guardian"))
    before, events = stands(row), Event.objects.count()
    with pytest.raises(Refusal) as refused:
        change(plan, kind, row, visibility="all", shown_to_writer=False)
    assert refused.value.code == "readers_unseen"
    assert (stands(row), Event.objects.count()) == (before, events)
    change(plan, kind, row, visibility="care_only", shown_to_writer=False)
    assert stands(row)[0] == "care_only", "closing waits for nothing"


@ALL_THREE
def test_the_same_choice_again_writes_nothing(plan, kind):
    row = WRITE[kind](plan, chosen(plan, "not guardian"))
    rows, events, seen = AccessLogRow.objects.count(), Event.objects.count(), row.revision
    change(plan, kind, row, visibility="not_guardian")
    row.refresh_from_db()
    assert (AccessLogRow.objects.count(), Event.objects.count(), row.revision) == (rows, events, seen)


@ALL_THREE
@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ({"visibility": "nobody"}, "choice_missing"),
        ({"category": "gossip"}, "choice_missing"),
        ({"visibility": "not_child_until"}, "visible_from_missing"),
        ({"visibility": "not_child_until", "visible_to_child_from": 0}, "visible_from_missing"),
    ],
)
def test_a_choice_that_is_none_changes_nothing(plan, kind, shown, code):
    row = WRITE[kind](plan, {})
    if "visible_to_child_from" in shown:
        shown = shown | {"visible_to_child_from": plan.today}
    with pytest.raises(Refusal) as refused:
        change(plan, kind, row, **shown)
    assert refused.value.code == code
    assert stands(row) == ("default", "general", None)


@ALL_THREE
def test_somebody_else_s_choice_meanwhile_is_not_overwritten(plan, kind):
    row = WRITE[kind](plan, {})
    seen = row.revision
    change(plan, kind, row, visibility="care_only")
    with pytest.raises(EditConflict) as met:
        change(plan, kind, row, visibility="all", seen=seen)
    assert met.value.current.visibility == "care_only"
    assert stands(row)[0] == "care_only"


@ALL_THREE
@pytest.mark.parametrize("who", ["jonas", "lena", "maria", "alva", "ulla"])
def test_only_the_unit_that_wrote_chooses(plan, kind, who):
    row = WRITE[kind](plan, {})
    with pytest.raises((Refusal, NotAllowed, Http404)) as refused:
        change(plan, kind, row, by=who, visibility="care_only")
    assert getattr(refused.value, "code", "not_in_charge") == "not_in_charge"
    assert stands(row)[0] == "default"


@ALL_THREE
def test_what_does_not_exist_is_not_there(plan, kind):
    with pytest.raises(gate.Invisible):
        commands.change_readers(by=plan.karin, kind=kind, row_id=uuid4(), seen=1, visibility="all")


def test_a_meeting_that_goes_on_is_written_in_its_own_form(plan):
    meeting = plan.meeting()
    with pytest.raises(Refusal) as refused:
        change(plan, "meeting", meeting, visibility="care_only")
    assert refused.value.code == "meeting_not_ended"
    answer = Browser(plan).open("meeting-readers", meeting.pk)
    assert answer.headers["Location"] == f"/moten/{meeting.pk}/"


def test_a_plan_that_is_over_still_has_readers_to_choose(plan):
    held = WRITE["meeting"](plan, {})
    followed = WRITE["follow_up"](plan, {})
    WRITE["closure"](plan, {})
    change(plan, "meeting", held, visibility="care_only")
    change(plan, "follow_up", followed, visibility="care_only")
    assert said_to(plan, "maria").count("Märke") == 1, "the end's words alone"


# The pages


def at(plan, kind, row):
    return PAGES[kind], key_of(plan, kind, row)


@ALL_THREE
def test_the_page_shows_the_text_as_each_reader_meets_it_and_the_choice_that_stands(plan, kind):
    row = WRITE[kind](plan, chosen(plan, "not guardian"))
    answer = Browser(plan).open(*at(plan, kind, row))
    page = answer.content.decode()
    assert page.count(MARK) == 2, "the child and the other parties; a guardian does not"
    assert page.count("Ser inte texten") == 1
    assert "Den som skrev valde: visas inte för vårdnadshavare." in page
    assert 'value="not_guardian" checked' in page or 'checked value="not_guardian"' in page
    assert "Så läses texten när du har sparat" not in page
    assert "Alva" not in title(answer)


@ALL_THREE
def test_a_closer_choice_is_saved_by_one_press(plan, kind):
    row = WRITE[kind](plan, {})
    answer = Browser(plan).send(*at(plan, kind, row), visibility="care_only", follow=True)
    assert "Det nya valet gäller från och med nu." in answer.content.decode()
    assert stands(row)[0] == "care_only"


@ALL_THREE
def test_a_wider_one_is_shown_first_and_saved_by_the_next_press(plan, kind):
    row, karin = WRITE[kind](plan, chosen(plan, "care only")), Browser(plan)
    shown = karin.text("send", *at(plan, kind, row), visibility="default")
    now, then = shown.partition("Så läses texten när du har sparat")[::2]
    assert "Fler får läsa" in then
    assert (now.count(MARK), then.count(MARK)) == (0, 3)
    assert "Inget är sparat än." in then
    assert stands(row)[0] == "care_only"
    mark = re.search(r'name="previewed" value="([^"]*)"', shown)[1]
    # Another choice than the one that was shown is shown too.
    assert "Fler får läsa" in karin.text("send", *at(plan, kind, row), visibility="all", previewed=mark)
    assert stands(row)[0] == "care_only"
    assert karin.send(*at(plan, kind, row), visibility="default", previewed=mark).status_code == 302
    assert stands(row)[0] == "default"


@ALL_THREE
def test_how_it_will_be_read_can_be_seen_before_any_choice_is_saved(plan, kind):
    row = WRITE[kind](plan, {})
    shown = Browser(plan).text("send", *at(plan, kind, row), visibility="not_guardian", preview="1")
    then = shown.partition("Så läses texten när du har sparat")[2]
    assert (then.count(MARK), then.count("Ser inte texten")) == (2, 1)
    assert "Fler får läsa" not in then
    assert stands(row)[0] == "default"


@ALL_THREE
def test_a_day_that_is_missing_is_said_at_its_field(plan, kind):
    row = WRITE[kind](plan, {})
    answer = Browser(plan).send(*at(plan, kind, row), visibility="not_child_until")
    assert answer.status_code == 422
    assert targets_exist(answer)
    assert errors(answer)[0][0] == "visible_to_child_from_0"
    until = plan.today + timedelta(days=9)
    sent = Browser(plan).send(
        *at(plan, kind, row), visibility="not_child_until", **day("visible_to_child_from", until)
    )
    assert sent.status_code == 302
    assert stands(row) == ("not_child_until", "general", until)


@ALL_THREE
def test_two_who_choose_at_once_are_shown_both_choices_and_lose_none(plan, kind):
    row, karin = WRITE[kind](plan, {}), Browser(plan)
    shown = dict(HIDDEN.findall(karin.text("open", *at(plan, kind, row))))
    change(plan, kind, row, visibility="care_only")
    answer = karin.post(*at(plan, kind, row), **shown, visibility="not_guardian")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Visas bara för vården" in page
    assert "Visas inte för vårdnadshavare" in page
    again = dict(HIDDEN.findall(page))
    sent = {
        "visibility": "not_guardian",
        "conflict": "1",
        "keep-visibility": "mine",
        "keep-review_on": "mine",
    }
    wider = karin.post(*at(plan, kind, row), **again, **sent)
    assert wider.status_code == 200, "mine lets the child in again, so it is shown first"
    assert stands(row)[0] == "care_only"
    mark = re.search(r'name="previewed" value="([^"]*)"', wider.content.decode())[1]
    last = dict(HIDDEN.findall(wider.content.decode()))
    done = karin.post(*at(plan, kind, row), **last, visibility="not_guardian", previewed=mark)
    assert done.status_code == 302
    assert stands(row)[0] == "not_guardian"


@ALL_THREE
def test_nobody_else_opens_the_page_and_a_stranger_meets_what_is_not_there(plan, kind):
    row = WRITE[kind](plan, {})
    assert Browser(plan, "jonas").open(*at(plan, kind, row)).status_code == 403
    assert Browser(plan, "maria").open(*at(plan, kind, row)).status_code == 403
    ulla = Browser(plan, "ulla")
    hidden, missing = ulla.open(*at(plan, kind, row)), ulla.open(PAGES[kind], uuid4())
    assert hidden.status_code == missing.status_code
    assert hidden.content == missing.content or hidden.status_code == 403


def test_a_plan_that_goes_on_has_no_end_to_open(plan):
    assert Browser(plan).open("plan-close-readers", plan.plan_id).status_code == 404
    assert Browser(plan).open("meeting-readers", plan.plan_id).status_code == 404


@ALL_THREE
def test_the_way_there_stands_beside_the_text_for_the_own_unit_alone(plan, kind):
    row = WRITE[kind](plan, {})
    beside = ("meeting-after", row.pk) if kind == "meeting" else ("plan-follow-ups", plan.plan_id)
    assert "Ändra vem som läser" in Browser(plan).text("open", *beside)
    assert "Ändra vem som läser" not in Browser(plan, "jonas").text("open", *beside)


def test_comments_on_goals_belong_to_the_choice_of_their_follow_up(plan):
    row = WRITE["follow_up"](plan, chosen(plan, "care only"))
    hidden = commands.contribute_goal(
        by=plan.karin, plan_id=plan.plan_id, words="Bara för vården", visibility="care_only"
    )
    found = queries.kept_or_404(plan.karin, "follow_up", row.pk, what="plan.follow_up.readers.page")
    assert found.texts == (MARK, "Märke om mål")
    type(row).objects.get(pk=row.pk).reviews.create(goal=hidden, status="reached", comment="Dolt mål")
    plan.plan.__class__.objects.filter(pk=plan.plan_id).update(unit_id=plan.school)
    Goal.objects.filter(pk=hidden.pk).update(unit_id=plan.karin.unit_id)
    with pytest.raises((NotAllowed, gate.Invisible)):
        queries.kept_or_404(plan.karin, "follow_up", row.pk, what="plan.follow_up.readers.page")


@ALL_THREE
def test_papers_follow_the_new_choice(plan, kind):
    row = WRITE[kind](plan, {})
    jonas = Browser(plan, "jonas")
    assert MARK in paper(jonas, "personal", plan)
    change(plan, kind, row, visibility="care_only")
    assert "Märke" not in paper(jonas, "personal", plan)
    assert MARK in paper(Browser(plan), "personal", plan)


@ALL_THREE
def test_the_page_asks_a_steady_number_of_questions(plan, kind):
    row = WRITE[kind](plan, {})
    karin = Browser(plan)
    karin.open(*at(plan, kind, row))
    assert karin.questions(*at(plan, kind, row)) <= 45
