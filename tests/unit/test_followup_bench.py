"""`./kring bench followup` compares like with like: peers that count other children prove nothing."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks import followup, peers
from synthetic.flat.parquet import Asked, write


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    write(Asked(300, followup.YEARS[0], followup.YEARS[-1], seed=2), folder)
    return folder


def test_the_mart_of_duckdb_counts_the_children_that_we_count(world: Path) -> None:
    ours = followup.three(world)
    assert ours == peers.duck_mart(world)
    assert all(len(counted) == len(followup.YEARS) and min(counted) > 50 for counted in ours.values())


@pytest.mark.parametrize("guest", ["polars", "pandas"])
def test_guests_count_them_too(world: Path, guest: str) -> None:
    pytest.importorskip(guest, reason="takes part in the measurement where it is installed")
    assert followup.PEERS[guest](world) == followup.three(world)


def test_no_cell_differs_between_engines(world: Path) -> None:
    told = followup.cells_that_differ(world)
    assert told.startswith("0 of ")
    assert int(told.split()[-1]) > 1000


def test_each_run_tells_what_it_took(world: Path) -> None:
    told = followup.alone("scan", world)
    assert set(told) == {"cpu", "wall", "gigabytes", "load"}
    assert told["wall"] > 0


@pytest.mark.parametrize("slug", peers.THREE)
def test_one_at_a_time_counts_as_three_together(world: Path, slug: str) -> None:
    """What Spark, which is asked one at a time, is held against."""
    told = followup.PEERS[f"ours {slug}"](world)
    assert told == {slug: followup.three(world)[slug]}


@pytest.mark.spark
def test_spark_counts_them_too_and_its_own_program_is_counted(world: Path) -> None:
    """In a process of its own, as it is measured: the tests have a Spark of theirs."""
    told = followup.measured("spark usual_provider", world)
    assert told["children"] == followup.PEERS["ours usual_provider"](world)
    assert told["cpu"] > 1
    assert told["gigabytes"] > 0.2


def test_what_another_program_has_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here our own, which we can hold against what the clock of processes says."""
    before, burnt = peers.spent(os.getpid()), time.process_time()
    while time.process_time() < burnt + 0.3:
        pass
    after = peers.spent(os.getpid())
    assert 0.2 < after[0] - before[0] < 2
    assert 0.02 < after[1] < 50
    own = followup.spent(None)
    monkeypatch.setattr(peers, "spent", lambda program: (1000.0, 500.0))
    assert followup.spent(4711)[0] >= own[0] + 1000
    assert followup.spent(4711)[1] >= 500


def run(cpu: float, **more: Any) -> dict[str, Any]:
    return {"cpu": cpu, "wall": cpu, "gigabytes": 1.0, "load": 2.0, **more}


def printed(capsys: Any) -> dict[str, str]:
    return {line[:32].strip(): line for line in capsys.readouterr().out.splitlines()}


def test_the_table_holds_each_peer_against_the_like_of_it(capsys: Any) -> None:
    """The three against our three, one against our one, all against all; the median of the rounds."""
    followup.print_table(
        {
            "whole": [run(4.0), run(99.0), run(5.0)],
            "scan": [run(1.0)] * 3,
            "three": [run(2.0, children={"x": [1]})] * 3,
            "duck_mart": [run(6.0, children={"x": [2]})] * 3,
            "ours x": [run(1.5, children={"x": [1]})],
            "spark x": [run(30.0, children={"x": [1]})],
        }
    )
    lines = printed(capsys)
    assert lines["every indicator, written"].split()[-5:] == ["5.00", "5.00", "1.00", "2.0", "1.00"]
    assert lines["only reading the columns"].endswith("0.20")
    assert lines["the three, DuckDB's mart"].endswith("3.00")
    assert lines["x, ours"].endswith("1.00")
    assert lines["x, Spark"].endswith("20.00")
    assert any(line.startswith("every indicator, times only reading: 5.0") for line in lines.values())
    assert "all alike: False" in next(line for line in lines.values() if "alike" in line)


@pytest.mark.parametrize(
    ("told", "alike"),
    [
        ([{"x": [1, 2]}, {"x": [1, 2]}], True),
        ([{"x": [1, 2]}, {"x": [1, 3]}], False),
        ([{"x": [1], "y": [5]}, {"y": [5]}, {"x": [1]}], True),
        ([{"x": [1], "y": [5]}, {"y": [6]}], False),
        ([], True),
    ],
)
def test_peers_that_count_other_children_are_seen(told: list[dict[str, list[int]]], alike: bool) -> None:
    found = {str(at): [run(1.0, children=one)] for at, one in enumerate(told)}
    assert followup.alike({**found, "scan": [run(1.0)]}) is alike


def test_growth_is_told_beside_the_growth_of_the_children(
    capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    took = {10: [1.0, 9.0, 2.0], 100: [8.0, 7.0, 8.0], 600: [40.0, 44.0, 90.0]}
    monkeypatch.setattr(followup, "world", lambda children: children)
    monkeypatch.setattr(followup, "measured", lambda name, size: run(took[size].pop()))
    followup.main(["--growth", "--children", "100", "--rounds", "3"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [["10", "2.00"], ["100", "8.00"], ["600", "44.00"]]
    assert lines[2].endswith("4.00 for 10.00")
    assert lines[3].endswith("5.50 for 6.00")


def test_every_peer_has_its_turn_in_every_round(monkeypatch: pytest.MonkeyPatch, world: Path) -> None:
    asked = list[str]()
    monkeypatch.setattr(followup, "world", lambda children: world)
    monkeypatch.setattr(followup, "find_spec", lambda name: name == "pyspark")
    monkeypatch.setattr(followup, "measured", lambda name, folder: asked.append(name) or run(1.0))
    monkeypatch.setattr(followup, "cells_that_differ", lambda folder: "0 of 0")
    followup.main(["--rounds", "2"])
    each = ["refreshed", "whole", "scan", "three", "duck_mart", "duck"]
    each += [f"{who} {slug}" for slug in peers.THREE for who in ("ours", "spark")]
    assert asked == ["refreshed", *[*each, "whole"] * 2]
    assert {name for name in asked if name != "refreshed"} <= set(followup.PEERS)
