"""How the plan went, said by each for themselves: who reads it, and that nothing is overwritten."""

from datetime import timedelta

import pytest
from django.http import Http404

from kring.access.gate import NotAllowed
from kring.care.plans import commands
from kring.care.plans.forms.closure import OF_CHILD, CloseForm
from kring.care.plans.models import Evaluation
from kring.care.plans.presenters import evaluations as words
from kring.care.plans.presenters.child import Names
from kring.care.plans.queries.evaluations import evaluations_of
from kring.children.models import Child
from kring.notifications.models import Notice
from tests.cast import NOW
from tests.unit.care.plans.pages import Browser
from tests.unit.care.plans.presenters import rows


def close(story) -> None:
    commands.close_plan(
        by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason="goals_reached"
    )


def say(story, who: str, **said) -> Evaluation:
    return commands.evaluate_plan(by=getattr(story, who), plan_id=story.plan_id, **said)


class TestWords:
    @pytest.mark.parametrize(
        ("guardian_id", "hidden", "who", "asked"),
        [
            (None, False, "Barnet har svarat själv", "De lyssnade på mig"),
            (rows.MARIA.pk, False, "Maria Berg har svarat", "De lyssnade på oss"),
            (rows.MARIA.pk, True, "Vårdnadshavare 1 har svarat", "De lyssnade på oss"),
            (rows.OURS, False, "Tidigare vårdnadshavare har svarat", "De lyssnade på oss"),
        ],
    )
    def test_staff_read_first_of_all_who_said_it(self, guardian_id, hidden, who, asked):
        row = Evaluation(guardian_id=guardian_id, listened=4, words="Bra", said_at=NOW)
        (one,) = words.said([row], Names([rows.MARIA], hidden=hidden))
        assert (one.who, one.faces, one.words) == (who, [(asked, "Bra")], "Bra")
        assert words.child_answered([row]) is one.by_child

    def test_nobody_writes_in_the_child_s_place_what_it_has_said_itself(self):
        asked, answered = CloseForm(), CloseForm(answered=True)
        assert set(asked.fields) - set(answered.fields) == set(OF_CHILD)
        form = CloseForm({"reason": "moved", "child_words": "Inte barnets"}, answered=True)
        assert form.is_valid()
        assert not set(form.given()) & set(OF_CHILD)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "nothing_to_send"),
        ({"words": "  "}, "nothing_to_send"),
        ({"listened": 6}, "face_out_of_range"),
        ({"helped": 0}, "face_out_of_range"),
    ],
)
def test_an_answer_says_something_within_the_faces(story, refused, said, code):
    story.established()
    with refused(code):
        say(story, "maria", **said)
    assert not Evaluation.objects.exists()


def test_a_plan_is_not_judged_before_it_is_settled_and_still_is_when_it_is_over(story, refused):
    story.together()
    with refused("not_established"):
        say(story, "alva", listened=5)
    story.filled().establish()
    say(story, "alva", listened=2)
    close(story)
    say(story.later(30), "alva", listened=5)
    assert list(Evaluation.objects.order_by("said_at").values_list("listened", flat=True)) == [2, 5]


def test_each_of_the_family_reads_its_own_and_those_in_the_plan_read_all(story):
    story.established()
    for who in ("maria", "johan", "alva"):
        say(story, who, words=who)
        story.later(1)
    say(story, "maria", words="maria igen")
    seen = {
        who: [row.words for row in evaluations_of(getattr(story, who), story.plan)]
        for who in ("karin", "lena", "maria", "johan", "alva")
    }
    everything = ["alva", "maria igen", "johan", "maria"]
    assert seen == {
        "karin": everything, "lena": everything, "maria": ["maria igen", "maria"], "johan": ["johan"],
        "alva": ["alva"],
    }  # fmt: skip


def test_strangers_and_staff_do_not_answer_in_the_family_s_place(story):
    story.established()
    for who in ("karin", "lena", "leila", "ulla"):
        with pytest.raises((Http404, NotAllowed)):
            say(story, who, words="x")
    assert not Evaluation.objects.exists()


def test_what_staff_write_at_the_end_stands_beside_what_the_child_says(story):
    story.established()
    by = {"by": story.karin, "plan_id": story.plan_id, "seen": story.plan.revision}
    written = commands.close_plan(**by, reason="moved", child_words="Det var bra", child_listened=3)
    say(story.later(1), "alva", words="Det var inte bra", listened=1)
    written.refresh_from_db()
    assert (written.child_words, written.child_listened) == ("Det var bra", 3)
    page = Browser(story).open("plan-follow-ups", story.plan_id).content.decode()
    assert page.index("Barnet har svarat själv") < page.index("Det var inte bra")
    assert page.index("Det var inte bra") < page.index("antecknade av personal")


def test_the_closing_page_begins_with_what_the_family_says(story):
    story.established()
    karin = Browser(story)
    before = karin.open("plan-close", story.plan_id).content.decode()
    assert "Vad tycker barnet?" in before
    assert "Vad familjen själv säger" not in before
    say(story, "maria", words="Skolan lyssnade")
    say(story, "alva", helped=5)
    page = karin.open("plan-close", story.plan_id).content.decode()
    assert "Vad tycker barnet?" not in page
    assert page.index("Barnet har svarat själv") < page.index("Maria Berg har svarat")
    assert page.index("Skolan lyssnade") < page.index('name="reason"')
    assert "Skolan lyssnade" in karin.open("plan-follow-up", story.plan_id).content.decode()


def test_the_family_is_told_that_it_may_say_how_it_went_and_the_unit_that_somebody_has(story):
    story.established()
    Notice.objects.all().delete()
    close(story)
    say(story, "maria", words="Bra")
    found = set(Notice.objects.values_list("person__subject", "act"))
    assert found == {("maria", "plan_closed"), ("johan", "plan_closed"), ("karin", "evaluation_sent")}


def test_who_among_the_guardians_said_it_is_hidden_around_a_protected_child(story):
    story.established()
    say(story, "maria", words="Bra")
    Child.objects.update(protection="flag")
    plan = story.plan
    (row,) = evaluations_of(story.karin, plan)
    assert row.guardian.name == "Vårdnadshavare"


def test_a_year_later_it_can_still_be_read(story):
    story.established()
    say(story, "alva", words="Bra")
    close(story)
    story.later(365)
    assert [row.said_at for row in evaluations_of(story.karin, story.plan)] == [
        story.now - timedelta(days=365)
    ]
