"""What an indicator says first: the last year, how sure it is, what all years say, and nothing it cannot."""

import pytest

from kring.followup.presenters import indicator as words
from kring.followup.presenters import start
from tests.unit.followup.by_hand import calculation, cell, indicator, row_of_years

FLAT = [6.0, 6.2, 5.9, 6.1, 6.0, 5.8, 6.1, 6.0, 6.2, 5.9, 6.0, 6.1]


def headline(*cells, **definition):
    return words.headline(indicator(*cells, **definition))


def test_the_last_year_is_the_figure_that_is_told():
    told = headline(*row_of_years(FLAT))
    assert (told.value, told.unit, told.kind, told.year) == ("6,10", "procent", "andel", 2024)
    assert told.interval == "5,00–7,00"
    assert told.name == "Bokade besök som inte blev av"
    assert told.href == "/siffror/not-brought/"
    assert told.absent == ""


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("few", "Färre än 5, eller dolt för att skydda"),
        ("missing", "Uppgift saknas"),
        ("not_applicable", "Inga barn att räkna"),
        ("protected", "Skyddad ort – visas inte"),
    ],
)
def test_a_last_year_that_is_not_told_is_not_replaced_by_an_older_one(status, said):
    told = headline(*row_of_years(FLAT[:-1]), cell(2024, status=status))
    assert (told.value, told.interval, told.sure, told.about) == ("", "", "", "")
    assert told.absent == said
    assert told.year == 2024


def test_an_indicator_without_cells_says_nothing_it_does_not_know():
    told = headline()
    assert told.absent == "Uppgift saknas"
    assert told.words == "Inget år går att visa."
    assert told.icons.variation == "För få år"


@pytest.mark.parametrize(
    ("kind", "unit", "about", "sure", "middle"),
    [
        (
            "ShareOfChildren",
            "procent",
            "ungefär 6 av 100",
            "Räknat på 1 000, avrundat till närmaste 5.",
            "andel",
        ),
        (
            "StillWaiting",
            "procent",
            "ungefär 6 av 100",
            "Räknat på 1 000, avrundat till närmaste 5.",
            "andel",
        ),
        ("Continuity", "procent", "", "Räknat på 1 000, avrundat till närmaste 5.", "medelvärde"),
        ("Wait", "dagar", "", "Räknat på 1 000, avrundat till närmaste 5.", "median"),
        ("Spread", "enheter", "", "Räknat på 1 000, avrundat till närmaste 5.", "median"),
        ("Rate", "per 100 000 barn och år", "", "Räknat på 1 000 barnår.", "tal"),
    ],
)
def test_each_kind_of_figure_is_told_in_its_own_words(kind, unit, about, sure, middle):
    told = headline(*row_of_years(FLAT), kind=kind, unit=unit)
    assert told.about == about
    assert told.sure.replace("\N{NARROW NO-BREAK SPACE}", " ") == sure
    assert told.kind == middle
    assert told.unit == unit


@pytest.mark.parametrize(
    ("last", "direction", "variation", "tone"),
    [
        (6.1, "down", "Normal variation", "neutral"),
        (12.0, "down", "Försämring (högre)", "warn"),
        (12.0, "up", "Förbättring (högre)", "good"),
        (12.0, "none", "Förändring (högre)", "lock"),
        (0.5, "down", "Förbättring (lägre)", "good"),
        (0.5, "up", "Försämring (lägre)", "warn"),
    ],
)
def test_the_word_follows_the_direction(last, direction, variation, tone):
    told = headline(*row_of_years([*FLAT[:-1], last]), direction=direction)
    assert (told.icons.variation, told.icons.tone) == (variation, tone)
    assert told.icons.icon


def test_the_region_alone_is_told_not_its_parts():
    """Cells of places and groups stand beside the region's and never in its row of years."""
    others = [
        cell(2024, 99.0, municipality="1490"),
        cell(2024, 98.0, sex="girl"),
        cell(2024, 97.0, age_band="0-5"),
    ]
    assert headline(*row_of_years(FLAT), *others).value == "6,10"


