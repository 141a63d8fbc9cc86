"""What the years say is right about chance: rows of years in, pattern, judgement and first year out."""

import pytest

from kring.followup.presenters import words
from kring.followup.rules.change import FEWEST, TRIAL, Judgement, Pattern, change

FLAT = [10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9]
NOTHING = [None] * 12
RISES = [9, 11, 8, 9, 10, 8, 9, 9.5, 10, 10.5, 11, 11.5, 12]
FALLS = [12, 11, 12, 11, 12, 11, 10.8, 10.6, 10.4, 10.2, 10, 9.8]
ABOVE = [8, 12, 7, 9, 10, 11, 10.9, 11.2, 10.8, 11.1, 10.9, 11]
BELOW = [12, 8, 13, 11, 10, 9, 9.1, 8.8, 9.2, 8.9, 9.1, 9]


def of(values, direction="down"):
    return change(range(2013, 2013 + len(values)), values, direction)


@pytest.mark.parametrize(
    ("values", "direction", "pattern", "judgement", "since"),
    [
        (FLAT, "down", Pattern.CHANCE, Judgement.NONE, None),
        ([*FLAT[:-1], 10.5], "down", Pattern.CHANCE, Judgement.NONE, None),
        ([*FLAT[:-1], 30], "down", Pattern.HIGH, Judgement.WORSE, 2024),
        ([*FLAT[:-1], 30], "up", Pattern.HIGH, Judgement.BETTER, 2024),
        ([*FLAT[:-1], 30], "none", Pattern.HIGH, Judgement.CHANGED, 2024),
        ([*FLAT[:-1], 0], "down", Pattern.LOW, Judgement.BETTER, 2024),
        ([*FLAT[:-1], 0], "up", Pattern.LOW, Judgement.WORSE, 2024),
        (RISES, "none", Pattern.RISING, Judgement.CHANGED, 2018),
        (FALLS, "down", Pattern.FALLING, Judgement.BETTER, 2017),
        (ABOVE, "up", Pattern.ABOVE, Judgement.BETTER, 2018),
        (BELOW, "up", Pattern.BELOW, Judgement.WORSE, 2018),
        (NOTHING, "down", Pattern.NOTHING, Judgement.NONE, None),
        ([*NOTHING[:-1], 30], "down", Pattern.TOO_FEW, Judgement.NONE, None),
        ([1, 2, 3, 99], "down", Pattern.TOO_FEW, Judgement.NONE, None),
    ],
)  # fmt: skip
def test_what_the_last_year_is_part_of(values, direction, pattern, judgement, since):
    found = of(values, direction)
    assert (found.pattern, found.judgement, found.since) == (pattern, judgement, since)


def test_one_year_up_is_never_called_a_change():
    """Noise alone, whatever its last step: no sentence of change."""
    for last in (9, 9.5, 10, 10.5, 11):
        assert words.in_words(of([*FLAT[:-1], last])) == "Åren skiljer sig inte mer än slumpen brukar göra."


@pytest.mark.parametrize(("told", "on_trial"), [(FEWEST, True), (TRIAL - 1, True), (TRIAL, False)])
def test_few_years_have_limits_on_trial(told, on_trial):
    found = of(FLAT[:told])
    assert found.on_trial is on_trial
    assert ("preliminära" in words.in_words(found)) is on_trial


def test_years_that_are_not_told_are_left_out_but_keep_their_place():
    found = of([10, None, 9, 11, None, 10, 9, 11])
    assert [year.year for year in found.years] == list(range(2013, 2021))
    assert [year.value for year in found.years] == [10, None, 9, 11, None, 10, 9, 11]
    assert found.years[1].judgement is Judgement.NONE
    assert not found.years[1].outside


def test_years_beyond_the_limits_are_named():
    assert of([*FLAT[:5], 30, *FLAT[6:]]).outside == [2018]
    assert of(FLAT).outside == []


@pytest.mark.parametrize("pattern", Pattern)
def test_every_pattern_has_its_sentence(pattern):
    assert str(words.PATTERNS[pattern]).endswith(".")
    assert ("%(since)s" in str(words.PATTERNS[pattern])) is (
        pattern not in (Pattern.NOTHING, Pattern.TOO_FEW, Pattern.CHANCE)
    )


@pytest.mark.parametrize(
    ("values", "direction", "said", "word"),
    [
        (
            [*FLAT[:-1], 30], "down",
            "Värdet är högre än vanligt sedan 2024. Det är mer än slump, och en försämring.",
            "Försämring (högre)",
        ),
        (
            [*FLAT[:-1], 0], "down",
            "Värdet är lägre än vanligt sedan 2024. Det är mer än slump, och en förbättring.",
            "Förbättring (lägre)",
        ),
        (
            [*FLAT[:-1], 30], "none",
            "Värdet är högre än vanligt sedan 2024. Det är mer än slump. "
            "Om det är bra eller dåligt går inte att säga av talet.", "Förändring (högre)",
        ),
        (FLAT, "down", "Åren skiljer sig inte mer än slumpen brukar göra.", "Normal variation"),
        (NOTHING, "down", "Inget år går att visa.", "För få år"),
        ([1, 2], "down", "Det finns för få år för att skilja en förändring från slump.", "För få år"),
    ],
)  # fmt: skip
def test_the_sentence_and_the_word_say_the_same(values, direction, said, word):
    found = of(values, direction)
    assert words.in_words(found) == said
    assert words.variation(found)[0] == word
