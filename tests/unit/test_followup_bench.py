"""`./kring bench followup` compares like with like: peers that count other children prove nothing."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks import followup
from synthetic.flat.parquet import Asked, write


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    write(Asked(300, followup.YEARS[0], followup.YEARS[-1], seed=2), folder)
    return folder


def test_the_mart_of_duckdb_counts_the_children_that_we_count(world: Path) -> None:
    ours = followup.three(world)
    assert ours == followup.duck_mart(world)
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


def test_the_table_holds_each_peer_against_the_like_of_it(capsys: Any) -> None:
    """The three against our three, everything against everything; the median of the rounds."""

    def run(cpu: float, **more: Any) -> dict[str, Any]:
        return {"cpu": cpu, "wall": cpu, "gigabytes": 1.0, "load": 2.0, **more}

    followup.print_table(
        {
            "whole": [run(4.0), run(99.0), run(5.0)],
            "scan": [run(1.0)] * 3,
            "three": [run(2.0, children={"x": [1]})] * 3,
            "duck_mart": [run(6.0, children={"x": [2]})] * 3,
        }
    )
    lines = {line[:28].strip(): line for line in capsys.readouterr().out.splitlines()}
    assert lines["every indicator, written"].split()[-5:] == ["5.00", "5.00", "1.00", "2.0", "1.00"]
    assert lines["only reading the columns"].endswith("0.20")
    assert lines["the three, DuckDB's mart"].endswith("3.00")
    assert "all alike: False" in next(line for line in lines.values() if "alike" in line)
