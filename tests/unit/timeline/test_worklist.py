"""The worklist: one row a child, the most urgent first, counters that equal their lists."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.audit.models import AccessLogRow
from kring.children.commands import register_child, relate
from kring.timeline import commands, queries, urgency
from kring.timeline.models import Task
from kring.timeline.queries import Filters

TEAM = Filters(view="team")


@pytest.fixture
def karin(cast):
    return cast.actor("karin")


def task(by, child, days=0, kind="follow_up", **more):
    due = by.today + timedelta(days=days)
    return commands.open_task(by=by, kind=kind, child_id=child.pk, due_on=due, subject=uuid4(), **more)


def new_child(cast, by, n=0, **more):
    child = register_child(
        given_name=f"Barn{n}", family_name="Test", birth_date=by.today.replace(year=2018), **more
    )
    relate(child=child, unit=cast.unit("hh-habilitering-boras"), starts_on=by.today)
    return child


def rows(actor, filters=TEAM, page=1):
    return [row.task for row in queries.worklist(actor, filters, page=page).rows]


def test_one_row_a_child_with_its_most_urgent_task(cast, karin):
    alva = cast.child("alva")
    later, urgent, latest = task(karin, alva, 5), task(karin, alva, -2), task(karin, alva, 9)
    [row] = queries.worklist(karin, TEAM).rows
    assert (row.task, row.others) == (urgent, 2)
    assert later and latest


def test_overdue_oldest_first_then_today_then_soonest(cast, karin):
    made = {days: task(karin, new_child(cast, karin, n), days) for n, days in enumerate((3, -1, 0, -20, 40))}
    assert rows(karin) == [made[days] for days in (-20, -1, 0, 3, 40)]


def test_two_due_the_same_day_keep_a_steady_order(cast, karin):
    alva = cast.child("alva")
    first = min((task(karin, alva), task(karin, alva)), key=lambda one: one.pk.hex)
    assert rows(karin) == [first]


@pytest.mark.parametrize(
    ("days", "counted"),
    [(-30, "overdue"), (-1, "overdue"), (0, "today"), (1, "week"), (7, "week"), (8, None)],
)
def test_what_each_counter_counts(cast, karin, days, counted):
    task(karin, cast.child("alva"), days)
    counters = queries.worklist(karin, TEAM).counters
    assert {name for name in ("overdue", "today", "week") if getattr(counters, name)} == ({counted} - {None})
    assert counters.children == 1


def a_day_at_work(cast, karin):
    """Children of every sort: late, today, soon; mine, a colleague's, nobody's; waiting for somebody."""
    balls = ("ours", "other", "family", "nobody")
    people = (karin.person_id, cast.eva.pk, None)
    for n, (days, ball, person) in enumerate(product((-5, 0, 3, 30), balls, people)):
        place = cast.unit("hh-habilitering-boras").municipality if n % 2 else None
        child = new_child(cast, karin, n, municipality=place)
        task(karin, child, days, kind=("follow_up", "sip_summon")[n % 2], ball=ball, assignee_id=person)
        task(karin, child, days + 2, kind="plan_activity", ball="ours", assignee_id=cast.eva.pk)


def test_every_counter_equals_its_list(cast, karin):
    a_day_at_work(cast, karin)
    for view, kind, place in product(urgency.VIEWS, ("", "follow_up"), ("", "1490")):
        filters = Filters(view=view, kind=kind, municipality=place)
        whole = queries.worklist(karin, filters)
        assert whole.counters.children == whole.total
        for due in urgency.DUE:
            found = queries.worklist(karin, Filters(view=view, kind=kind, municipality=place, due=due))
            assert found.total == len(found.rows) == getattr(whole.counters, due), (filters, due)


def test_every_tab_says_how_many_it_holds(cast, karin):
    a_day_at_work(cast, karin)
    views = queries.worklist(karin, TEAM).views
    assert views == {view: queries.worklist(karin, Filters(view=view)).total for view in urgency.VIEWS}
    assert (views["team"], views["mine"]) == (48, 16)


def test_a_child_is_on_the_list_once_whatever_the_filter(cast, karin):
    a_day_at_work(cast, karin)
    for view in urgency.VIEWS:
        children = [row.child_id for row in rows(karin, Filters(view=view))]
        assert len(children) == len(set(children))


def test_who_has_the_ball(cast, karin):
    """A coordinator's «Väntar på andra»: another unit, by name, or the family."""
    alva, omar = cast.child("alva"), cast.child("omar")
    school = cast.unit("skola-boras-1")
    waiting = task(karin, alva, 1, ball="other", ball_unit_id=school.pk)
    task(karin, omar, 1)
    [row] = rows(karin, Filters(view="waiting"))
    assert (row, row.ball_unit) == (waiting, school)


