"""What a unit still has when the plan is closed to it: exactly its own items and its copies (rulings 11, 30).

Social services meet Alva only by the plan, so nothing else ties them to her once it is closed.
"""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.urls import reverse

from kring.access import gate
from kring.access.permissions import Permission
from kring.access.policy.plans import Part
from kring.audit.models import AccessLogRow
from kring.care.plans import commands, queries
from kring.care.plans.models import Activity, Goal, Plan, ReceivedCopy
from kring.care.plans.pdf.professional import sheet
from kring.care.plans.queries.explained import explain_own, explain_whole
from kring.children.models import Child
from kring.organisations.models import Person
from tests.told import once
from tests.unit.care.plans.pages import Browser

OWN = ("Vårt mål", "Vårt behov", "Vår insats", "Insats åt en annan", "Hemma hos familjen")
OTHERS = ("Karins mål", "Karins behov", "Karins insats", "Hemligt", "Maria", "Johan", "Lena", "Jonas")


@pytest.fixture
@once
def shared(story):
    """A plan in which social services, the school and the unit in charge have all written."""
    story.social = story.cast.unit("socialtjanst-boras").pk
    story.started().joined(story.social, story.school)
    for guardian in ("maria", "johan"):
        story.answer(guardian, cells=[(story.social, "plan"), (story.school, "plan")])
    for by, who in ((story.karin, "Karins"), (story.fatima, "Vår")):
        it = "Vårt" if who == "Vår" else who
        about = {"by": by, "plan_id": story.plan_id}
        goal = commands.contribute_goal(**about, words=f"{it} mål")
        commands.contribute_need(**about, area="home", text=f"{it} behov")
        commands.contribute_activity(**about, what=f"{who} insats", goal_id=goal.pk)
    theirs = {"by": story.fatima, "plan_id": story.plan_id}
    commands.contribute_activity(**theirs, what="Insats åt en annan", responsible_unit_id=story.school)
    commands.contribute_activity(**theirs, what="Hemma hos familjen", responsible="family")
    return story


def withdraw(story):
    commands.withdraw_consent(by=story.karin, consent_id=story.content().consent.signers[0].latest.pk)


def leave(story):
    commands.leave_party(by=story.karin, plan_id=story.plan_id, unit_id=story.social)


def refuse(story):
    story.answer("johan", "refused")


def end(story):
    commands.close_plan(by=story.karin, plan_id=story.plan_id, seen=story.plan.revision, reason="moved")
    withdraw(story)


WAYS = {one.__name__: one for one in (withdraw, leave, refuse, end)}


@pytest.fixture(params=WAYS)
def closed(shared, request):
    """Each way in which a plan is closed to a party; then the others go on writing in it."""
    return close(shared, request.param)


@once
def close(shared, way: str):
    WAYS[way](shared)
    if not shared.plan.is_over:
        shared.describe(situation="Hemligt nuläge", what_matters="Hemligt viktigt")
    return shared


def test_nothing_else_ties_the_unit_to_the_child(closed):
    assert not gate.children_for(closed.fatima, Permission.SEE_CHILD, closed.child_id).exists()
    assert Browser(closed, "fatima").open("child", closed.child_id).status_code == 404


def test_the_page_shows_exactly_its_own_items(closed):
    page = Browser(closed, "fatima").text("open", "plan-page", closed.plan_id)
    main = page[page.index("<main") : page.index("</main>")]
    for words in OWN:
        assert words in main, words
    for words in (*OTHERS, "skola", closed.plan.unit.name, closed.karin.name):
        assert words not in main, words


def test_the_bar_says_whose_plan_it_was_and_no_more(closed):
    child = Child.objects.get(pk=closed.child_id)
    page = Browser(closed, "fatima").text("open", "plan-page", closed.plan_id)
    assert child.name in page
    assert child.communication not in page
    for name in ("plan-consent", "plan-meetings", "plan-versions", "plan-follow-ups", "child"):
        kept = closed.child_id if name == "child" else closed.plan_id
        assert f'"{reverse(name, args=[kept])}"' not in page, name


