"""Municipalities beside each other: in the order of the alphabet, no judgement, and one scale for all."""

import pytest

from kring.followup.presenters import places as words
from kring.followup.rules.places import Stand
from tests.unit.followup.by_hand import calculation, cell, indicator, row_of_years

NAMES = {"1440": "Ale", "1489": "Alingsås", "1490": "Borås", "1480": "Göteborg"}
REGION = cell(2024, 10.0, n=10_000, x=1000)


def told(code: str, x: int, n: int, year: int = 2024, **fields):
    return cell(year, 100 * x / n, municipality=code, x=x, n=n, **fields)


def compared(*cells, **definition):
    return words.comparison(indicator(REGION, *cells, **definition), NAMES)


def test_every_municipality_has_its_row_in_the_given_order_told_or_not():
    found = compared(
        told("1480", 500, 5000), told("1440", 10, 100), cell(2024, status="few", municipality="1490")
    )
    assert [row.label for row in found.rows] == ["Ale", "Alingsås", "Borås", "Göteborg"]
    assert [row.told.absent for row in found.rows] == [
        "",
        "Uppgift saknas",
        "Färre än 5, eller dolt för att skydda",
        "",
    ]
    assert found.rows[0].href == "/siffror/kommuner/1440/"


@pytest.mark.parametrize(
    ("x", "note", "tone"),
    [
        (50, "Inom gränserna – skillnaden kan vara slump.", ""),
        (65, "Högre än regionen, men det kan vara slump.", ""),
        (100, "Högre än regionen, mer än slump.", "warn"),
        (35, "Lägre än regionen, men det kan vara slump.", ""),
        (10, "Lägre än regionen, mer än slump.", "warn"),
    ],
)
def test_a_row_says_whether_it_is_more_than_chance(x, note, tone):
    (row, *_) = compared(told("1440", x, 500)).rows
    assert (row.note, row.tone) == (note, tone)


def test_a_row_that_is_not_told_says_nothing_of_chance():
    found = compared(cell(2024, status="few", municipality="1440"))
    assert found.rows[0].note == ""
    assert found.notes == ["Ingen kommun går att jämföra med regionen: talen är för små."]


def test_a_region_that_is_not_told_compares_nobody():
    hidden = cell(2024, status="few")
    found = words.comparison(indicator(hidden, told("1440", 10, 100)), NAMES)
    assert {row.note for row in found.rows} == {""}
    assert found.funnel is None


def test_the_notes_say_how_much_chance_makes():
    cells = [told(code, 10, 100) for code in NAMES]
    assert compared(*cells).notes == ["Av 4 jämförelser hamnar ungefär 0 utanför gränserna av ren slump."]


def test_places_that_differ_much_more_than_chance_are_said_to():
    names = {str(code): f"Kommun {code}" for code in range(20)}
    cells = [told(code, 40 if int(code) % 2 else 160, 1000) for code in names]
    found = words.comparison(indicator(REGION, *cells), names)
    assert "Kommunerna skiljer sig i stort mer än slumpen förklarar." in found.notes[1]


@pytest.mark.parametrize(("kind", "drawn"), [("ShareOfRows", True), ("Rate", False), ("Wait", False)])
def test_only_shares_have_a_funnel(kind, drawn):
    cells = [told(code, 10, 100) for code in NAMES]
    assert (compared(*cells, kind=kind).funnel is not None) is drawn


def test_a_funnel_of_two_places_says_nothing():
    assert compared(told("1440", 10, 100), told("1489", 10, 100)).funnel is None


def test_a_funnel_names_only_who_is_beyond_chance_and_marks_without_judging():
    cells = [told("1440", 10, 100), told("1489", 12, 100), told("1490", 200, 500), told("1480", 500, 5000)]
    drawn = compared(*cells).funnel
    assert [label.text for label in drawn.named] == ["Borås"]
    assert [mark.kind for mark in drawn.marks].count("neutral") == 1
    assert {mark.kind for mark in drawn.marks} == {"neutral", "common"}
    assert {line.kind for line in drawn.lines} >= {"usual", "strict", "mean"}
    assert "Alla värden står i tabellen." in drawn.description


