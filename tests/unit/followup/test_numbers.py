"""Figures in words: two decimals at most, thin spaces, four kinds of absence that no reader can mix up."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from kring.followup.presenters import numbers
from kring.followup.rules.statuses import HIDDEN

THIN = numbers.THIN


def cell(value=None, lower=None, upper=None, status="shown", n=120, x=15):
    return SimpleNamespace(value=value, lower=lower, upper=upper, status=status, n=n, x=x)


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [
        (0, "0", "0"),
        (0.25, "0,25", "0.25"),
        (4.128, "4,13", "4.13"),
        (12.34, "12,3", "12.3"),
        (135.4, "135", "135"),
        (371316, f"371{THIN}316", "371,316"),
        (-2.5, "−2,50", "−2.50"),
        (38.0, "38", "38"),
    ],
)
def test_a_number_in_the_reader_s_language(value, swedish, english):
    assert numbers.number(value) == swedish
    with translation.override("en"):
        assert numbers.number(value) == english


@pytest.mark.parametrize(
    ("value", "lower", "upper", "told", "interval"),
    [
        (38, 36, 41, "38", "36–41"),
        (4.984, 4.7, 5.3, "4,98", "4,70–5,30"),
        (5.0, 4.96, 5.2, "5,00", "4,96–5,20"),
        (0.0, 0.0, 0.0196, "0,00", "0,00–0,02"),
        (12, 6, 23, "12", "6–23"),
        (140, 47, None, "140", "från 47"),
        (140, None, 300, "140", "högst 300"),
        (7.5, None, None, "7,50", ""),
    ],
)
def test_a_value_and_its_limits_are_written_alike(value, lower, upper, told, interval):
    shown = numbers.shown(cell(value, lower, upper))
    assert (shown.value, shown.interval, shown.absent) == (told, interval, "")
    assert (shown.n, shown.x) == ("120", "15")


@pytest.mark.parametrize("status", HIDDEN)
def test_what_is_hidden_is_words_and_nothing_else(status):
    shown = numbers.shown(cell(status=status))
    assert (shown.value, shown.interval, shown.n, shown.x) == ("", "", "", "")
    assert shown.absent
    assert shown.absent not in ("0", "–", "-")


def test_the_four_kinds_of_absence_have_four_words_and_four_marks():
    assert set(numbers.ABSENT) == set(numbers.SHORT) == set(HIDDEN)
    assert len({str(one) for one in numbers.ABSENT.values()}) == len(HIDDEN)
    assert len({str(one) for one in numbers.SHORT.values()}) == len(HIDDEN)


def test_a_cell_that_is_not_there_was_not_delivered():
    assert numbers.shown(None).status == "missing"


def test_a_median_that_half_have_not_reached_is_said_so():
    shown = numbers.shown(cell(None))
    assert shown.absent == "Går inte att räkna ut"
    assert shown.n == "120"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (38.2, "ungefär 38 av 100"),
        (1.0, "ungefär 1 av 100"),
        (0.4, "ungefär 4 av 1 000"),
        (0, "ungefär 0 av 100"),
    ],
)
def test_a_share_is_also_so_many_of_a_hundred(value, said):
    assert numbers.of_hundred(value) == said
