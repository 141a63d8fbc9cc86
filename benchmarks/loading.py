"""`./kring bench loading`: how quickly a delivery is taken in, from FHIR NDJSON and from a warehouse's CSV.

The export is made here: children with and without protection, encounters with what is unknown among them, and
broken lines. Each round is a process of its own; CPU is that process's own with all its threads, reading,
flattening, pseudonyms, sorting and writing Parquet together; the median of the rounds is told, and the load.
The CSV is the made-up region's contacts, read by the code that reads a warehouse's.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "bench" / "loading"
SECRET = "a secret that guards nobody, for the benchmark"
PER_CHILD, BROKEN, UNKNOWN, PROTECTED = 25, 10_000, 200, 500
"""Encounters of a child; one line in so many is broken, or of nobody; one child in so many is protected."""


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="./kring bench loading", description=__doc__)
    parser.add_argument("--encounters", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args(arguments)
    export, warehouse = made(asked.encounters), made_csv(asked.encounters)
    found: dict[str, list[dict[str, Any]]] = {"ndjson": [], "csv": []}
    for _ in range(asked.rounds):
        found["ndjson"].append(measured("ndjson", export))
        found["csv"].append(measured("csv", warehouse))
    print(f"{'what':<12}{'rows':>12}{'CPU s':>8}{'wall s':>8}{'GB':>7}{'load':>7}{'rows a CPU s':>15}")
    for name, runs in found.items():
        cpu, wall, memory = (
            statistics.median(run[one] for run in runs) for one in ("cpu", "wall", "gigabytes")
        )
        load, rows = max(run["load"] for run in runs), runs[0]["rows"]
        print(f"{name:<12}{rows:12,}{cpu:8.2f}{wall:8.2f}{memory:7.2f}{load:7.1f}{rows / cpu:15,.0f}")
    print(f"left out of the NDJSON: {found['ndjson'][0]['left_out']}")


def made(encounters: int) -> Path:
    """The export, made once: 4 files of encounters and one of children."""
    folder = FOLDER / f"export-{encounters}"
    if folder.exists():
        return folder
    with tempfile.TemporaryDirectory(dir=_parent()) as beside:
        chance = random.Random(1)
        children = [f"{chance.getrandbits(128):032x}" for _ in range(max(encounters // PER_CHILD, 1))]
        _write(Path(beside) / "Patient.ndjson", (_patient(chance, one) for one in children))
        for part in range(4):
            lines = (_encounter(chance, children) for _ in range(part, encounters, 4))
            _write(Path(beside) / f"Encounter.{part}.ndjson", lines)
        os.chmod(beside, 0o755)
        os.rename(beside, folder)
        Path(beside).mkdir()
    return folder


def _parent() -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    return FOLDER


def _write(path: Path, lines: Any) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)


def _patient(chance: random.Random, own: str) -> str:
    place = {"url": "https://kring.example/fhir/municipality", "valueCode": chance.choice(("1480", "1490"))}
    told: dict[str, Any] = {
        "resourceType": "Patient",
        "id": own,
        "birthDate": f"{chance.randint(2005, 2020)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "gender": chance.choice(("female", "male")),
        "address": [{"extension": [place]}],
    }
    if not chance.randrange(PROTECTED):
        told["meta"] = {"security": [{"code": "sekretessmarkering"}]}
    return json.dumps(told)


def _encounter(chance: random.Random, children: list[str]) -> str:
    day = f"{chance.randint(2012, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    lacks = not chance.randrange(UNKNOWN)
    told = {
        "resourceType": "Encounter",
        "id": f"{chance.getrandbits(128):032x}",
        "meta": {"lastUpdated": f"{day}T12:00:00Z", "source": "urn:of:a:record:system"},
        "status": "finished",
        "class": {
            "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
            "code": chance.choice(("AMB", "VR", "EMER", "IMP")),
        },
        "subject": {"reference": f"Patient/{'nobody' if lacks else chance.choice(children)}"},
        "participant": [{"individual": {"reference": f"Practitioner/{chance.randrange(8000)}"}}],
        "period": {"start": f"{day}T10:00:00+01:00", "end": f"{day}T11:00:00+01:00"},
        "serviceProvider": {"reference": f"Organization/{chance.randrange(600)}"},
    }
    line = json.dumps(told)
    return line if chance.randrange(BROKEN) else line[:100]


def made_csv(rows: int) -> Path:
    """A warehouse's tables: the made-up region's, the contacts as CSV."""
    folder = FOLDER / f"csv-{rows}"
    if not folder.exists():
        import duckdb

        from synthetic.flat.parquet import Asked, write

        with tempfile.TemporaryDirectory(dir=_parent()) as beside:
            write(Asked(max(rows // 60, 200), 2012, 2024, seed=1), Path(beside), lambda _text: None)
            source = f"read_parquet('{beside}/contact/**/*.parquet', hive_partitioning = false)"
            folder.mkdir()
            duckdb.sql(f"COPY (FROM {source} LIMIT {rows}) TO '{folder}/contact.csv'")
            for name in ("child", "residence"):
                duckdb.sql(f"COPY (FROM '{beside}/{name}/all.parquet') TO '{folder}/{name}.csv'")
    return folder


def measured(name: str, folder: Path) -> dict[str, Any]:
    """One run in a process of its own."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, "-m", "benchmarks.loading", name, str(folder)]
    done = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def ndjson(folder: Path) -> dict[str, Any]:
    """Encounters to Parquet; the children, who are few, are in it."""
    from indicators.fhir import load, mapping
    from indicators.fhir.pseudonyms import Pseudonyms

    with tempfile.TemporaryDirectory() as out:
        told = load.load(folder, Path(out) / "out", Pseudonyms(SECRET), mapping.load())
    read = sum(one["lines"] for one in told.files if one["resource"] == "Encounter")
    bad = sum(one["unreadable"] for one in told.files)
    return {"rows": read, "left_out": {"lines": bad} | told.tables["contact"]["left_out"]}


def csv(folder: Path) -> dict[str, Any]:
    """A warehouse's contacts, typed and checked, and a year of them in hand."""
    from indicators.loading import Delivery

    delivery = Delivery(folder)
    years = delivery.held("contact")
    asked = ("unit", "staff", "level", "form", "status", "planned")
    return {"rows": sum(len(delivery.events("contact", asked, year)["child"]) for year in years)}


def alone(name: str, folder: Path) -> dict[str, Any]:
    """Run one, and what it took; starting Python is not counted, importing the loader is."""
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    told = {"ndjson": ndjson, "csv": csv}[name](folder)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return told | {
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "wall": time.perf_counter() - began,
        "gigabytes": after.ru_maxrss / 1e6,
        "load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    print(json.dumps(alone(sys.argv[1], Path(sys.argv[2]))))
