"""Needs, goals, activities, and two people at the same thing at the same time."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kring.care.plans import commands
from kring.care.plans.models import Activity, Goal, Need
from tests.unit.care.plans.pages import Browser, day, errors, targets_exist, title


@pytest.fixture
def karin(story):
    story.together()
    return Browser(story)


@pytest.fixture
def lena(karin, story):
    return Browser(story, "lena", "school_nurse")


def test_a_need_stands_in_the_plan_as_the_units_own(lena, story):
    answer = lena.send("plan-need-add", story.plan_id, area="leisure", text="Simma", follow=True)
    need = Need.objects.get(plan_id=story.plan_id)
    assert (need.area, need.text, need.unit_id) == ("leisure", "Simma", story.pupil_health)
    assert "Behovet står i planen." in answer.content.decode()


def test_play_culture_and_leisure_are_needs_too(karin, story):
    page = karin.text("open", "plan-need-add", story.plan_id)
    for area in ("Lek", "Kultur", "Fritid"):
        assert area in page


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("plan-need-add", ["area_0", "text"]),
        ("plan-goal-add", ["words", "term_0"]),
        ("plan-activity-add", ["what", "who", "status_0"]),
    ],
)
def test_an_empty_form_says_what_is_missing(karin, story, name, places):
    answer = karin.send(name, story.plan_id)
    assert answer.status_code == 422
    assert [place for place, _ in errors(answer)] == places
    assert targets_exist(answer)
    assert title(answer).startswith("Fel:")


def test_a_goal_is_in_the_childs_words(karin, story):
    karin.send("plan-goal-add", story.plan_id, words="Jag vill hoppa", explanation="Rörelse", term="long")
    assert "«Jag vill hoppa»" in karin.text("open", "plan-page", story.plan_id)


def who(story, person):
    return f"{person.unit_id}:{person.person_id}"


def test_an_activity_says_who_by_when(karin, story):
    due = story.today + timedelta(days=9)
    karin.send(
        "plan-activity-add", story.plan_id, what="Ringa skolan", who=who(story, story.jonas),
        status="planned",
        **day("due_on", due),
    )  # fmt: skip
    activity = Activity.objects.get(plan_id=story.plan_id)
    assert (activity.responsible_unit_id, activity.responsible_person_id) == (
        story.school,
        story.jonas.person_id,
    )
    assert (activity.due_on, activity.unit_id) == (due, story.karin.unit_id)


@pytest.mark.parametrize(("value", "kind"), [("family", "family"), ("other", "third_party")])
def test_the_family_and_others_have_activities_of_their_own(karin, story, value, kind):
    karin.send(
        "plan-activity-add",
        story.plan_id,
        what="Simma",
        who=value,
        responsible_words="morfar",
        status="ongoing",
    )
    activity = Activity.objects.get(plan_id=story.plan_id)
    assert (activity.responsible, activity.responsible_words, activity.responsible_unit_id) == (
        kind,
        "morfar",
        None,
    )


def test_somebody_else_without_a_name_is_asked_for(karin, story):
    answer = karin.send("plan-activity-add", story.plan_id, what="Simma", who="other", status="planned")
    assert errors(answer) == [("responsible_words", "Skriv vem som ansvarar.")]


def test_an_activity_may_be_added_to_a_goal_at_once(karin, story):
    goal = commands.contribute_goal(by=story.karin, plan_id=story.plan_id, words="Läsa")
    page = karin.text("open", "plan-activity-add", story.plan_id, mal=str(goal.pk))
    assert f'<option value="{goal.pk}" selected>' in page


def test_an_own_item_is_changed(karin, story):
    goal = commands.contribute_goal(by=story.karin, plan_id=story.plan_id, words="Läsa")
    karin.send("plan-goal", goal.pk, words="Läsa själv", term="short")
    goal.refresh_from_db()
    assert (goal.words, goal.revision) == ("Läsa själv", 2)


def test_another_units_item_cannot_be_changed(karin, story):
    need = commands.contribute_need(by=story.lena, plan_id=story.plan_id, area="health", text="Sova")
    answer = karin.send("plan-need", need.pk, area="health", text="Ändrat")
    assert answer.status_code == 422
    assert "Bara den som har skrivit det här kan ändra det." in answer.content.decode()
    need.refresh_from_db()
    assert need.text == "Sova"


def test_who_does_it_says_how_it_goes_and_no_more(lena, story):
    activity = commands.contribute_activity(
        by=story.karin, plan_id=story.plan_id, what="Samtal", responsible_unit_id=story.pupil_health
    )
    page = lena.text("open", "plan-activity", activity.pk)
    assert "Hur går det?" in page
    assert 'name="what"' not in page
    lena.send("plan-activity", activity.pk, status="done")
    activity.refresh_from_db()
    assert (activity.status, activity.what) == ("done", "Samtal")


def test_taking_out_asks_first_and_keeps_the_row(karin, story):
    need = commands.contribute_need(by=story.karin, plan_id=story.plan_id, area="play", text="Leka")
    assert "Ta bort behovet?" in karin.text("open", "plan-remove", "need", need.pk)
    karin.send("plan-remove", "need", need.pk)
    need.refresh_from_db()
    assert need.removed_at is not None
    assert karin.open("plan-need", need.pk).status_code == 404


# Two at the same time.


def test_two_editors_see_both_texts_and_nothing_is_overwritten(karin, story):
    story.describe(situation="Från början")
    seen = story.plan.revision
    page = karin.text("open", "plan-describe", story.plan_id, "nulage")
    saw = page.split('name="saw" value="')[1].split('"')[0]
    story.describe(situation="Kollegans text")
    answer = karin.post("plan-describe", story.plan_id, "nulage", seen=seen, saw=saw, situation="Min text")
    assert answer.status_code == 409
    assert "Kollegans text" in answer.content.decode()
    assert "Min text" in answer.content.decode()
    assert story.plan.situation == "Kollegans text"


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("mine", "Min text"), ("theirs", "Kollegans text"), ("both", "Kollegans text\n\nMin text")],
)
def test_each_field_is_chosen(karin, story, choice, kept):
    story.describe(situation="Kollegans text")
    fields = {"seen": story.plan.revision, "conflict": "1", "keep-situation": choice, "situation": "Min text"}
    answer = karin.post("plan-describe", story.plan_id, "nulage", **fields)
    assert answer.status_code == 302
    assert story.plan.situation == kept


def test_nothing_chosen_asks_again_and_keeps_the_text(karin, story):
    story.describe(situation="Kollegans text")
    fields = {"seen": story.plan.revision, "conflict": "1", "situation": "Min text"}
    answer = karin.post("plan-describe", story.plan_id, "nulage", **fields)
    assert answer.status_code == 422
    assert errors(answer) == [("keep-situation-theirs", "Nuläget: Välj vilken text som ska gälla.")]
    assert targets_exist(answer)
    assert "Min text" in answer.content.decode()
    assert story.plan.situation == "Kollegans text"


def test_a_third_edit_meanwhile_is_shown_again(karin, story):
    story.describe(situation="Kollegans text")
    stale = story.plan.revision
    story.describe(situation="Tredje texten")
    fields = {"seen": stale, "saw": "x", "conflict": "1", "keep-situation": "theirs", "situation": "Min text"}
    answer = karin.post("plan-describe", story.plan_id, "nulage", **fields)
    assert answer.status_code == 409 or story.plan.situation == "Tredje texten"
    assert story.plan.situation == "Tredje texten"


def test_an_edit_of_something_else_in_the_plan_is_no_conflict(karin, story):
    page = karin.text("open", "plan-describe", story.plan_id, "nulage")
    saw = page.split('name="saw" value="')[1].split('"')[0]
    seen = story.plan.revision
    story.describe(early_signs="Tystnad")
    answer = karin.post("plan-describe", story.plan_id, "nulage", seen=seen, saw=saw, situation="Min text")
    assert answer.status_code == 302
    assert (story.plan.situation, story.plan.early_signs) == ("Min text", "Tystnad")


def test_days_and_choices_are_chosen_between_in_words(karin, story):
    activity = commands.contribute_activity(
        by=story.karin, plan_id=story.plan_id, what="Träna", due_on=story.today + timedelta(days=3)
    )
    commands.edit_activity(
        by=story.karin,
        activity_id=activity.pk,
        seen=1,
        due_on=story.today + timedelta(days=4),
        status="ongoing",
    )
    mine = {"what": "Träna", "who": f"{story.karin.unit_id}:", "status": "planned", "visibility": "default"}
    mine |= day("due_on", story.today + timedelta(days=5))
    answer = karin.post("plan-activity", activity.pk, seen=1, saw="gammal", **mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("20 november 2026", "21 november 2026", "Planerad", "Pågår"):
        assert words in page
    chosen = {"keep-due_on": "theirs", "keep-status": "mine", "conflict": "1", "seen": 2}
    assert karin.post("plan-activity", activity.pk, **(mine | chosen)).status_code == 302
    activity.refresh_from_db()
    assert (activity.due_on, activity.status) == (story.today + timedelta(days=4), "planned")


# What nobody should be able to break.


HOSTILE = [
    "x" * 1_000_000,
    "a\x00b",
    "\ud83d\ude00" * 10,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "\u202eabc",
]


@pytest.mark.parametrize(
    "text", HOSTILE, ids=["a million", "nul", "surrogates", "script", "quote", "backwards"]
)
def test_hostile_text_is_kept_as_text_or_refused_with_words(karin, story, text):
    text = text.encode("utf-16", "surrogatepass").decode("utf-16")
    answer = karin.post("plan-need-add", story.plan_id, area="play", text=text)
    assert answer.status_code in (302, 422)
    page = karin.text("open", "plan-page", story.plan_id)
    assert "<script>alert" not in page


def test_too_long_and_unwritable_texts_say_so(karin, story):
    long = karin.post("plan-need-add", story.plan_id, area="play", text="x" * 5000)
    assert errors(long) == [("text", "Skriv högst 4000 tecken. Nu är det 5000.")]
    nul = karin.post("plan-need-add", story.plan_id, area="play", text="a\x00b")
    assert errors(nul) == [
        ("text", "Texten innehåller ett tecken som inte går att spara. Skriv om den delen.")
    ]


@pytest.mark.parametrize("key", ["area", "seen", "submission", "saw"])
@pytest.mark.parametrize("value", ["", "-1", "9" * 5000, "\x00", "null", "[]", str(uuid4())])
def test_tampered_fields_never_break_the_page(karin, story, key, value):
    need = commands.contribute_need(by=story.karin, plan_id=story.plan_id, area="play", text="Leka")
    fields = {"area": "play", "text": "Leka", "seen": "1"} | {key: value}
    assert karin.post("plan-need", need.pk, **fields).status_code in (302, 409, 422)


@pytest.mark.parametrize("part", ["0", "1", "2"])
def test_no_day_breaks_the_page(karin, story, part):
    boxes = {"due_on_0": "1", "due_on_1": "1", "due_on_2": "2027"} | {f"due_on_{part}": "9" * 5000}
    answer = karin.post("plan-activity-add", story.plan_id, what="x", who="family", status="planned", **boxes)
    assert [place for place, _ in errors(answer)] == ["due_on_0"]


def test_another_childs_things_cannot_be_named(karin, story):
    mine = story.plan_id
    story.child_id = story.cast.child("omar").pk
    story.started()
    goal = commands.contribute_goal(by=story.karin, plan_id=story.plan_id, words="Omars mål")
    fields = {"what": "x", "who": "family", "status": "planned", "goal_id": str(goal.pk)}
    answer = karin.post("plan-activity-add", mine, **fields)
    assert [place for place, _ in errors(answer)] == ["goal_id"]
    stranger = f"{story.cast.unit('elevhalsa-skovde').pk}:"
    answer = karin.post("plan-activity-add", mine, **(fields | {"goal_id": "", "who": stranger}))
    assert [place for place, _ in errors(answer)] == ["who"]
    assert not Activity.objects.exists()


def test_an_item_of_a_plan_out_of_reach_is_missing(karin, story):
    need = commands.contribute_need(by=story.karin, plan_id=story.plan_id, area="play", text="Leka")
    ulla = Browser(story, "ulla")
    for name in ("plan-need", "plan-goal", "plan-activity"):
        assert ulla.open(name, need.pk).status_code == 404
        assert ulla.post(name, need.pk, text="x").status_code == 404
    assert karin.open("plan-goal", need.pk).status_code == 404
    assert Goal.objects.count() == 0


def test_a_body_beyond_all_measure_is_refused(karin, story):
    answer = karin.post("plan-need-add", story.plan_id, area="play", text="x" * 3_000_000)
    assert answer.status_code == 400


def test_one_submission_of_somebody_elses_is_not_carried_out(karin, lena, story):
    key = str(uuid4())
    karin.post("plan-need-add", story.plan_id, area="play", text="Leka", submission=key)
    answer = lena.post("plan-need-add", story.plan_id, area="play", text="Leka", submission=key)
    assert answer.status_code == 403
    assert Need.objects.count() == 1