def test_what_others_have_added_to_an_own_item_is_not_told(closed):
    """The school says how its part goes, a follow-up how a goal goes, and the family answers for its own."""
    Activity.objects.filter(what="Insats åt en annan").update(status="stopped")
    Activity.objects.filter(what="Hemma hos familjen").update(status="stopped")
    Goal.objects.filter(words="Vårt mål").update(status="reached")
    page = Browser(closed, "fatima").text("open", "plan-page", closed.plan_id)
    assert "En annan verksamhet" in page
    assert str(Activity.Status.STOPPED.label) not in page
    assert str(Goal.Status.REACHED.label) not in page
    assert page.count("Visas inte för er") == 2


def test_each_reading_is_logged_as_of_its_own_items(closed):
    Browser(closed, "fatima").open("plan-page", closed.plan_id)
    row = AccessLogRow.objects.get(what="plan.page")
    assert (row.rule, row.unit_id, row.child_id) == ("plan.own_item", closed.social, closed.child_id)


def test_the_list_is_the_way_there_and_logs_whom_it_shows(closed):
    fatima = Browser(closed, "fatima")
    page = fatima.text("open", "plans-closed")
    assert f"/planer/{closed.plan_id}/" in page
    assert Child.objects.get(pk=closed.child_id).name in page
    row = AccessLogRow.objects.get(what="plans.closed")
    assert (row.action, row.child_id, row.rule) == ("list", closed.child_id, "plan.own_item")
    assert "/planer/stangda/" in fatima.text("open", "meetings")


@pytest.mark.parametrize("who", ["karin", "sara", "ulla", "mona"])
def test_nobody_else_finds_it_in_their_list(shared, who):
    withdraw(shared)
    assert str(shared.plan_id) not in Browser(shared, who).text("open", "plans-closed")


def test_an_open_plan_is_not_in_the_list(shared):
    assert queries.closed_plans(shared.fatima) == []


def test_the_copy_opens_with_its_date_and_without_what_came_later(closed):
    kept = ReceivedCopy.objects.get(unit_id=closed.social)
    fatima = Browser(closed, "fatima")
    assert f"/planer/kopior/{kept.pk}/" in fatima.text("open", "plan-page", closed.plan_id)
    page = fatima.text("open", "plan-copy", kept.pk)
    assert "Karins insats" in page  # it was disclosed
    assert "Er egen kopia" in page
    assert "Hemligt" not in page
    for who, role in (("karin", None), ("jonas", None), ("lena", "school_nurse")):
        assert Browser(closed, who, role).open("plan-copy", kept.pk).status_code in (403, 404)


def test_it_may_still_put_its_own_right_until_the_plan_is_over(closed):
    goal = Goal.objects.get(words="Vårt mål")
    page = Browser(closed, "fatima").open("plan-goal", goal.pk)
    assert page.status_code == 200
    assert "Karins" not in page.content.decode()
    edit: Callable[[], Goal] = lambda: commands.edit_goal(  # noqa: E731
        by=closed.fatima, goal_id=goal.pk, seen=goal.revision, words="Rättat"
    )
    if closed.plan.is_over:
        with pytest.raises(commands.Refusal):
            edit()
    else:
        assert edit().words == "Rättat"


def test_but_not_say_how_anothers_item_goes(closed):
    """Also when it was to do it: that is the plan's, and the plan is closed."""
    karins = Activity.objects.get(what="Karins insats")
    Activity.objects.filter(pk=karins.pk).update(responsible_unit=closed.social)
    with pytest.raises((Http404, gate.NotAllowed)):
        commands.set_activity_status(
            by=closed.fatima, activity_id=karins.pk, seen=karins.revision, status="done"
        )
    assert Browser(closed, "fatima").open("plan-activity", karins.pk).status_code in (403, 404)


