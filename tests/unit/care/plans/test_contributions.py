"""Each party's own needs, goals and activities."""

from datetime import timedelta

import pytest
from django.http import Http404

from kring.access.gate import NotAllowed
from kring.access.refusals import EditConflict
from kring.audit.models import AccessLogRow
from kring.care.plans import commands
from kring.care.plans.models import Activity, Goal, Need
from kring.notifications.models import Notice
from kring.timeline.models import Task


def test_each_item_keeps_who_contributed_it(story):
    story.together()
    need = commands.contribute_need(by=story.lena, plan_id=story.plan_id, area="play", text=" Lek på rasten ")
    goal = commands.contribute_goal(by=story.jonas, plan_id=story.plan_id, words="Jag vill räcka upp handen")
    activity = commands.contribute_activity(by=story.karin, plan_id=story.plan_id, what="Öva hemma")
    assert [row.unit_id for row in (need, goal, activity)] == [
        story.pupil_health,
        story.school,
        story.karin.unit_id,
    ]
    assert need.text == "Lek på rasten"


@pytest.mark.parametrize("subject", ["maria", "johan", "alva"])
def test_the_family_s_items_are_the_family_s(story, subject):
    story.started()
    goal = commands.contribute_goal(by=getattr(story, subject), plan_id=story.plan_id, words="Jag vill cykla")
    assert (goal.unit_id, goal.by_child) == (None, subject == "alva")


@pytest.mark.parametrize(
    ("writer", "other", "may"),
    [
        ("maria", "maria", True),
        ("maria", "johan", True),
        ("maria", "alva", False),
        ("alva", "alva", True),
        ("alva", "maria", False),
        ("alva", "karin", False),
    ],
)
def test_guardians_write_together_and_the_child_s_words_are_its_own(story, refused, writer, other, may):
    story.started()
    goal = commands.contribute_goal(by=getattr(story, writer), plan_id=story.plan_id, words="Jag vill cykla")
    change = {"by": getattr(story, other), "goal_id": goal.pk, "seen": goal.revision}
    if may:
        assert commands.edit_goal(**change, words="Fort").words == "Fort"
        return
    with refused("not_your_item"):
        commands.edit_goal(**change, words="Fort")
    with refused("not_your_item"):
        commands.remove_goal(**change)
    goal.refresh_from_db()
    assert (goal.words, goal.removed_at) == ("Jag vill cykla", None)


def test_the_family_writes_what_it_does_itself_and_orders_nobody(story, refused):
    story.together()
    about = {"by": story.maria, "plan_id": story.plan_id, "what": "Cykla till skolan"}
    assert commands.contribute_activity(**about).responsible == "family"
    close = commands.contribute_activity(**about, responsible="third_party", responsible_words="Morfar")
    assert (close.responsible_words, close.responsible_unit_id) == ("Morfar", None)
    with refused("unit_writes_its_own"):
        commands.contribute_activity(**about, responsible="unit", responsible_unit_id=story.school)
    own = Activity.objects.filter(plan_id=story.plan_id)
    assert set(own.values_list("unit_id", "responsible_unit_id")) == {(None, None)}


@pytest.mark.parametrize(
    ("writer", "responsible", "may"),
    [
        ("karin", "family", {"karin", "maria", "johan", "alva"}),
        ("karin", "third_party", {"karin"}),
        ("maria", "family", {"maria", "johan", "alva"}),
        ("alva", "third_party", {"maria", "johan", "alva"}),
    ],
)
def test_who_says_how_what_the_family_or_somebody_close_does_goes(story, refused, writer, responsible, may):
    story.together()
    whose = {"responsible": responsible, "responsible_words": "Morfar"}
    row = commands.contribute_activity(
        by=getattr(story, writer), plan_id=story.plan_id, what="Cykla", **whose
    )
    for who in ("karin", "lena", "maria", "johan", "alva"):
        how = {"activity_id": row.pk, "seen": row.revision, "status": "ongoing"}
        if who in may:
            row = commands.set_activity_status(by=getattr(story, who), **how)
        else:
            with refused("not_your_item"):
                commands.set_activity_status(by=getattr(story, who), **how)
    assert row.status == "ongoing"


