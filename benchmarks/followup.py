"""`./kring bench followup`: every indicator of a made-up region counted, guarded and written, beside peers.

Each run is a process of its own, the peers in turn after each other, and the median of the rounds is told.
CPU is the process's own with all its threads, and for Spark its own program's too. The region is made once
and kept. Load from others makes every figure worse: the machine's load stands in the answer. The peers count
the same three indicators (children by number of units and by usual provider, children with a diagnosis) and
must agree on how many children. Polars, pandas and Spark take part where they are installed; Kring needs none
of them. Spark is asked one indicator at a time, when it has begun, and is held against the like of ours.

`--growth` measures everything at a tenth, the whole and six times the children (the country) instead.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import peers
from benchmarks.peers import THREE, UNTIL, YEARS

ROOT = Path(__file__).resolve().parents[1]
WORLDS = ROOT / "var" / "bench" / "followup"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="./kring bench followup", description=__doc__)
    parser.add_argument("--children", type=int, default=37_132)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action="store_true", help="a tenth, the whole and six times the children")
    asked = parser.parse_args(arguments)
    if asked.growth:
        growth(asked.children, asked.rounds)
    else:
        side_by_side(asked.children, asked.rounds)


def side_by_side(children: int, rounds: int) -> None:
    """Ours and every peer, in turn."""
    whole, tenth = world(children), world(children // 10)
    guests = [name for name in ("polars", "pandas") if find_spec(name)]
    one_by_one = (
        [f"{who} {slug}" for slug in THREE for who in ("ours", "spark")] if find_spec("pyspark") else []
    )
    names = ["whole", "scan", "three", "duck_mart", *guests, "duck", *one_by_one]
    found: dict[str, list[dict[str, Any]]] = {}
    measured("refreshed", whole)
    for _ in range(rounds):
        (whole / "contact" / f"year={YEARS[-1]}" / "all.parquet").touch()
        found.setdefault("refreshed", []).append(measured("refreshed", whole))
        for name in names:
            found.setdefault(name, []).append(measured(name, whole))
        found.setdefault("whole, a tenth", []).append(measured("whole", tenth))
    print_table(found)
    print(f"cells that differ between the fast engine and DuckDB: {cells_that_differ(tenth)}")


def growth(children: int, rounds: int) -> None:
    """The same work over more and more children."""
    sizes = [children // 10, children, children * 6]
    worlds = {size: world(size) for size in sizes}
    found = {size: [measured("whole", worlds[size]) for _ in range(rounds)] for size in sizes}
    print(f"{'children':>10}{'CPU s':>9}{'wall s':>9}{'GB':>7}{'load':>7}   CPU and children, times the last")
    last = None
    for size, runs in found.items():
        cpu, wall, memory = (median(runs, one) for one in ("cpu", "wall", "gigabytes"))
        times = f"{cpu / last[1]:.2f} for {size / last[0]:.2f}" if last else ""
        load = max(one["load"] for one in runs)
        print(f"{size:>10,}{cpu:9.2f}{wall:9.2f}{memory:7.2f}{load:7.1f}   {times}")
        last = size, cpu


def world(children: int) -> Path:
    """The tables of a region with so many children, made once."""
    folder = WORLDS / str(children)
    if not (folder / "code_tables").exists():  # regions made before there were code tables are made anew
        from synthetic.flat.parquet import Asked, write

        write(Asked(children, YEARS[0], YEARS[-1], seed=1), folder)
    return folder


def measured(name: str, folder: Path) -> dict[str, Any]:
    """One run in a process of its own."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, "-m", "benchmarks.followup", name, str(folder)]
    done = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def print_table(found: dict[str, list[dict[str, Any]]]) -> None:
    print(f"{'what':<32}{'CPU s':>8}{'wall s':>8}{'GB':>7}{'load':>7}   against ours")
    for name, runs in found.items():
        cpu, wall, memory = (median(runs, one) for one in ("cpu", "wall", "gigabytes"))
        ours = median(found[like(name)], "cpu")
        load = max(one["load"] for one in runs)
        print(f"{title(name):<32}{cpu:8.2f}{wall:8.2f}{memory:7.2f}{load:7.1f}   {cpu / ours:.2f}")
    times = median(found["whole"], "cpu") / median(found["scan"], "cpu")
    print(f"every indicator, times only reading: {times:.1f}")
    print(f"children counted by the peers, all alike: {alike(found)}")


def alike(found: dict[str, list[dict[str, Any]]]) -> bool:
    """Whether all who told how many children they counted, of an indicator, told the same."""
    told: dict[str, set[str]] = {}
    for runs in found.values():
        for slug, numbers in runs[0].get("children", {}).items():
            told.setdefault(slug, set()).add(str(numbers))
    return all(len(different) == 1 for different in told.values())


def like(name: str) -> str:
    """Which of ours does the same work."""
    who, _, slug = name.partition(" ")
    if who in ("ours", "spark"):
        return f"ours {slug}"
    return "three" if name in ("three", "duck_mart", "polars", "pandas") else "whole"


def title(name: str) -> str:
    who, _, slug = name.partition(" ")
    return TITLES.get(name) or f"{slug}, {'Spark' if who == 'spark' else who}"


