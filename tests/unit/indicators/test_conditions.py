"""Conditions and lists of codes: what may be said, what is filled in, and what a measure is counted from."""

import pytest

from indicators import catalogue, measures, selections
from indicators.conditions import AtLeast, Has, Holds, both, either
from indicators.measures import ShareOfChildren, ShareOfGroup, begins_with, is_in, listed, rows
from indicators.selections import CodeList

LISTED = rows("diagnosis", is_in("main", True), listed("code", "rare"))
MEASURE = ShareOfGroup(both(Has(LISTED), Holds(rows("arrangement"))), among=Has(rows("contact"), years=3))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Has(rows("contact"), years=2, different="unit"), "olika värden räknas inom ett år"),
        (lambda: Holds(rows("contact")), "tabellen contact säger inte när något slutar"),
    ],
)
def test_what_cannot_be_asked(make, says):
    with pytest.raises(ValueError, match=says):
        make()


def test_either_and_both():
    parts = Has(rows("contact")), Has(rows("diagnosis"))
    assert either(*parts) == AtLeast(1, parts)
    assert both(*parts) == AtLeast(2, parts)


def test_a_list_passes_nothing_until_it_is_filled_in():
    test = listed("code", "rare")
    assert not test.passes("F71")
    whole, beginnings = (selections.filled(test, {"rare": CodeList(("F71",), one)}) for one in (False, True))
    assert [whole.passes(code) for code in ("F71", "F710", "F7")] == [True, False, False]
    assert [beginnings.passes(code) for code in ("F71", "F710", "F7")] == [True, True, False]


def test_filling_in_reaches_every_part_and_changes_no_other():
    made = selections.filled(MEASURE, {"rare": CodeList(("Q21",), True)})
    (of,) = [one.of for one in selections.parts_of(made, Has) if one.of.table == "diagnosis"]
    assert of == rows("diagnosis", is_in("main", True), begins_with("code", "Q21"))
    assert made.among == MEASURE.among
    assert selections.filled(MEASURE, {"other": CodeList(("Q21",))}) == MEASURE


def test_what_a_measure_waits_for_and_is_counted_from():
    assert selections.lacking(MEASURE) == {"rare"}
    assert selections.lacking(selections.filled(MEASURE, {"rare": CodeList(())})) == set()
    assert selections.tables_of(MEASURE) == {"diagnosis", "arrangement", "contact"}


@pytest.mark.parametrize(
    ("measure", "years"),
    [(MEASURE, 2), (ShareOfChildren(rows("contact"), years=4), 3), (measures.Rate(rows("contact"), 1, 5), 0)],
)
def test_how_far_back_a_measure_looks(measure, years):
    assert measures.years_back(measure) == years


def test_only_one_definition_waits_for_a_list():
    waiting = [slug for slug in catalogue.slugs() if selections.lacking(catalogue.load(slug).measure)]
    assert waiting == ["complex_needs_codes"]