def test_an_item_that_it_took_out_itself_is_gone_and_the_copies_stay(shared):
    for goal in Goal.objects.filter(unit_id=shared.social):
        commands.remove_goal(by=shared.fatima, goal_id=goal.pk, seen=goal.revision)
    withdraw(shared)
    page = Browser(shared, "fatima").text("open", "plan-page", shared.plan_id)
    assert "Vårt mål" not in page
    assert "Det som lämnades ut till er" in page


@pytest.mark.parametrize("grade", ["flag", "registration"])
def test_the_restricted_group_of_a_protected_child_holds_here_too(shared, grade):
    withdraw(shared)
    Child.objects.filter(pk=shared.child_id).update(protection=grade)
    assert Browser(shared, "fatima").open("plan-page", shared.plan_id).status_code == 404
    assert queries.closed_plans(shared.fatima) == []
    assert not queries.own_plans(shared.fatima).exists()


def everyone(story):
    from kring.access.actors import possible_actors

    for person in Person.objects.all():
        yield from possible_actors(person, now=story.now, strong_auth=True)


@pytest.mark.parametrize("way", ["open", "nobody asked", *WAYS])
def test_sets_and_the_table_agree_for_everyone(shared, way):
    """Row by row: who sees the plan, its own items, its copies - as a set and as the decision table says."""
    if way == "nobody asked":
        shared.started(kind="discharge").joined(shared.school)
    elif way != "open":
        WAYS[way](shared)
    plan = Plan.objects.get(pk=shared.plan_id)
    about = (Permission.SEE_PLAN, plan.pk, plan.child_id)
    for actor in everyone(shared):
        whole = queries.whole_plans(actor).filter(pk=plan.pk).exists()
        each = queries.whole_plans(actor, each=True).filter(pk=plan.pk).exists()
        assert whole == each == explain_whole(actor, *about).opens, (way, actor.name, actor.role)
        own = queries.own_plans(actor).filter(pk=plan.pk, contributes=True).exists()
        assert own == explain_own(actor, *about).opens, (way, actor.name, actor.role)
        received = bool(queries.copies_of(actor, plan))
        told = explain_own(actor, *about, Part.RECEIVED_COPY).opens
        assert received <= told, (way, actor.name, actor.role)


RULES = {
    "nobody asked": "plan.draft",
    "withdraw": "plan.withdrawn",
    "refuse": "plan.withdrawn",
    "end": "plan.withdrawn",
    "open": "plan.disclosed",
}


@pytest.mark.parametrize("way", RULES)
def test_the_rule_that_closes_the_shared_plan_is_named(shared, way):
    """School meets Alva anyway: only the plan is closed to it."""
    if way == "nobody asked":
        shared.started(kind="discharge").joined(shared.school)
    elif way != "open":
        WAYS[way](shared)
    decision = explain_whole(shared.jonas, Permission.SEE_PLAN, shared.plan_id, shared.child_id)
    assert decision.rule_id in {RULES[way], "8.8.none", "8.1.own_unit"}
    assert decision.opens == (way == "open")


def test_its_paper_tells_no_more_than_its_page(shared):
    withdraw(shared)
    Activity.objects.filter(what="Insats åt en annan").update(status="stopped")
    plan = queries.plan_or_404(shared.fatima, shared.plan_id, what="test")
    said = str(sheet(queries.content_of(shared.fatima, plan)))
    for words in ("Vårt mål", "Vårt behov", "Insats åt en annan", "En annan verksamhet"):
        assert words in said
    status, stopped = str(plan.get_status_display()), str(Activity.Status.STOPPED.label)
    for words in (*OTHERS, plan.child.communication, plan.unit.name, status, stopped):
        assert words not in said, words


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_asks_the_same_however_much_is_in_the_plan(shared, count):
    withdraw(shared)
    Goal.objects.filter(words="Karins mål").update(words="Annat")
    fatima = Browser(shared, "fatima")
    for _ in range(count - 1):
        commands.contribute_need(by=shared.karin, plan_id=shared.plan_id, area="play", text="Mer")
    assert fatima.questions("plan-page", shared.plan_id) <= 17
    assert fatima.questions("plans-closed") <= 10
