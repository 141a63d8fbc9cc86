"""The attack on a report's own tables finds what is there to be found, and nothing else."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.reports.rules.giving_back import given_back, reviewed, sums

WHOLE = ("", "", "")
A, B, C = (("14" + one, "", "") for one in ("01", "02", "03"))
GIRLS, BOYS = ("", "girl", ""), ("", "boy", "")
SQUARE = [WHOLE, GIRLS, BOYS, A, B, *((p[0], s[1], "") for p in (A, B) for s in (GIRLS, BOYS))]
"""Two places by two sexes, with every total."""


def table(*hidden, cells=(WHOLE, A, B, C), status="few"):
    return {key: status if key in hidden else "shown" for key in cells}


def test_every_total_stands_with_its_parts_once_for_each_way_to_divide_it():
    found = {(total, tuple(parts)) for total, parts in sums(SQUARE)}
    assert (WHOLE, (GIRLS, BOYS)) in found
    assert (WHOLE, (A, B)) in found
    assert (A, (("1401", "girl", ""), ("1401", "boy", ""))) in found
    assert len(found) == 6


def test_a_part_whose_total_is_not_told_at_all_belongs_to_no_sum():
    assert sums([A, B]) == []


@pytest.mark.parametrize("hidden", [A, B, C, WHOLE])
def test_what_is_hidden_alone_follows_from_the_others(hidden):
    assert given_back([WHOLE, A, B, C], {hidden}) == {hidden}


@pytest.mark.parametrize("hidden", list(combinations([A, B, C], 2)))
def test_two_hidden_parts_hide_each_other(hidden):
    assert given_back([WHOLE, A, B, C], set(hidden)) == set()


def test_a_whole_square_hides_its_corners_and_three_of_them_do_not():
    corners = SQUARE[5:]
    assert given_back(SQUARE, set(corners)) == set()
    assert given_back(SQUARE, set(corners[:3])) == set(corners[:3])


def test_a_difference_of_differences_is_found():
    """The total of a place is hidden, but follows from the places; then its girls from its boys."""
    girls = ("1401", "girl", "")
    assert given_back(SQUARE, {A, girls}) == {A, girls}


@given(st.sets(st.sampled_from(SQUARE), min_size=1))
def test_what_is_given_back_was_hidden_and_more_hiding_never_gives_back_more(hidden):
    found = given_back(SQUARE, hidden)
    assert found <= hidden
    for more in set(SQUARE) - hidden:
        assert given_back(SQUARE, hidden | {more}) & hidden <= found | ({more} & hidden)


def test_cells_are_counted_by_why_they_are_not_told():
    table_2023 = {WHOLE: "shown", A: "few", B: "protected", C: "not_applicable"}
    table_2024 = dict.fromkeys((WHOLE, A, B, C), "missing")
    found = reviewed({2023: table_2023, 2024: table_2024}, {}, {})
    assert found.statuses == {"shown": 1, "few": 1, "protected": 1, "not_applicable": 1, "missing": 4}
    assert (found.hidden, found.recovered, found.told_before) == (2, 0, 0)


def test_nobody_to_count_is_told_so_one_more_hidden_cell_follows():
    found = reviewed({2024: {WHOLE: "shown", A: "few", B: "not_applicable"}}, {}, {})
    assert found.recovered == 1


def test_a_year_that_was_not_delivered_gives_nothing_back():
    assert reviewed({2024: table(A, status="missing")}, {}, {}).recovered == 0


def test_what_an_earlier_report_told_of_the_same_data_is_given_back():
    hidden = {2024: table(A, B)}
    assert reviewed(hidden, {}, {}).recovered == 0
    assert reviewed(hidden, {2023: {A}}, {}).recovered == 0
    assert reviewed(hidden, {2024: {C}}, {}).recovered == 0
    assert reviewed(hidden, {2024: {A}}, {}).recovered == 2, (
        "the one that was told, and the other that follows"
    )


def test_what_an_earlier_report_told_of_other_data_is_only_noted():
    found = reviewed({2024: table(A, B)}, {}, {2024: {A, C}, 2023: {B}})
    assert (found.recovered, found.told_before) == (0, 1)