def test_years_are_newest_first_and_marked_where_they_are_more_than_chance():
    one = indicator(*row_of_years([*FLAT[:-1], 12.0]))
    rows = words.years(one)
    assert [row.label for row in rows] == [str(year) for year in range(2024, 2012, -1)]
    assert rows[0].note == "Försämring, utanför gränserna"
    assert rows[-1].note != rows[0].note


def test_a_year_that_was_not_counted_is_missing_in_the_table():
    rows = words.years(indicator(*row_of_years(FLAT)[:-1]))
    assert rows[0].label == "2024"
    assert rows[0].told.absent == "Uppgift saknas"


def test_groups_are_of_the_last_year_girls_and_boys_first_then_from_the_youngest():
    bands = [cell(2024, 1.0, age_band=band) for band in ("13-17", "0-5", "6-12")]
    sexes = [cell(2024, 2.0, sex="boy"), cell(2024, 3.0, sex="girl"), cell(2023, 4.0, sex="girl")]
    rows = words.groups(indicator(*bands, *sexes))
    assert [row.label for row in rows] == ["Flickor", "Pojkar", "0–5 år", "6–12 år", "13–17 år"]
    assert [row.told.value for row in rows] == ["3", "2", "1", "1", "1"]


def test_a_group_of_sex_and_age_has_both():
    assert words.group_of(cell(2024, sex="boy", age_band="6-12")) == "Pojkar, 6–12 år"


def test_the_chart_says_what_the_sentence_says():
    one = indicator(*row_of_years([*FLAT[:-1], 12.0]))
    drawn = words.chart(one)
    assert drawn.title == f"{one.result.definition['name']}: {words.headline(one).words}"
    assert [mark.kind for mark in drawn.marks][-1] == "concern"
    assert [mark.title for mark in drawn.marks][-1] == "2024: 12"
    assert {label.text for label in drawn.named} == {"genomsnitt", "undre gräns", "övre gräns"}


def test_a_chart_of_few_years_has_no_limits():
    drawn = words.chart(indicator(*row_of_years([6.0, 7.0])))
    assert len(drawn.marks) == 2
    assert drawn.named == ()
    assert {line.kind for line in drawn.lines} == {"grid", "value"}


def test_no_chart_is_better_than_an_empty_one():
    assert words.chart(indicator(*row_of_years([None, None]))) is None
    assert words.chart(indicator()) is None


@pytest.mark.parametrize(("synthetic", "label"), [(True, "Syntetiska uppgifter"), (False, "")])
def test_made_up_figures_are_labelled_in_the_chart_the_citation_and_the_source(synthetic, label):
    one = indicator(*row_of_years(FLAT), made=calculation(synthetic=synthetic))
    drawn = words.chart(one)
    for text in (words.citation(one), drawn.description, " ".join(drawn.notes)):
        assert ("Syntetiska uppgifter" in text) is synthetic
    assert words.label(one.calculation) == label
    told = {row["label"]: row["value"] for row in words.source(one.calculation)}
    assert told["Uppgifterna är"] == ("påhittade (syntetiska)" if synthetic else "verkliga")


def test_the_citation_names_definition_data_and_day():
    assert words.citation(indicator()).strip() == (
        "Kring: Bokade besök som inte blev av, definition version 1, data 0123456789ab, räknat 2026-11-16."
    )


def test_where_the_figures_come_from():
    assert words.source(calculation()) == [
        {"label": "Källa", "value": "Regionens lager"},
        {"label": "Uppgifterna är", "value": "verkliga"},
        {"label": "År", "value": "2013–2024"},
        {"label": "Räknat", "value": "mån 16 nov 2026 kl. 10.00"},
        {"label": "Dataversion", "value": "0123456789ab"},
    ]


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Varför", "Därför."),
        ("Hur det räknas", "Så här."),
        ("Täljare", "Besök som inte blev av"),
        ("Nämnare", "Bokade besök"),
        ("Räknas inte", "Ingenting"),
        ("Tid och plats", "Kalenderåret"),
        ("Att tänka på", "Läs med eftertanke."),
        ("Riktning", "Lägre är bättre."),
        ("Version", "1, gäller från 1 januari 2026"),
        ("Ansvarig", "Samordningen"),
        ("Granskad av", "Ingen ännu"),
        ("Ses över senast", "1 november 2027"),
    ],
)
def test_everything_that_a_reader_must_know_of_a_measure_is_told(label, value):
    told = {row["label"]: row["value"] for row in words.meaning(indicator().result.definition)}
    assert told[label] == value


