"""What is ticked and is not the actor's to change: nothing happens to it, it leaves its row in the log, the
page says how many, and somebody else's task cannot be told from one that never was.
"""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.access.policy.doors import NOT_IN_LIST
from kring.audit.models import AccessLogRow
from kring.children.models import CareRelation, Child
from kring.timeline import commands
from kring.timeline.models import BulkAction, Task
from kring.timeline.queries import out_of_reach
from tests.cast import NOW
from tests.unit.portal.staff.desk import text_of

ACT = "/arbetslista/atgard/"
pytestmark = pytest.mark.django_db


def refused(what: str = "") -> list[tuple]:
    rows = AccessLogRow.objects.filter(outcome="refused", rule=NOT_IN_LIST.id, what__startswith=what)
    return sorted(rows.values_list("what", "action", "object_id", "child_id"), key=str)


class Others:
    """Tasks that are not Karin's, each for another reason."""

    def __init__(self, desk, cast) -> None:
        self.desk, self.cast = desk, cast

    def another_unit(self) -> Task:
        task = self.desk.task(self.desk.child("Annan Enhet"), kind="child_unclear", ball="other")
        Task.objects.filter(pk=task.pk).update(unit=self.cast.unit("sas-bum-boras"))
        return task

    def protected(self) -> Task:
        task = self.desk.task(self.desk.child("Skyddad Person"), kind="child_unclear", ball="other")
        Child.objects.filter(pk=task.child_id).update(protection="flag")
        return task

    def no_longer_met(self) -> Task:
        task = self.desk.task(self.desk.child("Slutat Hos"), kind="child_unclear", ball="other")
        CareRelation.objects.filter(child=task.child).update(ends_on="2026-11-15")
        return task

    def missing(self) -> Task:
        return Task(pk=uuid4())


OTHERS = ("another_unit", "protected", "no_longer_met", "missing")
EACH = pytest.mark.parametrize("other", OTHERS)


@pytest.fixture
def others(desk, cast) -> Others:
    return Others(desk, cast)


@pytest.fixture
def own(desk) -> Task:
    return desk.task(desk.child("Eget Barn"), kind="child_unclear", ball="other")


def send(client, action: str, *tasks: Task, **more):
    """Press a button under the list, go through its form, and see the result."""
    ids = [str(task.pk) for task in tasks]
    answer = client.post(ACT, {"action": action, "task": ids, "submission": str(uuid4())})
    address = answer.headers["Location"]
    if address.startswith(("/arbetslista/ansvarig/", "/arbetslista/klart/")):
        asked = client.get(address)
        fields = {"task": ids, "submission": str(uuid4())} | more
        assert all(f'name="task" value="{key}"' in text_of(asked) for key in ids), "carried along"
        address = client.post(address.partition("?")[0], fields).headers["Location"]
    return client.get(address)


ACTIONS = ("remind", "done", "assign")
SAYS = "1 av det du valde finns inte i er arbetslista, och är inte ändrat."


@EACH
@pytest.mark.parametrize("action", ACTIONS)
def test_what_is_another_s_stays_as_it_is_leaves_its_row_and_is_counted(
    karin, cast, own, others, other, action
):
    theirs = getattr(others, other)()
    before = list(Task.objects.filter(pk=theirs.pk).values())
    page = send(karin, action, own, theirs, person=str(cast.eva.pk))
    text = text_of(page)
    assert "Det är klart för 1 av 2 barn." in text
    assert SAYS in text
    assert "Eget Barn" in text
    for name in ("Annan Enhet", "Skyddad Person", "Slutat Hos", "[Skyddade uppgifter]", str(theirs.pk)):
        assert name not in text
    assert list(Task.objects.filter(pk=theirs.pk).values()) == before
    child = theirs.child_id if other != "missing" else None
    assert refused() == [(f"task.{action}", "write", str(theirs.pk), child)]


@pytest.mark.parametrize("action", ACTIONS)
def test_the_page_is_the_same_whichever_it_is(karin, cast, desk, others, action):
    """The same words for every kind, and as many questions to the database."""
    pages, questions = [], []
    # The first page of a session asks a little more than the next ones.
    for place, other in enumerate(("missing", *OTHERS)):
        own = desk.task(desk.child(f"Eget Barn{place}"), kind="child_unclear", ball="other")
        theirs = getattr(others, other)()
        with CaptureQueriesContext(connection) as asked:
            page = send(karin, action, own, theirs, person=str(cast.eva.pk))
        questions.append(len(asked.captured_queries))
        text = text_of(page).replace(f"Eget Barn{place}", "Eget Barn").replace(str(own.child_id), "x")
        action_id = page.request["PATH_INFO"].split("/")[-2]
        pages.append(text.replace(action_id, "y").partition("<main")[2].partition("csrfmiddleware")[0])
    assert len(set(pages)) == 1
    assert len(set(questions[1:])) == 1


@EACH
@pytest.mark.parametrize("action", [*ACTIONS, "print"])
def test_when_nothing_is_the_actor_s_the_list_says_so_and_nothing_is_kept(karin, others, other, action):
    theirs = getattr(others, other)()
    answer = karin.post(ACT, {"action": action, "task": str(theirs.pk), "submission": str(uuid4())})
    assert answer.headers["Location"] == "/arbetslista/"
    assert SAYS in text_of(karin.get("/arbetslista/"))
    assert [row[2] for row in refused("task")] == [str(theirs.pk)]
    assert not BulkAction.objects.exists()


