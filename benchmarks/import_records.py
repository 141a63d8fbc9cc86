"""`./kring bench import_records [FOLDER]`: FHIR resources a second, on SQLite and on a private PostgreSQL.

Each database is made empty; the folder is taken in once (everything is new) and once more (nothing is).
Time is from the first byte read to the last commit, in one process, without the start of Python. CPU is this
process's own: on a busy machine it says more than the clock, and PostgreSQL's own work is not in it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT.parent / "shared" / "data" / "synthea-children"
GOAL = 1500


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="./kring bench import_records", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    asked = parser.parse_args(arguments)
    kinds = [asked.only] if asked.only else ["sqlite", "postgres"]
    print_table({kind: run(kind, asked.folder) for kind in kinds})


def run(kind: str, folder: Path) -> dict[str, Any]:
    """In a process of its own: settings and database are chosen when a process starts."""
    with database(kind) as url:
        env = {**os.environ, "DATABASE_URL": url, "KRING_DEMO": "1", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        env["DJANGO_SETTINGS_MODULE"] = "kring.config.settings"
        command = [sys.executable, "-m", "benchmarks.import_records", "--measure", str(folder)]
        done = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def database(kind: str) -> Iterator[str]:
    if kind == "postgres":
        from tools.postgres import private_server

        with private_server() as url:
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="kring-bench-") as folder:
        yield f"sqlite:///{folder}/import.sqlite3"


def print_table(results: dict[str, dict[str, Any]]) -> None:
    widths = "<10", "<6", ">6", ">8", ">6", ">8", ">6", ">11", ">15", ">5"
    heads = (
        "database",
        "turn",
        "files",
        "entries",
        "new",
        "seconds",
        "CPU s",
        "per second",
        "per CPU second",
        "goal",
    )
    print(" ".join(f"{head:{width}}" for head, width in zip(heads, widths, strict=True)))
    for kind, turns in results.items():
        for turn, found in turns.items():
            entries, seconds, cpu = found["entries"], found["seconds"], found["cpu"]
            rates = f"{entries / seconds:.0f}", f"{entries / cpu:.0f}"
            goal = str(GOAL) if (kind, turn) == ("sqlite", "first") else ""
            times = f"{seconds:.1f}", f"{cpu:.1f}"
            row = (kind, turn, found["files"], entries, found["added"], *times, *rates, goal)
            print(" ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)))


def measure(folder: Path) -> dict[str, Any]:
    """Fill the empty database with the region, then take the folder in twice."""
    import django

    django.setup()
    from django.core.management import call_command

    from kring import clock
    from kring.care.record import commands
    from kring.care.record.importer import importer
    from kring.organisations.commands import load_region
    from kring.organisations.models import Unit

    call_command("migrate", verbosity=0)
    load_region()
    unit = Unit.objects.order_by("key")[0]
    by = importer(unit, clock.now())
    source = commands.register_source(by=by, key="bench", name="Bench", unit=unit)
    return {turn: take_all(by, source.pk, folder) for turn in ("first", "again")}


def take_all(by: Any, source_id: int, folder: Path) -> dict[str, Any]:
    from kring.care.record import commands
    from kring.care.record.models import Delivery
    from kring.care.record.reading.opening import files_of, opened

    files, taken, began, cpu = files_of(str(folder)), [], time.perf_counter(), time.process_time()
    for _, path in files:
        with opened(path) as content:
            taken.append(commands.take_in(by=by, source_id=source_id, file=content))
    spent = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    rows = Delivery.objects.filter(pk__in=taken)
    entries, added = (sum(rows.values_list(name, flat=True)) for name in ("entries", "added"))
    return {"files": len(files), "entries": entries, "added": added} | spent


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(Path(sys.argv[2]))))
    else:
        main(sys.argv[1:])
