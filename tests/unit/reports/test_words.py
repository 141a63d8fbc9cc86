"""The report's sentences are right about chance, about what is hidden, and about what may be compared."""

from dataclasses import replace

import pytest

from kring.followup.presenters import indicator
from kring.followup.rules.places import Stand
from kring.reports.presenters import changes, equality, measures, population
from kring.reports.presenters.changes import Earlier
from kring.reports.rules.comparing import Compared, Verdict
from tests.unit.followup import by_hand
from tests.unit.followup.by_hand import cell

STEADY = [6.0, 6.2, 5.8, 6.1, 5.9, 6.0, 6.2, 5.8, 6.1, 5.9, 6.0, 6.1]
NAMES = {"1480": "Göteborg", "1490": "Borås", "1438": "Dals-Ed"}


def one(*more, values=STEADY, **fields):
    return by_hand.indicator(*by_hand.row_of_years(values), *more, **fields)


# An indicator as it was known


def test_a_report_of_an_earlier_year_knows_nothing_of_later_ones():
    known = measures.until(
        one(cell(2023, 5.0, municipality="1490"), cell(2024, 9.0, municipality="1490")), 2023
    )
    assert known.years[-1] == 2023
    assert {row.year for row in known.cells} == set(range(2013, 2024))
    assert known.calculation.last_year == 2023
    assert one().calculation.last_year == 2024, "the calculation itself is as it was"


def test_what_was_decided_of_later_years_is_left():
    class Row:
        def __init__(self, year):
            self.year = year

    decided = (Row(2020), Row(2024), Row(None))
    known = measures.until(replace(one(), decisions=decided), 2023)
    assert known.decisions == (decided[0], decided[2])


def test_the_sentence_tells_the_figure_its_interval_and_what_the_years_say():
    said = measures.sentence(indicator.headline(one()))
    assert said.startswith("2024 var det 6,10 procent (andel; 95 procents konfidensintervall 5,00–7,00).")
    assert "Åren skiljer sig inte mer än slumpen brukar göra." in said


def test_a_hidden_year_is_said_and_never_a_nought():
    said = measures.sentence(indicator.headline(one(values=[*STEADY[:-1], None])))
    assert said.startswith("För 2024 visas inget tal: färre än 5, eller dolt för att skydda.")
    assert " 0 " not in said


def test_without_an_interval_none_is_told():
    cells = by_hand.row_of_years(STEADY)
    cells[-1].lower = cells[-1].upper = None
    said = measures.sentence(indicator.headline(by_hand.indicator(*cells)))
    assert said.startswith("2024 var det 6,10 procent (andel). ")


def test_few_years_say_nothing_of_change():
    few = one(values=[6.0, 9.0, 14.0], made=by_hand.calculation(last_year=2015))
    assert "för få år för att skilja en förändring från slump" in measures.sentence(indicator.headline(few))


def test_sex_and_age_are_the_region_s_and_no_municipality_s():
    found = one(
        cell(sex="girl"), cell(sex="boy"), cell(sex="girl", municipality="1490"), cell(age_band="0-5")
    )
    told = measures.content(found, "")["groups"]
    assert [row["label"] for row in told] == ["Flickor", "Pojkar", "0–5 år"]


# How many they are


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (35625, 35535, "Det är ungefär 90 fler än året före (0,3 procent)."),
        (35535, 35625, "Det är ungefär 90 färre än året före (0,3 procent)."),
        (35625, 35625, "Det är lika många som året före."),
        (35625, None, "Den 31 december 2024 bodde ungefär 35\u202f625 barn i regionen."),
        (None, 35625, "Antalet barn visas inte för 2024."),
    ],
)
def test_how_many_they_are_has_nothing_to_do_with_chance(now, before, said):
    told = population.sentence(2024, now, before)
    assert told.endswith(said)
    assert "slump" not in told


def test_a_municipality_whose_number_is_hidden_says_so():
    told = population.content(
        one(cell(municipality="1490", n=20000), cell(municipality="1438", status="few")), NAMES
    )
    rows = {row["label"]: row for row in told["places"]}
    assert rows["Borås"] == {"label": "Borås", "n": "20\u202f000", "absent": ""}
    assert rows["Dals-Ed"]["n"] == ""
    assert rows["Dals-Ed"]["absent"].startswith("Visas inte")
    assert [row["label"] for row in told["years"]][:2] == ["2024", "2023"]


# The municipalities


def stands(**told):
    return dict.fromkeys(NAMES, Stand.INSIDE) | told


@pytest.mark.parametrize(
    ("kind", "found", "high", "low", "said"),
    [
        (
            "ShareOfRows",
            dict.fromkeys(NAMES, Stand.UNKNOWN),
            [],
            [],
            "Ingen kommun går att jämföra med regionen.",
        ),
        ("Wait", stands(), [], [], "så ingen kommun kan sägas skilja sig mer än slump."),
        (
            "ShareOfRows",
            stands(),
            [],
            [],
            "Ingen av de 3 kommuner som går att jämföra skiljer sig mer än slumpen",
        ),
        ("Rate", stands(), ["Borås"], [], "Högre än regionen, mer än slump: Borås."),
        ("Rate", stands(), [], ["Borås", "Dals-Ed"], "Lägre än regionen, mer än slump: Borås, Dals-Ed."),
    ],
)
def test_only_those_beyond_chance_are_named(kind, found, high, low, said):
    assert said in equality.sentence(one(kind=kind), found, high, low)