TITLES = {
    "whole": "every indicator, written",
    "refreshed": "the same, one year new",
    "scan": "only reading the columns",
    "three": "three indicators, ours",
    "duck_mart": "the three, DuckDB's mart",
    "duck": "every count, DuckDB engine",
    "polars": "the three, Polars",
    "pandas": "the three, pandas",
    "whole, a tenth": "a tenth of the children",
}


def median(runs: list[dict[str, Any]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def definitions_of(folder: Path) -> list[Any]:
    """Every definition, with the region's own code tables in it."""
    from indicators import catalogue, code_lists, runs

    stems = code_lists.found(folder)
    return [runs.with_lists(catalogue.load(slug), stems) for slug in catalogue.slugs()]


def cells_that_differ(folder: Path) -> str:
    from indicators import cubes, loading
    from indicators.engines import duck, fast

    definitions = definitions_of(folder)
    asked = {one.measure: cubes.years_needed(one, YEARS) for one in definitions}
    one = fast.tally_all(asked, loading.Delivery(folder), UNTIL)
    other = duck.tally_all(asked, loading.attached(folder), UNTIL)
    differ = total = 0
    for definition in definitions:
        tables = (cubes.cells(definition, made[definition.measure], YEARS) for made in (one, other))
        pairs = zip(*tables, strict=True)
        equal = [first == second for first, second in pairs]
        total, differ = total + len(equal), differ + equal.count(False)
    return f"{differ} of {total}"


# Each of these is run alone; its answer, if any, is how many children it counted each year for the three.


def whole(folder: Path) -> None:
    from indicators import runs

    with tempfile.TemporaryDirectory() as out:
        runs.run(folder, Path(out), YEARS)


def refreshed(folder: Path) -> None:
    """Everything told again, when one year's contacts are new and the rest was counted before."""
    from indicators import runs

    kept = WORLDS / f"kept-{folder.name}"
    with tempfile.TemporaryDirectory() as out:
        runs.run(folder, Path(out), YEARS, kept=kept)


def scan(folder: Path) -> None:
    """What any engine must read: every column that a measure asks for, nothing done with it."""
    import duckdb

    database = duckdb.connect()
    database.execute("SET threads = 2")
    for table, columns in (
        ("contact", ("child", "day", "unit", "staff", "form", "status", "planned")),
        ("diagnosis", ("child", "day", "code", "admitted")),
        ("step", ("child", "day", '"case"', "process", "kind")),
        ("arrangement", ("child", "day", "last", "kind")),
        ("deadline", ("child", "day", "kind", "kept")),
        ("answer", ("child", "day", "item", '"by"', "positive")),
        ("hospital", ("child", "day", "kind", "planned", "reason")),
        ("emergency_visit", ("child", "day", "code")),
        ("death", ("child", "day", "cause")),
    ):
        minima = ", ".join(f"min({column})" for column in columns)
        database.execute(f"SELECT {minima} FROM read_parquet('{folder}/{table}/**/*.parquet')").fetchall()


def ours(folder: Path, *slugs: str) -> dict[str, list[int]]:
    from indicators import catalogue, cubes, loading
    from indicators.engines import fast

    definitions = [catalogue.load(slug) for slug in slugs]
    counted = fast.tally_all({one.measure: YEARS for one in definitions}, loading.Delivery(folder), UNTIL)
    made = {one.slug: cubes.cells(one, counted[one.measure], YEARS) for one in definitions}
    return {slug: [cell.figure.n for cell in cells if not cell.by] for slug, cells in made.items()}


def three(folder: Path) -> dict[str, list[int]]:
    return ours(folder, *THREE)


def duck(folder: Path) -> None:
    from indicators import cubes, loading
    from indicators.engines import duck as engine

    asked = {one.measure: cubes.years_needed(one, YEARS) for one in definitions_of(folder)}
    database = loading.attached(folder)
    database.execute("SET threads = 2")
    engine.tally_all(asked, database, UNTIL)


PEERS: dict[str, Callable[[Path], dict[str, list[int]] | None]] = {
    "whole": whole, "refreshed": refreshed, "scan": scan, "three": three, "duck_mart": peers.duck_mart,
    "polars": peers.polars, "pandas": peers.pandas, "duck": duck,
    **{f"ours {slug}": partial(lambda slug, folder: ours(folder, slug), slug) for slug in THREE},
    **{f"spark {slug}": partial(lambda slug, folder: peers.spark(folder, slug), slug) for slug in THREE},
}  # fmt: skip


def alone(name: str, folder: Path) -> dict[str, Any]:
    """Run one, and what it took; starting Python or Spark is not counted, importing the engine is."""
    other = peers.spark_begun() if name.startswith("spark ") else None
    before, began = spent(other), time.perf_counter()
    children = PEERS[name](folder)
    after = spent(other)
    told: dict[str, Any] = {
        "cpu": after[0] - before[0],
        "wall": time.perf_counter() - began,
        "gigabytes": after[1],
        "load": os.getloadavg()[0],
    }
    return told | ({"children": children} if children else {})


def spent(other: int | None) -> tuple[float, float]:
    """CPU seconds and the most gigabytes so far, with another program's where there is one."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    cpu, memory = peers.spent(other) if other else (0.0, 0.0)
    return own.ru_utime + own.ru_stime + cpu, own.ru_maxrss / 1e6 + memory


if __name__ == "__main__":
    print(json.dumps(alone(sys.argv[1], Path(sys.argv[2]))))