@pytest.mark.parametrize("synthetic", [True, False])
def test_a_funnel_of_made_up_figures_says_so(synthetic):
    cells = [told(code, 10, 100) for code in NAMES]
    one = indicator(REGION, *cells, made=calculation(synthetic=synthetic))
    drawn = words.comparison(one, NAMES).funnel
    assert ("Syntetiska uppgifter" in drawn.description) is synthetic


def test_the_small_charts_share_a_scale_and_say_their_figure():
    high = [told("1440", 20, 100, year) for year in range(2013, 2025)]
    low = [told("1489", 5, 100, year) for year in range(2013, 2025)]
    found = compared(*high, *low)
    ale, alingsas, boras, _ = found.small
    assert (ale.told, alingsas.told, boras.told) == ("20", "5", "Uppgift saknas")
    # One lies on the upper edge and the other on the lower, as the scale is the same.
    assert ale.path.startswith("M3 3")
    assert alingsas.path.startswith("M3 33")
    assert boras.path == ""


def test_the_region_s_line_stays_inside_the_small_charts():
    far = [cell(year, 90.0) for year in range(2013, 2025)]
    near = [told("1440", 10 + year % 2, 100, year) for year in range(2013, 2025)]
    found = words.comparison(indicator(*far, *near), NAMES)
    assert found.region_path.startswith("M3 3")


def test_nobody_told_still_draws_the_page():
    found = words.comparison(indicator(), NAMES)
    assert len(found.rows) == len(found.small) == len(NAMES)
    assert found.region_path == ""


class TestStandardised:
    MORE = {"standardised": 8.0, "standardised_lower": 6.0, "standardised_upper": 10.5}

    def test_rates_are_also_told_with_the_region_s_ages_and_sexes(self):
        found = compared(told("1440", 10, 100, more=self.MORE), kind="Rate")
        (row,) = found.standardised
        assert (row.label, row.told.value, row.told.interval) == ("Ale", "8,0", "6,0–10,5")

    def test_where_too_few_are_counted_there_is_no_row(self):
        assert compared(told("1440", 10, 100), kind="Rate").standardised == []

    def test_a_hidden_cell_stays_hidden(self):
        hidden = cell(2024, status="few", municipality="1440", more={})
        assert compared(hidden, kind="Rate").standardised == []

    def test_a_share_is_never_recounted(self):
        assert compared(told("1440", 10, 100, more=self.MORE)).standardised == []


class TestOnePlace:
    def test_each_indicator_stands_beside_the_region(self):
        one = indicator(REGION, told("1440", 100, 500), unit="procent")
        (row,) = words.of_place([one], "1440")
        assert (row.told.value, row.region, row.tone) == ("20", "10", "warn")
        assert row.stand == "Högre än regionen, mer än slump."
        assert row.href == "/siffror/not-brought/kommuner/1440/"

    @pytest.mark.parametrize("status", ["few", "missing", "not_applicable"])
    def test_what_is_not_told_is_said_on_both_sides(self, status):
        one = indicator(cell(2024, status=status), cell(2024, status=status, municipality="1440"))
        (row,) = words.of_place([one], "1440")
        assert row.told.absent == row.region != ""
        assert row.stand == ""

    def test_an_older_year_is_not_shown_as_this_one(self):
        one = indicator(REGION, told("1440", 100, 500, 2023))
        (row,) = words.of_place([one], "1440")
        assert row.told.absent == "Uppgift saknas"

    def test_its_line_and_the_region_s_are_on_one_scale(self):
        region = row_of_years([10.0] * 12)
        here = [told("1440", 20, 100, year) for year in range(2013, 2025)]
        (row,) = words.of_place([indicator(*region, *here)], "1440")
        assert row.path.startswith("M3 3L")
        assert row.region_path.startswith("M3 33L")

    def test_the_others_are_a_choice_away(self):
        found = words.every_place(NAMES, "1490")
        assert [one["label"] for one in found] == list(NAMES.values())
        assert [one["current"] for one in found] == [False, False, True, False]


@pytest.mark.parametrize("stand", Stand)
def test_only_more_than_chance_is_marked(stand):
    assert (stand in words.MARKS) is (stand in words.TONES) is (stand in (Stand.HIGH, Stand.LOW))