def test_whoever_keeps_the_plan_going_is_told_once_of_what_the_family_writes(story):
    story.started()
    commands.contribute_goal(by=story.karin, plan_id=story.plan_id, words="Läsa")
    assert not Notice.objects.filter(act="family_wrote").exists()
    goal = commands.contribute_goal(by=story.maria, plan_id=story.plan_id, words="Cykla")
    commands.edit_goal(by=story.johan, goal_id=goal.pk, seen=goal.revision, words="Cykla fort")
    told = Notice.objects.filter(act="family_wrote")
    assert list(told.values_list("person__subject", "about")) == [("karin", story.plan_id)]


@pytest.mark.parametrize("area", Need.Area.values)
def test_play_culture_and_leisure_stand_beside_health_and_school(story, area):
    story.started()
    assert commands.contribute_need(by=story.karin, plan_id=story.plan_id, area=area, text="x").area == area


@pytest.mark.parametrize(
    ("command", "fields", "code"),
    [
        ("contribute_need", {"area": "play", "text": " "}, "words_missing"),
        ("contribute_need", {"area": "money", "text": "x"}, "choice_missing"),
        ("contribute_goal", {"words": ""}, "child_words_for_goal_missing"),
        ("contribute_goal", {"words": "x", "term": "eternal"}, "choice_missing"),
        ("contribute_activity", {"what": " "}, "what_missing"),
        ("contribute_activity", {"what": "x", "responsible": "nobody"}, "responsible_missing"),
        ("contribute_activity", {"what": "x", "responsible": "third_party"}, "responsible_missing"),
    ],
)
def test_what_is_missing_is_asked_for(story, refused, command, fields, code):
    story.started()
    with refused(code):
        getattr(commands, command)(by=story.karin, plan_id=story.plan_id, **fields)


def test_an_activity_has_a_unit_a_person_and_a_day(story, cast, refused):
    story.together()
    due = story.today + timedelta(days=14)
    whole = {"responsible_unit_id": story.school, "responsible_person_id": cast.jonas.pk, "due_on": due}
    activity = commands.contribute_activity(by=story.karin, plan_id=story.plan_id, what="Lugn plats", **whole)
    assert (activity.unit_id, activity.responsible_unit_id) == (story.karin.unit_id, story.school)
    task = Task.objects.get(subject=activity.pk)
    assert (task.unit_id, task.due_on, task.assignee_id) == (story.school, due, cast.jonas.pk)
    with refused("person_not_at_unit"):
        commands.contribute_activity(
            by=story.karin,
            plan_id=story.plan_id,
            what="x",
            **(whole | {"responsible_person_id": cast.lena.pk}),
        )


def test_only_parties_are_made_responsible(story, cast, refused):
    story.started()
    with refused("not_a_party"):
        commands.contribute_activity(
            by=story.karin, plan_id=story.plan_id, what="x", responsible_unit_id=cast.unit("sas-logopedi").pk
        )


def test_a_third_party_is_named_in_words(story):
    story.started()
    activity = commands.contribute_activity(
        by=story.karin, plan_id=story.plan_id, what="Simning", responsible="third_party",
        responsible_words="Simklubben", when_words="varje tisdag",
    )  # fmt: skip
    assert (activity.responsible_unit_id, activity.responsible_words) == (None, "Simklubben")
    assert not Task.objects.filter(subject=activity.pk).exists()