def test_mine_are_those_assigned_to_me(cast, karin):
    mine = task(karin, cast.child("alva"), assignee_id=karin.person_id)
    nobodys = task(karin, cast.child("omar"))
    assert rows(karin, Filters(view="mine")) == [mine]
    assert rows(karin, Filters(view="unassigned")) == [nobodys]
    assert queries.worklist(karin).rows[0].task == mine


@pytest.mark.parametrize("odd", [{"view": "x"}, {"due": "x"}, {"order": "x"}])
def test_an_unknown_filter_shows_everything_rather_than_nothing(cast, karin, odd):
    made = task(karin, cast.child("alva"))
    assert rows(karin, Filters(**({"view": "team"} | odd))) == [made]


def test_each_unit_has_its_own_list(cast, karin):
    alva, school = cast.child("alva"), cast.unit("skola-boras-1")
    ours, theirs = task(karin, alva), task(karin, alva, unit_id=school.pk)
    assert rows(karin) == [ours]
    assert rows(cast.actor("jonas")) == [theirs]
    assert rows(cast.actor("sara")) == []


def test_a_child_that_no_longer_comes_is_gone_from_the_list(cast, karin):
    child = new_child(cast, karin)
    task(karin, child)
    child.care_relations.update(
        starts_on=karin.today - timedelta(days=9), ends_on=karin.today - timedelta(days=1)
    )
    found = queries.worklist(karin, TEAM)
    assert (found.rows, found.counters.children, found.views["team"]) == ((), 0, 0)


def test_a_protected_child_is_there_for_its_group_only_and_in_no_municipality(cast, karin):
    from kring.organisations.models import Assignment

    sigrid = cast.child("sigrid")
    made = task(karin, sigrid)
    assert rows(karin) == rows(cast.actor("eva")) == [made]
    Assignment.objects.filter(person=cast.sara).update(unit=cast.unit("hh-habilitering-boras"))
    assert rows(cast.actor("sara")) == []
    assert queries.worklist(cast.actor("sara"), TEAM).kinds == ()
    assert rows(karin, Filters(view="team", municipality="1490")) == []
    assert queries.worklist(karin, TEAM).municipalities == ()


def test_the_choices_are_those_that_find_something(cast, karin):
    task(karin, cast.child("alva"), kind="sip_summon")
    task(karin, cast.child("omar"), kind="follow_up")
    found = queries.worklist(karin, TEAM)
    assert found.kinds == ("follow_up", "sip_summon")
    assert found.municipalities == (("1490", "Borås"),)


@pytest.mark.parametrize(("order", "expected"), [("due_last", [5, 0]), ("", [0, 5])])
def test_other_orders(cast, karin, order, expected):
    made = {days: task(karin, cast.child(name), days) for name, days in (("alva", 5), ("omar", 0))}
    assert rows(karin, Filters(view="team", order=order)) == [made[days] for days in expected]


def test_pages_of_fifty(cast, karin):
    for n in range(53):
        task(karin, new_child(cast, karin, n), n)
    first = queries.worklist(karin, TEAM)
    assert (len(first.rows), first.total, first.pages) == (50, 53, 2)
    second = queries.worklist(karin, TEAM, page=2)
    assert len(second.rows) == 3
    assert not {row.task.pk for row in first.rows} & {row.task.pk for row in second.rows}
    for odd in (3, 99):
        assert queries.worklist(karin, TEAM, page=odd).page == 2
    for odd in (0, -1):
        assert queries.worklist(karin, TEAM, page=odd).page == 1


def test_it_asks_as_much_for_fifty_children_as_for_one(cast, karin):
    counts = []
    # The very first act in a new database also makes the heads of the access log.
    task(karin, cast.child("alva"))
    queries.worklist(karin, TEAM)
    for n in (1, 60):
        for m in range(n):
            task(karin, new_child(cast, karin, 100 * n + m), m)
        with CaptureQueriesContext(connection) as asked:
            found = queries.worklist(karin, TEAM)
            _ = [(row.task.child.name, row.task.child.municipality, row.task.assignee) for row in found.rows]
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 7  # the tasks, the page, and the five of the access log


