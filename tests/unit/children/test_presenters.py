"""Ages in words, and the bar on top of every page about a child."""

from datetime import date
from types import SimpleNamespace as Row
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.children.presenters import age, child_bar, months_between, short_age

TODAY = date(2026, 11, 16)


def bar(number: str = "201603122381", **fields):
    whole = {
        "name": "Alva Berg",
        "birth_date": date(2016, 3, 12),
        "communication": "Bildstöd",
        "protection": "none",
        "pk": UUID(int=7),
    }
    return child_bar(Row(**(whole | fields)), TODAY, number=number, coordinator="Karin", contact="BUM")


@pytest.mark.parametrize(
    ("born", "words", "short"),
    [
        (date(2016, 3, 12), "10 år 8 mån", "10 år"),
        (date(2016, 11, 16), "10 år", "10 år"),
        (date(2016, 11, 17), "9 år 11 mån", "9 år"),
        (date(2023, 11, 16), "3 år", "3 år"),
        (date(2023, 11, 17), "35 månader", "35 månader"),
        (date(2024, 10, 16), "25 månader", "25 månader"),
        (date(2026, 10, 16), "1 månad", "1 månad"),
        (date(2026, 11, 16), "0 månader", "0 månader"),
        (date(2027, 1, 1), "0 månader", "0 månader"),
    ],
)
def test_ages_in_words(born, words, short):
    assert (age(born, TODAY), short_age(born, TODAY)) == (words, short)


@given(st.dates(date(2000, 1, 1), date(2026, 11, 16)), st.dates(date(2026, 11, 16), date(2040, 1, 1)))
def test_nobody_grows_younger(born, later):
    assert 0 <= months_between(born, TODAY) <= months_between(born, later)


def test_the_bar_has_who_how_and_who_to_turn_to():
    found = bar()
    assert (found.name, found.age, found.number) == ("Alva Berg", "10 år 8 mån", "20160312-2381")
    assert (found.communication, found.coordinator, found.contact) == ("Bildstöd", "Karin", "BUM")
    assert found.protected == ""


@pytest.mark.parametrize("number", ["", "RES-1234", "12345678901", "20160312238X"])
def test_what_is_not_twelve_digits_is_shown_as_it_is(number):
    assert bar(number).number == number


def test_a_hidden_bar_tells_only_how_the_child_communicates():
    hidden = bar().hidden()
    assert (hidden.name, hidden.communication) == ("Barnet", "Bildstöd")
    assert (hidden.age, hidden.number, hidden.coordinator, hidden.contact) == ("", "", "", "")


@pytest.mark.parametrize("protection", ["flag", "registration", "assumed_name"])
def test_a_protected_childs_bar_says_what_may_not_be_told_and_names_no_unit(protection):
    found = bar(protection=protection)
    assert found.protected.startswith("Lämna inte ut adress")
    assert "skriv dem inte i fritext" in found.protected  # what Kring masks are fields, never words in a text
    assert found.contact == ""


def test_each_child_has_a_colour_of_its_own_among_six():
    assert {bar(pk=UUID(int=number)).tint for number in range(30)} == {1, 2, 3, 4, 5, 6}
