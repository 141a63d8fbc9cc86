"""What holds for every page of the plan with a form: sent with nothing, sent twice, asked for by others."""

import pytest

from kring.care.plans import commands
from kring.timeline.models import Event
from tests.unit.care.plans.pages import HIDDEN, Browser, day, errors, targets_exist, title


def of_a_draft(story):
    """The pages of a plan that is not established, each with what it is about."""
    story.together()
    goal, need, activity = story.items()
    summons, plan = story.draft(), story.plan_id
    return {
        "plan-start": (story.child_id,), "plan-decline": (plan,), "plan-party-add": (plan,),
        "plan-party-contact": (plan, story.school),
        "plan-nothing-now": (plan,), "plan-need-add": (plan,), "plan-goal-add": (plan,),
        "plan-activity-add": (plan,), "plan-need": (need.pk,), "plan-goal": (goal.pk,),
        "plan-activity": (activity.pk,), "plan-consent-answer": (plan, story.maria.guardian_id),
        "plan-establish": (plan,), "summon": (plan,), "summons-edit": (summons.pk,), "plan-close": (plan,),
    }  # fmt: skip


def of_an_established_one(story):
    story.established()
    story.items()
    sent, plan = story.summoned(), story.plan_id
    own = sent.invitations.get(unit_id=story.karin.unit_id)
    family = sent.invitations.get(guardian_id=story.maria.guardian_id)
    return {
        "plan-follow-up": (plan,), "plan-follow-up-move": (plan,), "plan-version-new": (plan,),
        "plan-close": (plan,), "summons-cancel": (sent.pk,), "summons-answer": (own.pk,),
        "family's answer": (family.pk,),
    }  # fmt: skip


EITHER = pytest.mark.parametrize("pages", [of_a_draft, of_an_established_one])
EMPTY = dict.fromkeys(
    (
        "reason",
        "text",
        "words",
        "what",
        "who",
        "area",
        "term",
        "status",
        "state",
        "form",
        "answer",
        "question",
    )
    + ("kind", "situation", "requested_by", "unit_id", "sok", "child_takes_part", "time", "minutes"),
    "",
)


def address(name):
    return "summons-answer" if name == "family's answer" else name


@EITHER
def test_a_form_sent_with_nothing_in_it_leads_to_each_field_and_changes_nothing(story, pages):
    karin = Browser(story)
    for name, ids in pages(story).items():
        at = Event.objects.count()
        answer = karin.send(address(name), *ids, **EMPTY)
        if answer.status_code == 302:
            continue  # every field of it may be empty, or there is nothing more to start
        assert answer.status_code == 422, name
        assert targets_exist(answer), (name, errors(answer))
        assert Event.objects.count() == at, name
        if errors(answer):
            assert all(words.endswith(".") for _place, words in errors(answer)), name


@EITHER
def test_no_page_names_the_child_in_its_title_or_its_address(story, pages):
    karin = Browser(story)
    for name, ids in pages(story).items():
        answer = karin.open(address(name), *ids)
        assert "Alva" not in title(answer), name
        assert "Berg" not in title(answer), name
        assert "alva" not in answer.request["PATH_INFO"].lower(), name


@EITHER
def test_a_stranger_meets_the_same_missing_page_everywhere(story, pages):
    found = pages(story)
    ulla = Browser(story, "ulla")
    for name, ids in found.items():
        assert ulla.open(address(name), *ids).status_code in (403, 404), name
        assert ulla.post(address(name), *ids, **EMPTY).status_code in (403, 404), name


@pytest.mark.parametrize(
    ("name", "fields", "kind"),
    [
        (
            "plan-follow-up-move",
            lambda s: day("to", s.at(120).date()) | {"reason": "Sjuk"},
            "follow_up_planned",
        ),
        ("plan-version-new", lambda s: {"reason": "SIP-möte"}, "plan_version"),
        ("plan-close", lambda s: {"reason": "goals_reached"}, "sip_closed"),
    ],
)
def test_a_press_too_many_does_it_once(story, name, fields, kind):
    """The same form, sent twice as it was shown: a slow line, an impatient finger."""
    karin = Browser(story)
    story.established()
    story.describe(situation="Bättre")
    commands.contribute_goal(by=story.karin, plan_id=story.plan_id, words="Jag vill rita")
    shown = karin.text("open", name, story.plan_id)
    sent = dict(HIDDEN.findall(shown)) | fields(story)
    before = Event.objects.filter(kind=kind).count()
    first, again = (karin.post(name, story.plan_id, **sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    assert Event.objects.filter(kind=kind).count() == before + 1
