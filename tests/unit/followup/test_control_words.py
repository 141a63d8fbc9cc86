"""A chart's decisions in words, in the picture, in the table and in the files: the same everywhere."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from kring.followup.models import ChartDecision
from kring.followup.presenters import chart_files, control, deciding, summary
from kring.followup.presenters import indicator as words
from kring.followup.rules.change import Judgement
from tests.unit.followup.by_hand import COUNTED, calculation, indicator, row_of_years

FLAT = [6.0, 6.2, 5.9, 6.1, 6.0, 5.8, 6.1, 6.0, 6.2, 5.9, 6.0, 6.1]


def decision(number: int, kind: str, place: str = "", **fields) -> ChartDecision:
    known = {
        "reason": "Därför.",
        "role": "process_leader",
        "unit": "Utvecklingsenheten",
        "by_id": UUID(int=1),
    }
    made = {"slug": "not_brought", "at": COUNTED, "id": UUID(int=number)}
    return ChartDecision(number=number, kind=kind, place=place, **(made | known | fields))


SPLIT = decision(1, "split", year=2019)
NOTE = decision(2, "note", on=date(2018, 7, 2), words="Start pilot", reason="")
AIM = decision(3, "target", year=2016, value=7.0, role="steering_group", unit="Styrgruppen")
LOWER = decision(4, "target", year=2020, value=6.0)
BASE = decision(5, "fix", year=2023)
BACK = decision(6, "undo", undoes_id=SPLIT.pk, reason="Det var för tidigt.")


def chart_of(*decisions, values=FLAT, **definition):
    return replace(indicator(*row_of_years(values), **definition), decisions=decisions)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (SPLIT, "Nya gränser från 2019"),
        (NOTE, "2 juli 2018: Start pilot"),
        (AIM, "Mål från 2016: högst 7 procent"),
        (BASE, "Gränserna räknas på åren till och med 2023"),
    ],
)
def test_what_was_decided_is_one_sentence(row, said):
    assert control.what(row, chart_of()) == said


def test_a_target_for_more_is_at_least():
    assert control.what(AIM, chart_of(direction="up")) == "Mål från 2016: minst 7 procent"


def test_the_history_is_newest_first_with_role_unit_and_reason_and_no_name():
    told = control.history(chart_of(SPLIT, NOTE, BACK))
    assert [one.number for one in told] == [2, 1]
    note, split = told
    assert (split.who, split.reason, split.when) == (
        "Processledare, Utvecklingsenheten",
        "Därför.",
        "16 november 2026",
    )
    assert split.taken_back == (
        "Taget tillbaka 16 november 2026 av Processledare, Utvecklingsenheten: Det var för tidigt."
    )
    assert (note.taken_back, note.reason) == ("", "")


def test_another_place_s_decisions_are_none_of_the_region_s():
    one = chart_of(decision(1, "split", "1490", year=2019))
    assert control.history(one) == []
    assert control.events(one, "") == []
    assert control.changed(one) == control.changed(chart_of())


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (date(2019, 1, 1), 2018.5),
        (date(2019, 7, 2), 2018.5 + 182 / 365),
        (date(2020, 7, 1), 2019.5 + 182 / 366),
        (date(2019, 12, 31), 2018.5 + 364 / 365),
    ],
)
def test_a_day_lies_where_it_lies_in_its_year(day, at):
    assert control.along(day) == pytest.approx(at)


def test_the_lines_down_the_chart_are_what_holds():
    events = control.events(chart_of(SPLIT, NOTE, AIM, BASE), "")
    assert [(one.words, one.kind) for one in events] == [
        ("Nya gränser 2019", "step"),
        ("Start pilot", "note"),
        ("Gränserna räknas hit", "step"),
    ]
    assert [one.at for one in events][::2] == [2018.5, 2023.5]
    assert control.events(chart_of(SPLIT, BACK), "") == []
    assert control.events(chart_of(decision(1, "note", on=date(1999, 1, 1), words="Förr")), "") == []


def test_targets_are_steps_and_only_the_last_is_named():
    levels = control.levels(chart_of(AIM, LOWER), "")
    assert [(one.value, one.first, one.last, one.name) for one in levels] == [
        (7.0, 2016, 2019, ""),
        (6.0, 2020, None, "mål"),
    ]
    early, late = decision(7, "target", year=2001, value=9.0), decision(8, "target", year=2027, value=1.0)
    assert [(one.value, one.first) for one in control.levels(chart_of(early, late), "")] == [(9.0, 2013)]
    gone = [decision(9, "target", year=2005, value=8.0), decision(10, "target", year=2010, value=7.0)]
    assert [one.value for one in control.levels(chart_of(*gone), "")] == [7.0]


@pytest.mark.parametrize(
    ("decisions", "goal", "met", "trial", "said"),
    [
        ((), "", "Inget mål", "", ""),
        ((AIM,), "högst 7 procent", "Når målet stabilt", "", "också när åren varierar som de brukar"),
        ((LOWER,), "högst 6 procent", "Når målet ibland", "", "Om målet nås ett enskilt år är slump."),
        (
            (decision(3, "target", year=2016, value=2.0),),
            "högst 2 procent", "Når inte målet", "", "Målet nås inte så länge inget ändras.",
        ),
        (
            (AIM, SPLIT),
            "högst 7 procent", "", "Preliminära gränser", "Om målet nås stabilt går inte att säga än.",
        ),
        ((SPLIT,), "", "", "Preliminära gränser", "Gränserna är preliminära"),
    ],
)  # fmt: skip
def test_the_headline_says_the_target_and_whether_it_is_met(decisions, goal, met, trial, said):
    told = words.headline(chart_of(*decisions))
    assert (told.goal, told.icons.met, told.icons.trial) == (goal, met, trial)
    assert said in told.words
    assert ("Målet" in told.words or "målet" in told.words) is bool(goal)


def test_the_sentence_speaks_of_chance_only_by_a_rule():
    """A target that is missed is no sign of change: the sentence keeps the two apart."""
    told = words.headline(chart_of(decision(3, "target", year=2016, value=2.0)))
    assert told.words.startswith("Åren skiljer sig inte mer än slumpen brukar göra.")
    assert "mer än slump." not in told.words


def test_the_table_says_at_each_year_what_the_chart_shows_there():
    rows = {row.label: row.note for row in words.years(chart_of(SPLIT, NOTE, AIM, BASE))}
    assert rows["2019"] == "Nya gränser från 2019"
    assert rows["2018"] == "2 juli 2018: Start pilot"
    assert rows["2016"] == "Mål från 2016: högst 7 procent"
    assert rows["2023"] == "Gränserna räknas på åren till och med 2023"
    assert rows["2014"] == ""
    marked = words.years(chart_of(NOTE, values=[*FLAT[:5], 30.0, *FLAT[6:]]))
    assert {row.label: row.note for row in marked}["2018"] == (
        "Försämring, utanför gränserna. 2 juli 2018: Start pilot"
    )


def test_the_limits_in_words_are_those_that_are_drawn():
    one = chart_of(SPLIT)
    said = control.limits_in_words(control.changed(one))
    assert said == [
        "2013–2018: genomsnitt 6, vanlig variation 5,47–6,53.",
        "2019–2024: genomsnitt 6,05, vanlig variation 5,62–6,48.",
    ]
    drawn = words.chart(one)
    assert [line.kind for line in drawn.lines].count("mean") == 2
    assert [line.kind for line in drawn.lines].count("limit") == 4
    assert [line.kind for line in drawn.lines].count("step") == 1
    assert "Nya gränser 2019" in [label.text for label in drawn.named]


def test_a_municipality_s_chart_says_whose_it_is():
    cells = row_of_years(FLAT, municipality="1490")
    drawn = words.chart(indicator(*cells), "1490", "Borås")
    assert drawn.heading == "Bokade besök som inte blev av, Borås"
    assert words.chart(indicator(*cells)) is None


class TestFiles:
    def told(self, *decisions):
        return chart_files.rows(chart_of(*decisions), "", "")

    def as_rows(self, *decisions):
        return [dict(zip(chart_files.COLUMNS, row, strict=True)) for row in self.told(*decisions)]

    def test_each_year_carries_its_limits_mark_target_and_what_was_decided(self):
        rows = self.as_rows(SPLIT, NOTE, AIM, LOWER, BASE)
        assert [row["year"] for row in rows] == list(range(2013, 2025))
        assert [row["limit_group"] for row in rows] == [1] * 6 + [2] * 6
        assert [row["limits_counted_from"] for row in rows] == [0] * 6 + [1] * 5 + [0]
        assert [row["target"] for row in rows] == [None] * 3 + [7.0] * 4 + [6.0] * 5
        assert rows[6]["decisions"] == "Nya gränser från 2019"
        assert {row["mark"] for row in rows} == {"common"}
        assert rows[-1]["assurance"] == "on_trial"
        assert rows[0]["assurance"] is None
        assert rows[0]["mean"] == pytest.approx(6.0)
        assert rows[0]["lower_limit"] < rows[0]["mean"] < rows[0]["upper_limit"]

    def test_a_hidden_year_has_its_status_and_no_figure_but_the_limits_around_it(self):
        one = chart_of(values=[*FLAT[:5], None, *FLAT[6:]])
        row = dict(zip(chart_files.COLUMNS, chart_files.rows(one, "", "")[5], strict=True))
        assert (row["status"], row["value"], row["n"], row["x"], row["mark"]) == (
            "few",
            None,
            None,
            None,
            None,
        )
        assert row["mean"] is not None

    def test_the_rule_of_a_marked_year_is_named(self):
        rows = chart_files.rows(chart_of(values=[*FLAT[:-1], 30.0]), "", "")
        last = dict(zip(chart_files.COLUMNS, rows[-1], strict=True))
        assert (last["mark"], last["rule"]) == ("concern", "Above UCL")

    def test_the_csv_has_a_line_a_year_and_empty_cells_for_what_is_unknown(self):
        made = chart_files.chart_file(chart_of(NOTE), "", "", "csv").decode()
        table = list(csv.DictReader(io.StringIO(made)))
        assert len(table) == 12
        assert table[5]["decisions"] == "2 juli 2018: Start pilot"
        assert table[0]["target"] == ""

    def test_the_json_keeps_every_reason_also_of_what_was_taken_back(self):
        told = json.loads(chart_files.chart_file(chart_of(SPLIT, BACK), "", "", "json"))
        assert [one["reason"] for one in told["decisions"]] == ["Därför.", "Det var för tidigt."]
        assert [one["takes_back"] for one in told["decisions"]] == [None, 1]
        assert told["decisions"][0]["decided_at"] == "2026-11-16T10:00:00+01:00"
        assert told["definition"]["name"] == "Bokade besök som inte blev av"
        assert len(told["years"]) == 12

    def test_no_file_tells_who_decided_by_name_or_key(self):
        for ending in ("csv", "json"):
            assert str(UUID(int=1)) not in chart_files.chart_file(chart_of(SPLIT), "", "", ending).decode()

    def test_the_workbook_has_the_chart_the_decisions_and_what_it_is(self):
        made = chart_files.chart_file(chart_of(SPLIT), "", "", "xlsx")
        with zipfile.ZipFile(io.BytesIO(made)) as book:
            sheets = [name for name in book.namelist() if "worksheets" in name]
            assert len(sheets) == 3
            assert "Därför." in book.read(sheets[1]).decode()

    def test_there_is_no_other_kind(self):
        assert chart_files.chart_file(chart_of(), "", "", "exe") is None

    @pytest.mark.parametrize(("place", "query"), [("", ""), ("1490", "?kommun=1490")])
    def test_where_the_files_are(self, place, query):
        hrefs = [one["href"] for one in chart_files.downloads("not_brought", place)]
        ends = ("csv", "xlsx", "json", "svg", "png")
        assert hrefs == [f"/siffror/not-brought/diagram.{end}{query}" for end in ends]


class TestSummary:
    def found(self):
        up = replace(indicator(*row_of_years([*FLAT[:-1], 30.0]), slug="a", name="A"), decisions=())
        low = indicator(*row_of_years([*FLAT[:-1], 0.5]), slug="b", name="B")
        odd = indicator(*row_of_years([*FLAT[:-1], 30.0]), slug="c", name="C", direction="none")
        return [up, low, odd, chart_of(AIM)]

    @pytest.mark.parametrize(
        ("chosen", "names"),
        [
            ("", ["A", "B", "C", "Bokade besök som inte blev av"]),
            ("forsamring", ["A"]),
            ("forbattring", ["B"]),
            ("forandring", ["C"]),
            ("annat", ["A", "B", "C", "Bokade besök som inte blev av"]),
        ],
    )
    def test_what_is_shown_follows_the_address(self, chosen, names):
        assert [row.name for row in summary.rows(self.found(), "", chosen, staff=False)] == names

    def test_a_row_has_both_icons_in_words_the_value_the_target_and_the_way_to_its_chart(self):
        row = summary.rows([chart_of(AIM)], "", "", staff=False)[0]
        assert (row.icons.variation, row.icons.met) == ("Normal variation", "Når målet stabilt")
        assert (row.told.value, row.unit, row.year, row.goal) == (
            "6,10",
            "procent",
            2024,
            "högst 7 procent",
        )
        assert row.href == "/siffror/not-brought/"
        assert row.judgement is Judgement.NONE

    @pytest.mark.parametrize(
        ("staff", "place", "href"),
        [
            (True, "", "/uppfoljning/matt/not-brought/diagram/"),
            (True, "1490", "/uppfoljning/matt/not-brought/diagram/?kommun=1490"),
            (False, "1490", "/siffror/not-brought/kommuner/1490/"),
        ],
    )
    def test_a_row_leads_to_the_chart_of_its_place(self, staff, place, href):
        assert summary.rows([chart_of()], place, "", staff=staff)[0].href == href

    def test_a_place_that_is_not_told_says_why(self):
        (row,) = summary.rows([indicator(made=calculation())], "1490", "", staff=False)
        assert row.told.absent == "Uppgift saknas"
        assert (row.icons.variation, row.icons.met) == ("För få år", "Inget mål")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, deciding.At("", None, None)),
        ({"kommun": "1490", "ar": "2019", "tillbaka": "3"}, deciding.At("1490", 2019, 3)),
        ({"ar": "nitton", "tillbaka": "-1"}, deciding.At("", None, None)),
        ({"ar": "9" * 20, "tillbaka": "²"}, deciding.At("", None, None)),
    ],
)
def test_what_the_address_names(asked, found):
    assert deciding.at(asked) == found