def test_municipalities_stand_by_the_alphabet_with_their_intervals_and_none_is_first():
    places = [
        cell(municipality="1480", value=6.2, n=500, x=30),
        cell(municipality="1490", value=20.0, n=100, x=20),
        cell(municipality="1438", status="few"),
    ]
    told = equality.content(one(*places), NAMES)
    assert [row["label"] for row in told["rows"]] == list(NAMES.values())
    assert told["rows"][0]["told"]["interval"] == "5,00–7,00"
    assert told["rows"][2]["told"]["absent"]
    assert (told["high"], told["low"], told["shown"], told["all"]) == (["Borås"], [], 2, 3)
    assert told["span"] == "6,20–20"
    assert all(row["href"] == "" for row in told["rows"]), "a frozen table leads to no page of today"


def test_one_municipality_alone_has_no_span():
    assert equality.span([cell(municipality="1490")]) == ""


def test_the_chapter_says_that_there_is_no_slope_and_why():
    told = equality.overview([equality.content(one(cell(municipality="1490")), NAMES)])
    assert any("lutningsindex" in text and "inte i uppgifterna" in text for text in told["sentences"])
    assert any("rangordnas inte" in text for text in told["sentences"])
    (row,) = told["rows"]
    assert set(row) == {*equality.OVERVIEW, "slope"}


def test_where_the_region_has_an_order_the_slope_is_told_with_its_chance():
    names = ("gap", "ratio_of_gap", "slope", "relative")
    kept = {f"{name}{end}": value for name in names for end, value in (("", 2), ("_lower", 1), ("_upper", 3))}
    about = {"year": 2024, "municipalities": 3, "index_source": "Regionens index", "index_year": 2023}
    content = equality.content(one(cell(municipality="1490"), equality=kept | about), NAMES)
    told = equality.overview([content])
    assert not any("finns inte i uppgifterna" in text for text in told["sentences"])
    assert "större än slumpen" in told["rows"][0]["slope"]
    assert "Regionens index" in content["slope"]["about"]


# What has changed


def earlier(found, **fields) -> Earlier:
    return Earlier(
        2023, 1, fields.get("data", "0123"), {"not_brought": measures.facts(found) | fields.get("kept", {})}
    )


def test_without_a_report_before_that_is_said_and_nothing_is_compared():
    told = changes.content({"not_brought": one()}, None, "0123")
    assert told["sentences"] == ["Det finns ingen tidigare rapport att jämföra med."]
    assert told["rows"] == []
    assert changes.sentence(one(), changes.of(one(), None), None) == ""


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_sentence_that_ends(verdict):
    said = changes.sentence(one(), Compared(verdict, 5.0, 6.1), earlier(one()))
    assert said.endswith(".")
    assert "%(" not in said
    if verdict in (Verdict.REDEFINED, Verdict.REWORDED):
        assert "jämförs inte" in said
        assert "6,1" not in said
    if verdict in (Verdict.HIGHER, Verdict.LOWER):
        assert said.endswith("mer än slump.")
    if verdict in (Verdict.MAYBE_HIGHER, Verdict.MAYBE_LOWER):
        assert said.endswith("men det kan vara slump.")


def test_a_year_that_is_counted_to_something_else_now_is_told():
    said = changes.sentence(one(), Compared(Verdict.ALIKE, 5.0, 6.1, 5.2), earlier(one()))
    assert said.endswith("Talet för 2023 har räknats om: 5 blev 5,20.")


def test_a_new_version_is_said_with_its_day_and_its_figures_do_not_stand_side_by_side():
    before = earlier(one(), kept={"version": 0})
    told = changes.content({"not_brought": one()}, before, "0123")
    (row,) = told["rows"]
    assert "version 0 blev 1" in row["text"]
    assert (row["earlier"], row["now"]) == ("", "")
    assert told["definitions"] == [
        "Bokade besök som inte blev av: version 1 gäller från 1 januari 2026. Så här."
    ]
    assert len(told["sentences"]) == 2, "nothing was compared, so nothing is said of chance"


@pytest.mark.parametrize(("data", "said"), [("0123", "samma uppgifter"), ("4567", "olika leveranser")])
def test_whether_the_data_are_the_same_is_said(data, said):
    told = changes.content({"not_brought": one()}, earlier(one(), data=data), "0123")
    assert any(said in text for text in told["sentences"])
    assert any("av ren slump" in text for text in told["sentences"])


def test_what_is_gone_is_named():
    assert changes.content({}, earlier(one()), "0123")["gone"] == ["Bokade besök som inte blev av"]
