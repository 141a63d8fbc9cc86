"""Reading what has been counted: the newest, whole rows of years, and a constant number of questions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from indicators import catalogue
from kring.followup import queries
from kring.followup.models import Calculation, Cell
from tests.cast import NOW
from tests.unit.followup import by_hand

pytestmark = pytest.mark.django_db


def made(hours: int = 0, **fields) -> Calculation:
    one = by_hand.calculation(made_at=NOW + timedelta(hours=hours), **fields)
    one.save()
    return one


def test_the_newest_is_the_one_that_is_shown(calculation):
    assert queries.latest() == calculation
    older, newer = made(-1), made(1)
    assert queries.latest() == newer
    assert queries.calculations()[0] == newer
    assert queries.calculations()[-1] == older


def test_only_the_last_ten_are_listed(calculation):
    for hours in range(1, 13):
        made(hours)
    assert len(queries.calculations()) == 10


def test_nothing_counted_is_nothing_to_show(db):
    Calculation.objects.all().delete()
    assert queries.latest() is None
    assert queries.counted_versions() == {}
    with pytest.raises(Http404):
        queries.latest_or_404()


def test_every_indicator_comes_with_its_cells_in_three_questions(calculation):
    with CaptureQueriesContext(connection) as asked:
        found = queries.indicators(calculation)
    assert len(asked) == 3
    assert sorted(one.result.slug for one in found) == catalogue.slugs()
    for one in found:
        assert [cell.year for cell in one.cells] == one.years == list(range(2012, 2025))
        assert {(cell.municipality, cell.sex, cell.age_band) for cell in one.cells} == {("", "", "")}


def test_they_stand_by_name(calculation):
    names = [one.result.definition["name"] for one in queries.indicators(calculation, queries.NOTHING)]
    assert names == sorted(names, key=queries.swedish)
    assert all(one.cells == () for one in queries.indicators(calculation, queries.NOTHING))


@pytest.mark.parametrize(
    ("chosen", "kinds"),
    [
        (queries.WHOLE, {(False, False, False)}),
        (queries.by_municipality(), {(False, False, False), (True, False, False)}),
        (queries.groups(), {(False, False, False), (False, True, False), (False, False, True)}),
        (
            queries.EVERY_CELL,
            {
                (False, False, False),
                (True, False, False),
                (False, True, False),
                (False, False, True),
                (True, True, False),
            },
        ),
        (Q(sex="girl", municipality=""), {(False, True, False)}),
    ],
)
def test_a_choice_of_cells_is_just_those_cells(calculation, chosen, kinds):
    one = queries.indicator(calculation, "adhd_in_care", chosen)
    found = {(bool(cell.municipality), bool(cell.sex), bool(cell.age_band)) for cell in one.cells}
    assert found == kinds


def test_one_municipality_beside_the_region(calculation):
    one = queries.indicator(calculation, "adhd_in_care", queries.of_municipality("1490"))
    assert {cell.municipality for cell in one.cells} == {"", "1490"}
    assert [cell.year for cell in one.series(municipality="1490")] == one.years
    assert one.series(municipality="1480") == []


def test_cells_come_in_the_same_order_each_time(calculation):
    first, second = (queries.indicator(calculation, "adhd_in_care", queries.EVERY_CELL) for _ in range(2))
    assert [cell.pk for cell in first.cells] == [cell.pk for cell in second.cells]
    keys = [(cell.year, cell.municipality, cell.sex, cell.age_band) for cell in first.cells]
    assert len(set(keys)) == len(keys)


def test_an_indicator_that_there_is_not(calculation):
    with pytest.raises(Http404):
        queries.indicator(calculation, "finns_inte")


def test_a_calculation_reads_only_its_own_cells(calculation):
    other = made(1, first_year=2024, last_year=2024)
    result = other.results.create(slug="adhd_in_care", version=2, definition={"name": "Annat"})
    Cell.objects.create(result=result, year=2024, status="shown", n=5, x=5, value=1.0)
    (only,) = queries.indicators(other)
    assert [cell.value for cell in only.cells] == [1.0]
    assert len(queries.indicator(calculation, "adhd_in_care").cells) == 13
    assert queries.counted_versions() == {"adhd_in_care": 2}


def test_the_municipalities_in_the_order_of_the_alphabet(calculation):
    names = list(queries.municipalities().values())
    assert len(names) == 49
    assert names[:2] == ["Ale", "Alingsås"]
    assert names[-2:] == ["Åmål", "Öckerö"]


def test_what_can_be_chosen_is_what_was_counted(calculation):
    offered = queries.names_of_indicators(calculation)
    assert sorted(slug for slug, _ in offered) == catalogue.slugs()
    assert dict(offered)["adhd_in_care"] == "Barn som har fått vård för adhd"


@pytest.mark.parametrize(("folder", "has"), [("", False), ("saknas", False), (".", True)])
def test_a_delivery_is_a_folder_that_is_there(settings, tmp_path, db, folder, has):
    settings.FOLLOW_UP_DATA = str(tmp_path / folder) if folder else ""
    assert queries.data_status().has_delivery is has


def test_the_state_of_the_data_is_asked_in_two_questions(calculation, settings):
    settings.FOLLOW_UP_DATA = ""
    with CaptureQueriesContext(connection) as asked:
        queries.data_status()
    assert len(asked) == 2