def test_an_activity_belongs_to_a_goal_of_the_same_plan(story, refused):
    story.started()
    goal = commands.contribute_goal(by=story.karin, plan_id=story.plan_id, words="Läsa")
    commands.contribute_activity(by=story.karin, plan_id=story.plan_id, what="Högläsning", goal_id=goal.pk)
    assert [len(row.activities) for row in story.content().goals] == [1]
    commands.remove_goal(by=story.karin, goal_id=goal.pk, seen=goal.revision)
    with refused("goal_of_another_plan"):
        commands.contribute_activity(by=story.karin, plan_id=story.plan_id, what="x", goal_id=goal.pk)
    # The activity outlives its goal.
    assert [activity.what for activity in story.content().other_activities] == ["Högläsning"]


ITEMS = {
    "need": (
        lambda s, by: commands.contribute_need(by=by, plan_id=s.plan_id, area="play", text="Lek"),
        lambda by, row, seen: commands.edit_need(by=by, need_id=row.pk, seen=seen, area="home", text="Ny"),
        lambda by, row, seen: commands.remove_need(by=by, need_id=row.pk, seen=seen),
    ),
    "goal": (
        lambda s, by: commands.contribute_goal(by=by, plan_id=s.plan_id, words="Läsa"),
        lambda by, row, seen: commands.edit_goal(by=by, goal_id=row.pk, seen=seen, words="Ny"),
        lambda by, row, seen: commands.remove_goal(by=by, goal_id=row.pk, seen=seen),
    ),
    "activity": (
        lambda s, by: commands.contribute_activity(by=by, plan_id=s.plan_id, what="Öva"),
        lambda by, row, seen: commands.edit_activity(by=by, activity_id=row.pk, seen=seen, what="Ny"),
        lambda by, row, seen: commands.remove_activity(by=by, activity_id=row.pk, seen=seen),
    ),
}


@pytest.mark.parametrize("kind", ITEMS)
def test_nobody_writes_in_another_s_items(story, refused, kind):
    """Not the unit in charge, not another party, not the family."""
    add, edit, remove = ITEMS[kind]
    item = add(story.together(), story.lena)
    for stranger in (story.karin, story.jonas, story.maria):
        with refused("not_your_item"):
            edit(stranger, item, item.revision)
        with refused("not_your_item"):
            remove(stranger, item, item.revision)


@pytest.mark.parametrize("kind", ITEMS)
def test_the_second_editor_is_told(story, kind):
    add, edit, remove = ITEMS[kind]
    item = add(story.together(), story.lena)
    changed = edit(story.lena, item, item.revision)
    assert changed.revision == item.revision + 1
    for again in (edit, remove):
        with pytest.raises(EditConflict) as conflict:
            again(story.lena, item, item.revision)
        assert conflict.value.current.pk == item.pk


@pytest.mark.parametrize("kind", ITEMS)
def test_a_removed_item_is_gone_from_the_plan_and_stays_in_the_table(story, refused, kind):
    add, edit, remove = ITEMS[kind]
    item = add(story.together(), story.lena)
    remove(story.lena, item, item.revision)
    content = story.content()
    assert not (content.needs or content.goals or content.activities)
    assert type(item).objects.get(pk=item.pk).removed_at == story.now
    with refused("removed"):
        edit(story.lena, item, item.revision + 1)


@pytest.mark.parametrize("kind", ITEMS)
def test_each_write_is_logged_with_what_it_was(story, kind):
    add, edit, remove = ITEMS[kind]
    item = add(story.together(), story.lena)
    edit(story.lena, item, item.revision)
    remove(story.lena, item, item.revision + 1)
    written = AccessLogRow.objects.filter(object_id=str(item.pk)).order_by("pk").values_list("what", "rule")
    assert list(written) == [
        (f"plan.{kind}.add", "plan.disclosed"),
        (f"plan.{kind}.edit", "plan.disclosed"),
        (f"plan.{kind}.edit", "plan.disclosed"),
    ]


@pytest.mark.parametrize("kind", ITEMS)
def test_a_closed_plan_takes_no_more_from_a_party_but_lets_it_change_its_own(story, kind):
    """Ruling 30: what it contributed is its own, whatever happens to the shared plan."""
    add, edit, _ = ITEMS[kind]
    item = add(story.together(), story.lena)
    story.later(1).answer("johan", "refused")
    with pytest.raises(NotAllowed):
        add(story, story.lena)
    assert edit(story.lena, item, item.revision).revision == item.revision + 1


