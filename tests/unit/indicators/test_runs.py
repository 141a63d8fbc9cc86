"""A whole run on a small synthetic region: files out, guarded, with why each absent cell is absent."""

import csv
import os
import runpy
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from indicators import __main__ as command
from indicators import catalogue, code_lists, cubes, disclosure, runs
from indicators.engines import fast
from indicators.loading import Delivery, NotReadableError
from synthetic.flat.parquet import Asked, write

STATUSES = {"shown", "few", "protected", "missing", "not_applicable"}


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    write(Asked(children=1500, first_year=2021, last_year=2022, seed=3), folder)
    return folder


@pytest.fixture(scope="module")
def out(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    runs.run(region, folder, [2021, 2022])
    return folder


def cells(out: Path, slug: str) -> list[dict[str, str]]:
    with (out / f"{slug}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_file_an_indicator(out: Path) -> None:
    assert sorted(path.stem for path in out.glob("*.csv")) == catalogue.slugs()


@pytest.mark.parametrize("slug", catalogue.slugs())
def test_nothing_small_and_nothing_beside_a_hidden_cell(out: Path, slug: str) -> None:
    rows = cells(out, slug)
    assert {row["status"] for row in rows} <= STATUSES
    for row in rows:
        figures = {name: value for name, value in row.items() if name not in (*runs.COLUMNS[:6], "status")}
        if row["status"] == "shown":
            assert int(row["n"]) >= 5 or "child_years" in row
            assert int(row["n"]) % 5 == 0
        else:
            assert not any(figures.values()), row


def test_the_region_stands_first_and_every_municipality_after(out: Path) -> None:
    rows = [row for row in cells(out, "digital_visits") if row["year"] == "2022"]
    assert (rows[0]["municipality"], rows[0]["sex"], rows[0]["age_band"]) == ("", "", "")
    assert rows[0]["status"] == "shown"
    places = {row["municipality"] for row in rows if not row["sex"] and not row["age_band"]}
    assert len(places) == 1 + 49 + 1
    assert "protected" in places


def test_pooled_years_that_the_data_do_not_hold_are_missing(out: Path) -> None:
    assert {row["status"] for row in cells(out, "self_harm_admissions")} == {"missing"}


@pytest.mark.parametrize("slug", catalogue.slugs())
def test_no_table_gives_back_what_it_hides(region: Path, slug: str) -> None:
    """The differencing attack: sums and differences of shown cells determine no hidden one, and what a total
    less its shown parts leaves is never small.
    """
    definition = runs.with_lists(catalogue.load(slug), code_lists.found(region))
    asked = {definition.measure: cubes.years_needed(definition, [2022])}
    counted = fast.tally_all(asked, Delivery(region), date(2022, 12, 31))
    open_cells = cubes.cells(definition, counted[definition.measure], [2022])
    told = disclosure.protected(open_cells, definition.minimum_n)
    assert [cell.by for cell in told] == [cell.by for cell in open_cells]
    hidden = {
        place for place, cell in enumerate(told) if cell.status in (disclosure.FEW, disclosure.PROTECTED)
    }
    relations = disclosure.relations_of(open_cells)
    assert disclosure.recoverable(relations, hidden) == []
    for relation in relations:
        gone = [open_cells[place].figure.guarded for place in relation.parts if place in hidden]
        if relation.total not in hidden:
            sums = [sum(counts) for counts in zip(*gone, strict=True)]
            assert not [count for count in sums if 0 < count < definition.minimum_n]


class TestSensitivity:
    def rows(self, out: Path) -> dict[str, dict[str, str]]:
        with (out / "sensitivity" / "complex_needs_vgr.csv").open(encoding="utf-8", newline="") as lines:
            return {row["variant"]: row for row in csv.DictReader(lines) if row["year"] == "2022"}

    def test_the_definition_and_every_variant_beside_each_other(self, out: Path) -> None:
        rows = self.rows(out)
        definition = catalogue.load("complex_needs_vgr")
        assert set(rows) == {"", *definition.variants}
        assert {row["status"] for row in rows.values()} == {"shown"}
        own = next(row for row in cells(out, "complex_needs_vgr") if row["year"] == "2022")
        assert (rows[""]["n"], rows[""]["value"]) == (own["n"], own["value"])

    def test_wider_limits_find_more_children_and_narrower_fewer(self, out: Path) -> None:
        share = {name: float(row["value"]) for name, row in self.rows(out).items()}
        wider = {"Minst 8 kontakter", "Två år i stället för ett"}
        assert all(share[name] > share[""] for name in wider)
        assert all(share[name] < share[""] for name in set(share) - wider - {""})

    def test_two_years_are_not_told_of_the_first_year(self, out: Path) -> None:
        with (out / "sensitivity" / "complex_needs_vgr.csv").open(encoding="utf-8", newline="") as lines:
            first = {row["variant"]: row["status"] for row in csv.DictReader(lines) if row["year"] == "2021"}
        assert {name for name, status in first.items() if status == "missing"} == {"Två år i stället för ett"}


class TestWhatWasNotDelivered:
    @pytest.fixture
    def thin(self, region: Path, tmp_path: Path) -> Path:
        """Only the tables that must be there."""
        for name in ("child", "residence", "contact", "diagnosis", "step"):
            (tmp_path / name).symlink_to(region / name, target_is_directory=True)
        return tmp_path

    def test_is_missing_and_never_nought(self, thin: Path, out: Path, tmp_path: Path) -> None:
        runs.run(thin, tmp_path / "out", [2022])
        told = {slug: {row["status"] for row in cells(tmp_path / "out", slug)} for slug in catalogue.slugs()}
        lacking = {slug for slug, statuses in told.items() if statuses == {"missing"}}
        assert lacking == {
            "avoidable_emergency_visits", "child_listened_to", "child_understood",
            "complex_needs_care_contact", "complex_needs_codes", "complex_needs_judged",
            "complex_needs_plan", "consultation_answered_in_time", "guardian_coordination",
            "monitoring_flags_handled", "plan_follow_up_kept", "readmissions", "self_harm_admissions",
            "suicide_deaths",
        }  # fmt: skip
        assert not (tmp_path / "out" / "code_tables").exists()
        same = [row for row in cells(out, "complex_needs_vgr") if row["year"] == "2022"]
        assert cells(tmp_path / "out", "complex_needs_vgr") == same

    def test_a_code_table_that_cannot_be_used_is_refused_in_words(self, thin: Path) -> None:
        (thin / "code_tables").mkdir()
        (thin / "code_tables" / "complex_conditions.csv").write_text("dx,code\n1,F71\n", encoding="utf-8")
        with pytest.raises(NotReadableError, match="kodtabellen saknar kolumnen"):
            runs.run(thin, thin / "out", [2022])


def test_how_the_code_table_was_matched_is_told(out: Path) -> None:
    """Two conditions begin alike; what tells of technology only flags nobody, and does not stand there."""
    with (out / "code_tables" / "complex_conditions.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["begins_with"]: row for row in csv.DictReader(lines)}
    assert set(rows) == {"G409", "Q211", "E840", "C910"}
    assert rows["E840"] == {"begins_with": "E840", "conditions": "metabolic respiratory", "ambiguous": "1"}
    assert rows["Q211"]["ambiguous"] == "0"


class TestCommand:
    def test_it_writes_and_says_how_far_it_has_come(self, region: Path, tmp_path: Path, capsys: Any) -> None:
        arguments = ["--data", str(region), "--out", str(tmp_path / "x"), "--years", "2022"]
        assert command.main(arguments) == 0
        told = capsys.readouterr()
        assert "celler visas" in told.out
        assert told.err.splitlines()[-1].startswith(f"{len(catalogue.slugs())} av {len(catalogue.slugs())}: ")

    def test_a_delivery_that_does_not_fit_is_told_in_a_sentence(self, tmp_path: Path, capsys: Any) -> None:
        arguments = ["--data", str(tmp_path), "--out", str(tmp_path / "x"), "--years", "2022"]
        assert command.main(arguments) == 1
        assert "tabellen child saknas" in capsys.readouterr().err
        assert not (tmp_path / "x").exists()

    def test_it_is_a_module_that_runs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        arguments = ["indicators", "--data", str(tmp_path), "--out", str(tmp_path), "--years", "2022"]
        monkeypatch.setattr("sys.argv", arguments)
        monkeypatch.delitem(sys.modules, "indicators.__main__")
        with pytest.raises(SystemExit) as stopped:
            runpy.run_module("indicators", run_name="__main__")
        assert stopped.value.code == 1

    @pytest.mark.parametrize("years", ["2024-2020", "nu", "2020-sen", ""])
    def test_years_that_are_none(self, years: str, tmp_path: Path, capsys: Any) -> None:
        with pytest.raises(SystemExit):
            command.main(["--data", str(tmp_path), "--out", str(tmp_path), "--years", years])
        assert "such as 2020-2024" in capsys.readouterr().err

    def test_several_years(self) -> None:
        assert command.years("2020-2022") == [2020, 2021, 2022]


class TestAYearThatGoesOn:
    """Files written in the middle of a year know of nothing later."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Twenty children who were referred on 1 March 2022; nobody has had a visit on 30 June."""
        (tmp_path / "data").mkdir()
        rows = {
            "child": ["child,born,sex,ended,protected", *(f"{i},2012-01-01,girl,,false" for i in range(20))],
            "residence": ["child,municipality,first,last", *(f"{i},1480,2012-01-01," for i in range(20))],
            "contact": [
                "child,day,unit,staff,level,form,status,planned",
                *(f"{i},2022-02-01,u,s,primary,visit,done,true" for i in range(20)),
            ],
            "diagnosis": ["child,day,code,unit,admitted,main"],
            "step": [
                "child,day,case,process,kind,unit",
                *(f"{i},2022-03-01,{i},bup,referral_sent,u" for i in range(20)),
            ],
        }
        for name, lines in rows.items():
            path = tmp_path / "data" / f"{name}.csv"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            os.utime(path, (self.MOMENT, self.MOMENT))
        os.utime(tmp_path / "data", (self.MOMENT, self.MOMENT))
        return tmp_path

    MOMENT = datetime(2022, 6, 30, 12, tzinfo=UTC).timestamp()

    def waited(self, folder: Path, **more: Any) -> float:
        """How many days a child is known to have waited, when nobody has come."""
        seen = list[date]()
        counted = fast.tally_all

        def spy(asked: Any, source: Any, until: date, shelf: Any = None) -> Any:
            seen.append(until)
            return counted(asked, source, until, shelf)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(fast, "tally_all", spy)
            runs.run(folder / "data", folder / "out", [2022], **more)
        return (seen[0] - date(2022, 3, 1)).days

    def test_a_wait_is_followed_to_the_day_the_files_were_written(self, folder: Path) -> None:
        assert self.waited(folder) == 121

    def test_or_to_the_day_that_is_said(self, folder: Path) -> None:
        assert self.waited(folder, known=date(2022, 5, 1)) == 61

    def test_and_never_past_the_last_year(self, folder: Path) -> None:
        assert self.waited(folder, known=date(2030, 1, 1)) == 305
