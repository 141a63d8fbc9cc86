"""The worklist's decisions, case by case and held against themselves: no database."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.timeline import urgency
from kring.timeline.models import Task
from kring.timeline.urgency import Open

TODAY = date(2026, 11, 16)
ME, SHE = UUID(int=1), UUID(int=2)


def task(number: int = 1, child: int = 1, days: int = 0, **fields) -> Open:
    plain = {
        "kind": "follow_up", "ball": "us", "assignee_id": ME, "guarded": False,
        "given_name": "Alva", "family_name": "Ek", "place_code": "1490", "place": "Borås",
    }  # fmt: skip
    about = {"pk": UUID(int=number), "child_id": UUID(int=child), "due_on": TODAY + timedelta(days=days)}
    return Open(**(plain | about | fields))


def numbers(tasks) -> list[int]:
    return [one.pk.int for one in tasks]


@pytest.mark.parametrize(
    ("fields", "views"),
    [
        ({}, {"mine", "team"}),
        ({"assignee_id": SHE}, {"team"}),
        ({"assignee_id": None}, {"team", "unassigned"}),
        ({"ball": "other"}, {"mine", "team", "waiting"}),
        ({"ball": "family", "assignee_id": None}, {"team", "waiting", "unassigned"}),
    ],
)
def test_which_tabs_a_task_stands_in(fields, views):
    assert {view for view in urgency.VIEWS if urgency.in_view(task(**fields), view, ME)} == views
    assert urgency.in_view(task(**fields), "unknown", ME)


@pytest.mark.parametrize(
    ("days", "ball", "counters"),
    [
        (-1, "us", {"overdue"}),
        (0, "us", {"today"}),
        (1, "us", {"week"}),
        (7, "us", {"week"}),
        (8, "us", set()),
        (-400, "other", {"overdue", "waiting"}),
        (0, "family", {"today", "waiting"}),
        (30, "family", {"waiting"}),
    ],
)
def test_which_counters_a_task_stands_in(days, ball, counters):
    one = task(days=days, ball=ball)
    assert {due for due in urgency.DUE if urgency.is_due(one, due, TODAY)} == counters
    assert urgency.count_due([one], TODAY) == {due: int(due in counters) for due in urgency.DUE}
    assert urgency.is_due(one, "unknown", TODAY)


def test_the_balls_that_wait_are_the_models_own():
    assert set(urgency.WAITING) == {Task.Ball.OTHER, Task.Ball.FAMILY}


@pytest.mark.parametrize(
    ("tasks", "first"),
    [
        ([], []),
        ([task(1, days=3), task(2, days=1), task(3, days=2)], [2]),
        ([task(2), task(1)], [1]),
        ([task(1, child=1, days=5), task(2, child=2, days=9)], [1, 2]),
        ([task(3, child=2), task(1, child=1, days=1), task(2, child=1)], [2, 3]),
    ],
)
def test_the_most_urgent_task_stands_for_its_child(tasks, first):
    assert sorted(numbers(urgency.first_of_each_child(tasks))) == first


@pytest.mark.parametrize(
    ("fields", "kind", "municipality", "left"),
    [
        ({}, "", "", True),
        ({}, "follow_up", "", True),
        ({}, "sip_start", "", False),
        ({}, "", "1490", True),
        ({}, "", "1480", False),
        ({}, "follow_up", "1480", False),
        ({"guarded": True}, "", "1490", False),
        ({"guarded": True}, "follow_up", "", True),
        ({"place_code": None, "place": None}, "", "1490", False),
    ],
)
def test_what_the_filters_leave(fields, kind, municipality, left):
    assert urgency.passes(task(**fields), kind, municipality) is left


NAMED = [
    task(1, child=1, days=2, given_name="Omar", family_name="Ali"),
    task(2, child=2, days=0, given_name="Alva", family_name="Ek"),
    task(3, child=3, days=0, given_name="Alva", family_name="Berg"),
    task(4, child=4, days=-9, given_name="Aaron", family_name="A", guarded=True),
    task(5, child=5, days=1, given_name="Öyvind", family_name="Ö", guarded=True),
]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", [4, 2, 3, 5, 1]),
        ("unknown", [4, 2, 3, 5, 1]),
        ("due_last", [1, 5, 2, 3, 4]),
        ("name", [3, 2, 1, 4, 5]),
        ("name_last", [1, 2, 3, 4, 5]),
    ],
)
def test_orders_and_that_a_guarded_childs_place_tells_nothing_of_its_name(order, expected):
    for tasks in (NAMED, NAMED[::-1]):
        assert numbers(urgency.ordered(tasks, order)) == expected
    renamed = [one._replace(given_name="Zeb", family_name="X") if one.guarded else one for one in NAMED]
    assert numbers(urgency.ordered(renamed, order)) == expected


def test_what_there_is_to_choose_among():
    tasks = [
        task(1, kind="sip_start"),
        task(2, place_code="1480", place="Göteborg"),
        task(3, place_code="1499", place="Ale", guarded=True),
        task(4, place_code=None, place=None),
    ]
    assert urgency.kinds_of(tasks) == ("follow_up", "sip_start")
    assert urgency.places_of(tasks) == (("1490", "Borås"), ("1480", "Göteborg"))
    assert urgency.kinds_of([]) == urgency.places_of([]) == ()


TASKS = st.lists(
    st.builds(
        task,
        number=st.integers(1, 400),
        child=st.integers(1, 8),
        days=st.integers(-20, 20),
        ball=st.sampled_from(["us", "other", "family"]),
        assignee_id=st.sampled_from([ME, SHE, None]),
        guarded=st.booleans(),
        kind=st.sampled_from(["a", "b"]),
    ),
    unique_by=lambda one: one.pk,
    max_size=30,
)


@given(TASKS, st.sampled_from(urgency.VIEWS))
def test_whatever_the_tasks_a_child_is_there_once_and_the_tab_says_so(tasks, view):
    shown = [one for one in tasks if urgency.in_view(one, view, ME)]
    first = urgency.first_of_each_child(shown)
    children = [one.child_id for one in first]
    assert len(children) == len(set(children)) == urgency.count_views(tasks, ME)[view]
    assert set(children) == {one.child_id for one in shown}
    of_child = urgency.count_of_child(shown)
    assert sum(of_child.values()) == len(shown)
    for one in first:
        assert not any(
            (other.due_on, other.pk) < (one.due_on, one.pk)
            for other in shown
            if other.child_id == one.child_id
        )


@given(TASKS, st.sampled_from(["", "due_last", "name", "name_last"]))
def test_an_order_is_total_and_loses_nobody(tasks, order):
    once = urgency.ordered(tasks, order)
    assert sorted(numbers(once)) == sorted(numbers(tasks))
    assert urgency.ordered(tasks[::-1], order) == once


@given(TASKS)
def test_the_counters_are_the_lengths_of_their_lists(tasks):
    first = urgency.first_of_each_child(tasks)
    listed = {due: [one for one in first if urgency.is_due(one, due, TODAY)] for due in urgency.DUE}
    assert urgency.count_due(first, TODAY) == {due: len(rows) for due, rows in listed.items()}
