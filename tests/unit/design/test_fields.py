"""A day in three boxes: what people write, and what they are told."""

from datetime import date, time

import pytest
from django import forms
from django.core.validators import MinValueValidator
from hypothesis import given
from hypothesis import strategies as st

from kring.design.fields import ClockField, DayBoxes, DayField, month_number, read_day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("01", 1),
        ("12", 12),
        (" 3 ", 3),
        ("mars", 3),
        ("Mars", 3),
        ("MAR", 3),
        ("jan.", 1),
        ("sept", 9),
        ("december", 12),
        ("aug", 8),
        ("maj", 5),
        ("jul", 7),
        ("juni", 6),
    ],
)
def test_a_month_is_read(text: str, number: int) -> None:
    assert month_number(text) == number


@pytest.mark.parametrize("text", ["", "m", "ma", "ju", "tolv", "mars månad", "-1", "1.5"])
def test_a_month_is_not_guessed(text: str) -> None:
    assert month_number(text) is None


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (("24", "11", "2026"), date(2026, 11, 24)),
        (("1", "mars", "2026"), date(2026, 3, 1)),
        ((" 29 ", "feb", " 2028 "), date(2028, 2, 29)),
    ],
)
def test_a_day_is_read(parts: tuple[str, str, str], day: date) -> None:
    assert read_day(parts) == day


@pytest.mark.parametrize(
    "parts",
    [
        ("29", "2", "2026"),
        ("31", "4", "2026"),
        ("0", "1", "2026"),
        ("1", "13", "2026"),
        ("1", "1", "26"),
        ("x", "1", "2026"),
        ("1", "", "2026"),
        ("", "1", "2026"),
        ("1", "1", ""),
        ("1", "1", None),
        ("²", "1", "2026"),
        ("31", "12", "1899"),
        ("1", "1", "2200"),
        ("1", "1", "0001"),
        ("31", "12", "9999"),
        ("1", "1", "0000"),
    ],
)
def test_what_is_no_day_is_none(parts: tuple[str | None, ...]) -> None:
    assert read_day(parts) is None


MONTH_NAMES = [
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
]
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(days, st.sampled_from(["number", "nought", "name", "capitals", "short"]), st.sampled_from(["", " "]))
def test_every_day_is_read_in_every_way_it_is_written(day, way, space):
    """ux.md c6: «three boxes (dag, månad, år), month names accepted»."""
    name = MONTH_NAMES[day.month - 1]
    month = {
        "number": str(day.month),
        "nought": f"{day.month:02}",
        "name": name,
        "capitals": name.upper(),
        "short": f"{name[:3]}.",
    }[way]
    assert read_day([f"{day.day}{space}", month, f"{space}{day.year}"]) == day


@given(days)
def test_a_known_day_that_is_sent_back_unchanged_is_the_same_day(day):
    assert DayField().clean(DayBoxes().decompress(day)) == day


@pytest.mark.parametrize("words", ["ogiltig", "felaktig", "vänligen", "tyvärr", "oops"])
def test_nothing_that_is_told_of_a_day_has_a_forbidden_word(words):
    """ux.md c5: the forbidden words."""
    for told in DayField.default_error_messages.values():
        assert words not in str(told).lower()


class MeetingForm(forms.Form):
    day = DayField(label="När?", example="3 12 2026")
    other = DayField(
        required=False, validators=[MinValueValidator(date(2026, 1, 1), "Ange en dag efter nyår.")]
    )


def posted(**values: str) -> MeetingForm:
    return MeetingForm(values)


@given(st.lists(st.none() | st.text(), max_size=3).map(lambda parts: (parts + [None] * 3)[:3]))
def test_whatever_is_written_is_a_day_or_asked_for_again(parts):
    form = posted(**{f"other_{place}": part for place, part in enumerate(parts) if part is not None})
    told = form.errors.get("other", [])
    assert told in ([], ["Ange ett datum som finns, till exempel 24 11 2026."], ["Ange en dag efter nyår."])
    assert bool(told) is (read_day(parts) is None and any((part or "").strip() for part in parts)) or (
        told == ["Ange en dag efter nyår."]
    )


def test_three_boxes_become_a_day() -> None:
    form = posted(day_0="24", day_1="nov", day_2="2026")
    assert form.is_valid()
    assert form.cleaned_data == {"day": date(2026, 11, 24), "other": None}


def test_an_empty_day_is_asked_for_with_an_example() -> None:
    assert posted().errors == {"day": ["Ange datum, till exempel 3 12 2026."]}


def test_a_day_that_does_not_exist_tells_the_fix_once() -> None:
    form = posted(day_0="31", day_1="2", day_2="2026")
    assert form.errors["day"] == ["Ange ett datum som finns, till exempel 3 12 2026."]


def test_own_validators_run() -> None:
    form = posted(day_0="1", day_1="1", day_2="2026", other_0="1", other_1="1", other_2="2025")
    assert form.errors == {"other": ["Ange en dag efter nyår."]}


def test_what_was_written_stays_in_the_boxes() -> None:
    boxes = posted(day_0="31", day_1="2", day_2="")["day"].subwidgets[0].data["subwidgets"]
    assert [box["value"] for box in boxes] == ["31", "2", None]


def test_a_known_day_is_shown_in_its_boxes() -> None:
    assert DayBoxes().decompress(date(2026, 11, 4)) == ["4", "11", "2026"]
    assert DayBoxes().decompress(None) == [None, None, None]


def test_the_group_is_named_by_its_legend() -> None:
    assert MeetingForm()["day"].id_for_label == ""
    assert MeetingForm()["day"].use_fieldset


@pytest.mark.parametrize("text", ["10.00", "10:00", "10"])
def test_a_time_of_day_is_read_as_people_write_it(text: str) -> None:
    assert ClockField().clean(text) == time(10, 0)


@pytest.mark.parametrize("text", ["", "tio", "25.00", "10.75", "10.00.00.00"])
def test_what_is_no_time_of_day_tells_the_fix(text: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"till exempel 10\.00"):
        ClockField().clean(text)
