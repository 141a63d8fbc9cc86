"""`./kring bench followup`: every indicator of a made-up region counted, guarded and written, beside peers.

Each run is a process of its own, the peers in turn after each other, and the median of the rounds is told.
CPU is the process's own with all its threads. The region is made once and kept. Load from others makes every
figure worse: the machine's load stands in the answer. The peers count the same three indicators (children by
number of units and by usual provider, children with a diagnosis) and must agree on how many children.
Polars and pandas take part where they are installed; Kring itself needs neither.
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
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WORLDS = ROOT / "var" / "bench" / "followup"
YEARS = range(2012, 2025)
UNTIL = date(YEARS[-1], 12, 31)
THREE = ("units_per_child", "usual_provider", "adhd_in_care")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="./kring bench followup", description=__doc__)
    parser.add_argument("--children", type=int, default=37_132)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args(arguments)
    whole, tenth = world(asked.children), world(asked.children // 10)
    guests = [name for name in ("polars", "pandas") if find_spec(name)]
    names = ["whole", "scan", "three", "duck_mart", *guests, "duck"]
    found: dict[str, list[dict[str, Any]]] = {}
    measured("refreshed", whole)
    for _ in range(asked.rounds):
        (whole / "contact" / f"year={YEARS[-1]}" / "all.parquet").touch()
        found.setdefault("refreshed", []).append(measured("refreshed", whole))
        for name in names:
            found.setdefault(name, []).append(measured(name, whole))
        found.setdefault("whole, a tenth", []).append(measured("whole", tenth))
    print_table(found)
    print(f"cells that differ between the fast engine and DuckDB: {cells_that_differ(tenth)}")


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
    whole, three = (median(found[name], "cpu") for name in ("whole", "three"))
    print(f"{'what':<28}{'CPU s':>8}{'wall s':>8}{'GB':>7}{'load':>7}   against ours")
    for name, runs in found.items():
        cpu, wall, memory = (median(runs, one) for one in ("cpu", "wall", "gigabytes"))
        ours = whole if name in ("whole", "refreshed", "scan", "duck", "whole, a tenth") else three
        load = max(one["load"] for one in runs)
        print(f"{TITLES[name]:<28}{cpu:8.2f}{wall:8.2f}{memory:7.2f}{load:7.1f}   {cpu / ours:.2f}")
    counted = {name: runs[0]["children"] for name, runs in found.items() if "children" in runs[0]}
    print(f"children counted by the peers, all alike: {len(set(map(str, counted.values()))) == 1}")


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


def three(folder: Path) -> dict[str, list[int]]:
    from indicators import catalogue, cubes, loading
    from indicators.engines import fast

    definitions = [catalogue.load(slug) for slug in THREE]
    counted = fast.tally_all({one.measure: YEARS for one in definitions}, loading.Delivery(folder), UNTIL)
    made = {one.slug: cubes.cells(one, counted[one.measure], YEARS) for one in definitions}
    return {slug: [cell.figure.n for cell in cells if not cell.by] for slug, cells in made.items()}


def duck(folder: Path) -> None:
    from indicators import cubes, loading
    from indicators.engines import duck as engine

    asked = {one.measure: cubes.years_needed(one, YEARS) for one in definitions_of(folder)}
    database = loading.attached(folder)
    database.execute("SET threads = 2")
    engine.tally_all(asked, database, UNTIL)


HOME = """
SELECT child, municipality
FROM '{folder}/residence/all.parquet' AS lived JOIN '{folder}/child/all.parquet' AS child USING (child)
WHERE first <= DATE '{year}-12-31' AND coalesce(last, DATE '9999-01-01') >= DATE '{year}-12-31'
AND coalesce(ended, DATE '9999-01-01') >= DATE '{year}-12-31'
AND born > DATE '{grown}-12-31' AND born <= DATE '{year}-12-31'
"""
MART = """
SELECT child, count(DISTINCT unit) AS units FROM '{folder}/contact/year={year}/all.parquet'
WHERE status = 'done' GROUP BY child
"""
PROVIDER = """
SELECT child, sum(n) AS n, max(n) AS most FROM (
    SELECT child, staff, count(*) AS n FROM '{folder}/contact/year={year}/all.parquet'
    WHERE status = 'done' AND form IN ('visit', 'video') AND staff IS NOT NULL GROUP BY ALL)