def test_each_child_on_the_page_is_logged_as_listed(cast, karin):
    for name in ("alva", "omar"):
        task(karin, cast.child(name))
    queries.worklist(karin, TEAM)
    logged = AccessLogRow.objects.filter(what="worklist")
    assert {row.child_id for row in logged} == {cast.child("alva").pk, cast.child("omar").pk}
    assert {row.action for row in logged} == {"list"}


def test_the_tasks_of_one_child_soonest_first(cast, karin):
    alva = cast.child("alva")
    later, sooner = task(karin, alva, 5), task(karin, alva, 1)
    assert queries.tasks_of(karin, alva) == [sooner, later]
    assert queries.tasks_of(cast.actor("jonas"), alva) == []


@pytest.mark.parametrize("subject", ["maria", "alva", "nils", "petra", "ann"])
def test_whoever_has_no_worklist_has_none(cast, karin, subject):
    task(karin, cast.child("alva"))
    assert rows(cast.actor(subject)) == []


def test_handing_over_to_a_colleague_and_back(cast, karin):
    made = task(karin, cast.child("alva"))
    assert commands.assign_tasks(by=karin, task_ids=[made.pk], person_id=cast.eva.pk) == [made.pk]
    assert rows(cast.actor("eva"), Filters(view="mine")) == [made]
    commands.assign_tasks(by=karin, task_ids=[made.pk], person_id=None)
    assert rows(karin, Filters(view="unassigned")) == [made]
    assert AccessLogRow.objects.filter(what="task.assign").count() == 2


def test_nobody_hands_over_what_is_not_theirs(cast, karin):
    made = task(karin, cast.child("alva"))
    assert commands.assign_tasks(by=karin, task_ids=[made.pk], person_id=cast.jonas.pk) == []
    assert commands.assign_tasks(by=cast.actor("jonas"), task_ids=[made.pk], person_id=cast.jonas.pk) == []
    with pytest.raises(PermissionDenied):
        commands.assign_tasks(by=cast.actor("dina"), task_ids=[made.pk], person_id=None)
    made.refresh_from_db()
    assert made.assignee_id is None


def test_only_whoever_has_the_ball_is_reminded(cast, karin):
    ours = task(karin, cast.child("alva"))
    theirs = task(karin, cast.child("omar"), ball="family")
    assert commands.remind(by=karin, task_ids=[ours.pk, theirs.pk]) == [theirs.pk]
    theirs.refresh_from_db()
    assert theirs.reminded_at == karin.now


def test_an_open_task_is_moved_and_not_doubled(cast, karin):
    made = task(karin, cast.child("alva"))
    about = {"kind": made.kind, "child_id": made.child_id, "subject": made.subject}
    moved = commands.open_task(by=karin, due_on=karin.today + timedelta(days=9), ball="family", **about)
    assert (moved.pk, moved.ball) == (made.pk, "family")
    commands.close_tasks(by=karin, subject=made.subject)
    again = commands.open_task(by=karin, due_on=karin.today, **about)
    assert again.pk != made.pk
    assert Task.objects.filter(subject=made.subject).count() == 2


def test_closing_some_and_leaving_the_rest(cast, karin):
    alva, subject = cast.child("alva"), uuid4()
    units = [cast.unit(key).pk for key in ("skola-boras-1", "elevhalsa-boras")]
    for unit_id in units:
        for kind in ("a", "b"):
            commands.open_task(
                by=karin, kind=kind, child_id=alva.pk, due_on=karin.today, subject=subject, unit_id=unit_id
            )
    assert commands.close_tasks(by=karin, subject=subject, kinds=("a",), unit_ids=units[:1], result="ja") == 1
    done = Task.objects.get(done_at__isnull=False)
    assert (done.kind, done.unit_id, done.result, done.done_by_id) == ("a", units[0], "ja", karin.person_id)
    assert commands.close_tasks(by=karin, subject=subject) == 3


def test_exactly_the_wanted_tasks_stand(cast, karin):
    subject, alva = uuid4(), cast.child("alva")
    about = {"by": karin, "child_id": alva.pk, "unit_id": karin.unit_id, "subject": subject}
    due = {"due_on": karin.today}
    commands.set_tasks(**about, wanted={"a": due, "b": due})
    commands.set_tasks(**about, wanted={"b": {"due_on": karin.today + timedelta(days=1)}, "c": due})
    standing = Task.objects.filter(subject=subject, done_at__isnull=True).order_by("kind")
    assert [(one.kind, (one.due_on - karin.today).days) for one in standing] == [("b", 1), ("c", 0)]
    commands.set_tasks(**about, wanted={})
    assert not Task.objects.filter(subject=subject, done_at__isnull=True).exists()
