"""Every declared pair of colours is measured, light and dark (WCAG 2.2: 4.5 for text, 3 for shapes)."""

import re

import pytest

from kring.design.build import STATIC
from kring.design.palette import (
    CHART_MARKS,
    COMMON,
    CONCERN,
    IMPROVEMENT,
    INK,
    LATE,
    NEUTRAL_CHANGE,
    Mark,
    contrast,
    luminance,
)

THEME = (STATIC / "source" / "10-theme.css").read_text("utf-8")


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--k-([\w-]+): (#[0-9a-f]{6});", css))


LIGHT_CSS, DARK_CSS = THEME.split("@media (prefers-color-scheme: dark)")
LIGHT = colours(LIGHT_CSS)
DARK = LIGHT | colours(DARK_CSS)
PAIRS = re.findall(r"pair ([\w-]+) ([\w-]+) ([\d.]+)( light)?", THEME)
CASES = [
    pytest.param(scheme, *pair[:3], id=f"{name}: {pair[0]} on {pair[1]}")
    for pair in PAIRS
    for name, scheme in (("light", LIGHT), ("dark", DARK))
    if name == "light" or not pair[3]
]


@pytest.mark.parametrize(("scheme", "front", "back", "least"), CASES)
def test_a_pair_can_be_read(scheme: dict[str, str], front: str, back: str, least: str) -> None:
    assert contrast(scheme[front], scheme[back]) >= float(least)


def test_every_tone_with_a_ground_is_measured() -> None:
    measured = {(front, back) for front, back, *_rest in PAIRS}
    tones = [name for name in LIGHT if f"{name}-bg" in LIGHT]
    assert tones
    assert {(tone, f"{tone}-bg") for tone in tones} <= measured
    assert {("ink", f"{tone}-bg") for tone in tones} <= measured


def test_dark_answers_every_colour_that_light_has() -> None:
    same_in_both = {"apricot", "focus"}
    assert set(LIGHT) - set(colours(DARK_CSS)) <= same_in_both


def test_no_colour_is_written_outside_the_theme() -> None:
    allowed = {"#ffffff", "#000000", "#333333", "#999999", "#f7f0e4"}  # paper, and the tile under a picture
    for path in sorted((STATIC / "source").glob("**/*.css")):
        if path.name != "10-theme.css":
            assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text("utf-8"))) <= allowed, path.name


@pytest.mark.parametrize("mark", CHART_MARKS, ids=lambda mark: mark.word)
def test_a_chart_mark_is_seen_on_white(mark) -> None:
    assert contrast(mark.colour, "#ffffff") >= 4.5


def test_chart_marks_differ_in_shape_and_word() -> None:
    assert len({mark.shape for mark in CHART_MARKS}) == len(CHART_MARKS)
    assert len({mark.word for mark in CHART_MARKS}) == len(CHART_MARKS)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#000000", 21.0),
        ("#777777", "#ffffff", 4.48),
        (LATE, LATE, 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


def test_luminance_ends() -> None:
    assert luminance("#000000") == 0
    assert luminance("#ffffff") == pytest.approx(1)
    assert contrast(INK, "#ffffff") > 14


# The measure itself (WCAG 2.2, relative luminance and contrast ratio)


@pytest.mark.parametrize(
    ("colour", "light"),
    [
        ("#000000", 0.0),
        ("#ffffff", 1.0),
        ("#ff0000", 0.2126),
        ("#00ff00", 0.7152),
        ("#0000ff", 0.0722),
        ("#808080", 0.21586),
        # Ten of 255 lies under the knee of the curve, eleven above it.
        ("#0a0a0a", 0.0030353),
        ("#0b0b0b", 0.0033465),
    ],
)
def test_the_luminance_of_known_colours(colour: str, light: float) -> None:
    assert luminance(colour) == pytest.approx(light, rel=1e-4)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),  # the lightest grey that text may have on white
        ("#777777", "#ffffff", 4.48),
        ("#0072b2", "#ffffff", 5.19),
        ("#ff0000", "#00ff00", 2.91),
    ],
)
def test_the_contrast_of_known_pairs_whichever_comes_first(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(
    ("mark", "shape", "word"),
    [
        (IMPROVEMENT, "■", "Förbättring"),
        (CONCERN, "▲", "Försämring"),
        (NEUTRAL_CHANGE, "◆", "Förändring utan riktning"),
        (COMMON, "●", "Normal variation"),
    ],
)
def test_every_mark_has_a_shape_and_a_word(mark: Mark, shape: str, word: str) -> None:
    assert (mark.shape, mark.word) == (shape, word)
    assert mark in CHART_MARKS