GROUP BY child HAVING sum(n) >= 3
"""
HAVING = """
SELECT DISTINCT child FROM '{folder}/diagnosis/year={year}/all.parquet' WHERE starts_with(code, 'F90')
"""
MART_ASKED = {
    "units_per_child": "SELECT municipality, units, count(*) FROM home JOIN mart USING (child) GROUP BY ALL",
    "usual_provider": "SELECT municipality, avg(most / n), count(*) FROM home JOIN provider USING (child) "
    "GROUP BY ALL",
    "adhd_in_care": "SELECT municipality, count(ill.child), count(*) FROM home LEFT JOIN ill USING (child) "
    "GROUP BY ALL",
}


def duck_mart(folder: Path) -> dict[str, list[int]]:
    """A child-year mart, a year at a time: the quickest of the plans that were tried."""
    import duckdb

    database = duckdb.connect()
    database.execute("SET threads = 2")
    told: dict[str, list[int]] = {slug: [] for slug in THREE}
    for year in YEARS:
        tables = {"home": HOME, "mart": MART, "provider": PROVIDER, "ill": HAVING}
        for name, made in tables.items():
            statement = made.format(folder=folder, year=year, grown=year - 18)
            database.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {statement}")
        for slug, asked in MART_ASKED.items():
            told[slug].append(sum(row[-1] for row in database.execute(asked).fetchall()))
    return told


def polars(folder: Path) -> dict[str, list[int]]:
    """Lazy and streaming, as its makers advise."""
    import polars as pl

    told: dict[str, list[int]] = {slug: [] for slug in THREE}
    children, homes = (pl.scan_parquet(folder / name / "all.parquet") for name in ("child", "residence"))
    far, child = pl.date(9999, 1, 1), pl.col("child")
    for year in YEARS:
        end = pl.date(year, 12, 31)
        of_age = (pl.col("born") > pl.date(year - 18, 12, 31)) & (pl.col("born") <= end)
        alive = children.filter((pl.col("ended").fill_null(far) >= end) & of_age).select(child)
        here = homes.filter((pl.col("first") <= end) & (pl.col("last").fill_null(far) >= end))
        here = here.join(alive, on="child", how="semi")
        done = pl.scan_parquet(folder / "contact" / f"year={year}" / "all.parquet")
        done = done.filter(pl.col("status") == "done")
        units = done.group_by(child).agg(pl.col("unit").n_unique().alias("units"))
        seen = done.filter(pl.col("form").is_in(["visit", "video"]) & pl.col("staff").is_not_null())
        met = seen.group_by("child", "staff").len("n").group_by(child)
        met = met.agg(pl.col("n").sum(), pl.col("n").max().alias("most")).filter(pl.col("n") >= 3)
        ill = pl.scan_parquet(folder / "diagnosis" / f"year={year}" / "all.parquet")
        ill = ill.filter(pl.col("code").str.starts_with("F90")).select(child, having=pl.lit(1)).unique()
        number, index = pl.len().alias("number"), (pl.col("most") / pl.col("n")).mean()
        plans = (
            here.join(units, on="child").group_by("municipality", "units").agg(number),
            here.join(met, on="child").group_by("municipality").agg(index, number),
            here.join(ill, on="child", how="left")
            .group_by("municipality")
            .agg(pl.col("having").sum(), number),
        )
        for slug, found in zip(THREE, pl.collect_all(plans, engine="streaming"), strict=True):
            told[slug].append(int(found["number"].sum()))
    return told


def pandas(folder: Path) -> dict[str, list[int]]:
    """As most would write it."""
    import duckdb
    import pandas as pd

    told: dict[str, list[int]] = {slug: [] for slug in THREE}
    database = duckdb.connect()
    for year in YEARS:
        here = (
            database.execute(HOME.format(folder=folder, year=year, grown=year - 18)).df().set_index("child")
        )
        columns = ["child", "unit", "staff", "form", "status"]
        contacts = pd.read_parquet(folder / "contact" / f"year={year}" / "all.parquet", columns=columns)
        done = contacts[contacts["status"] == "done"]
        units = done.groupby("child")["unit"].nunique()
        seen = done[done["form"].isin(["visit", "video"])]
        met = seen.groupby(["child", "staff"]).size().groupby("child").agg(["sum", "max"])
        index = (met["max"] / met["sum"])[met["sum"] >= 3].rename("index")
        codes = pd.read_parquet(
            folder / "diagnosis" / f"year={year}" / "all.parquet", columns=["child", "code"]
        )
        ill = codes[codes["code"].str.startswith("F90")]["child"].unique()
        plans = (
            here.join(units, how="inner").groupby("municipality")["unit"].agg(["median", "size"]),
            here.join(index, how="inner").groupby("municipality")["index"].agg(["mean", "size"]),
            here.assign(ill=here.index.isin(ill)).groupby("municipality")["ill"].agg(["sum", "size"]),
        )
        for slug, found in zip(THREE, plans, strict=True):
            told[slug].append(int(found["size"].sum()))
    return told


PEERS: dict[str, Callable[[Path], dict[str, list[int]] | None]] = {
    "whole": whole, "refreshed": refreshed, "scan": scan, "three": three, "duck_mart": duck_mart,
    "polars": polars, "pandas": pandas, "duck": duck,
}  # fmt: skip


def alone(name: str, folder: Path) -> dict[str, Any]:
    """Run one, and what it took; starting Python is not counted, importing the engine is."""
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    children = PEERS[name](folder)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told: dict[str, Any] = {
        "cpu": cpu,
        "wall": time.perf_counter() - began,
        "gigabytes": after.ru_maxrss / 1e6,
        "load": os.getloadavg()[0],
    }
    return told | ({"children": children} if children else {})


if __name__ == "__main__":
    print(json.dumps(alone(sys.argv[1], Path(sys.argv[2]))))
