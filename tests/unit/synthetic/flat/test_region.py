"""The synthetic region: the same bytes for the same seed, the schema kept, and the truth found again."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indicators import catalogue, cubes, loading, runs, tables
from indicators.complex_conditions import Stem
from indicators.engines import fast
from indicators.sources import Memory
from synthetic.flat import __main__ as command
from synthetic.flat import care, people, waiting, ways, world
from synthetic.flat.parquet import Asked, write

ASKED = Asked(children=8000, first_year=2019, last_year=2022, seed=7)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("region")
    write(ASKED, made)
    return made


STEMS = {"complex_conditions": [Stem(code, (), False) for code in ("G409", "Q211", "E840", "C910")]}


@pytest.fixture(scope="module")
def data(folder: Path) -> tables.Data:
    return loading.read(folder)


@pytest.fixture(scope="module")
def truth(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "truth.json").read_text(encoding="utf-8"))


def bytes_of(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_same_seed_same_bytes(folder: Path, tmp_path: Path) -> None:
    write(ASKED, tmp_path)
    assert bytes_of(tmp_path) == bytes_of(folder)


def test_another_seed_another_region(folder: Path, tmp_path: Path) -> None:
    write(Asked(8000, 2019, 2022, seed=8), tmp_path)
    one, other = bytes_of(folder), bytes_of(tmp_path)
    assert set(one) == set(other)
    alike = {name.split("/")[0] for name in one if one[name] == other[name]}
    assert alike <= {"code_tables", "death"}  # the made-up code table is one; some years nobody dies


def test_about_so_many_children_at_a_time(data: tables.Data) -> None:
    counted = fast.tally(catalogue.load("adhd_in_care").measure, data, [2021], date(2022, 12, 31))
    assert sum(found.total() for found in counted.values()) == pytest.approx(8000, rel=0.1)


def test_all_49_municipalities_have_children(data: tables.Data) -> None:
    assert len(data["residence"]["municipality"].codes) == 49


def test_nothing_happens_after_the_last_year_or_before_the_first(data: tables.Data) -> None:
    for name in set(tables.TABLES) - {"child", "residence"}:
        days = data[name]["day"]
        assert np.datetime64("2019-01-01") <= days.min()
        assert days.max() <= np.datetime64("2022-12-31")


def test_nothing_happens_to_who_is_not_born_or_has_left(data: tables.Data) -> None:
    born = dict(zip(data["child"]["child"].tolist(), data["child"]["born"], strict=True))
    ends: dict[int, Any] = {}
    for child, last in zip(data["residence"]["child"].tolist(), data["residence"]["last"], strict=True):
        ends[child] = last
    for name in ("contact", "diagnosis", "deadline", "answer", "emergency_visit", "death"):
        for child, when in zip(data[name]["child"].tolist(), data[name]["day"], strict=True):
            assert born[child] <= when
            assert np.isnat(ends[child]) or when <= ends[child]


def test_rows_are_sorted_by_child(data: tables.Data) -> None:
    for name in ("child", "residence"):
        assert np.all(np.diff(data[name]["child"]) >= 0)


FEW = 10
"""Of fewer than so many, no interval of whole numbers holds the truth nineteen times in twenty."""


def told_with_truth(data: tables.Data, truth: dict[str, Any], slug: str) -> Iterator[tuple[bool, str]]:
    """Of every cell that the truth knows: whether its interval holds it."""
    years = range(2020, 2023)
    definition = runs.with_lists(catalogue.load(slug), STEMS)
    asked = {definition.measure: cubes.years_needed(definition, years)}
    counted = fast.tally_all(asked, Memory(data), date(2022, 12, 31))
    for cell in cubes.cells(definition, counted[definition.measure], years):
        name = cell.by[0][1] if len(cell.by) == 1 else "region" if not cell.by else None
        true, figure = truth["true"][slug].get(str(cell.year), {}).get(name), cell.figure
        if figure.n >= FEW and None not in (true, figure.lower, figure.upper):
            yield figure.lower - 1e-9 <= true <= figure.upper + 1e-9, f"{cell.year} {name}"


POOLED = {"self_harm_admissions", "suicide_deaths"}
"""Five years together: the region here has not so many."""


@pytest.mark.parametrize("slug", sorted({*catalogue.slugs()} - POOLED))
def test_the_truth_lies_in_nineteen_intervals_of_twenty(data: tables.Data, truth: dict, slug: str) -> None:
    """The seed is fixed; the bound is 95 % less four standard errors."""
    held = [inside for inside, _ in told_with_truth(data, truth, slug)]
    assert held
    assert sum(held) / len(held) > 0.95 - 4 * (0.95 * 0.05 / len(held)) ** 0.5


def test_every_indicator_has_a_truth(truth: dict) -> None:
    assert set(catalogue.slugs()) <= {slug for slug in truth["true"] if truth["true"][slug].get("2022")}


def test_who_waited_when_the_data_began_is_not_told_as_known(truth: dict) -> None:
    for slug in waiting.LIMITS:
        assert set(truth["true"][slug]) == {"2022"}


def test_as_many_come_within_30_days_as_is_true() -> None:
    """Among all that are referred, also those whose visit nobody saw because they had left."""
    lived = people.make(60_000, 2020, 2020, 3)
    made = care.make(lived, world.make(len(lived.municipalities), 3), 2020, 3)
    steps = made.tables["step"]
    first = steps["process"] == ways.PROCESSES.index("bup")
    left, came = (
        first & (steps["kind"] == ways.NUMBER[kind]) for kind in ("referral_sent", "first_visit_done")
    )
    sent = dict(zip(steps["case"][left], steps["day"][left], strict=True))
    waited = np.array(
        [day - sent[case] for case, day in zip(steps["case"][came], steps["day"][came], strict=True)]
    )
    true = made.truth["child_psychiatry_within_30_days"]["region"] / 100
    found = (waited <= 30).sum() / len(sent)
    assert found == pytest.approx(true, abs=4 * (true * (1 - true) / len(sent)) ** 0.5 + 0.01)
    assert min(made.truth["child_psychiatry_first_visit"].values()) > 5


def test_pilots_shorten_the_wait_from_their_year(truth: dict[str, Any]) -> None:
    pilots = truth["pilots"]
    assert len(pilots["municipalities"]) == world.PILOTS
    waits = truth["true"]["child_psychiatry_first_visit"]
    for code in pilots["municipalities"]:
        assert waits["2022"][code] == pytest.approx(waits["2021"][code] * world.PILOT_EFFECT, abs=1)
    others = set(waits["2022"]) - {"region", *pilots["municipalities"]}
    assert all(waits["2022"][code] == waits["2021"][code] for code in others)


def test_the_pandemic_dips(truth: dict[str, Any]) -> None:
    asthma = truth["true"]["asthma_admissions"]
    assert asthma["2020"]["girl"] == pytest.approx(asthma["2022"]["girl"] * 0.7)
    assert (
        truth["true"]["digital_visits"]["2020"]["region"] > truth["true"]["digital_visits"]["2022"]["region"]
    )


def test_a_year_is_the_same_whatever_other_years_are_asked_for() -> None:
    lived = people.make(500, 2019, 2021, 5)
    ruled = world.make(len(lived.municipalities), 5)
    one, again = (care.make(lived, ruled, 2020, 5) for _ in range(2))
    assert one.truth == again.truth
    assert all(
        np.array_equal(one.tables["contact"][name], again.tables["contact"][name])
        for name in ("child", "day")
    )


def test_birthdays_of_29_february_are_1_march() -> None:
    lived = people.make(200, 2020, 2020, 1)
    leap = people.People(**{**lived.__dict__, "born": np.full(len(lived.born), people.day(2012, 2, 29))})
    who = np.array([0])
    assert leap.birthday(who, 1)[0] == people.day(2013, 3, 1)
    assert leap.birthday(who, 4)[0] == people.day(2016, 2, 29)


class TestCommand:
    def test_it_writes_and_says_how_far_it_has_come(self, tmp_path: Path, capsys: Any) -> None:
        arguments = ["--children", "100", "--years", "2020-2021", "--out", str(tmp_path), "--seed", "2"]
        assert command.main(arguments) == 0
        told = capsys.readouterr()
        assert "truth.json" in told.out
        assert [line[:4] for line in told.err.splitlines()] == ["2020", "2021"]
        assert (tmp_path / "contact" / "year=2021" / "all.parquet").exists()

    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["--out", "x", "--years", "2024-2020"],
            ["--out", "x", "--years", "2024"],
            ["--out", "x", "--years", "nu-sen"],
            ["--out", "x", "--children", "99"],
            ["--out", "x", "--children", "många"],
        ],
    )
    def test_what_it_cannot_do_is_said_before_anything_is_made(self, arguments: list, capsys: Any) -> None:
        with pytest.raises(SystemExit) as stopped:
            command.main(arguments)
        assert stopped.value.code == 2
        assert "usage" in capsys.readouterr().err
