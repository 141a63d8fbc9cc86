"""A chart that is kept as plain data comes back as it was, also when charts have changed meanwhile."""

import json

from kring.design import charts
from kring.followup.presenters import indicator
from kring.reports.rules.shape import drawn, kept
from tests.unit.followup import by_hand


def some_chart() -> charts.Chart:
    found = indicator.chart(
        by_hand.indicator(*by_hand.row_of_years([6, 7, None, 5, 6, 7, 6, 5, 6, 7, 6, 12]))
    )
    assert found
    return found


def through_the_database(chart: charts.Chart | None):
    return json.loads(json.dumps(kept(chart)))


def test_a_chart_comes_back_as_it_was():
    assert drawn(through_the_database(some_chart())) == some_chart()


def test_no_chart_comes_back_as_none():
    assert drawn(through_the_database(None)) is None


def test_what_charts_no_longer_have_is_left_out_and_what_is_new_is_empty():
    told = through_the_database(some_chart()) | {"an_old_field": [1, 2]}
    del told["named"]
    again = drawn(told)
    assert again is not None
    assert again.named == ()
    assert again.lines == some_chart().lines
