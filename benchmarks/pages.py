"""`./kring bench pages --children 371316`: CPU time and SQL of the pages people live in, and of the gate.

The same pages are measured on a tenth of the children and on all of them, on SQLite and on a private
PostgreSQL, in one run. CPU is this process's own, so on PostgreSQL the server's is not in it. Children
beyond the official test series have no personal number.
"""

import argparse
import hashlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WORLDS = ROOT / "var" / "bench"
ROUNDS = 40
BUDGET = {"worklist": 25, "child": 30, "gate": 1}


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="./kring bench pages", description=__doc__)
    parser.add_argument("--children", type=int, default=20_000)
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    asked = parser.parse_args(arguments)
    kinds = [asked.only] if asked.only else ["sqlite", "postgres"]
    sizes = [max(asked.children // 10, 200), asked.children]
    results = {(kind, size): run(kind, size) for kind in kinds for size in sizes}
    print_table(results)


def run(kind: str, size: int) -> dict[str, Any]:
    """Fill and measure in a process of its own, as settings and database are chosen when a process starts."""
    with database(kind, size) as url:
        env = {**os.environ, "DATABASE_URL": url, "KRING_DEMO": "1", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        command = [sys.executable, "-m", "benchmarks.pages", str(size)]
        done = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def database(kind: str, size: int) -> Iterator[str]:
    WORLDS.mkdir(parents=True, exist_ok=True)
    if kind == "sqlite":
        yield f"sqlite:///{kept_world(size)}"
        return
    from tools.postgres import private_server

    with private_server() as url:
        yield url


def kept_world(size: int) -> Path:
    """The file of a filled world, kept from one run to the next as long as the tables are the same."""
    migrations = sorted((ROOT / "src").glob("kring/**/migrations/0*.py"))
    tables = hashlib.sha256(b"".join(path.read_bytes() for path in migrations)).hexdigest()[:12]
    file = WORLDS / f"pages-{size}-{tables}.sqlite3"
    for stale in set(WORLDS.glob(f"pages-{size}-*.sqlite3*")) - set(WORLDS.glob(f"{file.name}*")):
        stale.unlink()
    return file


def print_table(results: dict[tuple[str, int], dict[str, Any]]) -> None:
    widths = "<16", "<10", ">10", ">9", ">8", ">6", ">9", ">8"
    heads = "page", "database", "children", "CPU ms", "p95", "SQL", "HTML kB", "budget"
    print("".join(f"{head:{width}}" for head, width in zip(heads, widths, strict=True)))
    for name in next(iter(results.values()))["pages"]:
        for (kind, size), figures in results.items():
            one = figures["pages"][name]
            cells = name, kind, size, f"{one['cpu']:.2f}", f"{one['p95']:.2f}", one["sql"]
            more = f"{one['size'] / 1000:.1f}", BUDGET.get(name, "")
            print("".join(f"{cell:{width}}" for cell, width in zip((*cells, *more), widths, strict=True)))
    for (kind, size), figures in results.items():
        print(f"{kind} {size}: filled in {figures['filled']:.0f} s, {figures['rows']}")


# From here on: what runs inside the measured process.


def measure(size: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.worlds import fill

    began = time.monotonic()
    call_command("migrate", verbosity=0)
    # The pages name their files by fingerprint, as in use.
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(size)
    filled = time.monotonic() - began
    return {"filled": filled, "rows": rows(), "pages": {**pages(), **gate_checks()}}


def rows() -> dict[str, int]:
    from kring.care.plans.models import Plan
    from kring.children.models import CareRelation, Child

    return {model.__name__: model._default_manager.count() for model in (Child, CareRelation, Plan)}


def pages() -> dict[str, Any]:
    from django.urls import reverse

    from kring.care.plans.models import Plan
    from kring.children.models import Child

    alva = Child.objects.get(person__subject="alva")
    plan = Plan.objects.get(child=alva)
    wanted = {
        "worklist": ("karin", reverse("worklist")),
        "child": ("karin", reverse("child", args=[alva.pk])),
        "plan": ("karin", reverse("plan-page", args=[plan.pk])),
        "guardian home": ("maria", reverse("family-child", args=[alva.pk])),
        "child's own": ("alva", reverse("child-home")),
    }
    return {name: page(person, path) for name, (person, path) in wanted.items()}


def page(person: str, path: str) -> dict[str, Any]:
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.post("/logga-in/", {"person": person})
    response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} as {person}: {response.status_code}")
    return {**timed(lambda: client.get(path)), "size": len(response.content)}


def gate_checks() -> dict[str, Any]:
    from kring.access import gate
    from kring.access.actors import possible_actors
    from kring.access.permissions import Permission
    from kring.children.models import Child
    from kring.clock import now
    from kring.organisations.models import Person

    actor = possible_actors(Person.objects.get(subject="karin"), now=now(), strong_auth=True)[0]
    alva = Child.objects.get(person__subject="alva").pk
    check = timed(lambda: gate.children_for(actor, Permission.SEE_CHILD, alva).exists())
    why = timed(lambda: gate.explain(actor, Permission.SEE_CHILD, alva))
    return {"gate": {**check, "size": 0}, "gate, explained": {**why, "size": 0}}


def timed(work: Callable[[], Any]) -> dict[str, Any]:
    """Median and 95th percentile of this process's CPU, in ms, and the number of SQL statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(5):
        work()
    with CaptureQueriesContext(connection) as queries:
        work()
    asked = len(queries)  # read at once: the next request empties the log
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        spent.append((time.process_time() - began) * 1000)
    p95 = sorted(spent)[int(ROUNDS * 0.95)]
    return {"cpu": statistics.median(spent), "p95": p95, "sql": asked}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
