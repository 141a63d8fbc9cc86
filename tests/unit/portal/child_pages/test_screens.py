"""One idea a screen: which part of a page the smallest meet."""

import pytest

from kring.portal.child_pages.presenters.plan import PlanPage, plan_parts
from kring.portal.child_pages.presenters.screens import at_part, screen
from kring.portal.child_pages.rules import EARLY, MIDDLE, YOUNG

PARTS = ["a", "b", "c"]


@pytest.mark.parametrize(
    ("wanted", "shown", "back", "onward"),
    [
        ("", ["a"], "", "?del=2"),
        ("1", ["a"], "", "?del=2"),
        ("2", ["b"], "?del=1", "?del=3"),
        ("3", ["c"], "?del=2", ""),
        ("4", ["c"], "?del=2", ""),
        ("0", ["a"], "", "?del=2"),
        ("-1", ["a"], "", "?del=2"),
        ("två", ["a"], "", "?del=2"),
        ("²", ["a"], "", "?del=2"),
        ("9" * 5000, ["a"], "", "?del=2"),
    ],
)
def test_the_smallest_meet_one_part_at_a_time(wanted, shown, back, onward):
    now = screen(PARTS, EARLY, wanted)
    assert (now.shown, now.back, now.onward) == (shown, back, onward)
    assert now.ends is (onward == "")


@pytest.mark.parametrize("mode", [MIDDLE, YOUNG])
def test_others_meet_the_whole_page(mode):
    now = screen(PARTS, mode, "2")
    assert (now.shown, now.last, now.back, now.onward) == (PARTS, 1, "", "")


@pytest.mark.parametrize("parts", [[], ["a"]])
def test_one_part_needs_no_turning(parts):
    assert screen(parts, EARLY, "7").last == 1


@pytest.mark.parametrize(
    ("wanted", "to"), [("2", "/plan/?del=2"), ("", "/plan/"), ("x", "/plan/"), ("1" * 9, "/plan/")]
)
def test_a_form_leads_back_to_the_part_it_stood_on(wanted, to):
    assert at_part("/plan/", wanted) == to


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        (PlanPage(exists=True, matters="Rita"), ["matters", "soon"]),
        (PlanPage(exists=True, version="v", goals=["g", "h"]), ["goal", "goal", "end"]),
        (PlanPage(exists=True, matters="x", version="v", others=["o"]), ["matters", "others", "end"]),
    ],
)
def test_the_plan_one_idea_at_a_time(page, kinds):
    parts = plan_parts(page)
    assert [one.kind for one in parts] == kinds
    assert [one.number for one in parts if one.kind == "goal"] == list(range(1, kinds.count("goal") + 1))
