"""The other engines beside ours in `./kring bench followup`: the same three indicators, each as it does best.

Each answers how many children it counted each year, so that all can be held to count the same ones.
"""

import os
from datetime import date
from pathlib import Path

YEARS = range(2012, 2025)
UNTIL = date(YEARS[-1], 12, 31)
THREE = ("units_per_child", "usual_provider", "adhd_in_care")

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


def spark_begun() -> int:
    """Start Spark on two cores of this machine; its program's number. What starting takes is not counted."""
    from indicators.engines import spark

    session = spark.session("local[2]", spark__driver__memory="6g", spark__sql__shuffle__partitions="8")
    session.sql("SELECT count(*) FROM range(1000)").collect()
    return int(session.sparkContext._gateway.proc.pid)


def spark(folder: Path, slug: str) -> dict[str, list[int]]:
    """One indicator by our engine on Spark, from files to cells."""
    from indicators import catalogue, cubes
    from indicators.engines import spark as engine

    one = catalogue.load(slug)
    own = engine.attached(engine.session("local[2]"), folder)
    counts = engine.tally_all({one.measure: YEARS}, own, UNTIL)[one.measure]
    return {slug: [cell.figure.n for cell in cubes.cells(one, counts, YEARS) if not cell.by]}


def spent(program: int) -> tuple[float, float]:
    """CPU seconds and the most gigabytes of another program so far."""
    fields = Path(f"/proc/{program}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    status = dict(line.split(":", 1) for line in Path(f"/proc/{program}/status").read_text().splitlines())
    return ticks / os.sysconf("SC_CLK_TCK"), int(status["VmHWM"].split()[0]) / 1e6