@pytest.mark.parametrize("slug", ["not_brought", "adhd_in_care", "one"])
def test_an_address_and_its_slug_are_each_other_s(slug):
    assert words.slug_of(words.address_of(slug)) == slug


def test_both_sides_of_a_wait():
    more = {
        "p90": 125.0,
        "within_limit_of_all": 42.5,
        "within_limit_of_those_who_came": 49.2,
        "did_not_come": 85.0,
    }
    one = indicator(cell(2024, 38.0, more=more), kind="Wait", unit="dagar", limit=30)
    assert words.both_sides(one) == [
        {"label": "Tills nio av tio hade kommit", "value": "125 dagar"},
        {"label": "Inom 30 dagar, av alla", "value": "42,5 procent"},
        {"label": "Inom 30 dagar, av dem som kom", "value": "49,2 procent"},
        {"label": "Hade inte kommit när året följdes upp", "value": "85"},
    ]


def test_both_sides_of_what_is_told_within_a_limit():
    """The value itself is the share of all; there is no day by which nine in ten had come."""
    more = {"within_limit_of_those_who_came": 71.0, "did_not_come": 30.0}
    one = indicator(cell(2024, 58.5, more=more), kind="Within", unit="procent", limit=21)
    assert words.both_sides(one) == [
        {"label": "Inom 21 dagar, av alla", "value": "58,5 procent"},
        {"label": "Inom 21 dagar, av dem som kom", "value": "71 procent"},
        {"label": "Hade inte kommit när året följdes upp", "value": "30"},
    ]


def test_the_other_side_is_not_told_when_it_is_small():
    assert words.both_sides(indicator(cell(2024, 58.5, more={}), kind="Within", limit=21)) == []


@pytest.mark.parametrize(
    "cells",
    [(), (cell(2024, status="few"),), (cell(2024, None),)],
)
def test_a_wait_that_is_not_told_has_no_sides(cells):
    assert words.both_sides(indicator(*cells, kind="Wait")) == []


def test_a_wait_that_nine_in_ten_have_not_ended_says_so():
    one = indicator(cell(2024, 38.0, more={"did_not_come": 85.0}), kind="Wait")
    values = [row["value"] for row in words.both_sides(one)]
    assert values == ["Går inte att räkna ut"] * 3 + ["85"]


class TestStart:
    def test_six_first_in_their_own_order_and_the_rest_by_name(self):
        found = [indicator(slug=slug, name=slug) for slug in ("adhd_in_care", *reversed(start.CHOSEN))]
        assert [one.name for one in start.headlines(found)] == list(start.CHOSEN)
        assert [one.name for one in start.others(found)] == ["adhd_in_care"]

    def test_one_that_was_not_counted_is_left_out(self):
        assert [one.name for one in start.headlines([indicator(slug=start.CHOSEN[2], name="x")])] == ["x"]

    def test_every_indicator_has_its_files(self):
        (row,) = start.file_rows([indicator()])
        assert [one["label"] for one in row["files"]] == ["CSV", "XLSX", "JSON", "SVG", "PNG"]
        assert row["files"][0]["href"] == "/siffror/not-brought/fil.csv"

    @pytest.mark.parametrize("synthetic", [True, False])
    def test_who_opens_the_files_is_told_what_they_hold(self, synthetic):
        text = start.read_me(calculation(synthetic=synthetic))
        assert text.startswith("Så mår barn och unga i Västra Götaland\n")
        assert ("Syntetiska uppgifter" in text) is synthetic
        for status in ("shown", "few", "protected", "missing", "not_applicable"):
            assert f"\n  {status}: " in text
        assert "Dataversion: 0123456789ab" in text
        assert "\n\n" not in text