@pytest.mark.parametrize("kind", ITEMS)
def test_a_stranger_finds_nothing(story, kind):
    add, edit, _ = ITEMS[kind]
    item = add(story.started(), story.karin)
    for stranger in (story.peter, story.ulla, story.leila):
        with pytest.raises(Http404):
            edit(stranger, item, item.revision)


@pytest.mark.parametrize("kind", ITEMS)
def test_an_item_that_never_was_is_missing(story, kind):
    from uuid import uuid4

    _, edit, _ = ITEMS[kind]
    story.started()
    missing = {"need": Need, "goal": Goal, "activity": Activity}[kind](pk=uuid4())
    with pytest.raises(Http404):
        edit(story.karin, missing, 1)


@pytest.mark.parametrize("kind", ITEMS)
def test_a_plan_that_is_over_is_not_written_in(story, refused, kind):
    add, edit, _ = ITEMS[kind]
    item = add(story.started(), story.karin)
    commands.close_plan(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason="moved")
    with refused("plan_is_over"):
        edit(story.karin, item, item.revision)
    with refused("plan_is_over"):
        add(story, story.karin)


@pytest.mark.parametrize(
    ("subject", "may"), [("karin", True), ("jonas", True), ("lena", False), ("maria", False)]
)
def test_whoever_wrote_or_does_an_activity_says_how_it_goes(story, refused, subject, may):
    story.together()
    activity = commands.contribute_activity(
        by=story.karin, plan_id=story.plan_id, what="Lugn plats", responsible_unit_id=story.school
    )
    how = {"activity_id": activity.pk, "seen": activity.revision, "status": "ongoing"}
    if may:
        assert commands.set_activity_status(by=getattr(story, subject), **how).status == "ongoing"
    else:
        with refused("not_your_item"):
            commands.set_activity_status(by=getattr(story, subject), **how)


def test_the_family_says_how_its_own_goes(story):
    story.started()
    activity = commands.contribute_activity(
        by=story.karin, plan_id=story.plan_id, what="Läsa", responsible="family"
    )
    done = commands.set_activity_status(by=story.maria, activity_id=activity.pk, seen=1, status="done")
    assert done.status == "done"


def test_a_status_is_one_of_the_four(story, refused):
    story.started()
    activity = commands.contribute_activity(by=story.karin, plan_id=story.plan_id, what="Läsa")
    with refused("choice_missing"):
        commands.set_activity_status(by=story.karin, activity_id=activity.pk, seen=1, status="maybe")


@pytest.mark.parametrize(
    ("status", "stands"), [("planned", True), ("ongoing", True), ("done", False), ("stopped", False)]
)
def test_an_activity_stands_in_the_worklist_until_it_is_done(story, status, stands):
    story.started()
    due = story.today + timedelta(days=7)
    activity = commands.contribute_activity(by=story.karin, plan_id=story.plan_id, what="Ring", due_on=due)
    commands.set_activity_status(by=story.karin, activity_id=activity.pk, seen=1, status=status)
    assert Task.objects.filter(subject=activity.pk, done_at__isnull=True).exists() is stands


def test_moving_an_activity_moves_its_task(story):
    story.together()
    due = story.today + timedelta(days=7)
    activity = commands.contribute_activity(by=story.karin, plan_id=story.plan_id, what="Ring", due_on=due)
    moved = {"due_on": due + timedelta(days=7), "responsible_unit_id": story.school}
    commands.edit_activity(by=story.karin, activity_id=activity.pk, seen=1, **moved)
    task = Task.objects.get(subject=activity.pk, done_at__isnull=True)
    assert (task.due_on, task.unit_id) == (due + timedelta(days=7), story.school)