@EACH
@pytest.mark.parametrize("page", ["ansvarig", "klart"])
def test_the_form_before_it_says_how_many_it_is_not_about(karin, own, others, other, page):
    theirs = getattr(others, other)()
    text = text_of(karin.get(f"/arbetslista/{page}/?task={own.pk}&task={theirs.pk}"))
    assert SAYS in text and "Eget Barn" in text
    alone = karin.get(f"/arbetslista/{page}/?task={theirs.pk}")
    assert alone.headers["Location"] == "/arbetslista/"
    assert [row[2] for row in refused()] == [str(theirs.pk)]


@EACH
def test_what_is_not_on_the_paper_is_counted_and_leaves_its_row(karin, own, others, other):
    theirs = getattr(others, other)()
    text = text_of(karin.get(f"/arbetslista/utskrift/?task={own.pk}&task={theirs.pk}"))
    assert "1 av det du valde finns inte med här." in text and "Eget Barn" in text
    child = theirs.child_id if other != "missing" else None
    assert refused() == [("worklist", "print", str(theirs.pk), child)]


def test_a_protected_child_that_one_reaches_is_left_off_the_paper_and_counted_without_a_refusal(
    karin, own, desk, cast
):
    sigrid = desk.task(cast.child("sigrid"))
    text = text_of(karin.get(f"/arbetslista/utskrift/?task={own.pk}&task={sigrid.pk}"))
    assert "1 av det du valde finns inte med här." in text
    assert refused() == []


def test_when_everything_is_one_s_own_nothing_is_said(karin, own, desk, cast):
    text = text_of(send(karin, "remind", own, desk.task(ball="other")))
    assert "Det är klart för alla 2 barn." in text
    assert "finns inte i er arbetslista" not in text
    assert "finns inte med här" not in text_of(karin.get(f"/arbetslista/utskrift/?task={own.pk}"))
    assert refused() == []


def test_one_that_a_colleague_has_just_done_is_told_as_that_and_is_no_refusal(karin, own, desk, cast):
    done = desk.task(desk.child("Nyss Klar"), kind="child_unclear", ball="other")
    Task.objects.filter(pk=done.pk).update(done_at=NOW, done_by=cast.eva)
    text = text_of(send(karin, "remind", own, done))
    assert "Det är klart för 1 av 2 barn." in text
    assert "Nyss Klar" in text and "Den är redan klar." in text
    assert "finns inte i er arbetslista" not in text
    assert refused() == []


def test_several_are_counted_together(karin, own, others):
    theirs = [getattr(others, other)() for other in OTHERS]
    text = text_of(send(karin, "remind", own, *theirs))
    assert "4 av dem du valde finns inte i er arbetslista, och är inte ändrade." in text
    assert "Det är klart för 1 av 5 barn." in text
    assert {row[2] for row in refused("task.remind")} == {str(one.pk) for one in theirs}


def test_the_same_ticked_twice_is_one(karin, own, others):
    theirs = others.missing()
    text = text_of(send(karin, "remind", own, own, theirs, theirs))
    assert "Det är klart för 1 av 2 barn." in text and SAYS in text
    assert len(refused()) == 1


def test_sent_twice_the_refusal_stands_once(karin, own, others):
    theirs, key = others.another_unit(), str(uuid4())
    fields = {"action": "remind", "task": [str(own.pk), str(theirs.pk)], "submission": key}
    first, second = karin.post(ACT, fields), karin.post(ACT, fields)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(refused()) == 1


# Taking back


@pytest.mark.parametrize("action", ACTIONS)
def test_what_has_left_the_list_meanwhile_is_not_taken_back_and_the_page_says_so(
    karin, desk, cast, own, action
):
    gone = desk.task(desk.child("Gått Bort"), kind="child_unclear", ball="other")
    page = send(karin, action, own, gone, person=str(cast.eva.pk))
    result = page.request["PATH_INFO"]
    Child.objects.filter(pk=gone.child_id).update(protection="flag")
    after = Task.objects.values("assignee", "reminded_at", "done_at").get(pk=gone.pk)
    assert "Gått Bort" not in text_of(karin.get(result))
    text = text_of(karin.post(result + "angra/", follow=True))
    assert "1 av 2 är som de var före. De andra finns inte längre i er arbetslista." in text
    assert "Gått Bort" not in text
    assert Task.objects.values("assignee", "reminded_at", "done_at").get(pk=gone.pk) == after
    what = {"remind": "task.remind.undo", "done": "task.done.undo", "assign": "task.assign"}[action]
    assert refused() == [(what, "write", str(gone.pk), gone.child_id)]


# The commands by themselves


COMMANDS = {
    "task.remind": lambda by, ids: commands.remind(by=by, task_ids=ids),
    "task.done": lambda by, ids: commands.finish_tasks(by=by, task_ids=ids),
    "task.assign": lambda by, ids: commands.assign_tasks(by=by, task_ids=ids, person_id=by.person_id),
}


@EACH
@pytest.mark.parametrize("what", COMMANDS)
def test_whoever_calls_a_command_leaves_the_row(cast, own, others, other, what):
    theirs = getattr(others, other)()
    changed = COMMANDS[what](cast.actor("karin"), [own.pk, theirs.pk])
    assert changed == [own.pk]
    assert [(row[0], row[2]) for row in refused()] == [(what, str(theirs.pk))]


def test_out_of_reach_is_two_questions_whatever_there_is(cast, own, others, django_assert_num_queries):
    karin = cast.actor("karin")
    theirs = {other: getattr(others, other)() for other in OTHERS}
    with django_assert_num_queries(2):
        found = out_of_reach(karin, [own.pk, *(one.pk for one in theirs.values())])
    assert found == {one.pk: (None if other == "missing" else one.child_id) for other, one in theirs.items()}
    with django_assert_num_queries(2):
        assert out_of_reach(karin, [theirs["missing"].pk]) == {theirs["missing"].pk: None}
    assert out_of_reach(karin, [own.pk]) == {}
