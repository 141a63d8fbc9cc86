"""A day in three boxes: every month however it is begun, every day of the calendar, and no guessing."""

from datetime import date, timedelta

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from kring.design.fields import MONTHS, DayBoxes, DayField, month_number, read_day

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
spaces = st.sampled_from(["", " ", "  ", "\t"])
styles = st.sampled_from([str.lower, str.upper, str.capitalize])

# The shortest beginnings that can mean one month only.
SHORTEST = {
    "januari": "jan",
    "februari": "feb",
    "mars": "mar",
    "april": "apr",
    "maj": "maj",
    "juni": "jun",
    "juli": "jul",
    "augusti": "aug",
    "september": "sep",
    "oktober": "okt",
    "november": "nov",
    "december": "dec",
}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (name[:length], at)
        for at, (name, shortest) in enumerate(SHORTEST.items(), 1)
        for length in range(len(shortest), len(name) + 1)
    ],
)
def test_every_beginning_of_a_month_s_name_from_three_letters(text, number):
    assert month_number(text) == month_number(f" {text.upper()}. ") == number


@pytest.mark.parametrize("text", [name[:length] for name in SHORTEST for length in (1, 2)])
def test_two_letters_are_not_enough(text):
    assert month_number(text) is None


def test_the_months_are_twelve_in_order():
    assert list(MONTHS) == list(SHORTEST)


@pytest.mark.parametrize("number", range(100))
def test_a_number_of_one_or_two_digits_is_read_as_it_stands(number):
    """Whether there is such a month is for the calendar to say."""
    assert month_number(str(number)) == month_number(f"{number:02}") == number


@pytest.mark.parametrize("text", ["003", "100", "1 2", "3:e", "marsch", "mar s", "ars", "+3", "٣٣٣", "junii"])
def test_what_is_no_month(text):
    assert month_number(text) is None


@given(days, spaces, spaces, styles)
def test_every_day_of_the_calendar_is_read_in_each_way_of_writing(day, before, after, style):
    for month in (str(day.month), f"{day.month:02}", style(MONTHS[day.month - 1])):
        parts = (f"{before}{day.day}{after}", f"{before}{month}{after}", f"{before}{day.year}{after}")
        assert read_day(parts) == day


@given(days)
def test_what_is_shown_in_the_boxes_is_read_back(day):
    assert read_day(DayBoxes().decompress(day)) == day


@given(st.tuples(*[st.none() | st.text(max_size=5)] * 3))
def test_whatever_is_typed_is_a_day_or_nothing(parts):
    day = read_day(parts)
    assert day is None or str(day.year).zfill(4) == f"{int((parts[2] or '').strip()):04}"


@pytest.mark.parametrize(
    ("month", "last"),
    [(1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30)]
    + [(7, 31), (8, 31), (9, 30), (10, 31), (11, 30), (12, 31)],
)
def test_the_last_day_of_each_month_is_a_day_and_the_next_is_none(month, last):
    assert read_day((str(last), str(month), "2026")) == date(2026, month, last)
    assert read_day((str(last + 1), str(month), "2026")) is None


@pytest.mark.parametrize(
    ("year", "is_day"), [("2024", True), ("2025", False), ("2000", True), ("1900", False), ("2100", False)]
)
def test_a_leap_day_is_one_in_a_leap_year(year, is_day):
    assert (read_day(("29", "feb", year)) is not None) is is_day


@pytest.mark.parametrize("year", ["26", "026", "02026", "20 26", "-026", "2026.", "0000"])
def test_a_year_is_four_digits_and_not_guessed(year):
    assert read_day(("1", "1", year)) is None


# The field


def cleaned(required: bool, *parts: str | None, **more: object):
    return DayField(required=required, example="24 11 2026", **more).clean(parts)


@pytest.mark.parametrize("parts", [(), ("", "", ""), (None, None, None), (" ", "\t", ""), (None, "", " ")])
def test_empty_boxes_are_no_day_or_asked_for(parts):
    assert cleaned(False, *parts) is None
    with pytest.raises(forms.ValidationError) as caught:
        cleaned(True, *parts)
    assert caught.value.code == "required"
    assert caught.value.messages == ["Ange datum, till exempel 24 11 2026."]


@pytest.mark.parametrize(
    "parts", [("24", "", ""), ("", "11", ""), ("", "", "2026"), ("24", "11", "26"), ("x", "y", "z")]
)
@pytest.mark.parametrize("required", [True, False])
def test_half_a_day_is_never_passed_over(parts, required):
    with pytest.raises(forms.ValidationError) as caught:
        cleaned(required, *parts)
    assert caught.value.code == "unreadable"
    assert caught.value.messages == ["Ange ett datum som finns, till exempel 24 11 2026."]


def test_a_whole_day_is_a_day_whether_asked_for_or_not():
    assert cleaned(True, "24", "11", "2026") == cleaned(False, "24", "11", "2026") == date(2026, 11, 24)


def test_what_a_field_does_not_accept_is_told_by_its_own_words():
    def not_on_sundays(day: date) -> None:
        if day.weekday() == 6:
            raise forms.ValidationError("Ange en vardag.")

    monday = date(2026, 11, 23)
    assert cleaned(True, "23", "11", "2026", validators=[not_on_sundays]) == monday
    sunday = monday - timedelta(days=1)
    with pytest.raises(forms.ValidationError, match="Ange en vardag"):
        cleaned(True, str(sunday.day), "11", "2026", validators=[not_on_sundays])


def test_the_example_is_a_likely_day_unless_another_is_given():
    assert DayField().example == "24 11 2026"
    assert DayField(example="3 12 2026").example == "3 12 2026"
