"""`./kring bench people [--children N]`: lines a second of `./kring people`, on SQLite and on PostgreSQL.

The same made-up file (each child with two guardians, their custody and two relations) is read into two new
databases by turns in one process: line by line, each line a transaction of its own, and in batches. Each is
read in once more: then nothing changes. Time is from the first line to the last commit, without the start of
Python. CPU is this process's own.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.import_records import database

ROOT = Path(__file__).resolve().parents[1]
UNITS = ("sas-bum-boras", "elevhalsa-boras")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="./kring bench people", description=__doc__)
    parser.add_argument("--children", type=int, default=500)
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    asked = parser.parse_args(arguments)
    heads = ("database", "way", "turn", "lines", "seconds", "CPU s", "lines/s", "lines/CPU s")
    print(" ".join(f"{head:>13}" for head in heads))
    for kind in [asked.only] if asked.only else ["sqlite", "postgres"]:
        for way, size in (("line by line", 1), ("batches", 0), ("line by line", 1), ("batches", 0)):
            for turn, found in run(kind, asked.children, size).items():
                print(" ".join(f"{cell:>13}" for cell in (kind, way, turn, *found)))


def run(kind: str, children: int, size: int) -> dict[str, Any]:
    """In a process of its own: settings and database are chosen when a process starts."""
    with database(kind) as url:
        env = {**os.environ, "DATABASE_URL": url, "KRING_DEMO": "1", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        env["DJANGO_SETTINGS_MODULE"] = "kring.config.settings"
        command = [sys.executable, "-m", "benchmarks.people", "--measure", str(children), str(size)]
        done = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure(children: int, size: int) -> dict[str, Any]:
    """Fill an empty database with the region, then read the file in twice. `size` 0: the product's own."""
    import django

    django.setup()
    from django.core.management import call_command

    from kring import clock
    from kring.organisations.commands import load_region
    from kring.register.commands import filling, operator, read_people

    call_command("migrate", verbosity=0)
    load_region()
    text = "\n".join(json.dumps(line) for line in lines(children)).encode()
    more = {"batch": size or filling.BATCH}
    found = {}
    for turn in ("first", "again"):
        by, began, cpu = operator(clock.now()), time.perf_counter(), time.process_time()
        outcome = read_people(by=by, file=io.BytesIO(text), **more)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        assert not outcome.faults, outcome.faults[:3]
        n = sum(outcome.counts.values())
        found[turn] = (n, f"{seconds:.1f}", f"{cpu:.1f}", f"{n / seconds:.0f}", f"{n / cpu:.0f}")
    return found


def lines(children: int) -> Iterator[dict[str, str]]:
    """Seven for each child. The numbers are of the Tax Agency's test series."""
    for place in range(children):
        number = number_of(place)
        keys = [f"bench-{place}-{which}" for which in "ab"]
        for key in keys:
            yield {"kind": "guardian", "key": key, "given_name": "Gun", "family_name": f"Prov{place}"}
        names = {"given_name": "Liv", "family_name": f"Prov{place}"}
        yield {"kind": "child", "child": number, "municipality": "1490", **names}
        for key in keys:
            yield {"kind": "custody", "child": number, "key": key, "from": "2020-01-01"}
        for unit in UNITS:
            yield {"kind": "relation", "child": number, "unit": unit, "from": "2026-01-01"}


def number_of(place: int) -> str:
    """The personal number of the place-th child: two a day from the first of January 2012 on."""
    from datetime import date, timedelta

    born = date(2012, 1, 1) + timedelta(days=place // 2)
    head = f"{born:%Y%m%d}{238 + place % 2}"
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(head[2:]))
    total = sum(sum(map(int, str(one))) for one in doubled)
    return f"{head}{-total % 10}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(int(sys.argv[2]), int(sys.argv[3]))))
    else:
        main(sys.argv[1:])
